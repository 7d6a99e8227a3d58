/* What is wider than the page scrolls sideways: by keyboard too, as long as it does. */
(() => {
  const WIDE = ".md-typeset__scrollwrap, .figure, .scope, .scenario-graph"
  const known = new WeakSet()

  const sizes = new ResizeObserver(entries => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
      else target.removeAttribute("tabindex")
    }
  })

  function look() {
    for (const box of document.querySelectorAll(WIDE)) {
      if (known.has(box)) continue
      known.add(box)
      sizes.observe(box)
    }
  }

  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true })
  look()
})()
