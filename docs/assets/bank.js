/* window.qingshou.bank: the courses' lessons and questions, fetched as scripts that the build writes (course/bank.py).
   load(course)      → {title, lessons: [{path, page, title, minutes, objectives, sections, questions}]}
   questions(course) → {<quiz>/<question>: HTML of its fieldset} */
(() => {
  const { site } = window.qingshou
  const waiting = new Map()

  function fetchOnce(name) {
    if (!waiting.has(name)) {
      const entry = {}
      entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }))
      const script = Object.assign(document.createElement("script"), { src: new URL(`assets/bank/${name}.js`, site) })
      script.addEventListener("error", () => {
        waiting.delete(name)
        entry.reject(new Error("题库没有取到：请检查网络，再刷新本页。"))
      })
      waiting.set(name, entry)
      document.head.append(script)
    }
    return waiting.get(name).promise
  }

  window.qingshou.bank = {
    load: course => fetchOnce(course),
    questions: course => fetchOnce(`${course}-questions`),
    /** The lessons of a scope: of its courses, or those it names. */
    async lessonsOf({ courses, lessons }) {
      const all = (await Promise.all(courses.map(fetchOnce))).flatMap(course => course.lessons)
      return lessons ? lessons.map(path => all.find(lesson => lesson.path === path)).filter(Boolean) : all
    },
    questionsOf: async ({ courses }) => Object.assign({}, ...await Promise.all(courses.map(window.qingshou.bank.questions))),
    add: (course, data) => waiting.get(course)?.resolve(data),
    addQuestions: (course, data) => waiting.get(`${course}-questions`)?.resolve(data),
    /** The address of a lesson, or of a section of it. */
    link: (lesson, section = "") => new URL(lesson.page + (section && `#${section}`), site).href,
    /** A fieldset ready to be answered: links as on its lesson's page, inputs named apart from all others. */
    field(html, lesson, number) {
      const template = document.createElement("template")
      template.innerHTML = html
      const field = template.content.firstElementChild
      const base = new URL(lesson.page, site)
      for (const link of field.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), base)
      for (const input of field.querySelectorAll("[name]")) input.name = `q${number}-${input.name}`
      field.querySelector(".quiz-number").textContent = number
      return field
    },
    /** {<quiz>/<question>: {course, lesson, question}} of the courses named. */
    async index(courses) {
      const found = {}
      for (const course of courses) {
        for (const lesson of (await window.qingshou.bank.load(course)).lessons) {
          for (const question of lesson.questions) found[question.id] = { course, lesson, question }
        }
      }
      return found
    },
  }
})()
