/** Building elements without markup in strings. */

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

/** A sentence with named places: "%(count)s lines" and {count: 3}. */
export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (_whole, key) => values[key]);
}
