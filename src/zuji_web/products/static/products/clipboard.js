/** Copying out of and pasting into the grid, in the form that spreadsheets use. */

import { fillRange, putMatrix } from "./pasting.js";
import { parse, write } from "./tsv.js";

export function copy(grid, event) {
  if (grid.editing) return;
  const { top, bottom, left, right } = grid.range;
  const rows = grid.rows.slice(top, bottom + 1).map(({ id }) => {
    const line = grid.draft.line(id);
    return grid.columns.all
      .slice(left, right + 1)
      .map((column) => (line ? grid.columns.plain(line, column, grid.live) : ""));
  });
  event.clipboardData.setData("text/plain", write(rows));
  event.preventDefault();
}

export function cut(grid, event) {
  if (grid.editing) return;
  copy(grid, event);
  grid.clear();
}

export function paste(grid, event) {
  if (grid.editing) return;
  event.preventDefault();
  const matrix = parse(event.clipboardData.getData("text/plain"));
  const { top, bottom, left, right } = grid.range;
  const one = matrix.length === 1 && matrix[0].length === 1;
  if (one && (bottom > top || right > left)) enter(grid, fillRange({ ...parts(grid), range: grid.range, text: matrix[0][0] }));
  else put(grid, matrix);
}

/** Texts from the upper left cell of the range on. */
export function put(grid, matrix) {
  const { top, left } = grid.range;
  enter(grid, putMatrix({ ...parts(grid), row: top, column: left, matrix }));
}

/** Carries out what was pasted and says what of it found no place. */
function enter(grid, { operations, lost }) {
  grid.step(operations);
  if (lost.length) grid.dispatchEvent(new CustomEvent("lost", { detail: { columns: lost }, bubbles: true }));
}

const parts = ({ draft, columns, rows, live }) => ({ draft, columns, rows, live });
