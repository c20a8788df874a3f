/**
 * <zuji-candidates>: what a line may mean in the factor library. A person confirms with a click or Enter;
 * emits `confirm` with the factor's id and the role it is for, and `filled` when the list has grown.
 */

import { element, fill } from "./dom.js";

const WAIT = 250;

class ZujiCandidates extends HTMLElement {
  setup({ read, strings, line, role = "", heading }) {
    Object.assign(this, { read, strings, line, role });
    this.asked = 0;
    const id = `candidates-${line.id}-${role || "factor"}`;
    this.search = element("input", {
      id,
      type: "search",
      className: "form-control form-control-sm",
      autocomplete: "off",
      placeholder: line.item || strings.search_placeholder,
    });
    this.search.dataset.shown = "";
    this.list = element("ul", { className: "zc-list" });
    this.status = element("p", { className: "form-hint", role: "status" });
    this.replaceChildren(
      element("label", { className: "form-label", for: id, text: heading }),
      this.search,
      this.status,
      this.list,
    );
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), WAIT);
    });
    this.search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      clearTimeout(this.timer);
      this.load().then(() => this.list.querySelector("button:not([disabled])")?.focus());
    });
    // Whoever only passes by with the arrow keys asks the server nothing.
    this.timer = setTimeout(() => this.load(), WAIT);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async load() {
    const asked = (this.asked += 1);
    this.status.textContent = this.strings.searching;
    const query = new URLSearchParams({ line: this.line.id, search: this.search.value, role: this.role });
    try {
      const answer = await this.read(`candidates?${query}`);
      if (asked === this.asked) this.#show(answer.candidates);
    } catch (refusal) {
      if (asked === this.asked) this.status.textContent = refusal?.detail ?? this.strings.offline;
    }
  }

  #show(candidates) {
    this.status.textContent = candidates.length
      ? fill(this.strings.candidates_found, { count: candidates.length })
      : this.strings.candidates_none;
    this.list.replaceChildren(...candidates.map((candidate) => this.#candidate(candidate)));
    this.dispatchEvent(new Event("filled", { bubbles: true }));
  }

  #candidate(candidate) {
    const { strings } = this;
    const refused = candidate.barred || (candidate.unit_ok === false ? candidate.unit_note : "");
    const tags = candidate.flags.map((flag) => element("span", { className: "tag tag-warn", text: flag }));
    if (candidate.remembered) tags.unshift(element("span", { className: "tag tag-brand", text: strings.remembered }));
    const body = [
      element(
        "span",
        { className: "zc-name" },
        candidate.name,
        element("span", { className: "number" }, candidate.value_text, element("span", { className: "unit", text: candidate.unit })),
      ),
      element("span", { className: "zc-meta", text: [candidate.geography_text, candidate.year, candidate.confidence_text].filter(Boolean).join(" · ") }),
      element("span", { className: "zc-meta", text: candidate.source }),
      element("span", { className: "zc-reason", text: candidate.reasons.join(strings.and) }),
      element("span", { className: "zc-tags" }, ...tags),
      refused ? element("span", { className: "zc-refused", text: refused }) : null,
    ];
    const button = element(
      "button",
      { type: "button", className: "zc-choose", disabled: Boolean(refused), onclick: () => this.#confirm(candidate) },
      ...body,
    );
    return element(
      "li",
      {},
      button,
      element("a", { className: "zc-more", href: candidate.url, target: "_blank", rel: "noopener", aria_label: `${strings.provenance}: ${candidate.name}`, text: strings.provenance }),
    );
  }

  #confirm(candidate) {
    this.dispatchEvent(new CustomEvent("confirm", { detail: { factor: candidate.id, role: this.role }, bubbles: true }));
  }
}

customElements.define("zuji-candidates", ZujiCandidates);
