/* window.qingshou.lms: the LMS that shows this page, by the API of SCORM 1.2. Without one, nothing is kept. */
(() => {
  const FURTHEST = 10  // windows upwards; an LMS wraps its frames, and a page may be its own parent

  function find(from) {
    for (let window = from, step = 0; window && step < FURTHEST; window = window.parent, step += 1) {
      try {
        if (window.API) return window.API
      } catch {
        return null  // another origin
      }
      if (window.parent === window) break
    }
    return null
  }

  /** SCORM's timespan: HHHH:MM:SS.SS */
  function timespan(milliseconds) {
    const seconds = milliseconds / 1000
    const two = value => String(Math.floor(value)).padStart(2, "0")
    return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two(seconds / 60 % 60)}:${two(seconds % 60)}`
  }

  class Lms {
    constructor() {
      this.api = find(window) ?? (window.opener ? find(window.opener) : null)
      this.started = Date.now()
      this.open = String(this.api?.LMSInitialize("")) === "true"
      if (!this.open) return
      if (["", "not attempted"].includes(this.get("cmi.core.lesson_status"))) this.set("cmi.core.lesson_status", "incomplete")
      // Both: one browser tells one, another the other.
      for (const event of ["pagehide", "beforeunload"]) addEventListener(event, () => this.finish())
    }

    get(name) { return this.open ? String(this.api.LMSGetValue(name)) : "" }

    set(name, value) {
      if (!this.open) return
      if (String(this.api.LMSSetValue(name, String(value))) !== "true") {
        console.warn(`${name} = ${value}: ${this.api.LMSGetErrorString(this.api.LMSGetLastError())}`)
      }
    }

    commit() { if (this.open) this.api.LMSCommit("") }

    finish() {
      if (!this.open) return
      this.set("cmi.core.session_time", timespan(Date.now() - this.started))
      this.set("cmi.core.exit", "suspend")
      this.commit()
      this.api.LMSFinish("")
      this.open = false
    }
  }

  window.qingshou = { lms: new Lms() }
})()
