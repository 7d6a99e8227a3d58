/* <course-reading>: notes which sections of a lesson have been read: those that stood on the screen for at least a fifth of
   the time their text takes. Stands beside the lesson's headings; draws nothing. */
(() => {
  const { store } = window.qingshou
  const SECONDS_A_CHARACTER = 60 / 300
  const SHARE = 0.2
  const LEAST = 3

  class CourseReading extends HTMLElement {
    connectedCallback() {
      this.headings = [...this.parentElement.querySelectorAll(":scope > h2[id]")]
      this.seconds = new Map()
      this.timer = setInterval(() => this.tick(), 1000)
    }

    disconnectedCallback() {
      clearInterval(this.timer)
    }

    /** The section whose heading was the last to pass the middle of the screen. */
    get current() {
      return this.headings.filter(heading => heading.getBoundingClientRect().top < innerHeight / 2).at(-1)
    }

    length(heading) {
      let characters = 0
      for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
        if (next.tagName !== "COURSE-QUIZ" && next.tagName !== "LAW-NOTES") characters += next.textContent.length
      }
      return characters
    }

    tick() {
      const heading = this.current
      if (document.hidden || !heading) return
      const { id } = heading
      this.seconds.set(id, (this.seconds.get(id) ?? 0) + 1)
      const stored = store.get("read", this.dataset.path)
      const sections = Array.isArray(stored?.sections) ? stored.sections : []
      const enough = this.seconds.get(id) >= Math.max(LEAST, this.length(heading) * SECONDS_A_CHARACTER * SHARE)
      const isNew = enough && !sections.includes(id)
      if (!isNew && (stored?.last === id || this.seconds.get(id) < LEAST)) return
      store.set("read", this.dataset.path, { sections: isNew ? [...sections, id] : sections, last: id, at: Date.now() })
    }
  }

  customElements.define("course-reading", CourseReading)
})()
