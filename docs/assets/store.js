/* window.qingshou.store: what whoever learns here has done, kept in this browser and nowhere else.

   localStorage["qingshou:2:<learner>:<kind>:<id>"] is one record as JSON, so that a damaged one costs itself alone.
   <learner> is a name or a number, percent-encoded; nothing at all until somebody says who they are. Kinds:
     quiz      <quiz>/<question>  {hash, answer, score}         an answer; score is missing until it is checked
     box       <quiz>/<question>  {hash, box, due, wrong}       the notebook of wrong answers (boxes.js)
     scenario  <scenario>         {hash, endings, best, plays}  dialogues (scenario.js)
     read      <page>             {sections, last, at}          sections read (reading.js)
     exam      <time>             a mock exam's result (exam.js)
   Where nothing can be stored, records live until the page is closed, and the reader is told. */
(() => {
  const ROOT = "qingshou:"
  const VERSION = `${ROOT}2:`
  const OLD = `${ROOT}quiz:`
  const DAMAGED = `${ROOT}damaged:`
  const WHO = `${ROOT}learner`
  const EVERYBODY = `${ROOT}learners`
  const memory = new Map()
  const told = new Set()

  const raw = {
    get(key) {
      if (memory.has(key)) return memory.get(key)
      try { return localStorage.getItem(key) } catch { return null }
    },
    set(key, text) {
      try {
        localStorage.setItem(key, text)
        memory.delete(key)
        return true
      } catch (error) {
        memory.set(key, text)
        tell(error?.name === "QuotaExceededError" ? "full" : "blocked")
        return false
      }
    },
    remove(key) {
      memory.delete(key)
      try { localStorage.removeItem(key) } catch { /* nothing was stored */ }
    },
    keys() {
      try { return [...new Set([...Object.keys(localStorage), ...memory.keys()])] } catch { return [...memory.keys()] }
    },
  }

  const SAYINGS = {
    full: "浏览器的存储空间满了：刚才的记录只留到关闭页面为止。请到“学习进度”页导出记录，再清理浏览器的存储。",
    blocked: "这个浏览器不让网站保存记录（可能是无痕窗口）：做过的题只留到关闭页面为止。",
    damaged: "有记录读不出来，已经另外存好，没有删除。导出时会一起带上，可以交给管理员看。",
  }

  /* Say once what is wrong, where the reader sees it. */
  function tell(problem) {
    if (told.has(problem)) return
    told.add(problem)
    const bar = Object.assign(document.createElement("div"), { className: "store-notice" })
    bar.setAttribute("role", "alert")
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "知道了" })
    close.addEventListener("click", () => bar.remove())
    bar.append(Object.assign(document.createElement("span"), { textContent: SAYINGS[problem] }), close)
    document.body.append(bar)
  }

  function parse(key) {
    const text = raw.get(key)
    if (text === null) return null
    try {
      return JSON.parse(text)
    } catch {
      // Out of the way, but not lost.
      raw.set(DAMAGED + key, text)
      raw.remove(key)
      tell("damaged")
      return null
    }
  }

  /* "qingshou-change" tells the page; its detail is true where everything may have changed: another learner, an import. */
  const changed = (all = false) => document.dispatchEvent(new CustomEvent("qingshou-change", { detail: all }))
  const text = value => (typeof value === "string" ? value : "")
  const prefix = learner => `${VERSION}${encodeURIComponent(learner)}:`
  const here = () => prefix(store.learner)
  const isRecord = value => typeof value === "object" && value !== null && !Array.isArray(value)

  const store = {
    get learner() { return text(parse(WHO)) },
    get learners() {
      const named = parse(EVERYBODY)
      return Array.isArray(named) ? named.filter(name => typeof name === "string" && name) : []
    },
    /** Make `name` the one who learns; a new name starts with nothing. */
    choose(name) {
      const trimmed = name.trim().normalize("NFKC").slice(0, 40)
      if (trimmed && !store.learners.includes(trimmed)) raw.set(EVERYBODY, JSON.stringify([...store.learners, trimmed]))
      raw.set(WHO, JSON.stringify(trimmed))
      changed(true)
    },
    get(kind, id) {
      const value = parse(`${here()}${kind}:${id}`)
      return isRecord(value) ? value : null
    },
    /** Say whether it will still be there tomorrow. */
    set(kind, id, value) {
      const kept = raw.set(`${here()}${kind}:${id}`, JSON.stringify(value))
      changed()
      return kept
    },
    remove(kind, id) {
      raw.remove(`${here()}${kind}:${id}`)
      changed()
    },
    /** All records of a kind: [id, value], by id. */
    all(kind) {
      const start = `${here()}${kind}:`
      const ids = raw.keys().filter(key => key.startsWith(start)).map(key => key.slice(start.length)).sort()
      return ids.map(id => [id, store.get(kind, id)]).filter(([, value]) => value)
    },
    /** Everything of whoever learns here, to be written to a file. */
    export() {
      const records = {}
      for (const key of raw.keys().filter(key => key.startsWith(here()))) {
        const value = parse(key)
        if (value) records[key.slice(here().length)] = value
      }
      const damaged = Object.fromEntries(
        raw.keys().filter(key => key.startsWith(DAMAGED + here())).map(key => [key.slice(DAMAGED.length), raw.get(key)]))
      return { format: "qingshou-results", version: 2, learner: store.learner, written: new Date().toISOString(), records, damaged }
    },
    /** Take a file's records over; of two records of one thing the file's wins. Throws an Error in Chinese. */
    import(data) {
      if (data?.format !== "qingshou-results" || !isRecord(data.records)) throw new Error("这不是本站导出的记录文件。")
      if (data.version !== 2) throw new Error(`这个文件是第 ${data.version} 版的格式，本站读第 2 版。`)
      const entries = Object.entries(data.records).filter(([key, value]) => /^[a-z]+:./.test(key) && isRecord(value))
      for (const [key, value] of entries) raw.set(here() + key, JSON.stringify(value))
      changed(true)
      return entries.length
    },
    /** Forget records of a kind, or of all kinds; give what was forgotten, for `restore`. */
    clear(kind = "") {
      const start = here() + (kind && `${kind}:`)
      const gone = raw.keys().filter(key => key.startsWith(start)).map(key => [key, raw.get(key)])
      gone.forEach(([key]) => raw.remove(key))
      changed(true)
      return gone
    },
    restore(gone) {
      gone.forEach(([key, value]) => raw.set(key, value))
      changed(true)
    },
  }

  /* Version 1 knew no learners and quizzes only. */
  function migrate() {
    for (const key of raw.keys().filter(key => key.startsWith(OLD))) {
      const target = `${prefix("")}quiz:${key.slice(OLD.length)}`
      const value = raw.get(key)
      if (raw.get(target) !== null || raw.set(target, value)) raw.remove(key)
    }
  }

  migrate()
  addEventListener("storage", () => changed())
  window.qingshou = { store }
})()
