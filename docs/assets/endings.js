/* <course-endings>: which of a scenario's endings this browser's learner has reached. */
(() => {
  const { store, Live } = window.qingshou

  class CourseEndings extends Live {
    changed() {
      this.start()
    }

    start() {
      const { scenario, hash, endings } = this.dataset
      const stored = store.get("scenario", scenario)
      const text = document.createElement("span")
      if (stored?.hash !== hash || !stored.best || !Array.isArray(stored.endings)) {
        text.textContent = `${endings} 种结局`
      } else {
        const { result, relationship, violations } = stored.best
        const best = `结果 ${result} · 关系 ${relationship} · ${violations ? "合规未通过" : "合规通过"}`
        text.textContent = `走到过 ${stored.endings.length} / ${endings} 种结局，最好一次：${best}`
      }
      this.replaceChildren(text)
    }
  }

  customElements.define("course-endings", CourseEndings)
})()
