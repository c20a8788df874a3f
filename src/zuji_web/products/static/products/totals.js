/** The bar with the live total: figure, what is missing, stages, and whether everything is saved. */

import { element, fill } from "./dom.js";

export class Totals {
  constructor(root, { columns, vocabulary, strings }) {
    Object.assign(this, { root, columns, strings });
    this.stages = new Map(vocabulary.stages.map((stage) => [stage.value, stage.label]));
  }

  draw(live, count) {
    this.#part("bar").classList.toggle("is-incomplete", !live.complete);
    this.#part("total").textContent = live.total_text || "—";
    this.#part("unit").textContent = live.total === null ? "" : live.unit;
    const said = live.uncounted
      ? fill(this.strings.uncounted, { count: live.uncounted })
      : count
        ? live.complete
          ? this.strings.complete
          : ""
        : this.strings.no_lines;
    this.#part("count").textContent = said;
    this.#drawLocation(live);
    this.#drawStages(live);
    this.#drawGaps(live);
  }

  /** The same at the grid factors of the place, where electricity counts otherwise. */
  #drawLocation({ location, unit }) {
    const unknown = location?.unknown.length ? fill(this.strings.location_unknown, { count: location.unknown.length }) : "";
    const part = this.#part("location");
    part.title = location ? this.strings.location_hint : "";
    part.replaceChildren(
      ...(location ? [element("span", { className: "number", text: fill(this.strings.location, { value: location.total_text }) }), element("span", { className: "unit", text: unit })] : []),
      unknown ? element("span", { className: "zw-unknown", text: unknown }) : "",
    );
  }

  state(name) {
    const part = this.#part("state");
    part.textContent = this.strings[`state_${name}`];
    part.dataset.state = name;
  }

  say(text, level = "warn") {
    const close = element("button", { type: "button", className: "btn-close", aria_label: this.strings.close, onclick: () => note.remove() });
    const note = element("div", { className: `notice notice-${level} zw-note`, role: "alert" }, element("p", { text }), close);
    this.#part("messages").replaceChildren(note);
  }

  hush() {
    this.#part("messages").replaceChildren();
  }

  #part(name) {
    return this.root.querySelector(`[data-live="${name}"]`);
  }

  #drawStages(live) {
    const most = Math.max(...live.stages.map((stage) => Math.abs(stage.total)), 0);
    const shown = live.stages.filter((stage) => stage.total !== 0);
    this.#part("stages").replaceChildren(
      ...shown.map((stage) => {
        const bar = element("span", { className: `zw-bar is-${stage.stage}`, aria_hidden: "true" });
        bar.style.inlineSize = `${most ? (100 * Math.abs(stage.total)) / most : 0}%`;
        return element(
          "div",
          { className: "zw-stage" },
          element("span", { text: this.stages.get(stage.stage) }),
          element("span", { className: "zw-track" }, bar),
          element("span", { className: "number", text: this.columns.short.format(stage.total) }),
          element("span", { className: "number zw-share", text: stage.share === null ? "" : this.columns.percent.format(stage.share) }),
        );
      }),
    );
  }

  #drawGaps(live) {
    const gaps = live.problems.filter((problem) => !problem.line);
    this.#part("gaps").replaceChildren(
      ...(gaps.length
        ? [element("ul", { className: "notice notice-warn problem-list" }, ...gaps.map((gap) => element("li", { text: gap.text })))]
        : []),
    );
  }
}
