"""A verified declaration as an officer reads it off: what the sample store asks of it."""

from dataclasses import dataclass
from datetime import date

from zuji.model.category_rules import CutOffRule, ProductCategoryRule, SwitchChoice
from zuji.model.footprints import QualityResult
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.statements import Inclusions
from zuji.model.studies import BoundaryKind, Period, UnitKind
from zuji.rules.comparability import Comparand
from zuji.rules.comparands import ElectricityBasis
from zuji_web.grades.queries.verification import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A published, verified result with its terms. `value` is kgCO2e per one unit of the rule.

    `score` (1 best, 5 worst) and `coverage` (0…1) are the rating under the scheme of the rule's floor, where
    the declaration gives one. `source` says what the declaration is and where it is found.
    """

    rule: ProductCategoryRule
    product: str
    firm_code: str
    value: float
    boundary: BoundaryKind
    stages: tuple[Stage, ...]
    start: date
    end: date
    evidence: Evidence
    source: str
    production: Quantity | None = None
    accounting: str = ""
    grid: tuple[str, ...] = ()
    allocation: tuple[str, ...] = ()
    recycling: tuple[str, ...] = ()
    cut_share: float = 0.0
    score: float | None = None
    coverage: float | None = None


def unit_of(rule: ProductCategoryRule) -> Quantity | None:
    """The unit in which results under a rule are compared; None where the rule sets none."""
    if not rule.unit.units:
        return None
    return Quantity(1.0 if rule.unit.amount is None else rule.unit.amount, rule.unit.units[0])


def comparand_of(declared: Declaration, unit: Quantity) -> Comparand:
    """The declaration as it is compared, per `unit` of its rule; what the rule settles comes from it."""
    rule = declared.rule
    return Comparand(
        id="",
        product="",
        category=declared.product,
        function=rule.unit.description,
        rule=rule.key,
        unit_kind=rule.unit.kind or UnitKind.DECLARED,
        unit=unit,
        value=declared.value,
        boundary=declared.boundary,
        stages=tuple(stage for stage in Stage if stage in declared.stages),
        inclusions=_inclusions(rule),
        cut_off=CutOffRule(each=rule.cut_off.each, total=rule.cut_off.total),
        cut_share=declared.cut_share,
        allocation=tuple(sorted(declared.allocation)),
        recycling=tuple(sorted(declared.recycling)),
        gwp=rule.gwp.set,
        electricity=ElectricityBasis(accounting=declared.accounting, grid=tuple(sorted(declared.grid))),
        quality=_ratings(declared),
        floor=rule.quality,
        period=Period(start=declared.start.isoformat(), end=declared.end.isoformat()),
        verification=declared.evidence.level,
    )


def _inclusions(rule: ProductCategoryRule) -> Inclusions:
    said = {SwitchChoice.INCLUDE: True, SwitchChoice.EXCLUDE: False}
    return Inclusions(**{switch.value: said.get(choice) for switch, choice in rule.switches.items()})


def _ratings(declared: Declaration) -> tuple[QualityResult, ...]:
    floor = declared.rule.quality
    if declared.score is None or not floor.scheme:
        return ()
    rating = QualityResult(
        scheme=floor.scheme,
        version=floor.version,
        score=declared.score,
        level="",
        indicators={},
        coverage=0.0 if declared.coverage is None else declared.coverage,
    )
    return (rating,)
