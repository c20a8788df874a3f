"""Everything in words that the workbench's elements need, in the page's language."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zuji.formats.excel import words
from zuji.formats.excel.columns import Column
from zuji.formats.excel.schema import LINE_SHEETS
from zuji.model.lines import LineKind
from zuji.model.statements import SWITCH_NAMES
from zuji.text import Text
from zuji.units import UNITS
from zuji_web.factors.queries import library
from zuji_web.products import labels

_GROUPS_OF_KIND = {
    LineKind.MATERIAL: (
        "mass",
        "volume",
        "standard volume",
        "area",
        "length",
        "count",
        "energy",
        "storage capacity",
        "power",
    ),
    LineKind.ELECTRICITY: ("energy",),
    LineKind.HEAT: ("energy", "mass"),
    LineKind.FUEL: ("mass", "volume", "standard volume", "energy"),
    LineKind.TRANSPORT: ("mass", "transport work"),
    LineKind.PROCESS_EMISSION: ("mass",),
    LineKind.DIRECT_EMISSION: ("mass", "greenhouse gas"),
    LineKind.WASTE: ("mass", "volume"),
    LineKind.RECYCLING: ("mass",),
    LineKind.BIOGENIC_CARBON: ("mass", "greenhouse gas"),
    LineKind.LAND_USE_CHANGE: ("greenhouse gas",),
}
_COLUMN_OF_FIELD = {
    "quantity.amount": "amount",
    "quantity.unit": "unit",
    "transport.distance.amount": "detail",
}
# In the grid a factor is called by its name, in the workbook by its code.
_BY_CODE = frozenset({"factor"})


def spoken(text: Text) -> str:
    """A bilingual text in the language in force."""
    return text.in_language(get_language() or "zh")


def vocabulary() -> dict[str, Any]:
    """Choices, labels and units for the grid and the panel."""
    using = library()
    return {
        "columns": _words(labels.COLUMNS),
        "headings": headings(),
        "fields_of_sheets": fields_of_sheets(),
        "sections": _words(labels.SECTIONS),
        "fields": {
            path: {"label": str(label), "hint": str(hint)} for path, (label, hint) in labels.FIELDS.items()
        },
        "stages": choices(words.STAGES),
        "kinds": choices(words.LINE_KINDS),
        "data_sources": choices(words.DATA_SOURCES),
        "distributions": choices(words.DISTRIBUTIONS),
        "recycling_methods": choices(words.RECYCLING_METHODS),
        "scores": {score: str(name) for score, name in labels.SCORES.items()},
        "roles": _words(labels.ROLES),
        "removals": [{**choice, "value": choice["value"] == "true"} for choice in choices(words.REMOVALS)],
        "treatments": choices(words.TREATMENTS),
        "sold": [{"value": value, "label": str(name)} for value, name in labels.SOLD.items()],
        "certificate": _words(labels.CERTIFICATE),
        "switches": [{"value": each.value, "label": spoken(name)} for each, name in SWITCH_NAMES.items()],
        "fuels": [
            {"value": fuel.id, "label": spoken(fuel.name), "also": list(fuel.aliases)} for fuel in using.fuels
        ],
        "gases": [{"value": gas, "label": gas} for gas in using.gwp["AR6"].values],
        "units": {
            "all": units(group.dimension for group in UNITS),
            "of_kind": {kind.value: units(groups) for kind, groups in _GROUPS_OF_KIND.items()},
        },
    }


def choices(names: Mapping[str, Text]) -> list[dict[str, Any]]:
    """Choices as a page takes them; the other language is understood too."""
    return [
        {"value": value, "label": spoken(text), "also": [text.zh, text.en]} for value, text in names.items()
    ]


def headings() -> dict[str, list[str]]:
    """What the workbook calls each column of the grid, so that rows pasted with headings find their place."""
    found: dict[str, set[str]] = {}
    for column in _columns_of_sheets():
        if (key := _grid_column(column)) is not None:
            found.setdefault(key, set()).update((column.name.zh, column.name.en))
    return {key: sorted(names) for key, names in found.items()}


def fields_of_sheets() -> list[dict[str, Any]]:
    """The columns of the workbook that the grid does not show, by heading, with what their cells hold."""
    return [
        {
            "key": column.key,
            "path": column.key.split("."),
            "names": [column.name.zh, column.name.en],
            "cell": column.cell,
            "choices": choices(column.choices or {}),
        }
        for column in {each.key: each for each in _columns_of_sheets()}.values()
        if _grid_column(column) is None
    ]


def _columns_of_sheets() -> Iterator[Column]:
    return (column for sheet in LINE_SHEETS for column in sheet.columns)


def _grid_column(column: Column) -> str | None:
    key = _COLUMN_OF_FIELD.get(column.key, column.key)
    return key if key in labels.COLUMNS and key not in _BY_CODE else None


def units(dimensions: Iterable[str]) -> list[str]:
    """Symbols of the units of some dimensions, in the order of the unit table."""
    wanted = set(dimensions)
    return [unit.symbol for group in UNITS if group.dimension in wanted for unit in group.units]


def _words(names: Any) -> dict[str, str]:
    return {str(key): str(label) for key, label in names.items()}


def strings() -> dict[str, str]:
    """Sentences of the workbench's elements; places are written %(name)s."""
    return {
        "grid": _("Inventory"),
        "new_line": _("New line"),
        "empty": _("empty"),
        "no_line": _("Choose a line to see its details."),
        "line_result": _("%(value)s %(unit)s, %(share)s of the total"),
        "line_cut_off": _("Cut off: listed, not counted"),
        "line_passed_on": _("Counted in the lines of its process"),
        "basis": _("Amounts for %(made)s"),
        "line_uncounted": _("Not yet countable"),
        "search_factor": _("Search the factor library"),
        "search_placeholder": _("name, code or alias"),
        "searching": _("Searching…"),
        "candidates_found": _("%(count)s candidates; choose one to confirm it"),
        "candidates_none": _("Nothing fits. Try another word, or state a factor of your own."),
        "remembered": _("Confirmed before"),
        "and": _("; "),
        "provenance": _("Provenance"),
        "other_factor": _("Another factor"),
        "no_factor": _("Remove the factor"),
        "own_factor": _("State my own factor"),
        "own_factor_hint": _("A supplier's footprint or a plant's own value, with its source."),
        "library_factor": _("Use the factor library instead"),
        "choose_factor": _("Choose a factor"),
        "superseded": _("A newer version exists: choose it again to take it over"),
        "offline": _("The server cannot be reached"),
        "state_saved": _("All changes saved"),
        "state_saving": _("Saving…"),
        "state_offline": _("Not saved yet: the server cannot be reached, trying again"),
        "refused": _("Your last change was not saved: %(why)s"),
        "reloaded": _("The study has been loaded again."),
        "merged": _("Somebody else changed this study too; both changes are kept."),
        "lost": _("What you had entered: %(values)s"),
        "nobody": _("Undo the other person's change?"),
        "uncounted": _("%(count)s lines not yet countable"),
        "complete": _("All lines counted"),
        "no_lines": _("No lines yet"),
        "location": _("%(value)s location-based"),
        "location_hint": _("What the same electricity would count at the grid of its place; never the total"),
        "location_unknown": _("%(count)s lines of electricity name no grid factor of their place"),
        "add_certificate": _("Add a certificate"),
        "remove_certificate": _("Remove certificate %(number)s"),
        "no_certificates": _("No certificate yet. Without certificates a contract does not count."),
        "certified": _("Certificates for %(held)s of %(used)s kWh"),
        "doubt": _("To be looked at: %(text)s"),
        "comment": _("Open comment of %(who)s: %(text)s"),
        "to_comment": _("Go to the comment"),
        "not_pasted": _(
            "Not taken over: %(columns)s. The grid has no place for these columns here; enter them by hand, "
            "or import the whole file."
        ),
        "unreached": _("The line that you were sent to is no longer in this inventory."),
        "close": _("Close"),
        "add_line": _("Add a line"),
    }
