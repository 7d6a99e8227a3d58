/* <course-progress>: how many of its questions this browser's learner has answered (checked, whatever the score). */
(() => {
  const { store, Live } = window.qingshou

  const isDone = question => {
    const at = question.lastIndexOf(":")
    const stored = store.get("quiz", question.slice(0, at))
    return stored?.hash === question.slice(at + 1) && typeof stored.score === "number"
  }

  class CourseProgress extends Live {
    changed() {
      this.start()
    }

    start() {
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
