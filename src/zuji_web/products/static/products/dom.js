/** Building elements without markup in strings. */

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties, attributes (`aria_label` becomes aria-label) and children. */
export function element(name, { text, className, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key.replaceAll("_", "-"), value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A line icon of the set at `source`; what it means is said by the element around it. */
export function icon(source, name) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  made.append(document.createElementNS(SVG, "use"));
  made.firstChild.setAttribute("href", `${source}#${name}`);
  return made;
}

/** A sentence with named places: "%(count)s lines" and {count: 3}. */
export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_whole, key) => values[key]);
}
