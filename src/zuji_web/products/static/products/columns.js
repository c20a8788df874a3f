/** The columns of the inventory grid: where a value stands, how it is shown and how typed text is read. */

import { fill } from "./dom.js";
import { at, copy } from "./draft.js";

const WIDE = { "．": ".", "，": ",", "＋": "+", "－": "-", "−": "-", "　": " " };
const NUMBER = /^[+-]?((\d{1,3}(,\d{3})+|\d+)(\.\d*)?|\.\d+)(e[+-]?\d{1,4})?$/i;

/** The number that text is, or null; "1,5" may be two things and is none (as in zuji.model.written). */
export function readNumber(text) {
  const plain = text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．，＋－−　]/g, (sign) => WIDE[sign])
    .trim();
  return NUMBER.test(plain) ? Number(plain.replaceAll(",", "")) : null;
}

/** What typed text of a number cell is stored as: a number, nothing, or the text itself, which is then a mistake. */
export function typedNumber(text) {
  const trimmed = text.trim();
  return trimmed === "" ? null : (readNumber(trimmed) ?? trimmed);
}

const DETAIL_KINDS = ["electricity", "fuel", "transport", "direct_emission", "sub_assembly", "recycling", "biogenic_carbon"];

export class Columns {
  /** Columns that are fields of a line by the same name. */
  static CELLS = ["item", "stage", "kind", "supplier", "data_source", "evidence"];

  constructor(vocabulary, language) {
    this.vocabulary = vocabulary;
    this.language = language;
    this.full = new Intl.NumberFormat(language, { maximumSignificantDigits: 15 });
    this.short = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
    this.percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
    this.all = this.#columns();
    this.byKey = new Map(this.all.map((column) => [column.key, column]));
  }

  #columns() {
    const label = (key) => this.vocabulary.columns[key];
    const column = (key, options) => ({ key, label: label(key), path: [key], kind: "text", ...options });
    return [
      column("item"),
      column("amount", { path: ["quantity", "amount"], kind: "number", numeric: true }),
      column("unit", { path: ["quantity", "unit"], options: (line) => this.unitsOf(line) }),
      column("stage", { kind: "choice", choices: "stages" }),
      column("kind", { kind: "choice", choices: "kinds" }),
      column("detail", { kind: "detail", path: [], options: (line) => this.detailOptions(line) }),
      column("factor", { kind: "factor", fixed: true }),
      column("contribution", { kind: "result", fixed: true, numeric: true, path: [] }),
      column("share", { kind: "result", fixed: true, numeric: true, path: [] }),
      column("supplier"),
      column("data_source", { kind: "choice", choices: "data_sources", absent: "measured" }),
      column("evidence"),
    ];
  }

  /** The column or field with this heading, here or in the workbook; a required one may bear a star. */
  named(heading) {
    const plain = heading.replace(/[\s*]+$/, "");
    const { headings, fields_of_sheets: others } = this.vocabulary;
    return (
      this.all.find((column) => column.label === plain || headings[column.key]?.includes(plain)) ??
      others.find((field) => field.names.includes(plain))
    );
  }

  /** Whether the detail of a line is typed in its cell. */
  inline(line) {
    return line.kind === "transport" || this.detailOptions(line).length > 0;
  }

  unitsOf(line) {
    const units = this.vocabulary.units;
    return (units.of_kind[line?.kind] ?? units.all).map((value) => ({ value, label: value }));
  }

  detailOptions(line) {
    if (line?.kind === "electricity") return this.vocabulary.treatments;
    if (line?.kind === "fuel") return this.vocabulary.fuels;
    if (line?.kind === "direct_emission") return this.vocabulary.gases;
    if (line?.kind === "biogenic_carbon") return this.vocabulary.removals;
    if (line?.kind === "sub_assembly") {
      return this.draft.processes.map((process) => ({ value: process.id, label: process.name ?? process.id }));
    }
    return [];
  }

  choicesOf(column) {
    return this.vocabulary[column.choices];
  }

  /** The stored value of a cell. */
  value(line, column) {
    return column.path.length ? at(line, column.path) : null;
  }

  /** A cell as people read it. */
  text(line, column, live) {
    const value = this.value(line, column);
    if (column.kind === "choice") return this.labelOf(this.choicesOf(column), value ?? column.absent);
    if (column.kind === "number") return typeof value === "number" ? this.full.format(value) : (value ?? "");
    if (column.kind === "detail") return this.detailText(line);
    if (column.kind === "factor") return this.factorText(line, live);
    if (column.key === "contribution") return this.contribution(live?.lines[line.id]);
    if (column.key === "share") return this.share(live?.lines[line.id]);
    return value ?? "";
  }

  /** A cell as it is copied or begun to be edited. */
  plain(line, column, live) {
    const value = this.value(line, column);
    if (column.kind === "number") return value === null ? "" : String(value);
    if (column.key === "contribution") return String(live?.lines[line.id]?.total ?? "");
    return this.text(line, column, live);
  }

  labelOf(choices, value) {
    return choices.find((choice) => choice.value === value)?.label ?? value ?? "";
  }

  contribution(result) {
    return result && !result.passed_on ? this.short.format(result.total) : "";
  }

  share(result) {
    return result && !result.passed_on ? this.percent.format(result.share) : "";
  }

  /** What the amounts of a process are for. */
  basis(process, strings) {
    const made = (process.outputs ?? []).map(({ product, quantity }) => `${this.#amount(quantity)} ${product ?? ""}`);
    return made.length ? fill(strings.basis, { made: made.join(" + ") }) : "";
  }

  #amount(quantity) {
    const { amount, unit } = quantity ?? {};
    return `${typeof amount === "number" ? this.full.format(amount) : (amount ?? "?")} ${unit ?? ""}`;
  }

  factorText(line, live) {
    if (line.stated) return `${this.full.format(line.stated.value)} kgCO2e/${line.stated.per}`;
    if (!line.factor) return "";
    return live?.factors[line.factor]?.name ?? line.factor;
  }

  detailText(line) {
    const detail = line[line.kind];
    if (!DETAIL_KINDS.includes(line.kind) || !detail) return "";
    if (line.kind === "transport") {
      return detail.distance ? this.#amount(detail.distance) : "";
    }
    if (line.kind === "electricity") return this.labelOf(this.vocabulary.treatments, detail.treatment ?? "grid");
    if (line.kind === "fuel") return this.labelOf(this.vocabulary.fuels, detail.fuel ?? "");
    if (line.kind === "direct_emission") return this.labelOf(this.vocabulary.gases, detail.gas ?? "");
    if (line.kind === "sub_assembly") return this.labelOf(this.detailOptions(line), detail.process ?? "");
    if (line.kind === "biogenic_carbon") return this.labelOf(this.vocabulary.removals, detail.removal ?? true);
    return `R1 ${this.percent.format(detail.r1 ?? 0)} · R2 ${this.percent.format(detail.r2 ?? 0)}`;
  }

  /** Puts typed text into a cell of `target`, a line that exists or one that is being made. */
  enter(target, column, text) {
    if (column.fixed) return;
    if (column.kind === "detail") {
      this.enterDetail(target, text);
      return;
    }
    const value = this.read(column, text);
    if (value === undefined) return;
    if (column.key === "kind") this.changeKind(target, value);
    else target.put(column.path, value);
  }

  /** The stored value that typed text means; undefined leaves the cell as it is. */
  read(column, text) {
    const trimmed = text.trim();
    if (column.kind === "number") return typedNumber(trimmed);
    if (column.kind === "choice") return trimmed === "" ? undefined : chosen(this.choicesOf(column), trimmed);
    return trimmed === "" ? null : trimmed;
  }

  /** Another kind has other parameters: those of the old kind go. */
  changeKind(target, kind) {
    target.put(["kind"], kind);
    for (const key of DETAIL_KINDS) {
      if (key !== kind && target.line[key] !== undefined) target.put([key], null);
    }
  }

  enterDetail(target, text) {
    const { line } = target;
    const trimmed = text.trim();
    if (!DETAIL_KINDS.includes(line.kind)) return;
    // Certificates are not typed again as fast as a word in a cell.
    if (trimmed === "") target.put(line.kind === "electricity" ? ["electricity", "treatment"] : [line.kind], null);
    else if (line.kind === "transport") target.put(["transport", "distance"], distance(trimmed));
    else {
      const key = { electricity: "treatment", fuel: "fuel", direct_emission: "gas", sub_assembly: "process", biogenic_carbon: "removal" }[line.kind];
      if (key) target.put([line.kind, key], chosen(this.detailOptions(line), trimmed));
    }
  }

  /** Which column shows a problem of a field. */
  columnOf(field, line) {
    if (field.startsWith("quantity.unit")) return "unit";
    if (field.startsWith("quantity")) return "amount";
    if (field.startsWith("factor") || field.startsWith("stated")) return "factor";
    if (field && (field === line?.kind || DETAIL_KINDS.some((kind) => field.startsWith(`${kind}.`) || field === kind))) {
      return "detail";
    }
    return this.byKey.has(field) ? field : "row";
  }
}

/** The choice that a label, a value or a unique beginning means; otherwise the text, which is then a mistake. */
export function chosen(choices, text) {
  const folded = text.toLowerCase();
  const exact = choices.find(
    (choice) => choice.label.toLowerCase() === folded || String(choice.value).toLowerCase() === folded,
  );
  if (exact) return exact.value;
  const others = choices.filter((choice) => choice.also?.some((name) => name.toLowerCase() === folded));
  if (others.length === 1) return others[0].value;
  const begun = choices.filter((choice) => choice.label.toLowerCase().startsWith(folded));
  return begun.length === 1 ? begun[0].value : text;
}

/** "500", "500 km" or "500公里"; without a unit kilometres are meant, as the column says. */
function distance(text) {
  const match = text.match(/^([\d０-９.,．，\s]+)(.*)$/);
  const amount = match ? readNumber(match[1]) : null;
  if (amount === null) return { amount: text, unit: "km" };
  return { amount, unit: match[2].trim() || "km" };
}

/** A line of the draft that is being changed; `operations` is what changes. */
export class Present {
  constructor(draft, id) {
    this.draft = draft;
    this.id = id;
    this.line = copy(draft.line(id));
    this.operations = [];
  }

  put(path, value) {
    if (same(value, at(this.line, path))) return;
    this.operations.push(this.draft.set(this.id, path, value));
    assign(this.line, path, value);
  }
}

/** A line that is being made. */
export class Fresh {
  constructor(line) {
    this.line = line;
  }

  put(path, value) {
    assign(this.line, path, value);
  }
}

function assign(line, path, value) {
  let node = line;
  for (const part of path.slice(0, -1)) node = node[part] ??= {};
  if (value === null) delete node[path.at(-1)];
  else node[path.at(-1)] = value;
}

export function same(first, second) {
  return JSON.stringify(first ?? null) === JSON.stringify(second ?? null);
}
