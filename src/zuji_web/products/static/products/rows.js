/** The elements of the grid: table, headings, rows. What stands in them is filled in by the grid. */

import { element } from "./dom.js";

export function gridTable(columns, strings, editable) {
  const head = element("tr", {}, cell("th", "zg-number", "#"));
  for (const column of columns.all) {
    const heading = cell("th", `zg-${column.key}${column.numeric ? " is-numeric" : ""}`, column.label);
    heading.scope = "col";
    head.append(heading);
  }
  const attributes = { role: "grid", aria_label: strings.grid, aria_multiselectable: "true", aria_readonly: editable ? null : "true" };
  return element("table", { className: "zg-table", ...attributes }, element("thead", {}, head));
}

/** A heading over the lines of a process: its name and what their amounts are for. */
export function processRow(columns, process, strings) {
  const heading = cell("th", "", process.name || process.id);
  heading.colSpan = columns.all.length + 1;
  heading.scope = "rowgroup";
  heading.append(element("span", { className: "zg-basis", text: columns.basis(process, strings) }));
  return element("tr", { className: "zg-process" }, heading);
}

/** A row for a line, or without an id for one that may be begun. */
export function lineRow(columns, { id, number }, position) {
  const heading = cell("th", "zg-number", number || "+");
  heading.scope = "row";
  const cells = columns.all.map((column) => cell("td", `zg-${column.key}${column.numeric ? " is-numeric" : ""}`, ""));
  return element("tr", { className: id ? "" : "is-new", data_row: String(position) }, heading, ...cells);
}

function cell(name, className, text) {
  return element(name, { className }, element("span", { text }));
}
