/* window.qingshou.make: elements for the scripts that draw them; window.qingshou.Live: an element that shows records. */
(() => {
  /** An element with a class (or none) and its content: text and nodes. */
  function make(tag, className, ...content) {
    const element = document.createElement(tag)
    if (className) element.className = className
    element.append(...content)
    return element
  }

  make.button = (text, action, type = "button") => {
    const button = Object.assign(make("button", "", text), { type })
    if (action) button.addEventListener("click", action)
    return button
  }

  make.link = (text, href) => Object.assign(make("a", "", text), { href })

  /** A table; cells are text or nodes. */
  make.table = (titles, rows, caption = "") => {
    const table = make("table", "")
    if (caption) table.append(make("caption", "", caption))
    const head = table.createTHead().insertRow()
    for (const title of titles) head.append(Object.assign(make("th", "", title), { scope: "col" }))
    const body = table.createTBody()
    for (const cells of rows) {
      const row = body.insertRow()
      for (const cell of cells) row.insertCell().append(cell)
    }
    return table
  }

  /** A form's field under its label. */
  make.field = (form, text, input) => {
    form.append(make("label", "", text, input))
    return input
  }

  /** Give a file to the reader. */
  make.download = (name, type, content) => {
    const link = make.link("", URL.createObjectURL(new Blob([content], { type })))
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  }

  /** Drawn by `start`, and again when all records may have changed: another learner, an import. */
  class Live extends HTMLElement {
    connectedCallback() {
      this.events = new AbortController()
      document.addEventListener("qingshou-change", event => this.changed(event.detail), { signal: this.events.signal })
      this.start()
    }

    disconnectedCallback() {
      this.events.abort()
    }

    changed(all) {
      if (all) this.start()
    }
  }

  Object.assign(window.qingshou, { make, Live })
})()
