/* <course-progress>: how many of its questions this browser's reader has answered (checked, whatever the score). */
(() => {
  const PREFIX = "qingshou:quiz:"

  const isDone = question => {
    const at = question.lastIndexOf(":")
    try {
      const stored = JSON.parse(localStorage.getItem(PREFIX + question.slice(0, at)))
      return stored?.hash === question.slice(at + 1) && typeof stored.score === "number"
    } catch {
      return false
    }
  }

  class CourseProgress extends HTMLElement {
    connectedCallback() {
      this.update = () => this.render()
      document.addEventListener("course-progress", this.update)
      addEventListener("storage", this.update)
      this.render()
    }

    disconnectedCallback() {
      document.removeEventListener("course-progress", this.update)
      removeEventListener("storage", this.update)
    }

    render() {
      const questions = this.dataset.questions.split(" ").filter(Boolean)
      const done = questions.filter(isDone).length
      const text = document.createElement("span")
      text.textContent = done ? `已答 ${done} / ${questions.length} 题` : `${questions.length} 题`
      const bar = Object.assign(document.createElement("progress"), { max: questions.length || 1, value: done })
      bar.setAttribute("aria-label", `${this.dataset.label}：已答题数`)
      this.replaceChildren(...(done ? [text, bar] : [text]))
    }
  }

  customElements.define("course-progress", CourseProgress)
})()
