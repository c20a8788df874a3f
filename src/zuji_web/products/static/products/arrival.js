/** The place that an address names: /products/<id>/?line=L3&field=quantity.amount, as the check page links. */

import { Columns } from "./columns.js";

/** How the calculation calls parts of a line's detail. */
const PARTS = new Set(["gas", "distance", "process"]);
const CELLS = new Map([
  ["quantity", "amount"],
  ["quantity.amount", "amount"],
  ["quantity.unit", "unit"],
  ["factor", "factor"],
]);

/** The line and field of an address; `line` is undefined where the inventory no longer has it, null without one. */
export function arrival(search, draft) {
  const asked = new URLSearchParams(search);
  const id = asked.get("line");
  if (!id) return null;
  const line = draft.line(id);
  return { line, field: line ? fieldOf(asked.get("field") ?? "", line) : "" };
}

/** A field as the panel names it: `detail` and `gas` stand below the line's kind. */
function fieldOf(field, line) {
  if (field === "detail") return line.kind;
  return PARTS.has(field.split(".")[0]) ? `${line.kind}.${field}` : field;
}

/** The grid's column in which a field is mended, "" where only the panel has it. */
export function cellOf(field) {
  return CELLS.get(field) ?? (Columns.CELLS.includes(field) ? field : "");
}
