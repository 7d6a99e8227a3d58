/* <course-learner>: who is learning at this computer; each has records of their own (store.js). Asks on first use, and
   changes in one step. With data-quiet it does not ask: it shows who is learning once there is a name. */
(() => {
  const { store, make, Live } = window.qingshou
  const NEW = "+"

  class CourseLearner extends Live {
    connectedCallback() {
      super.connectedCallback()
      const { signal } = this.events
      this.addEventListener("change", event => {
        event.stopPropagation()
        if (event.target.matches("select")) this.change(event.target.value)
      }, { signal })
      this.addEventListener("keydown", event => {
        if (event.key !== "Enter" || !event.target.matches("input")) return
        // It may stand in a quiz's form, which has nothing to do with it.
        event.preventDefault()
        this.name()
      }, { signal })
    }

    start() {
      if (store.learners.length) this.renderChoice()
      else if (!("quiet" in this.dataset)) this.renderForm("你的姓名或工号（只存在这台电脑上，可以不填）")
    }

    renderChoice() {
      const select = make("select", "")
      for (const name of store.learners) select.add(new Option(name, name))
      select.add(new Option("不记名", ""))
      select.add(new Option("添一位学员……", NEW))
      select.value = store.learner
      this.replaceChildren(make("label", "learner", "学员（换人在这里选）", select))
    }

    renderForm(question) {
      const input = Object.assign(make("input", ""), { type: "text", maxLength: 40, autocomplete: "off" })
      this.replaceChildren(make("span", "learner", make("label", "", question, input), make.button("用这个名字", () => this.name())))
      return input
    }

    name() {
      const name = this.querySelector("input").value
      if (name.trim()) store.choose(name)
      else this.start()
    }

    change(value) {
      if (value === NEW) this.renderForm("新学员的姓名或工号").focus()
      else store.choose(value)
    }
  }

  customElements.define("course-learner", CourseLearner)
})()
