/** What people do to many cells at once, as operations: one list is one step that can be undone. */

import { Present } from "./columns.js";

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
