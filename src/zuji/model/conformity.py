"""What a conformity check says of a study: item by item, with severity, clause, place and cure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zuji.errors import Problem
from zuji.text import Text


class Severity(StrEnum):
    """How grave a shortcoming is: an error prevents conformity, a warning needs a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    """What became of one item."""

    MET = "met"
    ATTENTION = "attention"  # met, with warnings
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


OUTCOME_NAMES: Mapping[Outcome, Text] = {
    Outcome.MET: Text("符合", "Met"),
    Outcome.ATTENTION: Text("需关注", "Needs attention"),
    Outcome.NOT_MET: Text("不符合", "Not met"),
    Outcome.NOT_APPLICABLE: Text("不适用", "Does not apply"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcoming:
    """One thing that is not as it should be. `problem.place` names the line and field that mend it."""

    severity: Severity
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedItem:
    """One requirement and what was found: `id` is V1…V37 or rule.<item>, `reason` what was looked at."""

    id: str
    title: Text
    clause: str
    outcome: Outcome
    reason: Text
    shortcomings: tuple[Shortcoming, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformity:
    """The outcome of every item for one study under one rule."""

    rule: str
    items: tuple[CheckedItem, ...]

    @property
    def passed(self) -> bool:
        """Whether no item is unmet."""
        return all(item.outcome is not Outcome.NOT_MET for item in self.items)

    @property
    def shortcomings(self) -> tuple[tuple[CheckedItem, Shortcoming], ...]:
        """Every shortcoming with its item, gravest first, then in the order of the items."""
        order = list(Severity)
        found = [(item, each) for item in self.items for each in item.shortcomings]
        return tuple(sorted(found, key=lambda pair: order.index(pair[1].severity)))

    def count(self, severity: Severity) -> int:
        return sum(each.severity is severity for _item, each in self.shortcomings)
