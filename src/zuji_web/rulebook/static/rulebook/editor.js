// <zuji-rule-editor problems="address" preview="address">: a text area with row numbers beside it. What is wrong
// and what the rule means is asked for while one types; a draft can be tried out on a study. Without scripts
// the text is checked when it is kept.

const PAUSE = 400;

class ZujiRuleEditor extends HTMLElement {
  #timer;
  #asking;

  connectedCallback() {
    this.text = this.querySelector("textarea");
    this.numbers = this.querySelector(".zb-numbers");
    this.told = this.querySelector(".zb-beside");
    this.text.addEventListener("input", () => this.#typed());
    this.text.addEventListener("scroll", () => this.#scrolled());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("click", (event) => {
      const { row, rows } = event.target.closest("[data-row], [data-rows]")?.dataset ?? {};
      if (row) this.goTo(Number(row));
      if (rows) this.add(rows);
    });
    this.addEventListener("submit", (event) => this.#submitted(event));
    new ResizeObserver(() => this.#scrolled()).observe(this.text);
    addEventListener("beforeunload", (event) => this.#changed && event.preventDefault());
    this.kept = this.text.value;
    this.#number();
  }

  get #changed() {
    return this.isConnected && this.text.value !== this.kept;
  }

  /** Selects a row, or several, and brings the first into view. */
  goTo(row, last = row) {
    const rows = this.text.value.split("\n");
    const begin = rows.slice(0, row - 1).join("\n").length + (row > 1 ? 1 : 0);
    this.text.focus();
    this.text.setSelectionRange(begin, rows.slice(0, last).join("\n").length);
    this.text.scrollTop = Math.max(0, (row - 6) * this.#height);
    this.text.scrollLeft = 0;
  }

  /** Puts rows in at the end and selects them. */
  add(rows) {
    const before = this.text.value.replace(/\n*$/, "\n");
    this.text.focus();
    // The browser's own insertion, so that it can be taken back with Ctrl+Z.
    this.text.setSelectionRange(before.length - 1, this.text.value.length);
    document.execCommand("insertText", false, `\n${rows}`);
    const first = before.split("\n").length;
    this.goTo(first, first + rows.trimEnd().split("\n").length - 1);
  }

  get #height() {
    return parseFloat(getComputedStyle(this.text).lineHeight) || 20;
  }

  #typed() {
    this.#number();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ask(), PAUSE);
  }

  // The same form as the page's own, so that the forgery token goes with it.
  async #post(address, more = {}) {
    const body = new FormData(this.querySelector(".zb-write"));
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const answer = await fetch(address, { method: "POST", body, signal: this.#asking?.signal });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    return answer.text();
  }

  /** Asks what is wrong with the text as it stands; an earlier question is dropped. */
  async ask() {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.told.classList.add("is-waiting");
    try {
      const words = await this.#post(this.getAttribute("problems"));
      if (signal.aborted) return;
      const outline = this.told.querySelector('[data-part="outline"]');
      this.told.innerHTML = words;
      // While a mistake keeps the text from being read, the last outline stays below.
      if (outline && !this.told.querySelector('[data-part="outline"]')) {
        outline.classList.add("is-old");
        this.told.append(outline);
      }
      this.#number();
    } catch (failure) {
      if (failure.name === "AbortError") return;
      this.told.textContent = this.getAttribute("failed");
    }
    this.told.classList.remove("is-waiting");
  }

  async #submitted(event) {
    if (event.target.classList.contains("zb-write")) {
      this.kept = this.text.value;
      return;
    }
    event.preventDefault();
    const place = this.querySelector(".zb-previewed");
    const asked = Object.fromEntries(new FormData(event.target));
    delete asked.csrfmiddlewaretoken;
    place.textContent = this.getAttribute("waiting");
    try {
      this.#asking = undefined;
      place.innerHTML = await this.#post(this.getAttribute("preview"), asked);
    } catch {
      place.textContent = this.getAttribute("failed");
    }
  }

  // A new row begins as far in as the one before, and further after a colon.
  #key(event) {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    const { selectionStart, value } = this.text;
    const row = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
    const indent = /^ */.exec(row)[0] + (/:\s*$/.test(row) ? "  " : "");
    if (!indent) return;
    event.preventDefault();
    document.execCommand("insertText", false, `\n${indent}`);
  }

  #number() {
    const wrong = new Set([...this.told.querySelectorAll("[data-row]")].map((each) => Number(each.dataset.row)));
    const count = this.text.value.split("\n").length;
    const rows = Array.from({ length: count }, (_, index) => {
      const number = document.createElement("span");
      number.textContent = String(index + 1);
      number.className = wrong.has(index + 1) ? "is-wrong" : "";
      return number;
    });
    this.numbers.replaceChildren(...rows);
    this.#scrolled();
  }

  #scrolled() {
    this.numbers.scrollTop = this.text.scrollTop;
  }
}

customElements.define("zuji-rule-editor", ZujiRuleEditor);
