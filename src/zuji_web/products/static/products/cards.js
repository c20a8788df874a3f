/** The inventory on a phone: a card a line; a touch opens its fields. */

import { element } from "./dom.js";

export class Cards {
  constructor(host, { draft, columns, strings, editable, marks, open, add }) {
    Object.assign(this, { host, draft, columns, strings, editable, marks, open, add });
  }

  draw(live, filter) {
    this.host.replaceChildren(
      ...this.draft.processes.flatMap((process) => [
        element("h2", { className: "zk-process", text: process.name || process.id }),
        element("p", { className: "zk-meta", text: this.columns.basis(process, this.strings) }),
        ...process.lines.filter((line) => filter(line, live)).map((line) => this.#card(line, live)),
        this.editable
          ? element("button", { type: "button", className: "btn zk-add", text: this.strings.add_line, onclick: () => this.add(process) })
          : null,
      ]).filter(Boolean),
    );
  }

  #card(line, live) {
    const { columns } = this;
    const text = (key) => columns.text(line, columns.byKey.get(key), live);
    const problems = (live?.problems ?? []).filter((problem) => problem.line === line.id);
    const result = live?.lines[line.id];
    return element(
      "button",
      { type: "button", className: `zk-card${problems.length ? " is-wrong" : ""}`, data_line: line.id, onclick: () => this.open(line.id) },
      element("span", { className: "zk-item", text: line.item || this.strings.new_line }),
      element(
        "span",
        { className: "zk-amount number" },
        text("amount"),
        element("span", { className: "unit", text: text("unit") }),
      ),
      element("span", { className: "zk-meta", text: [text("stage"), text("kind"), text("detail")].filter(Boolean).join(" · ") }),
      element(
        "span",
        { className: "zk-result number" },
        result ? columns.contribution(result) || this.strings.line_passed_on : line.cut_off ? this.strings.line_cut_off : this.strings.line_uncounted,
        result && !result.passed_on ? element("span", { className: "unit", text: "kgCO2e" }) : "",
      ),
      ...problems.slice(0, 1).map((problem) => element("span", { className: "zk-problem", text: problem.text })),
      ...this.marks.worded(line.id),
    );
  }
}
