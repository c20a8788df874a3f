/** The draft as the page holds it. Operations mean the same as on the server (products/operations.py). */

export class Draft {
  constructor(document) {
    this.replace(document);
  }

  replace(document) {
    this.document = document;
    this.#index();
  }

  get processes() {
    return this.document.processes;
  }

  /** Every line in order. */
  get lines() {
    return this.processes.flatMap((process) => process.lines);
  }

  line(id) {
    return this.places.get(id)?.line;
  }

  processOf(id) {
    return this.places.get(id)?.process;
  }

  /** What stands at a path of a line, null where nothing does. */
  value(id, path) {
    return at(this.line(id), path);
  }

  /** A set operation that carries what it replaces, so that nobody's change is lost unseen. */
  set(id, path, value) {
    return { op: "set", path: ["lines", id, ...path], value, was: copy(this.value(id, path)) };
  }

  remove(id) {
    return { op: "remove", path: ["lines", id], was: copy(this.line(id)) };
  }

  insert(process, value, after) {
    return { op: "insert", path: ["processes", process, "lines"], value, after };
  }

  /** Carries out operations that were made here or came from the server. */
  apply(operations) {
    for (const operation of operations) this[`_${operation.op}`](operation);
    this.#index();
  }

  freshId() {
    for (;;) {
      const id = `n${Math.random().toString(36).slice(2, 8)}`;
      if (!this.places.has(id)) return id;
    }
  }

  _set({ path, value }) {
    const parents = this.#resolved(path).slice(0, -1);
    const key = path.at(-1);
    let node = this.document;
    for (const part of parents) {
      if (!Array.isArray(node) && node[part] === undefined) {
        if (value === null) return;
        node[part] = {};
      }
      node = step(node, part);
    }
    if (value === null || value === undefined) delete node[key];
    else node[key] = copy(value);
  }

  _insert({ path, value, after }) {
    const siblings = at(this.document, this.#resolved(path));
    const record = copy(value);
    if (path.at(-1) === "processes") record.lines ??= [];
    siblings.splice(after === null ? 0 : behind(siblings, after), 0, record);
    this.#index();
  }

  _remove({ path }) {
    const whole = this.#resolved(path);
    const siblings = at(this.document, whole.slice(0, -1));
    siblings.splice(siblings.findIndex((item) => item.id === whole.at(-1)), 1);
    this.#index();
  }

  _move({ path, after }) {
    const whole = this.#resolved(path);
    const siblings = at(this.document, whole.slice(0, -1));
    const [moved] = siblings.splice(siblings.findIndex((item) => item.id === whole.at(-1)), 1);
    siblings.splice(after === null ? 0 : behind(siblings, after), 0, moved);
  }

  #resolved(path) {
    if (path[0] !== "lines") return path;
    return ["processes", this.processOf(path[1]).id, ...path];
  }

  #index() {
    this.places = new Map();
    for (const process of this.document.processes) {
      for (const line of process.lines) this.places.set(line.id, { process, line });
    }
  }
}

/** What stands at a path, null where nothing does. */
export function at(node, path) {
  for (const part of path) {
    if (node === null || node === undefined) return null;
    node = step(node, part);
  }
  return node ?? null;
}

function step(node, part) {
  return Array.isArray(node) ? node.find((item) => item.id === part) : node[part];
}

function behind(siblings, id) {
  const position = siblings.findIndex((item) => item.id === id);
  return position < 0 ? siblings.length : position + 1;
}

export function copy(value) {
  return value === undefined ? null : structuredClone(value);
}

