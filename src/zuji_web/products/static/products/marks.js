/** Signs at lines that somebody should look at: doubts about certificates, and open comments of a review. */

import { element, fill, icon } from "./dom.js";

/** Doubts and open comments by line. */
export class Marks {
  constructor({ comments, strings, icons }) {
    Object.assign(this, { strings, icons, doubts: new Map(), comments: byLine(comments) });
  }

  showLive(live) {
    this.doubts = byLine(live?.doubts ?? []);
  }

  get any() {
    return this.doubts.size > 0 || this.comments.size > 0;
  }

  doubtsOf(id) {
    return this.doubts.get(id) ?? [];
  }

  commentsOf(id) {
    return this.comments.get(id) ?? [];
  }

  /** What the signs of a line say, a sentence each. */
  told(id) {
    return [
      ...this.doubtsOf(id).map(({ text }) => fill(this.strings.doubt, { text })),
      ...this.commentsOf(id).map((comment) => fill(this.strings.comment, { who: comment.author, text: comment.text })),
    ];
  }

  /** The signs of a line as elements: a button to the field in doubt, a link to the first open comment. */
  drawn(id, open) {
    const [doubt] = this.doubtsOf(id);
    const [comment] = this.commentsOf(id);
    const said = this.told(id);
    const doubted = said.slice(0, this.doubtsOf(id).length).join("\n");
    const commented = said.slice(this.doubtsOf(id).length).join("\n");
    return [
      doubt ? this.#sign("button", "doubt", "warning", doubted, { type: "button", onclick: () => open(doubt.field) }) : null,
      comment ? this.#sign("a", "comment", "comment", commented, { href: comment.url }) : null,
    ].filter(Boolean);
  }

  /** The same for a card, which is a button itself: in words. */
  worded(id) {
    const signs = [...this.doubtsOf(id).map(() => "warning"), ...this.commentsOf(id).map(() => "comment")];
    return this.told(id).map((text, index) => element("span", { className: "zk-mark" }, icon(this.icons, signs[index]), text));
  }

  #sign(name, kind, picture, text, attributes) {
    return element(name, { className: `zg-sign is-${kind}`, title: text, aria_label: text, ...attributes }, icon(this.icons, picture));
  }
}

function byLine(found) {
  const lines = new Map();
  for (const each of found) if (each.line) lines.set(each.line, [...(lines.get(each.line) ?? []), each]);
  return lines;
}
