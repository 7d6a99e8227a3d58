/* <course-exam>: a mock exam, drawn from a seed (draw.js), against the clock, without feedback until the end. What is under
   way survives a reload. ?scope=…&count=…&minutes=…&seed=… makes the same paper for a whole class. */
(() => {
  const { store, boxes, bank, draw, randomFrom, shuffleOptions, Question, make, Live, round } = window.qingshou
  const OPEN = "open"
  const PASS = 0.8
  const clock = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
  /** Six digits. */
  const freshSeed = () => String(100000 + (crypto.getRandomValues(new Uint32Array(1))[0] % 900000))

  class CourseExam extends Live {
    disconnectedCallback() {
      super.disconnectedCallback()
      clearInterval(this.timer)
    }

    start() {
      this.scopes = JSON.parse(this.dataset.scopes)
      clearInterval(this.timer)
      const open = store.get("exam", OPEN)
      if (open && this.scopes.some(({ id }) => id === open.paper?.scope)) this.take(open)
      else this.setUp()
    }

    /* 1. What is to be examined */

    setUp() {
      const asked = new URLSearchParams(location.search)
      const form = make("form", "practice-setup")
      const scope = make.field(form, "范围", document.createElement("select"))
      for (const kind of ["岗位", "课程"]) {
        const group = Object.assign(document.createElement("optgroup"), { label: kind })
        for (const { id, title } of this.scopes.filter(each => each.kind === kind)) group.append(new Option(title, id))
        scope.append(group)
      }
      const number = (name, value, least, most) => {
        const input = make.field(form, name, Object.assign(document.createElement("input"), { type: "number", min: least, max: most, required: true }))
        input.value = Math.min(most, Math.max(least, Number(value) || least))
        return input
      }
      if (this.scopes.some(({ id }) => id === asked.get("scope"))) scope.value = asked.get("scope")
      const count = number("题数", asked.get("count") || 20, 5, 100)
      const minutes = number("时间（分钟）", asked.get("minutes") || 25, 5, 180)
      const seed = make.field(form, "卷号（同一个卷号是同一份卷）", Object.assign(document.createElement("input"), { type: "text", maxLength: 20, required: true }))
      seed.value = asked.get("seed") || freshSeed()
      form.append(make.button("开始", null, "submit"), make("p", "practice-note", "交卷以前不讲评；每个目标都抽得到，题数不够时先抽一部分目标。关掉页面再回来接着答，钟照走。"))
      form.addEventListener("submit", event => {
        event.preventDefault()
        const paper = { scope: scope.value, count: Number(count.value), minutes: Number(minutes.value), seed: seed.value.trim() }
        const open = { paper, started: Date.now(), answers: {} }
        store.set("exam", OPEN, open)
        this.take(open)
      })
      this.replaceChildren(form)
    }

    /* 2. The paper */

    async take(open) {
      const { paper } = open
      const scope = this.scopes.find(({ id }) => id === paper.scope)
      this.replaceChildren(make("p", "practice-note", "正在取题……"))
      try {
        this.questions = await this.paperOf(scope, paper)
      } catch (error) {
        this.replaceChildren(make("p", "practice-error", error.message))
        return
      }
      const form = make("form", "quiz practice-form")
      form.autocomplete = "off"
      form.append(...this.questions.map(({ asked }) => asked.field))
      for (const { asked } of this.questions) {
        asked.field.querySelector(".quiz-number").id = `q-${asked.number}`
        if (asked.id in open.answers) asked.answer = open.answers[asked.id]
      }
      const bar = make("div", "practice-bar")
      this.left = make("span", "practice-clock")
      this.count = make("span", "quiz-count")
      this.status = make("span", "practice-status")
      this.status.setAttribute("role", "status")
      bar.append(this.left, this.count, this.status)
      const foot = make("div", "quiz-foot")
      const submit = make.button("交卷", null, "submit")
      foot.append(submit, make.button("放弃这一卷", () => { store.remove("exam", OPEN); clearInterval(this.timer); this.setUp() }))
      form.append(foot)
      form.addEventListener("change", () => {
        open.answers = Object.fromEntries(this.questions.map(({ asked }) => [asked.id, asked.answer]))
        store.set("exam", OPEN, open)
        this.said = false
        this.tell()
      })
      form.addEventListener("submit", event => {
        event.preventDefault()
        const blank = this.questions.filter(({ asked }) => !asked.answered)
        if (blank.length && !this.said) {
          this.said = true
          this.status.textContent = `还有 ${blank.length} 题没答；再按一次就交卷`
          blank[0].asked.focus()
        } else {
          this.finish(open, scope)
        }
      })
      this.said = false
      this.replaceChildren(bar, form)
      this.tell()
      const tick = () => {
        const seconds = paper.minutes * 60 - (Date.now() - open.started) / 1000
        this.left.textContent = `剩 ${clock(Math.max(0, seconds))}`
        if (seconds <= 60 && seconds > 58) this.status.textContent = "还剩一分钟"
        if (seconds <= 0) this.finish(open, scope)
      }
      clearInterval(this.timer)
      this.timer = setInterval(tick, 1000)
      tick()
      if (this.contains(form)) this.questions[0]?.asked.focus()
    }

    tell() {
      this.count.textContent = `${this.questions.filter(({ asked }) => asked.answered).length} / ${this.questions.length} 已答`
    }

    async paperOf(scope, paper) {
      const lessons = await bank.lessonsOf(scope)
      const html = await bank.questionsOf(scope)
      const random = randomFrom(`${paper.seed} 选项`)
      return draw(lessons, paper.count, paper.seed).map(({ lesson, question }, place) => {
        const field = bank.field(html[question.id], lesson, place + 1)
        shuffleOptions(field, random)
        const asked = new Question(field, question.id.slice(0, question.id.lastIndexOf("/")))
        return { lesson, question, asked: Object.assign(asked, { number: place + 1 }) }
      })
    }

    /* 3. The result */

    finish(open, scope) {
      clearInterval(this.timer)
      const { paper } = open
      const used = Math.min(paper.minutes * 60, Math.round((Date.now() - open.started) / 1000))
      for (const each of this.questions) {
        each.score = each.asked.answered ? each.asked.grade() : 0
        if (each.score < 1) boxes.collect(each.asked)
      }
      const total = this.questions.reduce((sum, { score }) => sum + score, 0)
      store.remove("exam", OPEN)
      store.set("exam", new Date(open.started).toISOString(), {
        ...paper, title: scope.title, score: total, of: this.questions.length, seconds: used,
        wrong: this.questions.filter(({ score }) => score < 1).map(({ asked }) => asked.id),
      })
      const form = this.querySelector("form")
      form.querySelector(".quiz-foot").remove()
      for (const { asked, score, lesson, question } of this.questions) {
        asked.show(score)
        const source = make.link(`课文：${lesson.title} · ${question.about}`, bank.link(lesson, question.section))
        asked.details.append(make("p", "practice-source", source))
      }
      const sheet = this.sheet(open, scope, { total, used })
      this.replaceChildren(sheet, form)
      sheet.tabIndex = -1
      sheet.focus()
    }

    sheet({ paper, started }, scope, { total, used }) {
      const sheet = make("section", "practice-sheet")
      const of = this.questions.length
      const share = of ? total / of : 0
      const title = make("p", "practice-sheet-title", `模拟考试成绩：${round(total)} / ${of}（${Math.round(share * 100)} 分）`)
      const facts = make("dl", "practice-facts")
      const when = new Date(started).toLocaleString("zh-CN", { dateStyle: "long", timeStyle: "short" })
      for (const [term, text] of [
        ["学员", store.learner || "不记名"],
        ["范围", scope.title],
        ["卷号", paper.seed],
        ["开考", when],
        ["用时", `${clock(used)}，限 ${paper.minutes} 分钟`],
        ["错题", `${this.questions.filter(({ score }) => score < 1).length} 题，已放进错题本`],
      ]) facts.append(make("dt", "", term), make("dd", "", text))
      const scored = this.byObjective().map(group => [group[0], group.length, group.reduce((sum, each) => sum + each.score, 0)])
      const table = make.table(["课", "目标", "得分"], scored.map(([{ lesson, question }, asked, score]) =>
        [lesson.title, lesson.objectives[question.objective], `${round(score)} / ${asked}`]))
      scored.forEach(([, asked, score], place) => { if (score < asked * PASS) table.tBodies[0].rows[place].dataset.weak = "" })
      const tools = make("p", "practice-tools")
      tools.append(make.button("打印成绩单", () => print()), make.button("再考一次", () => this.setUp()))
      sheet.append(title, facts, table, make("p", "practice-disclaimer", "这是练习，不是考试记录：成绩由本人的浏览器算出，没有人监考，不作为考核或者合规培训的凭证。"), tools)
      return sheet
    }

    /** The questions of each objective, in the lessons' order. */
    byObjective() {
      const groups = new Map()
      for (const each of this.questions) {
        const key = `${each.lesson.path} ${each.question.objective}`
        groups.set(key, [...(groups.get(key) ?? []), each])
      }
      return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([, group]) => group)
    }
  }

  customElements.define("course-exam", CourseExam)
})()
