/* window.qingshou.draw: draws a paper from a seed, the same one every time, with every objective covered where the number
   of questions allows it; and shuffles options. */
(() => {
  /** A generator of numbers in [0, 1) from any text: FNV-1a for the seed, mulberry32 (T. Ettinger, 2017) for the numbers. */
  function randomFrom(text) {
    let state = 0x811c9dc5
    for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193)
    return () => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
    }
  }

  /** Fisher and Yates; the list itself stays as it is. */
  function shuffled(list, random) {
    const result = [...list]
    for (let last = result.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1))
      ;[result[last], result[other]] = [result[other], result[last]]
    }
    return result
  }

  /** `lessons` as in the bank → [{lesson, question}]: one question of each objective in turn, until there are `count`. */
  function draw(lessons, count, seed) {
    const random = randomFrom(seed)
    const byObjective = lessons.flatMap(lesson => Object.keys(lesson.objectives).map(objective =>
      shuffled(lesson.questions.filter(question => question.objective === objective), random)
        .map(question => ({ lesson, question })))).filter(group => group.length)
    const groups = shuffled(byObjective, random)
    const drawn = []
    for (let round = 0; drawn.length < count && groups.some(group => group.length > round); round += 1) {
      drawn.push(...groups.filter(group => group.length > round).map(group => group[round]))
    }
    return shuffled(drawn.slice(0, count), random)
  }

  /** Shuffle a fieldset's options, or the rows of an ordering or a matching; a transcript stays in its order. */
  function shuffleOptions(field, random) {
    const labels = [...field.querySelectorAll(":scope > label")]
    const type = field.dataset.type
    if (!["single", "multiple", "order", "match"].includes(type)) return
    const mark = document.createComment("")
    labels[0].before(mark)
    mark.after(...shuffled(labels, random))
    mark.remove()
    if (type === "order" || type === "match") return
    const letters = {}
    field.querySelectorAll(":scope > label").forEach((label, place) => {
      const letter = String.fromCharCode(65 + place)
      letters[label.querySelector("input").value] = letter
      label.querySelector(".quiz-letter").textContent = letter
    })
    const notes = field.querySelector(".quiz-notes")
    const items = [...notes.children].sort((a, b) => letters[a.dataset.for].localeCompare(letters[b.dataset.for]))
    for (const item of items) item.querySelector(".quiz-note-label").textContent = `${letters[item.dataset.for]}. `
    notes.append(...items)
    const keys = [...field.querySelectorAll("input[data-right]")].map(input => letters[input.value]).sort()
    field.querySelector(".quiz-key").textContent = `答案：${keys.join("、")}`
  }

  Object.assign(window.qingshou, { draw, randomFrom, shuffleOptions })
})()
