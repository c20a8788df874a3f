/** What keys do in the grid, as people know it from spreadsheets. */

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const PAGE = 15;
const ENDS_RUN = { Escape: 1, Home: 1, End: 1, PageUp: 1, PageDown: 1 };

export function handleKey(grid, event) {
  // While an input method composes, every key is its own.
  if (event.isComposing || event.keyCode === 229) return;
  const from = { ...grid.active };
  const handled = grid.editing ? whileEditing(grid, event) : whileMoving(grid, event);
  if (!handled) return;
  event.preventDefault();
  followTabs(grid, event.key, from);
}

/** Enter after a run of Tabs goes on one row below where the run began, as in a spreadsheet. */
function followTabs(grid, key, from) {
  if (key === "Tab") grid.tabbedFrom ??= from.column;
  else if (key === "Enter" && grid.tabbedFrom !== undefined && grid.active.row !== from.row) {
    grid.move(0, grid.tabbedFrom - grid.active.column);
    grid.tabbedFrom = undefined;
  } else if (key in ARROWS || key in ENDS_RUN) grid.tabbedFrom = undefined;
}

function whileEditing(grid, event) {
  const arrow = ARROWS[event.key];
  if (event.key === "Enter") grid.commit();
  else if (event.key === "Escape") {
    grid.cancel();
    return true;
  } else if (event.key === "Tab") {
    grid.commit();
    grid.move(0, event.shiftKey ? -1 : 1, { wrap: true });
    return true;
  } else if (arrow && grid.editing === "type" && !grid.editor.hasAttribute("list")) {
    // Whoever began by typing means to go on to the next cell.
    grid.commit();
    grid.move(...arrow);
    return true;
  } else return false;
  grid.move(event.shiftKey ? -1 : 1, 0);
  return true;
}

function whileMoving(grid, event) {
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey) return withAlt(grid, event);
  if (ARROWS[event.key]) return arrow(grid, event, command);
  if (command) return withCommand(grid, event);
  const extend = event.shiftKey;
  const width = grid.columns.all.length;
  const actions = {
    Enter: () => (grid.column.fixed ? grid.edit("edit") : grid.move(extend ? -1 : 1, 0)),
    Tab: () => grid.move(0, extend ? -1 : 1, { wrap: true }),
    F2: () => grid.edit("edit"),
    Delete: () => grid.clear(),
    Backspace: () => grid.clear(),
    Home: () => grid.move(0, -width, { extend }),
    End: () => grid.move(0, width, { extend }),
    PageUp: () => grid.move(-PAGE, 0, { extend }),
    PageDown: () => grid.move(PAGE, 0, { extend }),
    Escape: () => leave(grid),
  };
  if (event.key === "Tab" && atTheEdge(grid, extend)) return false;
  actions[event.key]?.();
  return event.key in actions;
}

/** Tab leaves the grid at its first and last cell, so that nobody is caught in it. */
function atTheEdge(grid, backwards) {
  const { row, column } = grid.active;
  if (backwards) return row === 0 && column === 0;
  return row === grid.rows.length - 1 && column === grid.columns.all.length - 1;
}

/** Escape leaves the grid for what comes after it. */
function leave(grid) {
  grid.dispatchEvent(new CustomEvent("leave", { bubbles: true }));
}

function arrow(grid, event, command) {
  const [rows, columns] = ARROWS[event.key];
  const far = command ? 1e6 : 1;
  grid.move(rows * far, columns * far, { extend: event.shiftKey });
  return true;
}

function withAlt(grid, event) {
  if (event.key === "ArrowDown" && !event.shiftKey) grid.edit("edit");
  else if (event.shiftKey && event.key === "ArrowUp") grid.shift(-1);
  else if (event.shiftKey && event.key === "ArrowDown") grid.shift(1);
  else return false;
  return true;
}

function withCommand(grid, event) {
  const actions = {
    a: () => {
      grid.move(-1e6, -1e6);
      grid.move(1e6, 1e6, { extend: true });
    },
    d: () => grid.fillDown(),
    Home: () => grid.move(-1e6, -1e6, { extend: event.shiftKey }),
    End: () => grid.move(1e6, 1e6, { extend: event.shiftKey }),
    Enter: () => grid.insert(),
    Delete: () => grid.drop(),
  };
  const action = actions[event.key];
  action?.();
  return Boolean(action);
}
