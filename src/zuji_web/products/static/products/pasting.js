/** Blocks of texts put into the grid: which field each column is for, and which found no place. */

import { chosen, Fresh, Present, readNumber, typedNumber } from "./columns.js";
import { at } from "./draft.js";
import { blank } from "./steps.js";

const SEPARATORS = /[、,，;；]/;
// A kind decides which details there are, a factor which version; both come before what hangs on them.
const FIRST = ["kind", "detail", "factor"];
// Sheets of the workbook that hold one kind of line have no column for it.
const KINDS_OF_FIELDS = ["transport", "fuel", "recycling"];

/**
 * A matrix of texts from a cell on, as operations; lines are made where there are none. `lost` names the
 * columns of which some text found no place.
 */
export function putMatrix({ draft, columns, rows, live, row, column, matrix }) {
  const { fields, kind, body } = blockOf(columns, column, matrix);
  const process = fields.find(({ target }) => target?.key === "process");
  const operations = [];
  const made = new Map();
  const lost = new Set(losesOrder(fields, body));
  let position = row;
  for (const texts of body) {
    // Beyond the last line of a process everything becomes new lines of that process.
    const place = rows[position];
    if (!place.id && texts.every((text) => text === "")) continue;
    const wanted = process && processNamed(draft, texts[process.index] ?? "");
    const home = place.id ? place.process : (wanted ?? place.process);
    const target = place.id ? new Present(draft, place.id) : new Fresh(blank(draft, home, made.get(home)));
    if (kind) columns.changeKind(target, kind);
    for (const field of fields) {
      const text = (texts[field.index] ?? "").trim();
      const taken = field === process ? wanted === home : put(target, field.target, text, { columns, live });
      if (text !== "" && !taken) lost.add(field.name);
    }
    if (place.id) {
      operations.push(...target.operations);
      position += 1;
    } else operations.push(insertion(draft, target.line, home, made));
  }
  return { operations, lost: [...lost] };
}

/** The same text in every cell of a range. */
export function fillRange({ draft, columns, rows, live, range, text }) {
  const operations = [];
  const lost = new Set();
  for (const { id } of rows.slice(range.top, range.bottom + 1)) {
    if (!id) continue;
    const target = new Present(draft, id);
    for (const column of columns.all.slice(range.left, range.right + 1)) {
      if (!put(target, column, text, { columns, live }) && text !== "") lost.add(column.label);
    }
    operations.push(...target.operations);
  }
  return { operations, lost: [...lost] };
}

/** Puts a text into a field of a line; whether it has a place there. */
function put(target, field, text, { columns, live }) {
  if (!field || field.key === "id") return false;
  if (field.key === "order") return true;
  if (field.kind === "result") return false;
  if (field.kind === "factor") return putFactor(target, text, live);
  if (field.kind === "detail" && !columns.inline(target.line)) return false;
  if (!field.cell) columns.enter(target, field, text);
  else if (field.key === "factor") setFactor(target, text);
  else putField(target, field, text, columns);
  return true;
}

/** In the column of factors stand names: those that this study uses already are understood. */
function putFactor(target, text, live) {
  if (text === "") return true;
  const used = Object.values(live?.factors ?? {}).filter(({ id, name }) => id === text || name === text);
  if (used.length !== 1) return false;
  setFactor(target, used[0].id);
  return true;
}

function setFactor(target, code) {
  if (code === "" || at(target.line, ["factor"]) === code) return;
  target.put(["factor"], code);
  target.put(["factor_version"], null);
}

/** A field that has no column of its own in the grid. */
function putField(target, field, text, columns) {
  if (text === "" && at(target.line, field.path) === null) return;
  target.put(field.path, text === "" ? null : read(field, text, columns));
}

/** What a cell of the workbook means; a text that is nothing of the kind stays, and is then a mistake. */
function read(field, text, { vocabulary, draft }) {
  if (field.cell === "number") return typedNumber(text);
  if (field.cell === "share") return share(text);
  if (field.cell === "list") return text.split(SEPARATORS).map((part) => part.trim()).filter(Boolean);
  if (field.cell === "choice") return chosen(field.choices, text);
  if (field.cell === "truth") return truth(chosen(field.choices, text));
  if (field.key === "fuel.fuel") return chosen(vocabulary.fuels, text);
  if (field.key === "direct_emission.gas") return chosen(vocabulary.gases, text);
  if (field.key === "sub_assembly.process") return processNamed(draft, text)?.id ?? text;
  return text;
}

function share(text) {
  const percent = text.match(/^(.*\S)\s*[%％]$/);
  const number = percent && readNumber(percent[1]);
  return percent && number !== null ? Number((number / 100).toPrecision(15)) : typedNumber(text);
}

function truth(value) {
  return value === "true" ? true : value === "false" ? false : value;
}

function processNamed(draft, text) {
  const named = text.trim();
  return named === "" ? undefined : draft.processes.find(({ id, name }) => id === named || name === named);
}

/** The fields of a block: by its headings where the first row is one, else by place. */
function blockOf(columns, start, matrix) {
  const headings = matrix[0].map((text) => columns.named(text));
  if (matrix.length > 1 && headings.filter(Boolean).length >= 2) {
    const fields = headings.map((target, index) => ({ target, index, name: matrix[0][index] || `#${index + 1}` }));
    const keys = headings.flatMap((target) => (target ? [target.key] : []));
    const kind = keys.includes("kind") ? "" : KINDS_OF_FIELDS.find((each) => keys.some((key) => key.startsWith(`${each}.`)));
    return { fields: fields.sort((one, other) => rank(one) - rank(other)), kind, body: matrix.slice(1) };
  }
  const width = Math.max(...matrix.map((texts) => texts.length));
  const fields = Array.from({ length: width }, (_none, index) => {
    const target = columns.all[start + index];
    return { target, index, name: target?.label ?? `#${index + 1}` };
  });
  // A result that was copied with its line is calculated anew; nothing is lost with it.
  const entered = fields.filter(({ target }) => target?.kind !== "result");
  return { fields: entered.sort((one, other) => rank(one) - rank(other)), kind: "", body: matrix };
}

function rank({ target }) {
  const place = FIRST.indexOf(target?.key);
  return place < 0 ? FIRST.length : place;
}

/** Lines stand in the order in which they were pasted; numbers that say otherwise are not followed. */
function losesOrder(fields, body) {
  const order = fields.find(({ target }) => target?.key === "order");
  if (!order) return [];
  const numbers = body.map((texts) => texts[order.index] ?? "").filter((text) => text !== "").map(readNumber);
  const rising = numbers.every((number, index) => number !== null && (index === 0 || numbers[index - 1] <= number));
  return rising ? [] : [order.name];
}

function insertion(draft, line, process, made) {
  const after = made.get(process)?.id ?? process.lines.at(-1)?.id ?? null;
  made.set(process, line);
  return draft.insert(process.id, line, after);
}
