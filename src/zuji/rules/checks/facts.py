"""What the items ask of a study again and again, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from zuji.errors import UnknownFactor
from zuji.lca.publishing import as_stated, told
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import Factor
from zuji.model.footprints import Footprint, LineResult
from zuji.model.lines import ElectricityDetail, Line, LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import TOTAL_KINDS, TotalKind
from zuji.model.statements import Statements
from zuji.model.studies import Study, UnitProcess
from zuji.rules.applying_required import matches
from zuji.rules.checks.limits import LIMITS
from zuji.rules.checks.words import Subject, subjects
from zuji.rules.grounds import Grounds
from zuji.text import Text
from zuji.units import conversion, same_dimension, shown_unit

REMOVALS = TOTAL_KINDS.index(TotalKind.BIOGENIC_REMOVALS)
# smaller shares are not printed
_LEAST_SHARE = 1e-4
BIOGENIC = TOTAL_KINDS.index(TotalKind.BIOGENIC_EMISSIONS)


@dataclass(frozen=True)
class Facts:
    """A study under check. `lines` are those counted; those cut off are `cut`."""

    grounds: Grounds

    @property
    def study(self) -> Study:
        return self.grounds.study

    @property
    def rule(self) -> ProductCategoryRule:
        return self.grounds.rule

    @property
    def footprint(self) -> Footprint | None:
        return self.grounds.footprint

    @property
    def statements(self) -> Statements:
        return self.grounds.study.statements

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        return self.study.lines

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.all_lines if not line.cut_off)

    @cached_property
    def cut(self) -> tuple[Line, ...]:
        return tuple(line for line in self.all_lines if line.cut_off)

    @cached_property
    def by_id(self) -> Mapping[str, Line]:
        return {line.id: line for line in self.all_lines}

    @cached_property
    def by_kind(self) -> Mapping[LineKind, tuple[Line, ...]]:
        """Counted lines by kind; every kind has an entry."""
        found: dict[LineKind, list[Line]] = {kind: [] for kind in LineKind}
        for line in self.lines:
            found[line.kind].append(line)
        return {kind: tuple(lines) for kind, lines in found.items()}

    @cached_property
    def process_of(self) -> Mapping[str, UnitProcess]:
        """The process of a line, by line id."""
        return {line.id: process for process in self.study.processes for line in process.lines}

    @cached_property
    def results(self) -> Mapping[str, LineResult]:
        return {result.line: result for result in self.footprint.lines} if self.footprint else {}

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """What each line counts for: the size of its contribution without biogenic uptake, kgCO2e.

        Credits that substitution adds stand in no inventory: nobody can rate or mend them.
        """
        return {
            key: abs(found.total - found.totals[REMOVALS])
            for key, found in self.results.items()
            if key in self.by_id
        }

    @cached_property
    def size(self) -> float:
        return sum(self.weights.values())

    def share(self, line: str) -> float:
        """A line's part of the result's size, 0…1; 0 without a result."""
        return self.weights.get(line, 0.0) / self.size if self.size else 0.0

    @cached_property
    def ranked(self) -> tuple[str, ...]:
        """Ids of lines that contribute, the largest first."""
        return tuple(sorted((k for k, w in self.weights.items() if w), key=lambda k: (-self.weights[k], k)))

    @cached_property
    def important(self) -> tuple[str, ...]:
        """Ids of the largest lines that together make up the important share of the result."""
        found: list[str] = []
        sum_so_far, target = 0.0, LIMITS.important * self.size * (1 - 1e-12)
        for line in self.ranked:
            if sum_so_far >= target:
                break
            found.append(line)
            sum_so_far += self.weights[line]
        return tuple(found)

    @cached_property
    def factors(self) -> Mapping[str, Factor]:
        """The library factor of each line that names one which exists, by line id."""
        known: dict[tuple[str, str], Factor | None] = {}
        found: dict[str, Factor] = {}
        for line in self.all_lines:
            if not line.factor:
                continue
            key = (line.factor, line.factor_version)
            if key not in known:
                known[key] = self.factor(*key)
            factor = known[key]
            if factor is not None:
                found[line.id] = factor
        return found

    def factor(self, factor_id: str, version: str = "") -> Factor | None:
        try:
            return self.grounds.factors.get(factor_id, version) if factor_id else None
        except UnknownFactor:
            return None

    @cached_property
    def subjects(self) -> Mapping[str, frozenset[Subject]]:
        """What the item and the tags of each line speak of, by line id."""
        return {line.id: subjects("\n".join((line.item, *line.tags))) for line in self.all_lines}

    def speaks(self, line: Line, subject: Subject) -> bool:
        return subject in self.subjects[line.id]

    @cached_property
    def electricity(self) -> tuple[tuple[Line, ElectricityDetail], ...]:
        """Counted lines of electricity with their treatment; grid electricity where none is stated."""
        return tuple(
            (line, line.detail if isinstance(line.detail, ElectricityDetail) else ElectricityDetail())
            for line in self.by_kind[LineKind.ELECTRICITY]
        )

    @cached_property
    def demanded(self) -> frozenset[str]:
        """Ids of counted lines that answer a required item of the rule whose datum must be own data."""
        items = [item for item in self.rule.required if item.primary]
        return frozenset(
            line.id
            for line in self.lines
            if self.process_of[line.id].controlled and any(matches(item, line) for item in items)
        )

    def field_of_process(self, process: UnitProcess, field: str) -> str:
        """The path of a process's field as drafts write it."""
        return f"processes[{self.study.processes.index(process)}].{field}"


def in_unit(amount: float, unit: str, target: str) -> float | None:
    """An amount in another unit, None where it does not convert."""
    return amount * conversion(unit, target) if same_dimension(unit, target) else None


def percent(share: float) -> str:
    """A share in words: 12.3 %; what is too small to print says so."""
    return f"{told(share * 100, 3)} %" if not share or abs(share) >= _LEAST_SHARE else "<0.01 %"


def in_words(quantity: Quantity) -> Text:
    """A quantity as people read it, in both languages: 1 辆, 1 vehicle."""
    amount, unit = as_stated(quantity.amount), quantity.unit
    return Text(f"{amount} {shown_unit(unit)}".strip(), f"{amount} {shown_unit(unit, 'en')}".strip())
