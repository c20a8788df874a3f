/** <zuji-factor-field>: an input for the code of a dataset; words that are typed offer datasets to choose. */

import { element } from "./dom.js";

const WAIT = 250;
const MOST = "8";

class ZujiFactorField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    this.list = element("datalist", { id: `${input.id}-datasets` });
    this.append(this.list);
    input.setAttribute("list", this.list.id);
    input.autocomplete = "off";
    input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#offer(input.value.trim()), WAIT);
    });
  }

  async #offer(words) {
    if (words.length < 2 || [...this.list.children].some((option) => option.value === words)) return;
    // The list knows codes, the match also knows the organisation's own factors.
    const [matched, listed] = await Promise.all([
      this.#asked("/api/v1/factors/match", { text: words, limit: MOST }),
      this.#asked("/api/v1/factors", { q: words, usable: "true", limit: MOST }),
    ]);
    const found = new Map([...(listed?.items ?? []), ...(matched ?? [])].map((item) => [item.id, item]));
    if (!matched && !listed) return;
    const language = document.documentElement.lang;
    const name = (item) => (language.startsWith("zh") ? item.name.zh : item.name.en || item.name.zh);
    this.list.replaceChildren(
      ...[...found.values()]
        .filter((item) => !item.barred)
        .map((item) => element("option", { value: item.id, text: `${name(item)} ${item.value} ${item.unit} ${item.year}` })),
    );
  }

  async #asked(address, query) {
    const headers = { "Accept-Language": document.documentElement.lang };
    const response = await fetch(`${address}?${new URLSearchParams(query)}`, { headers });
    return response.ok ? response.json() : null;
  }
}

customElements.define("zuji-factor-field", ZujiFactorField);
