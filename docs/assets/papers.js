/* <course-papers>: for the instructor: papers A and B from a seed, with the key apart, from the same questions. */
(() => {
  const { bank, draw, randomFrom, shuffleOptions, make } = window.qingshou
  const LETTERS = ["A", "B"]

  class CoursePapers extends HTMLElement {
    connectedCallback() {
      this.scopes = JSON.parse(this.dataset.scopes)
      const form = make("form", "practice-setup")
      const scope = make.field(form, "范围", document.createElement("select"))
      for (const { id, title, kind } of this.scopes) scope.append(new Option(`${kind}：${title}`, id))
      const count = make.field(form, "题数", Object.assign(document.createElement("input"), { type: "number", min: 5, max: 100, value: 20, required: true }))
      const seed = make.field(form, "卷号", Object.assign(document.createElement("input"), { type: "text", maxLength: 20, required: true, value: "1" }))
      form.append(make.button("出卷", null, "submit"))
      this.out = make("div", "practice-papers")
      form.addEventListener("submit", event => {
        event.preventDefault()
        this.make(this.scopes.find(({ id }) => id === scope.value), Number(count.value), seed.value.trim())
      })
      this.replaceChildren(form, this.out)
    }

    async make(scope, count, seed) {
      try {
        const lessons = await bank.lessonsOf(scope)
        const html = await bank.questionsOf(scope)
        const papers = LETTERS.map(letter => this.paper(letter, scope, seed, draw(lessons, count, `${seed} ${letter}`), html))
        const tools = make("p", "practice-tools")
        for (const [name, title] of [["A", "打印 A 卷"], ["B", "打印 B 卷"], ["key", "打印答案"]]) {
          tools.append(make.button(title, () => {
            this.dataset.print = name
            print()
            delete this.dataset.print
          }))
        }
        const key = make("section", "practice-paper")
        key.dataset.paper = "key"
        key.append(make("p", "practice-sheet-title", `答案 · ${scope.title} · 卷号 ${seed}`), ...papers.map(({ answers }) => answers))
        this.out.replaceChildren(tools, ...papers.map(({ sheet }) => sheet), key)
      } catch (error) {
        this.out.replaceChildren(make("p", "practice-error", error.message))
      }
    }

    /** A paper as it is printed, and the list of its answers. */
    paper(letter, scope, seed, drawn, html) {
      const sheet = make("section", "practice-paper quiz")
      sheet.dataset.paper = letter
      sheet.append(
        make("p", "practice-sheet-title", `${scope.title} · ${letter} 卷`),
        make("p", "practice-note", `卷号 ${seed}　共 ${drawn.length} 题　姓名或工号＿＿＿＿＿＿　日期＿＿＿＿＿＿　得分＿＿＿＿`))
      const answers = make("section", "")
      const list = make("ol", "")
      const random = randomFrom(`${seed} ${letter} 选项`)
      drawn.forEach(({ lesson, question }, place) => {
        const field = bank.field(html[question.id], lesson, `${letter}${place + 1}`)
        field.querySelector(".quiz-number").textContent = place + 1
        shuffleOptions(field, random)
        this.number(field)
        const item = make("li", "", `${field.querySelector(".quiz-key").textContent.replace(/^答案：/, "")}（${lesson.title} · ${lesson.objectives[question.objective]}）`)
        list.append(item)
        field.querySelector(".quiz-answer").remove()
        sheet.append(field)
      })
      answers.append(make("p", "", `${letter} 卷`), list)
      return { sheet, answers }
    }

    /** On paper nobody can open a list: places to write in, and for a matching the answers below, with letters. */
    number(field) {
      const selects = [...field.querySelectorAll("select")]
      if (!selects.length) return
      const isMatch = field.dataset.type === "match"
      const options = [...selects[0].options].slice(1).map(option => option.textContent)
      const right = selects.map(select => Number(select.dataset.right))
      selects.forEach(select => select.replaceWith(make("span", "practice-blank", "（　　）")))
      const written = isMatch ? right.map(place => String.fromCharCode(65 + place)) : right.map(place => place + 1)
      if (isMatch) {
        const list = make("p", "practice-matches", options.map((text, place) => `${String.fromCharCode(65 + place)}. ${text}`).join("　"))
        field.querySelector("details").before(list)
      }
      field.querySelector(".quiz-key").textContent = `答案：${written.join("、")}（从上到下）`
    }
  }

  customElements.define("course-papers", CoursePapers)
})()
