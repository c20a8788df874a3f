"""A result as it is compared: what it is of, on which terms it was made, and the number itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from zuji.errors import UnknownFactor
from zuji.lca.electricity import treatment_of
from zuji.model.category_rules import CutOffRule, ProductCategoryRule, QualityFloor
from zuji.model.factors import FactorSource
from zuji.model.footprints import Footprint, QualityResult
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, RecyclingDetail
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.statements import Inclusions, ReviewKind
from zuji.model.studies import BoundaryKind, Period, Study, UnitKind
from zuji.units import conversion, same_dimension

_CONTRACTUAL = frozenset({ElectricityTreatment.CONTRACT, ElectricityTreatment.RESIDUAL})

# accounting of electricity
NONE = ""  # no electricity in the inventory
GRID = "grid"  # grid mixes only
PHYSICAL = "physical"  # grid, own generation and direct lines
MARKET = "market"  # contracts over the grid, or the residual mix that is left after them
LOCATION = "location"  # everything recounted at the grid of its place


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectricityBasis:
    """How electricity is accounted for, and which kinds of grid factors it uses.

    `grid` holds "country", "province", "other" or "stated" for the factors of grid lines, sorted.
    """

    accounting: str = NONE
    grid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparand:
    """A result with its terms. `value` is kgCO2e per `unit`, the unit of the rule where it states one.

    `category` is a product code and `function` what the unit does; `firm` tells who made the product.
    `cut_off` are the limits of the rule, `cut_share` the part of the result known to be cut. `floor` is the
    rule's floor for data quality, `verification` the level of assurance, "" where nobody verified.
    `location_value` and `location_electricity` are the location-based result beside, None where unknown.
    """

    id: str
    product: str
    firm: str = ""
    category: str = ""
    function: str = ""
    rule: str = ""
    unit_kind: UnitKind
    unit: Quantity
    value: float
    boundary: BoundaryKind
    stages: tuple[Stage, ...]
    inclusions: Inclusions = field(default_factory=Inclusions)
    cut_off: CutOffRule = field(default_factory=CutOffRule)
    cut_share: float = 0.0
    allocation: tuple[str, ...] = ()
    recycling: tuple[str, ...] = ()
    gwp: str
    electricity: ElectricityBasis = field(default_factory=ElectricityBasis)
    quality: tuple[QualityResult, ...] = ()
    floor: QualityFloor = field(default_factory=QualityFloor)
    period: Period
    verification: str = ""
    location_value: float | None = None
    location_electricity: ElectricityBasis | None = None


def comparand(
    study: Study,
    footprint: Footprint,
    factors: FactorSource,
    *,
    rule: ProductCategoryRule | None = None,
    verification: str | None = None,
    ratings: Iterable[QualityResult] = (),
    category: str = "",
    id: str = "",  # noqa: A002 - the field's own name
) -> Comparand:
    """The comparand of a study and its footprint.

    `rule` is the resolved rule that the study follows, `verification` the level of assurance of its
    verification (that of its latest verification record where None), `ratings` further ones than the
    footprint has, `category` the product code where the study states none. `factors` are those of the
    calculation, a snapshot's for a frozen study.
    """
    ruled = rule.unit if rule else None
    unit, scale = _common_unit(
        study.unit.quantity, ruled.units if ruled else (), ruled.amount if ruled else None
    )
    located = _located(study, footprint, factors)
    product = study.product
    return Comparand(
        id=id or study.id,
        product=product.name,
        firm=product.credit_code or product.manufacturer,
        category=category or product.code,
        function=(ruled.description if ruled else "") or study.unit.description,
        rule=rule.key if rule else study.rule,
        unit_kind=study.unit.kind,
        unit=unit,
        value=footprint.total * scale,
        boundary=study.boundary.kind,
        stages=tuple(stage for stage in Stage if stage in study.boundary.stages),
        inclusions=study.statements.inclusions,
        cut_off=replace(rule.cut_off, never=()) if rule else CutOffRule(),
        cut_share=sum(abs(cut.share) for cut in footprint.cut_offs if cut.share is not None),
        allocation=_allocation(study),
        recycling=_recycling(study),
        gwp=footprint.gwp,
        electricity=electricity_basis(study, factors),
        quality=(*footprint.quality, *ratings),
        floor=rule.quality if rule else QualityFloor(),
        period=study.period,
        verification=level_of_verification(study) if verification is None else verification,
        location_value=None if located is None else located[0] * scale,
        location_electricity=None if located is None else located[1],
    )


def on_location(of: Comparand) -> Comparand | None:
    """The same result on the location basis; None where the location-based result is not complete."""
    if of.location_value is None or of.location_electricity is None:
        return None
    return replace(of, value=of.location_value, electricity=of.location_electricity)


def level_of_verification(study: Study) -> str:
    """The level of assurance of the study's latest verification record, "" where there is none."""
    done = [review for review in study.statements.reviews if review.kind is ReviewKind.VERIFICATION]
    return max(done, key=lambda review: review.date).level if done else ""


def electricity_basis(study: Study, factors: FactorSource) -> ElectricityBasis:
    """How the counted lines of electricity are accounted for."""
    lines = [line for line in study.lines if treatment_of(line) is not None and not line.cut_off]
    treatments = {treatment_of(line) for line in lines}
    if not treatments:
        accounting = NONE
    elif treatments & _CONTRACTUAL:
        accounting = MARKET
    else:
        accounting = GRID if treatments == {ElectricityTreatment.GRID} else PHYSICAL
    grid = {
        _scope(line.factor, line.factor_version, factors)
        for line in lines
        if treatment_of(line) is ElectricityTreatment.GRID
    }
    return ElectricityBasis(accounting=accounting, grid=tuple(sorted(grid)))


def _located(
    study: Study, footprint: Footprint, factors: FactorSource
) -> tuple[float, ElectricityBasis] | None:
    """The location-based result and its basis; the result itself where everything is of the grid."""
    basis, beside = electricity_basis(study, factors), footprint.location_based
    if beside is None:
        return (footprint.total, basis) if basis.accounting in {NONE, GRID} else None
    if beside.unknown:
        return None
    recounted = {
        _scope(line.detail.location_factor, "", factors)
        for line in study.lines
        if line.id in beside.lines and isinstance(line.detail, ElectricityDetail)
    }
    grid = tuple(sorted({*basis.grid, *recounted}))
    return beside.total, ElectricityBasis(accounting=LOCATION, grid=grid)


def _scope(factor: str, version: str, factors: FactorSource) -> str:
    """What part of the grid a factor stands for."""
    if not factor:
        return "stated"
    try:
        place = factors.get(factor, version).geography
    except UnknownFactor:
        return "other"
    if len(place) == 2 and place.isalpha():
        return "country"
    return "province" if place[2:3] == "-" else "other"


def _common_unit(own: Quantity, units: tuple[str, ...], amount: float | None) -> tuple[Quantity, float]:
    """The unit to compare in and what the total is multiplied by: the rule's unit where it fits, else one."""
    if units and same_dimension(own.unit, units[0]):
        target = Quantity(1.0 if amount is None else amount, units[0])
        return target, target.amount * conversion(target.unit, own.unit) / own.amount
    return Quantity(1.0, own.unit), 1 / own.amount


def _allocation(study: Study) -> tuple[str, ...]:
    several = (process for process in study.processes if len(process.outputs) > 1)
    return tuple(sorted({process.allocation.value for process in several}))


def _recycling(study: Study) -> tuple[str, ...]:
    counted = (line.detail for line in study.lines if not line.cut_off)
    return tuple(sorted({detail.method.value for detail in counted if isinstance(detail, RecyclingDetail)}))
