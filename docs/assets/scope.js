/* <law-scope>: asks for the reader's institution and form of contract, and shows the rules that apply. Without it, the page
   shows all of them (hooks/course/law/catalogue.py). The choice is remembered. */
(() => {
  const KEY = "qingshou:scope"
  const recall = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? {} } catch { return {} } }
  const remember = value => { try { localStorage.setItem(KEY, JSON.stringify(value)) } catch { /* private mode */ } }

  class LawScope extends HTMLElement {
    connectedCallback() {
      const heads = [...this.querySelectorAll("thead th")].slice(2).map(head => head.textContent)
      this.forms = [...document.querySelectorAll("section[data-form]")]
      this.menu = document.createElement("p")
      this.menu.className = "scope-menu"
      this.institution = this.choice("我所在的机构", heads)
      this.form = this.choice("手里的合同", [...new Set(this.forms.map(form => form.dataset.form))])
      this.count = document.createElement("output")
      this.menu.append(this.count)
      this.prepend(this.menu)
      const stored = recall()
      // A company's site begins with its own kind (company.yml); whoever chose, "all" included, keeps the choice.
      const institution = stored.institution ?? this.dataset.institution
      this.institution.value = heads.includes(institution) ? institution : ""
      this.form.value = stored.form ?? ""
      this.menu.addEventListener("change", () => {
        this.update()
        remember({ institution: this.institution.value, form: this.form.value })
      })
      this.update()
    }

    disconnectedCallback() {
      this.menu.remove()
    }

    choice(text, values) {
      const label = document.createElement("label")
      const select = document.createElement("select")
      select.add(new Option("全部", ""))
      values.forEach(value => select.add(new Option(value, value)))
      label.append(text, select)
      this.menu.append(label)
      return select
    }

    update() {
      const { value } = this.institution
      let shown = 0
      this.querySelectorAll("tbody tr").forEach(row => {
        row.hidden = Boolean(value) && !row.querySelector(`td[data-label="${value}"]`).textContent
        shown += Number(!row.hidden)
      })
      this.toggleAttribute("data-chosen", Boolean(value))
      this.querySelectorAll("[data-label]").forEach(cell => { cell.classList.toggle("scope-chosen", cell.dataset.label === value) })
      this.forms.forEach(form => { form.hidden = Boolean(this.form.value) && form.dataset.form !== this.form.value })
      this.count.textContent = value ? `适用 ${shown} 件` : `共 ${shown} 件`
    }
  }

  customElements.define("law-scope", LawScope)
})()
