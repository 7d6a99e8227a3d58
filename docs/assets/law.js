/* <law-notes>: shows an article's gist over its citation, on hover, focus and tap. The page's end holds the same notes in
   plain HTML (hooks/course/law/tree.py). Escape closes; a tap opens first and goes to the article from there. */
(() => {
  class LawNotes extends HTMLElement {
    connectedCallback() {
      this.card = Object.assign(document.createElement("div"), { className: "law-card", id: "law-card", hidden: true })
      this.card.setAttribute("role", "tooltip")
      this.append(this.card)
      this.events = new AbortController()
      const { signal } = this.events
      const on = (type, listener) => document.addEventListener(type, listener, { signal })
      on("pointerover", event => this.hover(event))
      on("focusin", event => {
        if (event.target.matches("a.law")) this.open(event.target)
        else if (!this.card.contains(event.target)) this.close()
      })
      on("keydown", event => { if (event.key === "Escape") this.close() })
      on("pointerdown", event => { this.pointer = event.pointerType })
      // Before the theme's instant navigation, which would follow the link at once.
      document.addEventListener("click", event => this.click(event), { signal, capture: true })
      addEventListener("resize", () => this.close(), { signal })
      addEventListener("beforeprint", () => { this.querySelector("details").open = true }, { signal })
    }

    disconnectedCallback() {
      clearTimeout(this.leaving)
      this.events.abort()
      this.card.remove()
    }

    hover(event) {
      if (event.pointerType !== "mouse") return
      const link = event.target.closest?.("a.law")
      if (link || event.target.closest?.(".law-card")) {
        clearTimeout(this.leaving)
        if (link) this.open(link)
      } else if (!this.card.hidden && this.link !== document.activeElement) {
        clearTimeout(this.leaving)
        // Time enough to move from the citation onto the card.
        this.leaving = setTimeout(() => this.close(), 200)
      }
    }

    click(event) {
      const link = event.target.closest?.("a.law")
      if (link && this.pointer && this.pointer !== "mouse") {
        if (this.tapped === link && !this.card.hidden) return
        event.preventDefault()
        event.stopPropagation()
        this.open(link)
        this.tapped = link
      } else if (!link && !event.target.closest?.(".law-card")) {
        this.close()
      }
    }

    open(link) {
      const term = document.getElementById(link.dataset.law)
      if (!term || (this.link === link && !this.card.hidden)) return
      this.close()
      this.link = link
      const title = term.querySelector("a").cloneNode(true)
      const kind = term.querySelector("small").cloneNode(true)
      const gist = Object.assign(document.createElement("p"), { textContent: term.nextElementSibling.textContent })
      this.card.replaceChildren(title, kind, gist)
      this.card.hidden = false
      link.setAttribute("aria-describedby", this.card.id)
      const box = link.getClientRects()[0]
      const width = Math.min(this.card.offsetWidth, innerWidth - 16)
      const below = box.bottom + this.card.offsetHeight + 8 < innerHeight
      this.card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8)) + scrollX}px`
      this.card.style.top = `${(below ? box.bottom + 4 : box.top - this.card.offsetHeight - 4) + scrollY}px`
    }

    close() {
      clearTimeout(this.leaving)
      this.card.hidden = true
      this.link?.removeAttribute("aria-describedby")
      this.link = this.tapped = null
    }
  }

  customElements.define("law-notes", LawNotes)
})()
