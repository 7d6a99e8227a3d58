/* window.qingshou.boxes: the notebook of wrong answers as Leitner boxes. A wrong answer goes into the first box; each
   time it is answered right when due it moves on, and comes back after 1, 3, 7, 14, 30 days; from the last box it is
   done; wrong again, it starts over. (S. Leitner, So lernt man lernen, 1972.) */
(() => {
  const { store } = window.qingshou
  const DAYS = [1, 3, 7, 14, 30]

  /** A day as this computer's calendar names it, 2026-11-22; `days` later. */
  const day = (days = 0) => {
    const date = new Date()
    date.setDate(date.getDate() + days)
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(part => String(part).padStart(2, "0")).join("-")
  }

  const boxes = {
    DAYS,
    day,
    /** A question has been answered wrong. */
    collect({ id, hash }) {
      const wrong = (store.get("box", id)?.wrong ?? 0) + 1
      store.set("box", id, { hash, box: 0, due: day(DAYS[0]), wrong })
    },
    /** A collected question has been answered again. */
    review({ id, hash }, right) {
      const record = store.get("box", id)
      if (!right) return boxes.collect({ id, hash })
      const box = (record?.box ?? 0) + 1
      const done = box >= DAYS.length
      store.set("box", id, { ...record, hash, box, due: done ? null : day(DAYS[box]) })
    },
    /** {due, waiting, done}: IDs of the questions collected, those that wait longest first. */
    sorted() {
      const all = store.all("box").filter(([, { box }]) => Number.isInteger(box))
      const open = all.filter(([, { due }]) => typeof due === "string").sort((a, b) => a[1].due.localeCompare(b[1].due))
      return {
        due: open.filter(([, { due }]) => due <= day()),
        waiting: open.filter(([, { due }]) => due > day()),
        done: all.filter(([, { due }]) => due === null),
      }
    },
  }

  window.qingshou.boxes = boxes
})()
