/** Cells as spreadsheets put them on the clipboard: tabs, line breaks, quotation marks around both. */

/** Rows of cells; a quoted cell may hold tabs and line breaks. */
export function parse(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") {
      rows.at(-1).push(cell);
      cell = "";
    } else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[i + 1] === "\n") i += 1;
      rows.at(-1).push(cell);
      cell = "";
      rows.push([]);
    } else cell += sign;
  }
  rows.at(-1).push(cell);
  // Spreadsheets end the last row with a line break, which is not a row of its own.
  if (rows.length > 1 && rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows.map((row) => row.map((value) => value.trim()));
}

/** Rows of cells as text for a spreadsheet. */
export function write(rows) {
  return rows.map((row) => row.map(quote).join("\t")).join("\r\n");
}

function quote(value) {
  const text = String(value);
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
