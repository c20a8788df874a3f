/** Copying out of and pasting into the grid, in the form that spreadsheets use. */

import { fillRange, putMatrix } from "./steps.js";
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
  if (one && (bottom > top || right > left)) grid.step(fillRange({ ...parts(grid), range: grid.range, text: matrix[0][0] }));
  else put(grid, matrix);
}

/** Texts from the upper left cell of the range on. */
export function put(grid, matrix) {
  const { top, left } = grid.range;
  grid.step(putMatrix({ ...parts(grid), row: top, column: left, matrix }));
}

const parts = ({ draft, columns, rows }) => ({ draft, columns, rows });
