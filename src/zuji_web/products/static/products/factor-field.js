/** <zuji-factor-field>: an input for the code of a dataset; words that are typed offer datasets to choose. */

import { element } from "./dom.js";

const WAIT = 250;

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
    const query = new URLSearchParams({ q: words, usable: "true", limit: "8" });
    const language = document.documentElement.lang;
    const response = await fetch(`/api/v1/factors?${query}`, { headers: { "Accept-Language": language } });
    if (!response.ok) return;
    const { items } = await response.json();
    const name = (item) => (language.startsWith("zh") ? item.name.zh : item.name.en || item.name.zh);
    this.list.replaceChildren(
      ...items.map((item) => element("option", { value: item.id, text: `${name(item)} ${item.value} ${item.unit} ${item.year}` })),
    );
  }
}

customElements.define("zuji-factor-field", ZujiFactorField);
