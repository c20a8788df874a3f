/** The workbench page: one draft, shown as a grid, as cards and in the panel, saved step by step. */

import { arrival, cellOf } from "./arrival.js";
import { Cards } from "./cards.js";
import { Columns } from "./columns.js";
import { fill } from "./dom.js";
import { Draft } from "./draft.js";
import "./grid.js";
import { Marks } from "./marks.js";
import "./panel.js";
import { Saver } from "./saving.js";
import { blank } from "./steps.js";
import { Totals } from "./totals.js";

const LOOK_AGAIN = 30_000;
const PANEL_KEY = "zuji-line-panel";

class Workbench {
  constructor(data) {
    const { vocabulary, strings, editable } = data;
    const language = document.documentElement.lang;
    Object.assign(this, { vocabulary, strings, editable, live: data.live, undo: data.undo, redo: data.redo });
    this.draft = new Draft(data.document);
    this.columns = new Columns(vocabulary, language);
    this.columns.draft = this.draft;
    this.marks = new Marks({ comments: data.comments, strings, icons: data.icons });
    this.marks.showLive(data.live);
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    this.saver = new Saver({ api: data.api, revision: data.study.revision, token, language });
    this.grid = document.querySelector("zuji-grid");
    this.panel = document.querySelector("zuji-line");
    this.sheet = document.getElementById("line-panel");
    this.host = document.querySelector(".zw-cards");
    this.totals = new Totals(document, this);
    this.cards = new Cards(this.host, { ...this, open: (id) => this.openSheet(id), add: (process) => this.addCard(process) });
    this.phone = matchMedia("(max-width: 767.98px)");
    this.filter = () => true;
  }

  start() {
    const read = (path) => this.saver.read(path);
    this.grid.setup(this);
    this.panel.setup({ ...this, read });
    this.listen();
    this.arrange();
    this.showLive();
    this.drawButtons();
    if (this.arrive()) return;
    if (this.grid.row?.id) this.pick(this.grid.row.id);
  }

  /** Goes to the line and field that the address names; whether it did. */
  arrive() {
    const place = arrival(location.search, this.draft);
    if (!place) return false;
    const { line, field } = place;
    if (!line) {
      this.totals.say(this.strings.unreached);
      return false;
    }
    const cell = cellOf(field);
    if (this.phone.matches) this.openSheet(line.id, field);
    else {
      this.grid.select(line.id, cell || "item");
      this.grid.editor.closest("td").scrollIntoView({ block: "center", inline: "nearest" });
      if (cell || !field) this.grid.editor.focus({ preventScroll: true });
      else this.open(line.id, field, true);
    }
    return true;
  }

  listen() {
    for (const source of [this.grid, this.panel]) {
      source.addEventListener("step", ({ detail }) => this.step(detail.operations));
    }
    this.grid.addEventListener("pick", ({ detail }) => this.pick(detail.id));
    this.grid.addEventListener("open", ({ detail }) => this.open(detail.id, detail.key, detail.exact));
    this.grid.addEventListener("lost", ({ detail }) => {
      this.totals.say(fill(this.strings.not_pasted, { columns: detail.columns.join(", ") }));
    });
    this.grid.addEventListener("leave", () => document.querySelector('[data-do="panel"]').focus());
    this.panel.addEventListener("confirm", ({ detail }) => this.confirm(detail));
    this.saver.addEventListener("saved", ({ detail }) => this.saved(detail));
    this.saver.addEventListener("refused", ({ detail }) => this.refused(detail));
    this.saver.addEventListener("state", ({ detail }) => this.totals.state(detail.state));
    this.phone.addEventListener("change", () => this.arrange());
    for (const control of document.querySelectorAll("[data-do]")) this.#wire(control);
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("beforeunload", (event) => this.saver.pending && event.preventDefault());
    addEventListener("focus", () => this.look());
    setInterval(() => document.hidden || this.look(), LOOK_AGAIN);
  }

  #wire(control) {
    const name = control.dataset.do;
    if (name === "filter" || name === "search") control.addEventListener("input", () => this.filterLines());
    else if (name === "match") control.addEventListener("click", (event) => this.leaveFor(event));
    else control.addEventListener("click", () => this.perform(name));
  }

  perform(name) {
    if (name === "undo" || name === "redo") this.turnBack(name);
    else if (name === "panel") this.togglePanel(this.sheet.hidden);
    else if (name === "close") this.closeSheet();
    else if (name === "insert" && this.phone.matches) this.addCard(this.draft.processes.at(-1));
    else {
      this.grid[name]();
      this.grid.editor.focus();
    }
  }

  /** One step of the person: shown at once, then saved. */
  step(operations) {
    this.totals.hush();
    this.draft.apply(operations);
    this.saver.push(operations);
    this.undo = true;
    this.redo = false;
    this.draw(operations);
  }

  draw(operations) {
    const shape = !operations || operations.some((operation) => operation.op !== "set" || operation.path[0] !== "lines");
    if (shape) this.grid.redraw();
    else this.grid.update(new Set(operations.map((operation) => operation.path[1])));
    if (this.phone.matches) this.cards.draw(this.live, this.filter);
    this.panel.showLive(this.live);
    this.drawButtons();
  }

  showLive() {
    this.marks.showLive(this.live);
    this.grid.showLive(this.live);
    if (this.phone.matches) this.cards.draw(this.live, this.filter);
    this.panel.showLive(this.live);
    this.totals.draw(this.live, this.draft.lines.length);
  }

  saved({ answer, own }) {
    this.undo = answer.undo;
    this.redo = answer.redo;
    this.live = answer.live;
    if (answer.document) {
      this.draft.replace(answer.document);
      this.draft.apply(this.saver.unconfirmed);
      this.draw();
    }
    if (own && answer.merged) this.totals.say(this.strings.merged, "note");
    this.drawButtons();
    this.showLive();
  }

  /** What the server did not take: said with the values, and the study is loaded as it stands. */
  async refused({ refusal, lost, retried }) {
    const before = this.saver.revision;
    await this.reload();
    // After a lost answer the change may have been saved already.
    if (retried && this.saver.revision > before) return;
    const why = refusal.problems?.map((problem) => `${problem.what}. ${problem.cure}`).join(" ") || refusal.detail || refusal.title;
    const values = lost.map((operation) => operation.value).filter((value) => ["string", "number"].includes(typeof value));
    const kept = values.length ? fill(this.strings.lost, { values: values.slice(0, 20).join(", ") }) : "";
    this.totals.say([fill(this.strings.refused, { why }), this.strings.reloaded, kept].filter(Boolean).join(" "), "bad");
  }

  async reload() {
    const study = await this.saver.read();
    const { live } = await this.saver.read("live");
    this.saver.revision = study.revision;
    this.live = live;
    this.draft.replace(study.document);
    this.draw();
    this.showLive();
  }

  /** Whether somebody else changed the study meanwhile. */
  async look() {
    if (!this.editable || this.saver.pending) return;
    try {
      const { revision } = await this.saver.read("live");
      if (revision > this.saver.revision && !this.saver.pending && !this.grid.editing && !this.panel.busy) await this.reload();
    } catch {
      // The next look will tell; saving says by itself when the server is away.
    }
  }

  async turnBack(name) {
    const refusal = new Promise((resolve) => {
      this.saver.addEventListener("refused", ({ detail }) => resolve(detail.refusal), { once: true });
    });
    const answer = await this.saver.ask(name);
    if (answer || name !== "undo") return;
    const code = (await refusal).problems?.[0]?.code;
    if (code === "edit-of-another" && confirm(this.strings.nobody)) await this.saver.ask("undo?of_others=true");
  }

  confirm({ factor, role }) {
    this.totals.hush();
    this.saver.ask("matches", { choices: [{ line: this.panel.line_id, factor, role }] }).then((answer) => {
      if (answer && !role && !this.phone.matches) this.grid.select(this.panel.line_id, "factor");
      if (answer && !this.phone.matches) this.grid.editor.focus();
    });
  }

  pick(id) {
    if (!this.phone.matches) this.panel.show(id, this.live);
  }

  open(id, key, exact = false) {
    this.togglePanel(true);
    this.panel.show(id, this.live, exact || key === "factor" || key === "item" ? key : "details");
  }

  openSheet(id, field = "") {
    this.sheet.classList.add("is-open");
    this.panel.show(id, this.live, field);
    if (!field) this.panel.querySelector(".zl-title")?.focus();
    this.opener = id;
  }

  closeSheet() {
    this.sheet.classList.remove("is-open");
    this.cards.draw(this.live, this.filter);
    this.host.querySelector(`[data-line="${CSS.escape(this.opener ?? "")}"]`)?.focus();
  }

  addCard(process) {
    const line = blank(this.draft, process);
    this.step([this.draft.insert(process.id, line, process.lines.at(-1)?.id ?? null)]);
    this.openSheet(line.id);
  }

  togglePanel(open) {
    this.sheet.hidden = !open;
    document.querySelector('[data-do="panel"]').setAttribute("aria-expanded", String(open));
    localStorage.setItem(PANEL_KEY, open ? "open" : "closed");
  }

  filterLines() {
    const show = document.getElementById("line-filter").value;
    const words = document.getElementById("line-search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    this.filter = this.grid.filter = (line, live) => {
      if (show === "problems" && !live.problems.some((problem) => problem.line === line.id)) return false;
      if (show === "doubts" && !this.marks.doubtsOf(line.id).length) return false;
      if (show === "comments" && !this.marks.commentsOf(line.id).length) return false;
      if (show === "unmatched" && !live.problems.some((problem) => problem.line === line.id && problem.field.startsWith("factor"))) return false;
      const text = [line.item, line.supplier, line.evidence, line.factor].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    };
    this.grid.redraw();
    if (this.phone.matches) this.cards.draw(this.live, this.filter);
  }

  /** A grid on a desk, cards on a phone. */
  arrange() {
    const phone = this.phone.matches;
    this.grid.hidden = phone;
    this.host.hidden = !phone;
    this.sheet.classList.remove("is-open");
    this.sheet.hidden = !phone && localStorage.getItem(PANEL_KEY) === "closed";
    document.querySelector('[data-do="panel"]').setAttribute("aria-expanded", String(!this.sheet.hidden));
    if (phone) this.cards.draw(this.live, this.filter);
  }

  async leaveFor(event) {
    if (!this.saver.pending) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    await this.saver.settled();
    location.assign(href);
  }

  key(event) {
    if (event.key === "Escape" && this.sheet.classList.contains("is-open")) this.closeSheet();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !this.editable) return;
    const letter = event.key.toLowerCase();
    const name = letter === "z" ? (event.shiftKey ? "redo" : "undo") : letter === "y" ? "redo" : "";
    // Inside a field that is being typed in, undo belongs to the field.
    const typing = this.grid.editing || (event.target.matches?.("input, textarea, select") && !this.grid.contains(event.target));
    if (!name || typing) return;
    event.preventDefault();
    this.turnBack(name);
  }

  drawButtons() {
    for (const [name, possible] of [["undo", this.undo], ["redo", this.redo]]) {
      const button = document.querySelector(`[data-do="${name}"]`);
      if (button) button.disabled = !possible;
    }
  }
}

new Workbench(JSON.parse(document.getElementById("workbench-data").textContent)).start();
