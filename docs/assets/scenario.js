/* <course-scenario>: plays a dialogue as a call. The page holds all of it as a book of sections and links
   (hooks/course/scenario/tree.py); this hides the book, keeps the transcript and adds up the debrief.

   Scores: the result is the ending's, 1 at most where a consequence turned the outcome; the relationship is the mean of
   what each choice did to it (−1 to 1, as 0 to 5); compliance is a gate: one violation, and it is not passed. */
(() => {
  const { store, make } = window.qingshou
  const copy = element => [...element.childNodes].map(node => node.cloneNode(true))

  const OUTCOMES = { promise: "有承诺", plan: "谈成方案", "handed-over": "停催转交", "broken-off": "谈崩或中断", complaint: "投诉" }

  class CourseScenario extends HTMLElement {
    connectedCallback() {
      this.book = this.querySelector(".scenario-book")
      this.book.hidden = true
      this.play = make("div", "scenario-play")
      this.log = make("ol", "scenario-log")
      // The log stands around the list: a list that is a log would be none to those who hear the page.
      const heard = make("div", "", this.log)
      heard.setAttribute("role", "log")
      heard.setAttribute("aria-label", "通话记录")
      this.turn = make("div", "scenario-turn")
      this.play.append(heard, this.turn)
      this.book.after(this.play)
      this.restart()
    }

    disconnectedCallback() {
      this.play.remove()
      this.book.hidden = false
    }

    section(key) {
      return this.book.querySelector(`[data-node="${key}"], [data-ending="${key}"]`)
    }

    restart() {
      this.steps = []
      this.log.replaceChildren()
      this.enter(this.dataset.start)
    }

    /** Take the last choice back. */
    undo() {
      const { key, turns } = this.steps.pop()
      while (this.log.childElementCount > turns) this.log.lastElementChild.remove()
      this.offer(this.section(key))
      this.focusFirst()
    }

    enter(key) {
      const section = this.section(key)
      const scene = section.querySelector(":scope > .scenario-scene")
      const says = section.querySelector(":scope > .scenario-says")
      if (scene) this.log.append(make("li", "scenario-scene", ...copy(scene)))
      if (says) this.log.append(make("li", "scenario-heard", ...copy(says)))
      if (section.dataset.ending) this.finish(section)
      else this.offer(section)
    }

    offer(section) {
      const list = make("ol", "scenario-choices")
      for (const item of section.querySelectorAll(":scope > ol > li")) {
        const choice = make.button("", () => this.choose(section.dataset.node, item))
        choice.append(...copy(item.querySelector("a")))
        choice.dataset.kind = item.dataset.kind
        list.append(make("li", "", choice))
      }
      const tools = make("p", "scenario-tools")
      if (this.steps.length) tools.append(make.button("退回一步", () => this.undo()), make.button("从头再来", () => this.again()))
      this.turn.replaceChildren(make("p", "scenario-prompt", this.steps.length ? "你怎么接？" : "你先开口："), list, tools)
    }

    choose(key, item) {
      const turns = this.log.childElementCount
      this.steps.push({ key, item, turns })
      const words = item.querySelector(".scenario-text")
      this.log.append(make("li", item.dataset.kind === "say" ? "scenario-said" : "scenario-did", ...copy(words)))
      if (this.dataset.comments === "at-once") this.log.append(this.comment(item))
      this.enter(item.dataset.next)
      this.log.children[turns].scrollIntoView({ block: "nearest" })
      this.focusFirst()
    }

    comment(item) {
      const comment = make("li", "scenario-comment", ...copy(item.querySelector(".scenario-why")))
      comment.dataset.verdict = item.dataset.verdict
      return comment
    }

    focusFirst() {
      const target = this.turn.querySelector(".scenario-choices button, .scenario-debrief")
      target?.focus({ preventScroll: true })
      target?.scrollIntoView({ block: "nearest" })
    }

    again() {
      this.restart()
      this.focusFirst()
    }

    /** What the way taken adds up to. */
    scores(section) {
      const items = this.steps.map(({ item }) => item)
      const laters = items.map(item => item.querySelector(".scenario-later")).filter(Boolean)
      const turned = laters.map(later => later.dataset.outcome).filter(Boolean)
      const outcome = turned.includes("complaint") ? "complaint" : turned.at(-1) ?? section.dataset.outcome
      const result = Math.min(Number(section.dataset.result), turned.length ? 1 : 5)
      const trust = items.reduce((sum, item) => sum + Math.max(-1, Math.min(1, Number(item.dataset.trust))), 0) / items.length
      const violations = items.filter(item => item.dataset.verdict === "violation")
      return { outcome, result, relationship: Math.round((trust + 1) * 2.5), violations, laters }
    }

    finish(section) {
      const scores = this.scores(section)
      this.keep(section.dataset.ending, scores)
      const debrief = make("div", "scenario-debrief")
      debrief.tabIndex = -1
      debrief.append(
        make("p", "scenario-title", ...copy(section.querySelector(".scenario-title > strong"))),
        make("p", "scenario-outcome", ...copy(section.querySelector(".scenario-outcome"))),
        this.sheet(scores))
      if (scores.laters.length) {
        const later = scores.laters.map(each => make("li", "", ...copy(each)))
        debrief.append(make("p", "scenario-label", "后来"), make("ul", "scenario-laters", ...later))
      }
      debrief.append(make("p", "scenario-learned", ...copy(section.querySelector(".scenario-learned"))), this.review())
      const { endings } = store.get("scenario", this.dataset.scenario) ?? {}
      const seen = make("p", "scenario-seen", `走到过 ${endings?.length ?? 1} / ${this.book.querySelectorAll("[data-ending]").length} 种结局`)
      const tools = make("p", "scenario-tools", make.button("再来一次", () => this.again()), make.button("退回一步", () => this.undo()), seen)
      this.turn.replaceChildren(debrief, tools)
    }

    sheet({ outcome, result, relationship, violations }) {
      const sheet = make("dl", "scenario-scores")
      const compliance = violations.length ? `未通过：违规 ${violations.length} 处` : "通过：没有违规"
      for (const [term, text, mark] of [
        ["收场", OUTCOMES[outcome], outcome],
        ["结果", `${result} / 5`],
        ["关系", `${relationship} / 5`],
        ["合规", compliance, violations.length ? "violation" : "good"],
      ]) {
        const value = make("dd", "", text)
        if (mark) value.dataset.mark = mark
        sheet.append(make("div", "", make("dt", "", term), value))
      }
      return sheet
    }

    /** Every step again, with what there is to say about it. */
    review() {
      const review = make("details", "scenario-review", make("summary", "", "逐句讲评"))
      review.open = this.dataset.comments === "at-end"
      const list = make("ol", "")
      for (const { item } of this.steps) {
        const words = make("p", "scenario-text", ...copy(item.querySelector(".scenario-text")))
        const step = make("li", "", words, make("p", "scenario-why", ...copy(item.querySelector(".scenario-why"))))
        step.dataset.verdict = item.dataset.verdict
        list.append(step)
      }
      review.append(list)
      return review
    }

    keep(ending, { outcome, result, relationship, violations }) {
      const id = this.dataset.scenario
      const stored = store.get("scenario", id)
      const known = stored?.hash === this.dataset.hash ? stored : {}
      const now = { ending, outcome, result, relationship, violations: violations.length }
      const worth = each => (each ? (each.violations ? 0 : 100) + each.result * 10 + each.relationship : -1)
      store.set("scenario", id, {
        hash: this.dataset.hash,
        title: this.dataset.title,
        plays: (known.plays ?? 0) + 1,
        endings: [...new Set([...(Array.isArray(known.endings) ? known.endings : []), ending])],
        best: worth(now) > worth(known.best) ? now : known.best,
      })
    }
  }

  customElements.define("course-scenario", CourseScenario)
})()
