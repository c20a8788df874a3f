/**
 * <zuji-statements>: the page of statements. An address with #path opens and focuses that question; leaving
 * with changes that were not saved is asked about. <zuji-rows> adds rows to a table of records.
 */

class ZujiStatements extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.changed = Boolean(this.querySelector("[data-wrong]"));
    this.form.addEventListener("input", () => this.#change());
    this.form.addEventListener("focusin", ({ target }) => this.#remember(target));
    this.form.addEventListener("submit", () => (this.changed = false));
    addEventListener("beforeunload", (event) => this.changed && event.preventDefault());
    addEventListener("hashchange", () => this.#reach(this.#named()));
    // The rows must be there before one of them can be reached.
    requestAnimationFrame(() => this.#reach(this.querySelector(".is-invalid, .zs-overtaken, .invalid-feedback") ?? this.#named()));
  }

  #change() {
    this.changed = true;
    const said = this.querySelector("[data-changed]");
    if (said) said.textContent = said.dataset.changed;
  }

  /** Where the person is, so that the page opens there again after saving. */
  #remember(target) {
    const question = target.closest("[data-field]");
    if (question) this.form.elements.at.value = question.dataset.field;
  }

  #named() {
    const wanted = decodeURIComponent(location.hash.slice(1));
    return wanted ? placeOf(this, wanted) : null;
  }

  /** Goes to a question: the first thing that is wrong, else what the address names. */
  #reach(place) {
    if (!place || place.matches("section.card")) return;
    const question = place.closest("[data-field]") ?? place;
    const control = question.querySelector(CONTROL) ?? question;
    question.scrollIntoView({ block: "center", behavior: "instant" });
    control.focus({ preventScroll: true });
    for (const other of this.querySelectorAll(".is-reached")) other.classList.remove("is-reached");
    question.classList.add("is-reached");
  }
}

const CONTROL = "input:not([type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled)";

/** The element of a path, or of the nearest one around it: statements.balances[0].kind is in statements.balances. */
function placeOf(root, path) {
  const parts = path.replace(/\[\d+\]/g, "").split(".");
  for (; parts.length; parts.pop()) {
    const name = parts.join(".");
    const found = root.querySelector(`[data-field="${CSS.escape(name)}"], [data-field^="${CSS.escape(name)}."]`);
    if (found) return found;
  }
  return document.getElementById(path);
}

class ZujiRows extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("[data-add]");
    if (!button) return;
    this.total = document.getElementById(`id_${this.getAttribute("prefix")}-TOTAL_FORMS`);
    button.hidden = false;
    button.addEventListener("click", () => this.#add());
  }

  #add() {
    const number = Number(this.total.value);
    const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
    for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const name of ["name", "id", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll("__prefix__", number));
      }
    }
    this.querySelector(".zs-rows").append(row);
    this.total.value = number + 1;
    row.querySelector(CONTROL)?.focus();
  }
}

customElements.define("zuji-statements", ZujiStatements);
customElements.define("zuji-rows", ZujiRows);
