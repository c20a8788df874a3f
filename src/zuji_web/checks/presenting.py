"""A conformity as a page shows it: items with their shortcomings, filtered, each with the way to its cure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.functional import Promise

from zuji.errors import Place
from zuji.model.conformity import OUTCOME_NAMES, CheckedItem, Conformity, Outcome, Severity, Shortcoming
from zuji.text import Text
from zuji_web.checks.labels import SEVERITIES
from zuji_web.products.places import page_of

TONES: dict[Outcome, str] = {
    Outcome.MET: "good",
    Outcome.ATTENTION: "warn",
    Outcome.NOT_MET: "bad",
    Outcome.NOT_APPLICABLE: "",
}
# Parts of a study that no line has.
_OF_STUDY = frozenset({"product", "unit", "boundary", "processes", "scenarios", "statements"})
SEVERITY_TONES: dict[Severity, str] = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """A shortcoming with the address where it is mended, the row it speaks of and its severity in words."""

    shortcoming: Shortcoming
    url: str
    row: str
    severity: str | Promise
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item as a page shows it."""

    item: CheckedItem
    name: Text
    tone: str
    mendings: tuple[Mending, ...]


def shown(
    conformity: Conformity, study: UUID, rows: dict[str, str], *, outcome: str = "", severity: str = ""
) -> tuple[ShownItem, ...]:
    """The items of an outcome, or with a shortcoming of a severity; all where nothing is chosen.

    `rows` are the lines of the inventory in words, by id. Items that are not met stand first.
    """
    order = [Outcome.NOT_MET, Outcome.ATTENTION, Outcome.MET, Outcome.NOT_APPLICABLE]
    found = [item for item in conformity.items if not outcome or item.outcome == outcome]
    if severity:
        found = [item for item in found if any(each.severity == severity for each in item.shortcomings)]
    return tuple(
        ShownItem(
            item=item,
            name=OUTCOME_NAMES[item.outcome],
            tone=TONES[item.outcome],
            mendings=tuple(_mendings(item, study, rows, severity)),
        )
        for item in sorted(found, key=lambda item: order.index(item.outcome))
    )


def _mendings(item: CheckedItem, study: UUID, rows: dict[str, str], severity: str) -> Iterator[Mending]:
    for each in item.shortcomings:
        if not severity or each.severity == severity:
            place = each.problem.place
            yield Mending(
                shortcoming=each,
                url=mended_at(study, place),
                row=rows.get(place.line, place.line),
                severity=SEVERITIES[each.severity],
                tone=SEVERITY_TONES[each.severity],
            )


def mended_at(study: UUID, place: Place) -> str:
    """The address where what a shortcoming speaks of is mended.

    Where a line shows that something of the whole study is missing, the study's field is what mends it.
    """
    whole = place.field.partition(".")[0].partition("[")[0] in _OF_STUDY
    return page_of(study, replace(place, line="") if whole else place)


def counts(conformity: Conformity) -> list[tuple[str, Text, int, str]]:
    """Outcomes with their names, numbers and tones, in the order of gravity."""
    order = [Outcome.NOT_MET, Outcome.ATTENTION, Outcome.MET, Outcome.NOT_APPLICABLE]
    return [
        (
            outcome.value,
            OUTCOME_NAMES[outcome],
            sum(item.outcome is outcome for item in conformity.items),
            TONES[outcome],
        )
        for outcome in order
    ]
