/** Sends what people do to the server, one step after another, and tells what came of it. */

const RETRY = [1000, 3000, 8000, 20000];

export class Saver extends EventTarget {
  #waiting = [];
  #busy = false;
  #failures = 0;

  constructor({ api, revision, token, language }) {
    super();
    Object.assign(this, { api, revision, token, language });
  }

  get pending() {
    return this.#waiting.length + (this.#busy ? 1 : 0);
  }

  /** Operations that are not confirmed yet, oldest first. */
  get unconfirmed() {
    return this.#waiting.flatMap((task) => task.operations ?? []);
  }

  /** One step of the person: a list of operations. */
  push(operations) {
    this.#waiting.push({ path: "edits", body: { operations }, operations });
    this.#run();
  }

  /** Anything else that changes the study: undo, redo, matches. */
  ask(path, body = {}) {
    return new Promise((resolve) => {
      this.#waiting.push({ path, body, resolve });
      this.#run();
    });
  }

  /** When everything that was done so far is saved. */
  settled() {
    if (!this.pending) return Promise.resolve();
    return new Promise((resolve) => {
      const hear = ({ detail }) => {
        if (detail.state !== "saved") return;
        this.removeEventListener("state", hear);
        resolve();
      };
      this.addEventListener("state", hear);
    });
  }

  /** An answer of the API about the study; the study itself for an empty path. */
  async read(path = "") {
    await this.settled();
    const response = await fetch(path ? `${this.api}/${path}` : this.api, { headers: this.#headers() });
    return response.ok ? response.json() : Promise.reject(await refusal(response));
  }

  async #run() {
    if (this.#busy) return;
    while (this.#waiting.length) {
      this.#busy = true;
      this.#tell("state", { state: this.#failures ? "offline" : "saving" });
      const done = await this.#send(this.#waiting[0]);
      if (!done) return;
    }
    this.#busy = false;
    this.#tell("state", { state: "saved" });
  }

  async #send(task) {
    let response;
    try {
      response = await fetch(`${this.api}/${task.path}`, {
        method: "POST",
        headers: { ...this.#headers(), "Content-Type": "application/json", "If-Match": `"${this.revision}"` },
        body: JSON.stringify(task.body),
      });
    } catch {
      return this.#later(task);
    }
    if (response.status >= 500 || response.status === 429) return this.#later(task);
    this.#failures = 0;
    this.#waiting.shift();
    if (response.ok) {
      const answer = await response.json();
      this.revision = answer.revision;
      this.#tell("saved", { answer, own: Boolean(task.operations) });
      task.resolve?.(answer);
    } else {
      const lost = [task, ...this.#waiting.splice(0)].flatMap((each) => each.operations ?? []);
      this.#tell("refused", { refusal: await refusal(response), lost, retried: task.retried });
      task.resolve?.(null);
    }
    return true;
  }

  #later(task) {
    // It may have arrived all the same: what is refused then was saved before.
    task.retried = true;
    this.#busy = false;
    const wait = RETRY[Math.min(this.#failures, RETRY.length - 1)];
    this.#failures += 1;
    this.#tell("state", { state: "offline" });
    setTimeout(() => this.#run(), wait);
    return false;
  }

  #headers() {
    return { Accept: "application/json", "Accept-Language": this.language, "X-CSRFToken": this.token };
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

async function refusal(response) {
  try {
    return { status: response.status, ...(await response.json()) };
  } catch {
    return { status: response.status, title: response.statusText, detail: "", problems: [] };
  }
}
