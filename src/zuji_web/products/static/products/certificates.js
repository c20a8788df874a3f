/** The certificates of a line of electricity: a row each, saved as one list; what is wrong stands at its row. */

import { typedNumber } from "./columns.js";
import { element, fill } from "./dom.js";

const FIELD = "electricity.certificates";
const ISO_DAY = /^(\d{4}-\d\d-\d\d)?$/;
const KWH = { kWh: 1, MWh: 1000, GWh: 1e6 };

/** `value` is the stored list; `change` is called with the whole new one. `context` is the panel's. */
export function certificates({ value, common, context, change }) {
  const { strings, editable, line } = context;
  const held = Array.isArray(value) ? value : [];
  const rows = context.adding === line.id ? [...held, {}] : held;
  // Each change builds on the list as it stands then, which others may have changed since it was drawn.
  const keep = (build) =>
    change((now) => {
      const list = build(Array.isArray(now) ? now : []).filter((each) => Object.keys(each).length);
      return list.length ? list : null;
    });
  const drawn = rows.map((record, index) => {
    const put = (key, next) => keep((now) => changed(now, index, key, next));
    const drop = () => keep((now) => now.toSpliced(index, 1));
    return row({ record, index, id: `${common.id}-${index}`, context, put, drop });
  });
  const add = element("button", { type: "button", id: common.id, className: "btn btn-sm", text: strings.add_certificate, onclick: () => context.add() });
  return element(
    "div",
    { className: "zl-certificates" },
    ...notes(context, (field) => field === FIELD),
    rows.length ? null : element("p", { className: "form-hint", text: strings.no_certificates }),
    ...drawn,
    sum(held, context),
    editable && context.adding !== line.id ? add : null,
  );
}

/** The list with one part of a record changed, which may be new; an empty part is left out. */
function changed(list, index, key, next) {
  const record = { ...list[index], [key]: next };
  if (next === null) delete record[key];
  return [...list.slice(0, index), record, ...list.slice(index + 1)];
}

function row({ record, index, id, context, put, drop }) {
  const { vocabulary, strings, editable } = context;
  const parts = Object.entries(vocabulary.certificate).map(([key, label]) => {
    const wrong = context.problems.some((problem) => problem.field === `${FIELD}[${index}].${key}`);
    const input = element("input", {
      id: `${id}-${key}`,
      type: key === "cancelled_on" && ISO_DAY.test(record[key] ?? "") ? "date" : "text",
      className: `form-control form-control-sm${key === "kwh" ? " number" : ""}${wrong ? " is-invalid" : ""}`,
      inputmode: key === "kwh" ? "decimal" : null,
      placeholder: key === "generated" ? "2024-07" : null,
      autocomplete: "off",
      maxlength: 200,
      disabled: !editable,
      aria_describedby: `${id}-notes`,
      aria_invalid: wrong ? "true" : null,
    });
    input.value = input.dataset.shown = record[key] ?? "";
    input.addEventListener("change", () => put(key, key === "kwh" ? typedNumber(input.value) : input.value.trim() || null));
    return element("div", { className: `zl-part is-${key}` }, element("label", { className: "form-label", for: input.id, text: label }), input);
  });
  const own = (field) => field === `${FIELD}[${index}]` || field.startsWith(`${FIELD}[${index}].`);
  const remove = fill(strings.remove_certificate, { number: record.number || index + 1 });
  return element(
    "div",
    { className: "zl-certificate", role: "group", aria_label: `${vocabulary.fields[FIELD].label} ${index + 1}` },
    ...parts,
    element("div", { className: "zl-notes", id: `${id}-notes` }, ...notes(context, own)),
    editable ? element("button", { type: "button", className: "btn-close zl-drop", aria_label: remove, title: remove, onclick: drop }) : null,
  );
}

/** What is wrong and what is doubtful at the fields that `own` accepts. */
function notes({ problems, doubts }, own) {
  return [
    ...problems.filter(({ field }) => own(field)).map(({ text }) => element("p", { className: "invalid-feedback d-block", text })),
    ...doubts.filter(({ field }) => own(field)).map(({ text }) => element("p", { className: "zl-doubt", text })),
  ];
}

/** How much of the line the certificates cover, where its unit tells. */
function sum(held, { strings, line, columns }) {
  const { amount, unit } = line.quantity ?? {};
  if (!held.length || typeof amount !== "number" || !KWH[unit]) return null;
  const kwh = held.reduce((total, each) => total + (typeof each.kwh === "number" ? each.kwh : 0), 0);
  const used = amount * KWH[unit];
  const text = fill(strings.certified, { held: columns.full.format(kwh), used: columns.full.format(used) });
  return element("p", { className: `form-hint number${kwh < used ? " is-short" : ""}`, text });
}
