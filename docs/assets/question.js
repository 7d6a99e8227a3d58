/* window.qingshou.Question: one question on a page, in a quiz, the notebook, an exam or today's lesson.
   The fieldset holds everything (hooks/course/quiz/tree.py); this grades it and shows what was right, and why. */
(() => {
  const { make } = window.qingshou
  const round = value => String(Math.round(value * 100) / 100)

  // The same folding as answers.py: width, case, punctuation and spaces do not matter.
  const fold = text => text.normalize("NFKC").toLowerCase()
    .replace(/(?<!\p{N})\.|\.(?!\p{N})/gu, "").replace(/[^\p{L}\p{N}.]/gu, "")
  // 7,426.50 元 → 7426.5
  const number = text => {
    const found = text.normalize("NFKC").replace(/[,\s]/g, "").replace(/[−–—]/g, "-").match(/-?\d+(\.\d+)?/)
    return found ? Number(found[0]) : NaN
  }

  /** One fieldset. A score is between 0 and 1. `id` is the quiz's ID and its own. */
  class Question {
    constructor(field, quiz) {
      this.field = field
      this.id = `${quiz}/${field.dataset.question}`
      this.hash = field.dataset.hash
      this.details = field.querySelector(".quiz-answer")
      this.choices = [...field.querySelectorAll("input[type=radio], input[type=checkbox]")]
      this.selects = [...field.querySelectorAll("select")]
      this.text = field.querySelector("input[type=text]")
      this.notes = [...field.querySelectorAll(".quiz-notes li")]
      this.details.hidden = true
    }

    get answer() {
      if (this.text) return this.text.value.trim()
      if (this.selects.length) return this.selects.map(select => select.value)
      return this.choices.filter(input => input.checked).map(input => input.value)
    }

    set answer(value) {
      const given = Array.isArray(value) ? value : []
      if (this.text) this.text.value = typeof value === "string" ? value : ""
      this.selects.forEach((select, place) => { select.value = given[place] ?? "" })
      this.choices.forEach(input => { input.checked = given.includes(input.value) })
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

    show(score) {
      const field = this.field
      field.disabled = true
      field.dataset.score = score
      field.dataset.verdict = score === 1 ? "right" : "wrong"
      const said = score === 1 ? "✓ 对" : score > 0 ? `△ 部分对，得 ${round(score)} 分` : "✗ 不对"
      this.details.before(make("p", "quiz-verdict", said))
      this.details.hidden = false
      this.details.open = true
      this.choices.forEach(input => {
        const right = "right" in input.dataset
        if (!right && !input.checked) return
        this.mark(input.closest("label"), input.checked ? (right ? "right" : "wrong") : "missed")
        const note = this.notes.find(item => item.dataset.for === input.value)
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
    }

    focus() {
      this.field.querySelector("input, select").focus()
    }
  }

  Object.assign(window.qingshou, { Question, round })
})()
