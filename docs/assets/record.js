/* <course-record>: what whoever learns here has read, answered and mastered, by course; to a file and back, and cleared. */
(() => {
  const { store, bank, make, Live } = window.qingshou
  /** What a lesson's records add up to; an objective is mastered when each of its questions was last answered right. */
  function countUp(lesson) {
    const read = store.get("read", lesson.path)?.sections ?? []
    const scores = new Map(lesson.questions.map(({ id, hash }) => {
      const stored = store.get("quiz", id)
      return [id, stored?.hash === hash && typeof stored.score === "number" ? stored.score : null]
    }))
    const objectives = Object.keys(lesson.objectives)
    const mastered = objectives.filter(key => {
      const asked = lesson.questions.filter(({ objective }) => objective === key)
      return asked.length && asked.every(({ id }) => scores.get(id) === 1)
    })
    return {
      read: lesson.sections.filter(({ id }) => read.includes(id)).length,
      sections: lesson.sections.length,
      answered: [...scores.values()].filter(score => score !== null).length,
      questions: lesson.questions.length,
      mastered: mastered.length,
      objectives: objectives.length,
      missing: objectives.filter(key => !mastered.includes(key)).map(key => lesson.objectives[key]),
    }
  }

  class CourseRecord extends Live {
    said = ""

    changed(all) {
      if (all && !this.busy) this.start()
    }

    async start() {
      try {
        const courses = JSON.parse(this.dataset.courses)
        const loaded = await Promise.all(courses.map(async ({ id }) => bank.load(id)))
        this.replaceChildren(this.tools(), ...loaded.map(course => this.course(course)), this.scenarios(), this.exams())
      } catch (error) {
        this.replaceChildren(make("p", "practice-error", error.message))
      }
    }

    course({ title, lessons }) {
      const counted = lessons.map(lesson => [lesson, countUp(lesson)])
      const sum = key => counted.reduce((total, [, each]) => total + each[key], 0)
      const details = make("details", "practice-course")
      const summary = make("summary", "", make("strong", "", title),
        make("span", "", `读 ${sum("read")} / ${sum("sections")} 节 · 答 ${sum("answered")} / ${sum("questions")} 题 · 掌握 ${sum("mastered")} / ${sum("objectives")} 个目标`))
      const table = make.table(["课", "读过", "答过", "掌握", "还没掌握的目标"], counted.map(([lesson, each]) => [
        make.link(lesson.title, bank.link(lesson)),
        `${each.read} / ${each.sections}`,
        `${each.answered} / ${each.questions}`,
        `${each.mastered} / ${each.objectives}`,
        each.answered ? each.missing.join("；") || "—" : "",
      ]))
      details.append(summary, table)
      return details
    }

    scenarios() {
      const played = store.all("scenario").filter(([, { best, endings }]) => best && Array.isArray(endings))
      if (!played.length) return make("p", "practice-note", "还没有打过情景模拟。")
      const rows = played.map(([, { title, plays, endings, best }]) =>
        [title, String(plays), String(endings.length), `${best.result} / 5`, best.violations ? "未通过" : "通过"])
      return make.table(["情景", "打过几次", "走到过几种结局", "最好的结果", "那次的合规"], rows, "情景模拟")
    }

    exams() {
      const results = store.all("exam").filter(([id, each]) => id !== "open" && typeof each.score === "number").reverse()
      if (!results.length) return make("p", "practice-note", "还没有模拟考试的成绩。")
      const rows = results.map(([id, { title, seed, score, of }]) =>
        [new Date(id).toLocaleDateString("zh-CN"), title, seed, `${Math.round(score * 100) / 100} / ${of}`])
      return make.table(["日期", "范围", "卷号", "得分"], rows, "模拟考试（练习，不是考试记录）")
    }

    tools() {
      const tools = make("div", "practice-tools")
      const file = Object.assign(make("input", ""), { type: "file", accept: ".json,application/json" })
      file.addEventListener("change", () => this.take(file.files[0]))
      const label = make("label", "practice-file", "从文件导入 ", file)
      const status = make("output", "practice-status", this.said)
      this.said = ""
      tools.append(make.button("导出我的记录", () => this.give()), label, make.button("清空我的记录", () => this.empty(tools)), status)
      return tools
    }

    give() {
      const data = store.export()
      const name = `清收课堂-${store.learner || "不记名"}-${data.written.slice(0, 10)}.json`
      make.download(name, "application/json", JSON.stringify(data, null, 1))
      this.querySelector(".practice-status").textContent = `导出了 ${Object.keys(data.records).length} 条记录：${name}`
    }

    async take(file) {
      const status = this.querySelector(".practice-status")
      try {
        const data = JSON.parse(await file.text())
        const whose = data?.learner && data.learner !== store.learner ? `（文件是${data.learner}的，记到了${store.learner || "不记名"}名下）` : ""
        this.busy = true
        this.said = `导入了 ${store.import(data)} 条记录${whose}。`
        this.start()
      } catch (error) {
        status.textContent = error instanceof SyntaxError ? "这个文件读不出来：不是完整的 JSON。原来的记录没有动。" : `${error.message}原来的记录没有动。`
      } finally {
        this.busy = false
      }
    }

    empty(tools) {
      tools.replaceChildren(
        make("span", "", `${store.learner || "不记名"}的全部记录都会清掉。`),
        make.button("确定清空", () => {
          this.busy = true
          const gone = store.clear()
          this.busy = false
          const undo = make.button("撤销清空", () => store.restore(gone))
          this.replaceChildren(make("p", "practice-note", `清空了 ${gone.length} 条记录。`), undo)
          undo.focus()
        }),
        make.button("不清了", () => this.start()))
      tools.querySelector("button").focus()
    }
  }

  customElements.define("course-record", CourseRecord)
})()
