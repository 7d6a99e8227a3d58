/* <course-quiz>: checks answers, says why, lets the wrong ones be done again, and remembers (store.js).
   The page already holds everything (hooks/course/quiz/tree.py); this only adds behaviour. */
(() => {
  const { store, boxes, Question, make, Live, round } = window.qingshou

  class CourseQuiz extends Live {
    connectedCallback() {
      this.form = this.querySelector("form")
      this.count = this.querySelector(".quiz-count")
      this.questions = [...this.querySelectorAll("fieldset")].map(field => new Question(field, this.dataset.quiz))
      this.foot = make("div", "quiz-foot")
      this.submit = make.button("检查", null, "submit")
      this.retry = make.button("重做错题", () => this.reset(question => question.score < 1))
      this.again = make.button("全部重做", () => this.reset(() => true))
      this.result = make("output", "quiz-result")
      this.foot.append(this.submit, this.retry, this.again, this.result)
      this.form.append(this.foot)
      super.connectedCallback()
      const { signal } = this.events
      this.form.addEventListener("submit", event => { event.preventDefault(); this.check() }, { signal })
      this.form.addEventListener("change", event => this.answered(event), { signal })
    }

    disconnectedCallback() {
      super.disconnectedCallback()
      this.foot.remove()
    }

    /** Show what whoever learns here has answered; an answer to an earlier wording of a question is none. */
    start() {
      for (const question of this.questions) {
        if (question.checked) question.reset()
        const stored = store.get("quiz", question.id)
        const known = stored?.hash === question.hash
        question.answer = known ? stored.answer : undefined
        if (known && typeof stored.score === "number") question.show(stored.score)
      }
      this.update()
    }

    keep(question, score) {
      store.set("quiz", question.id, { hash: question.hash, answer: question.answer, score })
    }

    answered(event) {
      const field = event.target.closest("fieldset")
      this.keep(this.questions.find(question => question.field === field))
      this.update()
    }

    check() {
      const open = this.questions.filter(question => !question.checked)
      for (const question of open.filter(question => question.answered)) {
        const score = question.grade()
        this.keep(question, score)
        if (score < 1) boxes.collect(question)
        question.show(score)
      }
      this.update()
      const left = open.filter(question => !question.checked)
      if (left.length) {
        this.result.textContent += `，还有 ${left.length} 题没有答`
        left[0].focus()
      } else {
        this.result.tabIndex = -1
        this.result.focus()
      }
    }

    reset(which) {
      const chosen = this.questions.filter(question => question.checked && which(question))
      for (const question of chosen) {
        question.reset()
        store.remove("quiz", question.id)
      }
      this.update()
      chosen[0]?.focus()
    }

    update() {
      const { questions } = this
      const checked = questions.filter(question => question.checked)
      this.count.textContent = `${questions.filter(question => question.answered).length} / ${questions.length} 已答`
      this.submit.hidden = checked.length === questions.length
      this.retry.hidden = !checked.some(question => question.score < 1)
      this.again.hidden = !checked.length
      const score = checked.reduce((sum, question) => sum + question.score, 0)
      this.result.textContent = checked.length ? `得分 ${round(score)} / ${questions.length}` : ""
    }
  }

  customElements.define("course-quiz", CourseQuiz)
})()
