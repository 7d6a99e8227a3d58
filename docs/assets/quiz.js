/* <course-quiz>: checks answers, says why, lets the wrong ones be done again, and remembers.
   The page already holds everything (hooks/course/quiz/tree.py); this only adds behaviour.
   localStorage["qingshou:quiz:<quiz>/<question>"] = {hash, answer, score}; another hash is another question. */
(() => {
  const PREFIX = "qingshou:quiz:"
  const storage = {
    get(key) { try { return JSON.parse(localStorage.getItem(PREFIX + key)) } catch { return null } },
    set(key, value) { try { localStorage.setItem(PREFIX + key, JSON.stringify(value)) } catch { /* private mode */ } },
    remove(key) { try { localStorage.removeItem(PREFIX + key) } catch { /* private mode */ } },
  }

  const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? "" })

  // The same folding as answers.py: width, case, punctuation and spaces do not matter.
  const fold = text => text.normalize("NFKC").toLowerCase()
    .replace(/(?<!\p{N})\.|\.(?!\p{N})/gu, "").replace(/[^\p{L}\p{N}.]/gu, "")
  // 7,426.50 元 → 7426.5
  const number = text => {
    const found = text.normalize("NFKC").replace(/[,\s]/g, "").replace(/[−–—]/g, "-").match(/-?\d+(\.\d+)?/)
    return found ? Number(found[0]) : NaN
  }

  /** One fieldset. A score is between 0 and 1. */
  class Question {
    constructor(field, quiz) {
      this.field = field
      this.key = `${quiz}/${field.dataset.question}`
      this.details = field.querySelector(".quiz-answer")
      this.choices = [...field.querySelectorAll("input[type=radio], input[type=checkbox]")]
      this.selects = [...field.querySelectorAll("select")]
      this.text = field.querySelector("input[type=text]")
      this.notes = [...field.querySelectorAll(".quiz-notes li")]
      this.details.hidden = true
      const stored = storage.get(this.key)
      if (stored?.hash === field.dataset.hash) {
        this.answer = stored.answer
        if (typeof stored.score === "number") this.show(stored.score)
      }
    }

    get answer() {
      if (this.text) return this.text.value.trim()
      if (this.selects.length) return this.selects.map(select => select.value)
      return this.choices.filter(input => input.checked).map(input => input.value)
    }

    set answer(value) {
      if (this.text) this.text.value = value
      this.selects.forEach((select, place) => { select.value = value[place] ?? "" })
      this.choices.forEach(input => { input.checked = value.includes(input.value) })
    }

    get answered() {
      return this.selects.length ? this.selects.every(select => select.value) : this.answer.length > 0
    }

    get checked() { return this.field.disabled }
    get score() { return Number(this.field.dataset.score) }

    grade() {
      if (this.text?.dataset.accepted) return Number(JSON.parse(this.text.dataset.accepted).includes(fold(this.text.value)))
      if (this.text) {
        const { answer, tolerance } = this.text.dataset
        // A hair's breadth for binary fractions.
        return Number(Math.abs(number(this.text.value) - Number(answer)) <= Number(tolerance) + 1e-9)
      }
      if (this.selects.length) {
        return this.selects.filter(select => select.value === select.dataset.right).length / this.selects.length
      }
      const chosen = this.choices.filter(input => input.checked)
      const hits = chosen.filter(input => "right" in input.dataset).length
      const keys = this.choices.filter(input => "right" in input.dataset).length
      return Math.max(0, hits - (chosen.length - hits)) / keys
    }

    store(score) {
      storage.set(this.key, { hash: this.field.dataset.hash, answer: this.answer, score })
    }

    check() {
      const score = this.grade()
      this.store(score)
      this.show(score)
    }

    show(score) {
      const field = this.field
      field.disabled = true
      field.dataset.score = score
      field.dataset.verdict = score === 1 ? "right" : "wrong"
      const said = score === 1 ? "✓ 对" : score > 0 ? `△ 部分对，得 ${round(score)} 分` : "✗ 不对"
      this.details.before(make("p", "quiz-verdict", said))
      this.details.hidden = false
      this.details.open = true
      this.choices.forEach((input, place) => {
        const right = "right" in input.dataset
        if (!right && !input.checked) return
        this.mark(input.closest("label"), input.checked ? (right ? "right" : "wrong") : "missed")
        const note = this.notes.find(item => item.dataset.for === String(place))
        if (note) {
          const copy = make("span", "quiz-note")
          copy.append(...[...note.childNodes].map(node => node.cloneNode(true)))
          input.closest("label").after(copy)
          note.hidden = true
        }
      })
      this.selects.forEach(select => {
        this.mark(select.closest("label"), select.value === select.dataset.right ? "right" : "wrong")
      })
    }

    mark(label, mark) {
      label.dataset.mark = mark
      label.append(make("span", "quiz-tag", { right: "✓ 对", wrong: "✗ 不对", missed: "○ 应选" }[mark]))
    }

    reset() {
      const field = this.field
      field.disabled = false
      delete field.dataset.score
      delete field.dataset.verdict
      field.querySelectorAll(".quiz-verdict, .quiz-note, .quiz-tag").forEach(node => node.remove())
      field.querySelectorAll("[data-mark]").forEach(node => node.removeAttribute("data-mark"))
      this.notes.forEach(note => { note.hidden = false })
      this.details.hidden = true
      this.details.open = false
      this.answer = this.text ? "" : []
      storage.remove(this.key)
    }

    focus() {
      this.field.querySelector("input, select").focus()
    }
  }

  const round = value => String(Math.round(value * 100) / 100)

  class CourseQuiz extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector("form")
      this.count = this.querySelector(".quiz-count")
      this.questions = [...this.querySelectorAll("fieldset")].map(field => new Question(field, this.dataset.quiz))
      this.foot = make("div", "quiz-foot")
      this.submit = Object.assign(make("button", "", "检查"), { type: "submit" })
      this.retry = Object.assign(make("button", "", "重做错题"), { type: "button" })
      this.again = Object.assign(make("button", "", "全部重做"), { type: "button" })
      this.result = make("output", "quiz-result")
      this.foot.append(this.submit, this.retry, this.again, this.result)
      this.form.append(this.foot)
      this.events = new AbortController()
      const { signal } = this.events
      this.form.addEventListener("submit", event => { event.preventDefault(); this.check() }, { signal })
      this.form.addEventListener("change", event => this.changed(event), { signal })
      this.retry.addEventListener("click", () => this.reset(question => question.score < 1), { signal })
      this.again.addEventListener("click", () => this.reset(() => true), { signal })
      this.update()
    }

    disconnectedCallback() {
      this.events.abort()
      this.foot.remove()
    }

    changed(event) {
      const field = event.target.closest("fieldset")
      this.questions.find(question => question.field === field).store()
      this.update()
    }

    check() {
      const open = this.questions.filter(question => !question.checked)
      open.filter(question => question.answered).forEach(question => question.check())
      this.update()
      const left = open.filter(question => !question.checked)
      if (left.length) {
        this.result.textContent += `，还有 ${left.length} 题没有答`
        left[0].focus()
      } else {
        this.result.tabIndex = -1
        this.result.focus()
      }
      document.dispatchEvent(new Event("course-progress"))
    }

    reset(which) {
      const chosen = this.questions.filter(question => question.checked && which(question))
      chosen.forEach(question => question.reset())
      this.update()
      chosen[0]?.focus()
      document.dispatchEvent(new Event("course-progress"))
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
