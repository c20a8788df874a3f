/** What people do to many cells at once, as operations: one list is one step that can be undone. */

import { Fresh, Present } from "./columns.js";

/** A matrix of texts put into the grid from a cell on; lines are made where there are none. */
export function putMatrix({ draft, columns, rows, row, column, matrix }) {
  const { targets, body } = columnsOf(columns, column, matrix);
  const operations = [];
  const made = new Map();
  let position = row;
  for (const texts of body) {
    // Beyond the last line of a process everything becomes new lines of that process.
    const at = rows[position];
    const target = at.id ? new Present(draft, at.id) : new Fresh(blank(draft, at.process, made.get(at.process)));
    texts.forEach((text, index) => targets[index] && columns.enter(target, targets[index], text));
    if (at.id) {
      operations.push(...target.operations);
      position += 1;
    } else if (texts.some((text) => text !== "")) operations.push(insertion(draft, target.line, at.process, made));
  }
  return operations;
}

/** The same text in every cell of a range. */
export function fillRange({ draft, columns, rows, range, text }) {
  return overRange({ draft, columns, rows, range }, (target, column) => columns.enter(target, column, text));
}

/** Empties the cells of a range; what cannot be empty stays. */
export function clearRange({ draft, columns, rows, range }) {
  return overRange({ draft, columns, rows, range }, (target, column) => {
    if (column.kind === "factor") {
      target.put(["factor"], null);
      target.put(["factor_version"], null);
      target.put(["stated"], null);
    } else columns.enter(target, column, "");
  });
}

/** Copies the first row of a range into the rows below it. */
export function fillDown({ draft, columns, rows, range }) {
  const first = draft.line(rows[range.top].id);
  if (!first) return [];
  const below = { ...range, top: range.top + 1 };
  return overRange({ draft, columns, rows, range: below }, (target, column) => {
    if (column.kind === "factor") {
      for (const key of ["factor", "factor_version", "stated"]) target.put([key], first[key] ?? null);
    } else columns.enter(target, column, columns.plain(first, column, null));
  });
}

/** Removes lines. */
export function removeLines(draft, ids) {
  return ids.map((id) => draft.remove(id));
}

/** Copies of lines, behind the last of them. */
export function duplicateLines(draft, ids) {
  let after = ids.at(-1);
  const process = draft.processOf(after);
  return ids.map((id) => {
    const line = { ...structuredClone(draft.line(id)), id: draft.freshId() };
    const operation = draft.insert(process.id, line, after);
    after = line.id;
    return operation;
  });
}

/** An empty line behind another, or at the end of a process. */
export function insertLine(draft, process, after) {
  const line = blank(draft, process, after);
  return draft.insert(process.id, line, (after ?? process.lines.at(-1))?.id ?? null);
}

/** A new line continues the stage and kind of the one above it; nothing else is assumed. */
export function blank(draft, process, after) {
  const above = after ?? process.lines.at(-1) ?? {};
  return {
    id: draft.freshId(),
    stage: above.stage ?? draft.document.boundary?.stages?.[0] ?? "raw_material",
    kind: above.kind ?? "material",
    item: "",
  };
}

function overRange({ draft, columns, rows, range }, change) {
  const operations = [];
  for (const { id } of rows.slice(range.top, range.bottom + 1)) {
    if (!id) continue;
    const target = new Present(draft, id);
    for (const column of columns.all.slice(range.left, range.right + 1)) change(target, column);
    operations.push(...target.operations);
  }
  return operations;
}

function insertion(draft, line, process, made) {
  const after = made.get(process)?.id ?? process.lines.at(-1)?.id ?? null;
  made.set(process, line);
  return draft.insert(process.id, line, after);
}

/** Which column each pasted one is for: by its heading where the first row is one, else by its place. */
function columnsOf(columns, start, matrix) {
  const headings = matrix[0].map((text) => columns.named(text));
  if (matrix.length > 1 && headings.filter(Boolean).length >= 2) {
    return { targets: headings, body: matrix.slice(1) };
  }
  const width = Math.max(...matrix.map((texts) => texts.length));
  return { targets: Array.from({ length: width }, (_none, index) => columns.all[start + index]), body: matrix };
}
