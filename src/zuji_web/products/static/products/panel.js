/**
 * <zuji-line>: everything about one line beside the grid, or over the whole screen on a phone. Emits `step`
 * with operations and `confirm` with a chosen factor.
 */

import "./candidates.js";
import { Present } from "./columns.js";
import { element, fill } from "./dom.js";
import { at } from "./draft.js";
import { STATED, control, sectionsOf, treated } from "./fields.js";

class ZujiLine extends HTMLElement {
  setup({ draft, columns, vocabulary, strings, editable, phone, marks, read }) {
    Object.assign(this, { draft, columns, vocabulary, strings, editable, phone, marks, read });
    this.mode = "";
    this.wanted = "";
    this.adding = "";
    this.addEventListener("confirm", () => (this.mode = ""));
    // A list that has grown above the field that was reached must not push it out of sight.
    this.addEventListener("filled", () => this.querySelector(".is-reached :focus")?.scrollIntoView({ block: "nearest" }));
    this.show("", null);
  }

  /** Shows a line; `focus` names the field or section that should be reached. */
  show(id, live, focus = "") {
    const other = id !== this.line_id;
    if (other) this.mode = this.adding = "";
    if (other || focus) this.wanted = focus;
    this.line_id = id;
    this.live = live;
    const line = this.draft.line(id);
    if (!line) {
      this.replaceChildren(element("p", { className: "zl-none", text: this.strings.no_line }));
      this.drawn = "";
      return;
    }
    if (focus === "factor" && !line.factor && !line.stated) this.mode = this.mode || "search";
    this.#draw(line);
    if (focus) this.#reach(focus);
  }

  /** Shows new results; the fields are drawn again only when something in them changed. */
  showLive(live) {
    this.live = live;
    const line = this.draft.line(this.line_id);
    if (!line) this.show("", live);
    else this.#draw(line);
  }

  /** Whether somebody is in the middle of typing, which drawing would undo. */
  get busy() {
    const { activeElement } = document;
    const typing = this.contains(activeElement) && activeElement.matches("input[type=text], input[type=search]");
    return typing && activeElement.value !== activeElement.dataset.shown;
  }

  get problems() {
    return (this.live?.problems ?? []).filter((problem) => problem.line === this.line_id);
  }

  get doubts() {
    return this.marks.doubtsOf(this.line_id);
  }

  #state(line) {
    const said = [...this.problems, ...this.doubts].map(({ text }) => text);
    return JSON.stringify([line, said, this.mode, this.wanted, this.adding, this.phone.matches, this.live?.factors[line.factor]?.id, this.live?.factors[line.electricity?.location_factor]?.id]);
  }

  #draw(line) {
    const state = this.#state(line);
    if (this.drawn_id === line.id && (state === this.drawn || this.busy)) {
      this.#drawResult(line);
      return;
    }
    this.drawn = state;
    this.drawn_id = line.id;
    const active = this.contains(document.activeElement) ? document.activeElement.id : "";
    const process = this.draft.processOf(line.id);
    const context = { ...this, line, process, problems: this.problems, doubts: this.doubts, add: () => this.#add() };
    const parts = sectionsOf(line, process, this.wanted).flatMap((section) => this.#section(section, context));
    this.replaceChildren(this.#head(line), ...parts);
    this.#drawResult(line);
    if (active) document.getElementById(active)?.focus({ preventScroll: true });
  }

  #head(line) {
    this.result = element("p", { className: "zl-result" });
    return element(
      "div",
      { className: "zl-head" },
      element("h2", { className: "zl-title", tabindex: "-1", text: line.item || this.strings.new_line }),
      this.result,
      ...this.problems.map((problem) => element("p", { className: "notice notice-bad", text: problem.text })),
      ...this.marks.commentsOf(line.id).map((comment) => this.#comment(comment)),
    );
  }

  #comment({ author, text, url }) {
    const said = fill(this.strings.comment, { who: author, text });
    return element("p", { className: "notice notice-note" }, `${said} `, element("a", { href: url, text: this.strings.to_comment }));
  }

  #drawResult(line) {
    const result = this.live?.lines[line.id];
    const text = result?.passed_on
      ? this.strings.line_passed_on
      : result
      ? fill(this.strings.line_result, { value: this.columns.contribution(result), unit: this.live.unit, share: this.columns.share(result) || "—" })
      : line.cut_off
        ? this.strings.line_cut_off
        : this.strings.line_uncounted;
    this.result.replaceChildren(text, result?.formula ? element("span", { className: "zl-formula", text: result.formula }) : "");
  }

  #section(section, context) {
    if (section.key === "factor") return this.#factor(context);
    if (!section.fields.length) return [];
    const fields = section.fields.map((field) => control(field, context, (path, value) => this.#change(path, value)));
    if (section.key === "details" && treated(context.line, this.wanted)) fields.push(this.#location(context));
    const words = this.vocabulary.sections[section.key];
    const open = this.#isOpen(section.key);
    return [this.#fold(section.key, words, open, fields)];
  }

  /** On a desk the grid shows the basics; on a phone they come first. */
  #isOpen(key) {
    return this.opened?.get(key) ?? (key === "details" || key === "factor" || (key === "basics" && this.phone.matches));
  }

  #fold(key, words, open, children) {
    const details = element("details", { className: `zl-section zl-${key}`, open }, element("summary", { text: words }), ...children);
    details.addEventListener("toggle", () => {
      this.opened ??= new Map();
      this.opened.set(key, details.open);
    });
    return details;
  }

  /** Drawn again only when the focus has arrived at the next field, so that Tab goes on from there. */
  #change(path, value) {
    const id = this.line_id;
    setTimeout(() => this.#put(id, path, value));
  }

  #put(id, path, value) {
    if (!this.draft.line(id)) return;
    const target = new Present(this.draft, id);
    // What builds on the present value says so with a function.
    if (typeof value === "function") value = value(at(target.line, path));
    if (path.at(-1) === "certificates") this.adding = "";
    if (path[0] === "kind") this.columns.changeKind(target, value);
    else if (path[0] === "sub_assembly" && path[1] === "process") {
      target.put(["sub_assembly", "product"], null);
      target.put(path, value);
    } else target.put(path, value);
    this.#step(target.operations);
    // A row that was begun and left empty goes without any change.
    if (!target.operations.length && this.line_id === id) this.#draw(this.draft.line(id));
  }

  #step(operations) {
    if (operations.length) this.dispatchEvent(new CustomEvent("step", { detail: { operations }, bubbles: true }));
  }

  #factor(context) {
    const { line } = context;
    if (["sub_assembly", "direct_emission", "biogenic_carbon", "land_use_change"].includes(line.kind)) return [];
    const children = line.kind === "recycling" ? this.#roles(line) : this.#single(context);
    return [this.#fold("factor", this.vocabulary.sections.factor, this.#isOpen("factor"), children)];
  }

  #single(context) {
    const { line } = context;
    if (line.stated || this.mode === "stated") return this.#stated(context);
    const children = [];
    if (line.factor) children.push(this.#card(line.factor, line.factor_version));
    if (!this.editable) return children;
    if (this.mode === "search" || !line.factor) children.push(this.#candidates(line, "", this.strings.search_factor));
    const buttons = element("div", { className: "zl-buttons" });
    if (line.factor && this.mode !== "search") {
      buttons.append(this.#button(this.strings.other_factor, () => this.#turn("search")));
      buttons.append(this.#button(this.strings.no_factor, () => this.#clearFactor(line)));
    }
    buttons.append(this.#button(this.strings.own_factor, () => this.#turn("stated")));
    return [...children, buttons];
  }

  #stated(context) {
    const fields = STATED.map((field) => control(field, context, (path, value) => this.#change(path, value)));
    const back = () => {
      const target = new Present(this.draft, this.line_id);
      target.put(["stated"], null);
      this.mode = "";
      this.#step(target.operations);
      this.#draw(this.draft.line(this.line_id));
    };
    const hint = element("p", { className: "form-hint", text: this.strings.own_factor_hint });
    return [hint, ...fields, this.editable ? this.#button(this.strings.library_factor, back) : ""];
  }

  #roles(line) {
    return Object.entries(this.vocabulary.roles).map(([role, label]) => this.#role(line, role, label, ["recycling", role]));
  }

  /** The grid factor at the place of use, for the location-based result. */
  #location({ line, problems }) {
    const { label, hint } = this.vocabulary.fields["electricity.location_factor"];
    const wrong = problems.filter(({ field }) => field === "electricity.location_factor");
    const notes = [
      element("p", { className: "form-hint", text: hint }),
      ...wrong.map(({ text }) => element("p", { className: "invalid-feedback d-block", text })),
    ];
    return this.#role(line, "location", label, ["electricity", "location_factor"], notes);
  }

  /** A factor with a role inside the line's detail: its card, and the library to choose it from. */
  #role(line, role, label, path, notes = []) {
    const chosen = at(line, path);
    const open = this.mode === `role ${role}`;
    const parts = [element("span", { className: "form-label", text: label }), ...notes];
    if (chosen) parts.push(this.#card(chosen));
    if (this.editable && open) parts.push(this.#candidates(line, role, label));
    if (this.editable && !open) {
      const words = chosen ? this.strings.other_factor : this.strings.choose_factor;
      parts.push(this.#button(words, () => this.#turn(`role ${role}`), `line-${path.join("-")}`));
      if (chosen) parts.push(this.#button(this.strings.no_factor, () => this.#change(path, null)));
    }
    return element("div", { className: "zl-field" }, ...parts);
  }

  /** A row for one more certificate; it is saved with the first thing that is written into it. */
  #add() {
    this.adding = this.line_id;
    this.#draw(this.draft.line(this.line_id));
    [...this.querySelectorAll(".zl-certificate")].at(-1)?.querySelector("input").focus();
  }

  #card(id, version = "") {
    const factor = this.live?.factors[id];
    if (!factor) return element("p", { className: "zl-card", text: id });
    const superseded = version && factor.newest !== version ? element("span", { className: "tag tag-warn", text: this.strings.superseded }) : null;
    return element(
      "div",
      { className: "zl-card" },
      element("a", { href: factor.url, target: "_blank", rel: "noopener", text: factor.name }),
      element("span", { className: "number" }, factor.value_text, element("span", { className: "unit", text: factor.unit })),
      element("span", { className: "zc-meta", text: [factor.geography_text, factor.year, factor.confidence_text].filter(Boolean).join(" · ") }),
      element("span", { className: "zc-meta", text: factor.source }),
      superseded,
    );
  }

  #candidates(line, role, heading) {
    const found = document.createElement("zuji-candidates");
    found.setup({ read: this.read, strings: this.strings, line, role, heading });
    return found;
  }

  #clearFactor(line) {
    const target = new Present(this.draft, line.id);
    target.put(["factor"], null);
    target.put(["factor_version"], null);
    this.#step(target.operations);
  }

  #turn(mode) {
    this.mode = mode;
    this.#draw(this.draft.line(this.line_id));
    this.querySelector(mode === "stated" ? "#line-stated-value" : "zuji-candidates input")?.focus();
  }

  #button(text, onclick, id = null) {
    return element("button", { type: "button", id, className: "btn btn-sm", text, onclick });
  }

  #reach(focus) {
    const target = this.#placeOf(focus) ?? this.querySelector(".zl-title");
    target.closest("details")?.setAttribute("open", "");
    for (const other of this.querySelectorAll(".is-reached")) other.classList.remove("is-reached");
    target.closest(".zl-field, .zl-certificate")?.classList.add("is-reached");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  /** The control of a field such as quality.time or electricity.certificates[0].kwh, or the nearest to it. */
  #placeOf(focus) {
    if (focus === "details") return this.querySelector(".zl-details :is(input, select, button)");
    const parts = focus.replace(/\[(\d+)\]/g, ".$1").split(".");
    for (; parts.length; parts.pop()) {
      const id = CSS.escape(`line-${parts.join("-")}`);
      const found = this.querySelector(`:is(input, select, button)#${id}`) ?? this.querySelector(`:is(input, select, button)[id^="${id}-"]`);
      if (found) return found;
    }
    if (!/^(factor|stated)/.test(focus)) return null;
    return this.querySelector(".zl-factor :is(zuji-candidates input, a, button)");
  }
}

customElements.define("zuji-line", ZujiLine);
