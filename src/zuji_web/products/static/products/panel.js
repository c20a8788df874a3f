/**
 * <zuji-line>: everything about one line beside the grid, or over the whole screen on a phone. Emits `step`
 * with operations and `confirm` with a chosen factor.
 */

import "./candidates.js";
import { Present } from "./columns.js";
import { element, fill } from "./dom.js";
import { STATED, control, sectionsOf } from "./fields.js";

class ZujiLine extends HTMLElement {
  setup({ draft, columns, vocabulary, strings, editable, phone, read }) {
    Object.assign(this, { draft, columns, vocabulary, strings, editable, phone, read });
    this.mode = "";
    this.addEventListener("confirm", () => (this.mode = ""));
    this.show("", null);
  }

  /** Shows a line; `focus` names the field or section that should be reached. */
  show(id, live, focus = "") {
    const other = id !== this.line_id;
    if (other) this.mode = "";
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

  #state(line) {
    return JSON.stringify([line, this.problems.map((problem) => problem.text), this.mode, this.phone.matches, this.live?.factors[line.factor]?.id]);
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
    const context = { ...this, vocabulary: this.vocabulary, line, process, problems: this.problems };
    const parts = sectionsOf(line, process).flatMap((section) => this.#section(section, context));
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
    );
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

  #change(path, value) {
    const target = new Present(this.draft, this.line_id);
    if (path[0] === "kind") this.columns.changeKind(target, value);
    else if (path[0] === "sub_assembly" && path[1] === "process") {
      target.put(["sub_assembly", "product"], null);
      target.put(path, value);
    } else target.put(path, value);
    this.#step(target.operations);
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
    return Object.entries(this.vocabulary.roles).map(([role, label]) => {
      const chosen = line.recycling?.[role];
      const open = this.mode === `role ${role}`;
      const parts = [element("span", { className: "form-label", text: label })];
      if (chosen) parts.push(this.#card(chosen));
      if (this.editable && open) parts.push(this.#candidates(line, role, label));
      if (this.editable && !open) {
        parts.push(this.#button(chosen ? this.strings.other_factor : this.strings.choose_factor, () => this.#turn(`role ${role}`)));
        if (chosen) parts.push(this.#button(this.strings.no_factor, () => this.#change(["recycling", role], null)));
      }
      return element("div", { className: "zl-field" }, ...parts);
    });
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

  #button(text, onclick) {
    return element("button", { type: "button", className: "btn btn-sm", text, onclick });
  }

  #reach(focus) {
    const place = { factor: ".zl-card a", item: "#line-item" }[focus];
    const target =
      (focus === "factor" && this.querySelector("zuji-candidates input")) ||
      this.querySelector(place ?? ".zl-details input, .zl-details select") ||
      this.querySelector(".zl-title");
    target?.closest("details")?.setAttribute("open", "");
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("zuji-line", ZujiLine);
