/**
 * <zuji-grid>: the inventory as a spreadsheet. Emits `step` with operations, `pick` with the active line,
 * `open` when a cell wants the panel, `lost` with the columns of which something found no place. Whoever
 * listens applies and saves the operations, then calls `redraw`.
 *
 * One input sits in the active cell and keeps the focus, so that typing, also through an input method for
 * Chinese, begins an edit at once.
 */

import { Present } from "./columns.js";
import * as clipboard from "./clipboard.js";
import { element } from "./dom.js";
import { handleKey } from "./keys.js";
import { gridTable, lineRow, processRow } from "./rows.js";
import { clearRange, duplicateLines, fillDown, insertLine, removeLines } from "./steps.js";

class ZujiGrid extends HTMLElement {
  /** Called once with what the grid shows. */
  setup({ draft, columns, live, strings, editable, marks }) {
    Object.assign(this, { draft, columns, live, strings, editable, marks, filter: () => true });
    this.active = { row: 0, column: 0 };
    this.anchor = { row: 0, column: 0 };
    this.editing = "";
    this.#build();
    this.redraw();
    this.#listen();
  }

  /** Draws everything anew and keeps the place of the active cell. */
  redraw() {
    const keep = this.rows?.[this.active.row]?.id;
    const focus = this.contains(document.activeElement);
    this.editing = "";
    this.rows = [];
    this.table.querySelectorAll("tbody").forEach((body) => body.remove());
    let number = 0;
    for (const process of this.draft.processes) {
      const body = document.createElement("tbody");
      body.append(processRow(this.columns, process, this.strings));
      for (const line of process.lines) {
        number += 1;
        if (this.filter(line, this.live)) body.append(this.#row({ id: line.id, process, number }));
      }
      if (this.editable) body.append(this.#row({ id: "", process, number: "" }));
      this.table.append(body);
    }
    const kept = this.rows.findIndex((row) => keep && row.id === keep);
    const row = kept < 0 ? Math.min(this.active.row, this.rows.length - 1) : kept;
    this.#place({ row, column: this.active.column }, { focus });
    this.showLive(this.live);
  }

  /** Shows results and problems beside the lines. */
  showLive(live) {
    this.live = live;
    this.problems = new Map();
    for (const problem of live?.problems ?? []) {
      if (!problem.line) continue;
      const column = this.columns.columnOf(problem.field, this.draft.line(problem.line));
      const key = `${problem.line} ${column}`;
      this.problems.set(key, [...(this.problems.get(key) ?? []), problem]);
    }
    this.table.classList.toggle("has-signs", this.marks.any);
    for (const row of this.rows) this.#fill(row);
    this.#tellProblem();
  }

  /** Draws lines again whose values changed. */
  update(ids) {
    for (const row of this.rows) if (ids.has(row.id)) this.#fill(row);
  }

  /** Makes a line active, from outside. */
  select(id, key = "item") {
    const row = this.rows.findIndex((each) => each.id === id);
    if (row < 0) return;
    this.#place({ row, column: Math.max(0, this.columns.all.findIndex((column) => column.key === key)) });
  }

  get range() {
    const { active, anchor } = this;
    return {
      top: Math.min(active.row, anchor.row),
      bottom: Math.max(active.row, anchor.row),
      left: Math.min(active.column, anchor.column),
      right: Math.max(active.column, anchor.column),
    };
  }

  get column() {
    return this.columns.all[this.active.column];
  }

  get row() {
    return this.rows[this.active.row];
  }

  /** Ids of the lines that the range touches. */
  get selected() {
    return this.rows.slice(this.range.top, this.range.bottom + 1).flatMap((row) => (row.id ? [row.id] : []));
  }

  /** Moves the active cell; `extend` keeps the other corner of the range. */
  move(rows, columns, { extend = false, wrap = false } = {}) {
    let { row, column } = this.active;
    row += rows;
    column += columns;
    const width = this.columns.all.length;
    if (wrap && (column < 0 || column >= width)) {
      row += column < 0 ? -1 : 1;
      column = column < 0 ? width - 1 : 0;
    }
    this.#place(
      { row: clamp(row, this.rows.length - 1), column: clamp(column, width - 1) },
      { extend },
    );
  }

  /** Begins to edit: "type" replaces what is there, "edit" changes it. */
  edit(mode) {
    const { column, row } = this;
    if (!this.editable || this.editing) return;
    if (column.fixed || (column.kind === "detail" && !this.#inline(row))) {
      this.editor.value = "";
      this.#emit("open", { id: row.id, key: column.key });
      return;
    }
    this.editing = mode;
    this.editor.classList.add("is-editing");
    const list = this.#options();
    this.#offer(list);
    if (mode !== "edit") return;
    const line = this.draft.line(row.id);
    this.editor.value = line && !list.length ? this.columns.plain(line, column, this.live) : "";
    this.editor.placeholder = line ? this.columns.text(line, column, this.live) : "";
    this.editor.setSelectionRange?.(this.editor.value.length, this.editor.value.length);
    if (list.length) this.#openList();
  }

  /** Ends the edit and puts the text into the cell. */
  commit() {
    if (!this.editing) return;
    const text = this.editor.value;
    const untouched = this.editing === "edit" && text === "" && this.#options().length > 0;
    this.cancel();
    if (untouched) return;
    const { row, column } = this;
    if (row.id) {
      const target = new Present(this.draft, row.id);
      this.columns.enter(target, column, text);
      this.step(target.operations);
    } else if (text.trim() !== "") clipboard.put(this, [[text]]);
  }

  /** Ends the edit and leaves the cell as it was. */
  cancel() {
    this.editing = "";
    this.editor.value = "";
    this.editor.placeholder = "";
    this.editor.classList.remove("is-editing");
    this.editor.removeAttribute("list");
  }

  clear() {
    this.step(clearRange(this));
  }

  fillDown() {
    if (this.range.bottom > this.range.top) this.step(fillDown(this));
  }

  insert() {
    const { row } = this;
    const line = this.draft.line(row.id);
    const operation = insertLine(this.draft, row.process, line);
    this.step([operation]);
    this.select(operation.value.id);
  }

  drop() {
    this.step(removeLines(this.draft, this.selected));
  }

  duplicate() {
    if (!this.selected.length) return;
    const operations = duplicateLines(this.draft, this.selected);
    this.step(operations);
    this.select(operations[0].value.id);
  }

  /** Moves the active line up or down within its process. */
  shift(by) {
    const { row } = this;
    if (!row.id) return;
    const lines = row.process.lines;
    const from = lines.findIndex((line) => line.id === row.id);
    const to = from + by;
    if (to < 0 || to >= lines.length) return;
    const after = by < 0 ? (lines[to - 1]?.id ?? null) : lines[to].id;
    this.step([{ op: "move", path: ["lines", row.id], after }]);
  }

  step(operations) {
    if (operations.length && this.editable) this.#emit("step", { operations });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #build() {
    this.editor = element("input", { className: "zg-editor", autocomplete: "off", spellcheck: "false", readonly: !this.editable });
    this.list = element("datalist", { id: "zg-options" });
    this.table = gridTable(this.columns, this.strings, this.editable);
    this.told = element("p", { className: "zg-told", aria_live: "polite" });
    this.replaceChildren(element("div", { className: "zg-scroll" }, this.table), this.list, this.told);
  }

  #row(row) {
    const tr = lineRow(this.columns, row, this.rows.length);
    this.rows.push({ ...row, tr });
    return tr;
  }

  /** Writes values, results and problems of a row into its cells. */
  #fill({ id, tr }) {
    const line = this.draft.line(id);
    if (!line) return;
    const heading = tr.firstElementChild;
    const whole = this.problems.get(`${id} row`);
    tr.classList.toggle("is-cut-off", Boolean(line.cut_off));
    tr.classList.toggle("is-uncounted", Boolean(this.live && !this.live.lines[id] && !line.cut_off));
    heading.classList.toggle("is-wrong", Boolean(whole));
    heading.title = whole ? sentence(whole) : "";
    this.#sign(id, heading);
    this.columns.all.forEach((column, index) => {
      const td = tr.children[index + 1];
      const wrong = this.problems.get(`${id} ${column.key}`);
      const shown = this.columns.text(line, column, this.live);
      const text = shown === "" && wrong && column.kind === "factor" ? `${this.strings.choose_factor}…` : shown;
      const label = td.firstElementChild;
      if (label.textContent !== text) label.textContent = text;
      td.classList.toggle("is-wrong", Boolean(wrong));
      td.classList.toggle("is-empty", text === "");
      if (wrong) td.setAttribute("aria-invalid", "true");
      else td.removeAttribute("aria-invalid");
      td.title = wrong ? sentence(wrong) : column.fixed || column.kind === "text" ? text : "";
    });
  }

  /** Signs are drawn again only when they say something else, so that they keep the focus. */
  #sign(id, heading) {
    const said = JSON.stringify([this.marks.doubtsOf(id), this.marks.commentsOf(id)]);
    if ((heading.dataset.said ?? "[[],[]]") === said) return;
    heading.dataset.said = said;
    heading.replaceChildren(
      heading.firstElementChild,
      ...this.marks.drawn(id, (field) => this.#emit("open", { id, key: field, exact: true })),
    );
  }

  #place(active, { extend = false, focus = this.contains(document.activeElement) } = {}) {
    this.#mark(false);
    this.active = active;
    if (!extend) this.anchor = active;
    this.#mark(true);
    const td = this.#cell(active);
    if (!td) return;
    td.append(this.editor);
    if (focus) {
      this.editor.focus({ preventScroll: true });
      td.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.editor.setAttribute("aria-label", this.#described());
    this.#tellProblem();
    if (this.picked === this.row.id) return;
    this.picked = this.row.id;
    this.#emit("pick", { id: this.row.id });
  }

  #cell({ row, column }) {
    return this.rows[row]?.tr.children[column + 1];
  }

  #mark(on) {
    const { top, bottom, left, right } = this.range;
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        this.#cell({ row, column })?.classList.toggle("is-selected", on);
      }
    }
    this.#cell(this.active)?.classList.toggle("is-active", on);
    this.rows[this.active.row]?.tr.classList.toggle("is-active-row", on);
  }

  #described() {
    const { row, column } = this;
    const line = this.draft.line(row.id);
    if (!line) return `${this.strings.new_line}, ${column.label}`;
    return `${column.label}, ${line.item || row.number}: ${this.columns.text(line, column, this.live) || this.strings.empty}`;
  }

  #tellProblem() {
    const { row, column } = this;
    const here = [...(this.problems?.get(`${row?.id} ${column.key}`) ?? []), ...(this.problems?.get(`${row?.id} row`) ?? [])];
    const text = [...here.map((problem) => problem.text), ...this.marks.told(row?.id)].join("\n");
    if (this.told.textContent !== text) this.told.textContent = text;
  }

  #inline(row) {
    const line = this.draft.line(row.id);
    return line && this.columns.inline(line);
  }

  #options() {
    const { column, row } = this;
    const line = this.draft.line(row.id);
    if (column.kind === "choice") return this.columns.choicesOf(column);
    return column.options?.(line) ?? [];
  }

  #offer(list) {
    this.list.replaceChildren(...list.map((choice) => Object.assign(document.createElement("option"), { value: choice.label })));
    if (list.length) this.editor.setAttribute("list", this.list.id);
  }

  #openList() {
    try {
      this.editor.showPicker();
    } catch {
      // Without a gesture of the person the browser keeps the list closed; typing opens it.
    }
  }

  #listen() {
    this.table.addEventListener("pointerdown", (event) => this.#press(event));
    this.table.addEventListener("pointerover", (event) => this.#drag(event));
    this.table.addEventListener("dblclick", (event) => {
      if (event.target.closest("th")) this.#emit("open", { id: this.row.id, key: "item" });
      else this.edit("edit");
    });
    this.editor.addEventListener("input", (event) => {
      if (!this.editing) this.edit("type");
      // A choice from the list is an entry of its own.
      if (event.inputType === "insertReplacementText" && this.#options().length) this.commit();
    });
    this.editor.addEventListener("compositionstart", () => this.editing || this.edit("type"));
    this.editor.addEventListener("blur", () => this.editor.isConnected && this.commit());
    // A sign at a line is a button or a link of its own.
    this.addEventListener("keydown", (event) => event.target.closest(".zg-sign") || handleKey(this, event));
    for (const name of ["copy", "cut", "paste"]) {
      this.addEventListener(name, (event) => clipboard[name](this, event));
    }
  }

  #press(event) {
    const place = this.#placeOf(event.target);
    if (!place || event.target === this.editor || event.button !== 0 || event.target.closest(".zg-sign")) return;
    event.preventDefault();
    this.commit();
    this.tabbedFrom = undefined;
    this.dragging = true;
    addEventListener("pointerup", () => (this.dragging = false), { once: true });
    if (place.column < 0) {
      this.#place({ row: place.row, column: 0 }, { focus: true });
      this.#mark(false);
      this.anchor = { row: place.row, column: this.columns.all.length - 1 };
      this.#mark(true);
    } else this.#place(place, { extend: event.shiftKey, focus: true });
  }

  #drag(event) {
    const place = this.dragging && this.#placeOf(event.target);
    if (place && place.column >= 0) this.#place(place, { extend: true, focus: true });
  }

  #placeOf(target) {
    const td = target.closest("td, th");
    const row = Number(td?.parentElement.dataset.row);
    if (!td || Number.isNaN(row)) return null;
    return { row, column: [...td.parentElement.children].indexOf(td) - 1 };
  }
}

function sentence(problems) {
  return problems.map((problem) => problem.text).join("\n");
}

const clamp = (value, most) => Math.max(0, Math.min(value, most));

customElements.define("zuji-grid", ZujiGrid);
