/* <course-notebook>: the questions answered wrong anywhere on the site, as they fall due (boxes.js), one at a time. */
(() => {
  const { store, boxes, bank, Question, make, Live } = window.qingshou

  class CourseNotebook extends Live {
    changed(all) {
      if (all && !this.busy) this.start()
    }

    /** Look everything up anew; questions edited or removed since are dropped, each alone, and told. */
    async start() {
      const known = JSON.parse(this.dataset.courses).map(({ id }) => id)
      const records = store.all("box")
      const courses = known.filter(course => records.some(([id]) => id.startsWith(`${course}/`)))
      try {
        this.index = await bank.index(courses)
      } catch (error) {
        this.replaceChildren(make("p", "practice-error", error.message))
        return
      }
      const stale = records.filter(([id, { hash }]) => this.index[id]?.question.hash !== hash)
      stale.forEach(([id]) => store.remove("box", id))
      this.said = stale.length ? `有 ${stale.length} 题改过或者删了，已从错题本拿掉。` : ""
      this.early = []
      this.overview()
    }

    overview() {
      const { due, waiting, done } = boxes.sorted()
      const counts = make("p", "practice-counts", `今天到期 ${due.length} 题 · 等着 ${waiting.length} 题 · 已完成 ${done.length} 题`)
      const parts = [counts, this.drawers([...due, ...waiting])]
      if (this.said) parts.push(make("p", "practice-note", this.said))
      const tools = make("p", "practice-tools")
      if (due.length) tools.append(make.button(`开始做今天的 ${due.length} 题`, () => this.next()))
      else if (waiting.length) {
        parts.push(make("p", "practice-note", `今天没有到期的题。最近的一题在 ${waiting[0][1].due}。`))
        tools.append(make.button("提前练一遍", () => { this.early = waiting.map(([id]) => id); this.next() }))
      } else {
        parts.push(make("p", "practice-note", done.length ? "错题都做完了。" : "还没有错题。各课自测、模拟考试里答错的题会自己到这里来。"))
      }
      if (due.length + waiting.length + done.length) tools.append(make.button("清空错题本", () => this.empty(tools)))
      parts.push(tools)
      this.replaceChildren(...parts)
    }

    /** How many questions lie in each box. */
    drawers(open) {
      const list = make("ol", "practice-boxes")
      boxes.DAYS.forEach((days, box) => {
        const count = open.filter(([, record]) => record.box === box).length
        list.append(make("li", "", make("span", "", `${days} 天`), make("strong", "", `${count}`)))
      })
      list.setAttribute("aria-label", "各盒里的题数：答对一次进下一盒，隔得更久再来")
      return list
    }

    empty(tools) {
      tools.replaceChildren(
        make("span", "", "清空以后这些题不再回来。"),
        make.button("确定清空", () => {
          this.busy = true
          const gone = store.clear("box")
          this.busy = false
          this.replaceChildren(
            make("p", "practice-note", `清空了 ${gone.length} 题。`),
            make.button("撤销清空", () => store.restore(gone)))
          this.querySelector("button").focus()
        }),
        make.button("不清了", () => this.overview()))
      tools.querySelector("button").focus()
    }

    /** Show the question that has waited longest. */
    async next() {
      const due = boxes.sorted().due.map(([id]) => id)
      const id = due[0] ?? this.early.shift()
      if (!id) return this.overview()
      const { course, lesson, question } = this.index[id]
      const early = !due.length
      const html = (await bank.questions(course))[id]
      const form = make("form", "quiz practice-form")
      const field = bank.field(html, lesson, 1)
      form.append(field)
      const foot = make("div", "quiz-foot")
      foot.append(make.button("检查", null, "submit"), make.button("今天到此", () => this.overview()))
      form.append(foot)
      const left = make("p", "practice-counts", early ? `提前练，还剩 ${this.early.length + 1} 题；答对不换盒` : `今天还有 ${due.length} 题`)
      this.replaceChildren(left, form)
      const asked = new Question(field, id.slice(0, id.lastIndexOf("/")))
      form.addEventListener("submit", event => {
        event.preventDefault()
        if (asked.answered) this.check(asked, { foot, lesson, question, early })
        else asked.focus()
      })
      asked.focus()
    }

    check(asked, { foot, lesson, question, early }) {
      const before = store.get("box", asked.id)
      const score = asked.grade()
      if (score < 1 || !early) boxes.review(asked, score === 1)
      asked.show(score)
      const { box, due } = store.get("box", asked.id)
      const result = make("output", "quiz-result", due ? `第 ${box + 1} 盒，${due} 再来` : "五盒走完，这题完成了")
      const source = make.link(`回到课文：${lesson.title} · ${question.about}`, bank.link(lesson, question.section))
      const undo = make.button("撤回这次作答", () => {
        store.set("box", asked.id, before)
        if (early) this.early.unshift(asked.id)
        this.next()
      })
      const onward = make.button("下一题", () => this.next())
      foot.replaceChildren(onward, undo, result, make("span", "practice-source", source))
      onward.focus()
    }
  }

  customElements.define("course-notebook", CourseNotebook)
})()
