/* <course-quiz> in an LMS: checks answers as on the site (question.js) and reports score, status and interactions.
   What is answered goes into suspend data, by each question's hash: an answer to an earlier wording is none. */
(() => {
  const { lms, Question, make, round } = window.qingshou
  const HASH = 6      // characters of a question's hash that suspend data keeps; it holds 4096 in all
  const LONGEST = 60  // characters of a written answer that are kept
  const MASTERY = Number(lms.get("cmi.student_data.mastery_score") || document.body.dataset.mastery)
  const IS_EXAM = "exam" in document.body.dataset

  const letter = place => String.fromCharCode(97 + place)
  const digits = text => text.normalize("NFKC").replace(/[,\s]/g, "").match(/-?\d+(\.\d+)?/)?.[0] ?? ""

  /** A question as SCORM names its kind, the answer given and the right one. */
  function interaction(question) {
    const { choices, selects, text } = question
    const kind = question.field.dataset.type
    if (kind === "true-false") {
      const said = input => input ? (input.value === "1" ? "t" : "f") : ""
      return ["true-false", said(choices.find(input => input.checked)), said(choices.find(input => "right" in input.dataset))]
    }
    if (choices.length) {
      const letters = chosen => choices.map((input, place) => chosen(input) ? letter(place) : "").filter(Boolean).join(",")
      return ["choice", letters(input => input.checked), letters(input => "right" in input.dataset)]
    }
    if (kind === "order") {
      const steps = value => selects.map((_, place) => place).sort((a, b) => value(selects[a]) - value(selects[b])).map(letter).join(",")
      return ["sequencing", steps(select => select.value), steps(select => select.dataset.right)]
    }
    if (kind === "match") {
      const pairs = value => selects.map((select, place) => `${place + 1}.${letter(Number(value(select)))}`).join(",")
      return ["matching", pairs(select => select.value), pairs(select => select.dataset.right)]
    }
    if (kind === "numeric") return ["numeric", digits(text.value), text.dataset.answer]
    return ["fill-in", text.value.slice(0, 255), JSON.parse(text.dataset.accepted)[0]]
  }

  class CourseQuiz extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector("form")
      this.count = this.querySelector(".quiz-count")
      this.questions = [...this.querySelectorAll("fieldset")].map(field => new Question(field, this.dataset.quiz))
      const foot = make("div", "quiz-foot")
      this.submit = make.button(IS_EXAM ? "交卷" : "检查", null, "submit")
      this.retry = make.button("重做错题", () => this.reset(question => question.score < 1))
      this.again = make.button(IS_EXAM ? "重考" : "全部重做", () => this.reset(() => true))
      this.result = make("output", "quiz-result")
      foot.append(this.submit, this.retry, this.again, this.result)
      this.form.append(foot)
      this.form.addEventListener("submit", event => { event.preventDefault(); this.check() })
      this.form.addEventListener("change", () => { this.keep(); this.update() })
      this.resume()
    }

    /* What the LMS keeps: {best, answers: {hash: [answer, score]}} */

    resume() {
      let kept = {}
      try { kept = JSON.parse(lms.get("cmi.suspend_data") || "{}") } catch { /* another program's */ }
      this.best = kept.best ?? null
      for (const question of this.questions) {
        const [answer, score] = kept.answers?.[question.hash.slice(0, HASH)] ?? []
        if (answer === undefined) continue
        question.answer = answer
        if (typeof score === "number") question.show(score)
      }
      this.update()
    }

    keep() {
      const answers = {}
      for (const question of this.questions.filter(each => each.answered)) {
        const answer = typeof question.answer === "string" ? question.answer.slice(0, LONGEST) : question.answer
        answers[question.hash.slice(0, HASH)] = question.checked ? [answer, Number(round(question.score))] : [answer]
      }
      lms.set("cmi.suspend_data", JSON.stringify({ best: this.best, answers }))
      lms.commit()
    }

    check() {
      const open = this.questions.filter(question => !question.checked)
      const left = open.filter(question => !question.answered)
      if (!(IS_EXAM && left.length)) {
        for (const question of open.filter(each => each.answered)) {
          const score = question.grade()
          this.report(question, score)
          question.show(score)
        }
      }
      this.grade()
      this.keep()
      this.update()
      if (left.length) {
        this.result.textContent = `${this.result.textContent} 还有 ${left.length} 题没有答`.trim()
        left[0].focus()
      } else {
        this.result.tabIndex = -1
        this.result.focus()
      }
    }

    report(question, score) {
      const [type, given, right] = interaction(question)
      const at = `cmi.interactions.${Number(lms.get("cmi.interactions._count")) || 0}`
      lms.set(`${at}.id`, question.id.replaceAll("/", "_"))
      lms.set(`${at}.type`, type)
      lms.set(`${at}.objectives.0.id`, question.field.dataset.objective)
      lms.set(`${at}.time`, new Date().toTimeString().slice(0, 8))
      lms.set(`${at}.correct_responses.0.pattern`, right)
      lms.set(`${at}.weighting`, 1)
      lms.set(`${at}.student_response`, given)
      lms.set(`${at}.result`, score === 1 ? "correct" : score ? round(score) : "wrong")
    }

    /** A score counts once everything is checked, and the best one counts: an LMS fails whoever has a low score. */
    grade() {
      if (this.questions.some(question => !question.checked)) return
      const score = Number(round(this.points / this.questions.length * 100))
      this.best = Math.max(this.best ?? 0, score)
      lms.set("cmi.core.score.min", 0)
      lms.set("cmi.core.score.max", 100)
      lms.set("cmi.core.score.raw", this.best)
      lms.set("cmi.core.lesson_status", this.best >= MASTERY ? "passed" : "failed")
    }

    get points() {
      return this.questions.filter(question => question.checked).reduce((sum, question) => sum + question.score, 0)
    }

    reset(which) {
      const chosen = this.questions.filter(question => question.checked && which(question))
      for (const question of chosen) question.reset()
      this.keep()
      this.update()
      chosen[0]?.focus()
    }

    update() {
      const { questions } = this
      const checked = questions.filter(question => question.checked)
      this.count.textContent = `${questions.filter(question => question.answered).length} / ${questions.length} 已答`
      this.submit.hidden = checked.length === questions.length
      this.retry.hidden = IS_EXAM || !checked.some(question => question.score < 1)
      this.again.hidden = !checked.length
      this.result.textContent = checked.length ? `得分 ${round(this.points)} / ${questions.length}` : ""
      const best = this.best === null ? "答完本页的题才有成绩" : `最好成绩 ${round(this.best)} 分，${this.best >= MASTERY ? "已通过" : "未通过"}（${MASTERY} 分通过）`
      document.querySelector(".player-status").textContent = lms.open ? best : "没有连上学习平台，成绩不会保存。"
    }
  }

  customElements.define("course-quiz", CourseQuiz)
  // A page without questions is done once it is read.
  if (!document.querySelector("course-quiz")) lms.set("cmi.core.lesson_status", "completed")
})()
