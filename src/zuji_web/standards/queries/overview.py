"""The framework of standards and the province's targets, counted from the registry's rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zuji.formats.standards import lists, targets, tree
from zuji.model.standards import ProductCode
from zuji.rules.classification import Node
from zuji.rules.coverage import Coverage, CoverageRow, coverage
from zuji.rules.targets import CountedRule, NotCounted, RuleCount, count_rules
from zuji.text import Text
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries.registry import by_number, shelf


def plan_lists() -> dict[str, Text]:
    """The lists of products in the plans, by their key."""
    return {item.list: item.list_name for item in lists()}


def matrix(on: date, region: str = "", *, named: str = "") -> Coverage:
    """Products by kinds of standard on a day; only those of a plan's list where one is named."""
    return coverage(shelf(), tree(), on, nodes=_nodes(named), region=region)


def _nodes(named: str) -> Sequence[Node] | None:
    if not named:
        return None
    wanted: set[ProductCode] = {code for item in lists() if item.list == named for code in item.nodes}
    return tuple(node for node in tree() if node.code in wanted)


def depth(row: CoverageRow) -> int:
    """How deep a product stands in the tree, at most three for its indent."""
    return min(3, len(tree().path(row.node.id)) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the targets page: what it counts, and the very rows that it is the number of."""

    key: str
    rules: tuple[CountedRule, ...]

    @property
    def number(self) -> int:
        return len(self.rules)


def regions() -> list[str]:
    """Provinces that have targets of their own."""
    return list(dict.fromkeys(target.region for target in targets()))


def count(region: str, on: date) -> RuleCount:
    """The rules of a province on a day against its targets."""
    return count_rules(shelf(), region, on, targets())


def figures(counted: RuleCount) -> tuple[Figure, ...]:
    """Every number with its rows."""
    return (
        Figure(key="developed", rules=counted.counted),
        Figure(key="led", rules=counted.led),
        Figure(key="joined", rules=counted.joined),
        Figure(key="in_force", rules=counted.in_force),
        Figure(key="superseded", rules=counted.superseded),
    )


def rows_of(rules: Sequence[CountedRule | NotCounted]) -> dict[str, StandardRecord]:
    """Rows of the registry behind counted and uncounted rules."""
    return by_number(each.standard.number for each in rules)


def unattributed(counted: RuleCount) -> list[StandardRecord]:
    """Issued rules whose drafting bodies nobody has registered, by number."""
    rows = by_number(each.number for each in counted.unattributed)
    return sorted(rows.values(), key=lambda row: row.number)
