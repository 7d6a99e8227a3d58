/* <course-today>: twenty minutes: one section to read, two questions on it, and where one stopped last time. */
(() => {
  const { store, boxes, bank, Question, make, Live } = window.qingshou
  const ASKED = 2

  class CourseToday extends Live {
    async start() {
      this.scopes = JSON.parse(this.dataset.scopes)
      const chosen = store.get("today", "scope")?.id
      this.scope = this.scopes.find(({ id }) => id === chosen) ?? this.scopes[0]
      try {
        this.lessons = await bank.lessonsOf(this.scope)
      } catch (error) {
        this.replaceChildren(make("p", "practice-error", error.message))
        return
      }
      this.skipped = new Set()
      this.draw()
    }

    isRead(lesson, section) {
      return store.get("read", lesson.path)?.sections?.includes(section.id) ?? false
    }

    isAnswered({ id, hash }) {
      const stored = store.get("quiz", id)
      return stored?.hash === hash && typeof stored.score === "number"
    }

    /** The lesson and section left last, of those in this scope. */
    stopped() {
      const reads = this.lessons.map(lesson => ({ lesson, read: store.get("read", lesson.path) })).filter(({ read }) => read?.last)
      const latest = reads.sort((a, b) => b.read.at - a.read.at)[0]
      if (!latest) return null
      const section = latest.lesson.sections.find(({ within }) => within.includes(latest.read.last))
      return section ? { lesson: latest.lesson, section } : null
    }

    /** The next section that has not been read: from where one stopped, then from the beginning. */
    next() {
      const from = Math.max(0, this.lessons.indexOf(this.stopped()?.lesson))
      const order = [...this.lessons.slice(from), ...this.lessons.slice(0, from)]
      for (const lesson of order) {
        const section = lesson.sections.find(each => !this.isRead(lesson, each) && !this.skipped.has(`${lesson.path}#${each.id}`))
        if (section) return { lesson, section }
      }
      return null
    }

    async draw() {
      const parts = [this.chooser()]
      const stopped = this.stopped()
      if (stopped) {
        const place = bank.link(stopped.lesson, stopped.section.id)
        parts.push(make("p", "practice-note", "上次停在：", make.link(`${stopped.lesson.title} · ${stopped.section.title}`, place)))
      }
      const due = boxes.sorted().due.length
      if (due) {
        parts.push(make("p", "practice-note", "错题本里今天到期 ", make.link(`${due} 题`, this.dataset.notebook), "，可以先做。"))
      }
      const found = this.next()
      if (found) parts.push(this.reading(found), await this.asking(found))
      else parts.push(make("p", "practice-note", "这条路径的每一节都读过了。换一条，或者去做模拟考试。"))
      this.replaceChildren(...parts)
    }

    chooser() {
      const label = make("label", "practice-choose", "按哪条路径学 ")
      const select = document.createElement("select")
      for (const { id, title, kind } of this.scopes) select.add(new Option(`${kind}：${title}`, id))
      select.value = this.scope.id
      select.addEventListener("change", () => {
        store.set("today", "scope", { id: select.value })
        this.start()
      })
      label.append(select)
      return label
    }

    reading({ lesson, section }) {
      const card = make("section", "practice-card")
      card.append(make("p", "practice-label", "读一节"))
      const title = make("p", "practice-card-title", make.link(section.title, bank.link(lesson, section.id)))
      const tools = make("p", "practice-tools")
      tools.append(make.button("换一节", () => { this.skipped.add(`${lesson.path}#${section.id}`); this.draw() }))
      card.append(title, make("p", "practice-note", `${lesson.title} · 约 ${section.minutes} 分钟`), tools)
      return card
    }

    /** Two questions on the section, or else on its lesson; those not answered yet come first. */
    async asking({ lesson, section }) {
      const inside = question => Number(section.within.includes(question.section))
      const open = question => Number(!this.isAnswered(question))
      const chosen = [...lesson.questions].sort((a, b) => open(b) - open(a) || inside(b) - inside(a)).slice(0, ASKED)
      const course = this.scope.courses.find(each => lesson.path.startsWith(`${each}/`))
      const html = await bank.questions(course)
      const form = make("form", "quiz practice-form")
      const head = make("p", "quiz-head", make("strong", "", "答两题"))
      const questions = chosen.map(({ id }, place) =>
        new Question(bank.field(html[id], lesson, place + 1), id.slice(0, id.lastIndexOf("/"))))
      const foot = make("div", "quiz-foot")
      const result = make("output", "quiz-result")
      foot.append(make.button("检查", null, "submit"), result)
      form.append(head, ...questions.map(({ field }) => field), foot)
      form.addEventListener("submit", event => {
        event.preventDefault()
        for (const question of questions.filter(each => each.answered && !each.checked)) {
          const score = question.grade()
          store.set("quiz", question.id, { hash: question.hash, answer: question.answer, score })
          if (score < 1) boxes.collect(question)
          question.show(score)
        }
        const left = questions.filter(question => !question.checked)
        if (left.length) {
          result.textContent = `还有 ${left.length} 题没有答`
          left[0].focus()
        } else {
          foot.replaceChildren(make.button("再来一节", () => this.draw()), result)
          result.textContent = `答对 ${questions.filter(({ score }) => score === 1).length} / ${questions.length}`
          foot.firstElementChild.focus()
        }
      })
      return form
    }
  }

  customElements.define("course-today", CourseToday)
})()
