/** The fields of one line in the panel, by kind, and the controls that show them. */

import { certificates } from "./certificates.js";
import { typedNumber } from "./columns.js";
import { at } from "./draft.js";
import { element } from "./dom.js";

const text = (path, options) => ({ path, type: "text", ...options });
const number = (path, options) => ({ path, type: "number", ...options });
const choice = (path, choices, options) => ({ path, type: "choice", choices, ...options });
const check = (path, options) => ({ path, type: "check", ...options });

/** What zuji.model.lines takes where a parameter of the recycling formula is not stated. */
const RECYCLING_DEFAULTS = { r1: 0, r2: 0, r3: 0, a: 0.5, b: 0, qs_in: 1, qs_out: 1 };

const DETAILS = {
  transport: [number("transport.distance.amount"), text("transport.distance.unit", { absent: "km" }), check("transport.aircraft")],
  fuel: [
    choice("fuel.fuel", "fuels", { empty: true }),
    number("fuel.ncv"),
    text("fuel.ncv_per", { absent: "t" }),
    number("fuel.carbon_content"),
    number("fuel.oxidation"),
    number("fuel.ch4"),
    number("fuel.n2o"),
    check("fuel.biogenic"),
  ],
  direct_emission: [choice("direct_emission.gas", "gases", { empty: true }), check("direct_emission.biogenic")],
  sub_assembly: [choice("sub_assembly.process", "processes", { empty: true }), choice("sub_assembly.product", "products", { empty: true })],
  recycling: [
    choice("recycling.method", "recycling_methods", { absent: "cff" }),
    ...Object.entries(RECYCLING_DEFAULTS).map(([key, value]) => number(`recycling.${key}`, { placeholder: value })),
    ...["lhv", "heat_efficiency", "electricity_efficiency"].map((key) => number(`recycling.${key}`)),
  ],
  biogenic_carbon: [choice("biogenic_carbon.removal", "removals", { absent: true })],
};

const ELECTRICITY = {
  treatment: choice("electricity.treatment", "treatments", { absent: "grid" }),
  attributes: check("electricity.attributes"),
  sole_claim: check("electricity.sole_claim"),
  tracked: check("electricity.tracked"),
  close_in_time: check("electricity.close_in_time"),
  same_market: check("electricity.same_market"),
  certificates: { path: "electricity.certificates", type: "certificates" },
  attributes_sold: choice("electricity.attributes_sold", "sold", { empty: true }),
};
/** What each treatment is asked; the grid needs nothing more. */
const TREATED = {
  contract: ["attributes", "sole_claim", "tracked", "close_in_time", "same_market", "certificates"],
  own: ["attributes_sold"],
  direct_line: ["attributes_sold"],
};

/** The fields of a line of electricity: those of its treatment, those that hold something, and the wanted one. */
function electricity(line, wanted) {
  const detail = line.electricity ?? {};
  const asked = new Set(["treatment", ...(TREATED[detail.treatment] ?? []), ...Object.keys(detail), wanted.match(/^electricity\.(\w+)/)?.[1]]);
  return Object.entries(ELECTRICITY).flatMap(([key, field]) => (asked.has(key) ? [field] : []));
}

/** Whether a line has a location-based result beside its own. */
export function treated(line, wanted = "") {
  const { treatment = "grid", location_factor } = line.electricity ?? {};
  return line.kind === "electricity" && (treatment !== "grid" || Boolean(location_factor) || wanted.startsWith("electricity.location_factor"));
}

const SCORES = ["technology", "geography", "time", "precision"];
const SPREADS = { lognormal: ["spread"], normal: ["spread"], triangular: ["low", "high"], uniform: ["low", "high"] };

/** Sections of fields for a line; `wanted` is a field that is to be seen in any case. */
export function sectionsOf(line, process, wanted = "") {
  const spread = SPREADS[line.uncertainty?.distribution] ?? [];
  return [
    {
      key: "basics",
      fields: [text("item"), number("quantity.amount"), text("quantity.unit", { list: "units" }), choice("stage", "stages"), choice("kind", "kinds")],
    },
    { key: "details", fields: line.kind === "electricity" ? electricity(line, wanted) : (DETAILS[line.kind] ?? []) },
    { key: "factor", fields: [] },
    {
      key: "evidence",
      fields: [choice("data_source", "data_sources", { absent: "measured" }), text("supplier"), text("evidence"), text("source"), text("note")],
    },
    {
      key: "quality",
      fields: [
        ...SCORES.map((key) => choice(`quality.${key}`, "scores", { empty: true })),
        choice("uncertainty.distribution", "distributions", { empty: true }),
        ...spread.map((key) => number(`uncertainty.${key}`)),
      ],
    },
    {
      key: "scope",
      fields: [text("cut_off"), { path: "tags", type: "tags" }, ...(process.outputs?.length > 1 ? [choice("allocate_to", "own_products", { empty: true })] : [])],
    },
  ];
}

export const STATED = [
  number("stated.value"),
  text("stated.per", { list: "units" }),
  text("stated.source"),
  text("stated.year"),
  text("stated.geography"),
  check("stated.primary"),
  number("stated.primary_share"),
  check("stated.life_cycle", { absent: true }),
];

/** Choices that depend on the study. */
export function choicesFor(name, { vocabulary, draft, line, process }) {
  const named = (items) => items.map((value) => ({ value, label: value }));
  if (name === "processes") {
    return draft.processes.filter((each) => each !== process).map(({ id, name: label }) => ({ value: id, label: label || id }));
  }
  if (name === "products") {
    const source = draft.processes.find((each) => each.id === line.sub_assembly?.process);
    return named((source?.outputs ?? []).map((output) => output.product));
  }
  if (name === "own_products") return named(process.outputs.map((output) => output.product));
  if (name === "scores") return [1, 2, 3, 4, 5].map((value) => ({ value, label: vocabulary.scores[value] }));
  return vocabulary[name];
}

/** A labelled control for a field; `change` is called with the path and the new value. */
export function control(field, context, change) {
  const { vocabulary, line, editable, problems } = context;
  const path = field.path.split(".");
  const id = `line-${path.join("-")}`;
  const words = vocabulary.fields[field.path];
  const value = at(line, path) ?? field.absent ?? null;
  const wrong = problems.filter((problem) => concerns(problem.field, field.path));
  const notes = [
    words.hint ? element("div", { className: "form-hint", id: `${id}-hint`, text: words.hint }) : null,
    wrong.length ? element("div", { className: "invalid-feedback d-block", id: `${id}-wrong`, text: wrong.map((problem) => problem.text).join(" ") }) : null,
  ];
  const common = {
    id,
    disabled: !editable,
    aria_describedby: notes.filter(Boolean).map((note) => note.id).join(" ") || null,
    aria_invalid: wrong.length ? "true" : null,
  };
  const input = makers[field.type]({ field, value, common, context, change: (next) => change(path, next), wrong: wrong.length > 0 });
  if (GROUPS.has(field.type)) {
    const legend = element("legend", { className: "form-label", text: words.label });
    return element("fieldset", { className: "zl-field", aria_describedby: common.aria_describedby }, legend, ...notes, input);
  }
  const label = element("label", { className: field.type === "check" ? "form-check-label" : "form-label", for: id, text: words.label });
  if (field.type === "check") {
    return element("div", { className: "zl-field" }, element("div", { className: "form-check" }, input, label), ...notes);
  }
  return element("div", { className: "zl-field" }, label, input, ...notes);
}

const GROUPS = new Set(["certificates", "tags"]);
const dress = (base, wrong) => `${base}${wrong ? " is-invalid" : ""}`;

const makers = {
  text({ field, value, common, context, change, wrong }) {
    const input = element("input", { ...common, className: dress("form-control", wrong), type: "text", autocomplete: "off", maxlength: 2000, list: field.list ? `${common.id}-list` : null });
    input.value = input.dataset.shown = value ?? "";
    input.addEventListener("change", () => change(input.value.trim() || null));
    if (!field.list) return input;
    const options = context.columns.unitsOf(field.path.startsWith("stated") ? null : context.line);
    const list = element("datalist", { id: `${common.id}-list` }, ...options.map((option) => element("option", { value: option.value })));
    return element("div", {}, input, list);
  },
  number({ field, value, common, change, wrong }) {
    const { placeholder } = field;
    const input = element("input", { ...common, className: dress("form-control number", wrong), type: "text", inputmode: "decimal", autocomplete: "off", placeholder });
    input.value = input.dataset.shown = value ?? "";
    input.addEventListener("change", () => change(typedNumber(input.value)));
    return input;
  },
  choice({ field, value, common, context, change, wrong }) {
    const choices = choicesFor(field.choices, context);
    const select = element("select", { ...common, className: dress("form-select", wrong) });
    if (field.empty || value === null) select.append(element("option", { value: "", text: "—" }));
    choices.forEach((each, index) => select.append(element("option", { value: index, text: each.label })));
    const chosen = choices.findIndex((each) => each.value === value);
    if (chosen < 0 && value !== null) select.append(element("option", { value: "other", text: String(value) }));
    select.value = chosen >= 0 ? String(chosen) : value === null ? "" : "other";
    select.addEventListener("change", () => change(select.value === "" ? null : choices[select.value].value));
    return select;
  },
  check({ field, value, common, change }) {
    const input = element("input", { ...common, className: "form-check-input", type: "checkbox" });
    input.checked = value === true;
    input.addEventListener("change", () => change(input.checked === (field.absent ?? false) ? null : input.checked));
    return input;
  },
  /** Marks that rules ask for, among whatever other marks a line bears. */
  tags({ value, common, context, change }) {
    const held = Array.isArray(value) ? value : [];
    const boxes = context.vocabulary.switches.map(({ value: tag, label }) => {
      const id = `${common.id}-${tag}`;
      const input = element("input", { id, className: "form-check-input", type: "checkbox", disabled: common.disabled });
      input.checked = held.includes(tag);
      input.addEventListener("change", () => {
        change((now) => {
          const others = (Array.isArray(now) ? now : []).filter((each) => each !== tag);
          const next = input.checked ? [...others, tag] : others;
          return next.length ? next : null;
        });
      });
      return element("div", { className: "form-check" }, input, element("label", { className: "form-check-label", for: id, text: label }));
    });
    return element("div", {}, ...boxes);
  },
  certificates,
};

/** A problem of a whole record, such as a missing quantity, is shown at its leading field. */
function concerns(problemField, path) {
  if (problemField === path) return true;
  return problemField !== "" && path.startsWith(`${problemField}.`) && /\.(amount|gas|process|removal|fuel|value)$/.test(path);
}
