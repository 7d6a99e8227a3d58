/* <course-results>: for the instructor: many trainees' results files, merged in this browser; nothing is sent anywhere. */
(() => {
  const { bank, make } = window.qingshou
  const MISSED = 20

  class CourseResults extends HTMLElement {
    connectedCallback() {
      this.files = new Map()
      this.courses = JSON.parse(this.dataset.courses)
      const input = Object.assign(make("input", ""), { type: "file", multiple: true, accept: ".json,application/json" })
      input.addEventListener("change", () => this.read([...input.files]))
      const label = make("label", "practice-file", "选学员交来的记录文件（可多选，可分几次） ", input)
      this.status = make("output", "practice-status")
      this.out = make("div", "practice-out")
      this.replaceChildren(label, this.status, this.out)
    }

    async read(files) {
      const said = []
      for (const file of files) {
        try {
          const data = JSON.parse(await file.text())
          if (data?.format !== "qingshou-results" || data.version !== 2 || typeof data.records !== "object") throw new Error("不是本站导出的记录")
          const name = String(data.learner || file.name)
          const known = this.files.get(name)
          // Of two files of one trainee the later one counts.
          if (!known || String(known.written) < String(data.written)) this.files.set(name, data)
          if (known) said.push(`“${name}”有两份，用了较晚的一份`)
        } catch (error) {
          said.push(`${file.name} 没有读：${error instanceof SyntaxError ? "不是完整的 JSON" : error.message}`)
        }
      }
      this.status.textContent = [`已合并 ${this.files.size} 人`, ...said].join("；")
      try {
        this.index = await bank.index(this.courses.map(({ id }) => id))
        await this.draw()
      } catch (error) {
        this.status.textContent = error.message
      }
    }

    /** A trainee's checked answers to questions as they stand now: [ID, score]. */
    answers({ records }) {
      return Object.entries(records)
        .filter(([key]) => key.startsWith("quiz:"))
        .map(([key, value]) => [key.slice(5), value])
        .filter(([id, value]) => typeof value?.score === "number" && this.index[id]?.question.hash === value.hash)
        .map(([id, { score }]) => [id, score])
    }

    async draw() {
      const people = [...this.files].sort(([a], [b]) => a.localeCompare(b, "zh-CN"))
      const done = this.courses.map(course => [course, Object.values(this.index).filter(each => each.course === course.id).length])
      const rows = people.map(([name, data]) => {
        const answers = this.answers(data)
        const exams = Object.entries(data.records).filter(([key, value]) => key.startsWith("exam:") && typeof value?.score === "number")
        const best = Math.max(...exams.map(([, { score, of }]) => Math.round((100 * score) / of)))
        const cells = done.map(([{ id }, all]) => {
          const own = answers.filter(([question]) => this.index[question].course === id)
          const right = own.filter(([, score]) => score === 1).length
          return own.length ? `答 ${own.length} / ${all}，对 ${right}` : "—"
        })
        const scenarios = Object.keys(data.records).filter(key => key.startsWith("scenario:")).length
        return [name, ...cells, String(scenarios), exams.length ? `${exams.length} 次，最高 ${best} 分` : "—"]
      })
      const titles = ["学员", ...this.courses.map(({ title }) => title), "情景", "模拟考试"]
      this.out.replaceChildren(
        make.table(titles, rows, `谁做了什么（${people.length} 人，自己交来的文件，未经监考）`),
        make.table(["题", "课 · 目标", "答错 / 答过"], await this.missed(people), "错得最多的题"),
        make.button("下载成表格（CSV）", () => this.give([titles, ...rows])))
    }

    /** Questions by how many people missed them. */
    async missed(people) {
      const counts = new Map()
      for (const [, data] of people) {
        for (const [id, score] of this.answers(data)) {
          const count = counts.get(id) ?? { asked: 0, wrong: 0 }
          counts.set(id, { asked: count.asked + 1, wrong: count.wrong + Number(score < 1) })
        }
      }
      const worst = [...counts].filter(([, { wrong }]) => wrong)
        .sort(([, a], [, b]) => b.wrong - a.wrong || b.wrong / b.asked - a.wrong / a.asked).slice(0, MISSED)
      return Promise.all(worst.map(async ([id, { asked, wrong }]) => {
        const { course, lesson, question } = this.index[id]
        const field = bank.field((await bank.questions(course))[id], lesson, 0)
        const stem = field.querySelector("legend > span:last-child").textContent
        const link = make.link(`${lesson.title} · ${lesson.objectives[question.objective]}`, bank.link(lesson, question.section))
        return [stem, link, `${wrong} / ${asked}`]
      }))
    }

    give(rows) {
      // A cell that a spreadsheet would take for a formula gets an apostrophe.
      const cell = text => `"${String(text).replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`
      const text = `\ufeff${rows.map(row => row.map(cell).join(",")).join("\r\n")}\r\n`
      make.download("清收课堂-学习记录.csv", "text/csv", text)
    }
  }

  customElements.define("course-results", CourseResults)
})()
