/* Fetches the scripts and styles of a custom element, or of what a selector finds, when a page first shows one. Plain
   scripts rather than modules: a site opened from a folder (file://) may not import modules. */
(() => {
  const PARTS = {
    "course-quiz": ["make", "question", "boxes", "quiz"],
    "course-progress": ["make", "progress"],
    "course-reading": ["reading"],
    "course-learner": ["make", "learner"],
    "course-scenario": ["practice.css", "make", "scenario"],
    "course-endings": ["practice.css", "make", "endings"],
    "course-notebook": ["practice.css", "make", "question", "boxes", "bank", "notebook"],
    "course-exam": ["practice.css", "make", "question", "boxes", "bank", "draw", "exam"],
    "course-papers": ["practice.css", "make", "question", "bank", "draw", "papers"],
    "course-today": ["practice.css", "make", "question", "boxes", "bank", "today"],
    "course-record": ["practice.css", "make", "bank", "record"],
    "law-scope": ["scope"],
    "course-results": ["practice.css", "make", "bank", "results"],
    "table, .figure, .scenario-graph": ["scroll"],
  }
  const HERE = new URL(".", document.currentScript.src)
  const asked = new Set()

  function fetchPart(name) {
    if (asked.has(name)) return
    asked.add(name)
    if (name.endsWith(".css")) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL(name, HERE) }))
    } else {
      // Not async: in the order in which they are put in.
      document.head.append(Object.assign(document.createElement("script"), { src: new URL(`${name}.js`, HERE), async: false }))
    }
  }

  function look() {
    for (const [tag, names] of Object.entries(PARTS)) {
      if (!customElements.get(tag) && document.querySelector(tag)) names.forEach(fetchPart)
    }
  }

  window.qingshou.site = new URL("..", HERE)
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true })
  look()
})()
