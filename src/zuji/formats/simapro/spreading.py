"""Characterisation factors that follow from those a SimaPro method lists.

A factor for the sub-compartment "(unspecified)" holds for every sub-compartment of its compartment that has
none of its own. A damage category is a weighted sum of impact categories. Both are spelt out here, for the
elementary flows that a package has; what follows is marked, so that it is never written as if it were listed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zuji.formats.simapro.identity import content_of, extra, rows_of
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory
from zuji.model.lci.package import Package
from zuji.model.lci.units import UnitGroup

FOLLOWS = "follows"
"""Place of the mark; its content names the rule, "(unspecified)" or "damage"."""
DAMAGE = "damage"
"""Place of the rows of a damage category: impact category, factor."""


@dataclass(frozen=True, slots=True)
class _Flows:
    """`base`: each elementary flow's twin without a sub-compartment; `kin`: the flows that share a twin."""

    base: Mapping[str, str]
    kin: Mapping[str, tuple[str, ...]]
    by_id: Mapping[str, Flow]


def spread_factors(package: Package) -> Package:
    """The package with every factor that follows for its flows, and only those that still do.

    `load` has done so. It is needed again where a method and the processes come from two files and have been
    put into one package: only then is it known which sub-compartments occur.
    """
    flows = _flows(package.flows)
    factor_of = _unit_factors(package.unit_groups)
    listed: dict[tuple[str, str], ImpactCategory] = {}
    spread: dict[str, ImpactCategory] = {}
    for category in package.impact_categories:
        if content_of(category.extras, DAMAGE) is None:
            plain = _spread(category, flows)
            listed[category.method, str(category.heading.name)] = plain
            spread[category.heading.id] = plain
    categories = tuple(
        spread[each.heading.id] if each.heading.id in spread else _damage(each, listed, flows, factor_of)
        for each in package.impact_categories
    )
    return replace(package, impact_categories=categories)


def written_in_file(factor: CharacterisationFactor) -> bool:
    """Whether the factor is listed, not derived."""
    return content_of(factor.extras, FOLLOWS) is None


def _flows(flows: Iterable[Flow]) -> _Flows:
    base: dict[str, str] = {}
    kin: dict[str, list[str]] = {}
    by_id: dict[str, Flow] = {}
    twins: dict[tuple[str, str, str], str] = {}
    elementary = [flow for flow in flows if flow.type is FlowType.ELEMENTARY and flow.compartment]
    for flow in elementary:
        by_id[flow.heading.id] = flow
        if len(flow.compartment) == 1:
            twins[_substance(flow)] = flow.heading.id
    for flow in elementary:
        twin = twins.get(_substance(flow))
        if twin is not None:
            base[flow.heading.id] = twin
            kin.setdefault(twin, []).append(flow.heading.id)
    return _Flows(base, {twin: tuple(ids) for twin, ids in kin.items()}, by_id)


def _substance(flow: Flow) -> tuple[str, str, str]:
    return flow.compartment[0], str(flow.heading.name), flow.reference


def _spread(category: ImpactCategory, flows: _Flows) -> ImpactCategory:
    factors = [factor for factor in category.factors if written_in_file(factor)]
    own = {factor.flow.id for factor in factors}
    mark = (extra(FOLLOWS, "(unspecified)"),)
    following = [
        replace(factor, flow=replace(factor.flow, id=kin), extras=mark)
        for factor in factors
        for kin in flows.kin.get(factor.flow.id, ())
        if kin not in own
    ]
    return replace(category, factors=(*factors, *following))


def _damage(
    category: ImpactCategory,
    listed: Mapping[tuple[str, str], ImpactCategory],
    flows: _Flows,
    factor_of: Mapping[str, float],
) -> ImpactCategory:
    """Adds up the impact categories, flow by flow, in the unit in which a flow first occurs."""
    parts: list[tuple[float, dict[str, CharacterisationFactor]]] = []
    for cells in rows_of(content_of(category.extras, DAMAGE)):
        part = listed.get((category.method, cells[0])) if cells else None
        weight = _number(cells[1]) if len(cells) > 1 else None
        if part is not None and weight is not None:
            parts.append((weight, {factor.flow.id: factor for factor in part.factors}))
    sums: dict[str, CharacterisationFactor] = {}
    for flow in dict.fromkeys(flow for _, factors in parts for flow in factors):
        total: CharacterisationFactor | None = None
        for weight, factors in parts:
            factor = factors.get(flow) or factors.get(flows.base.get(flow, ""))
            if factor is None or factor.value is None:
                continue
            if total is None:
                total = replace(
                    factor,
                    flow=replace(factor.flow, id=flow),
                    value=weight * factor.value,
                    extras=(extra(FOLLOWS, DAMAGE),),
                )
            else:
                same = factor_of.get(total.unit, 1.0) / factor_of.get(factor.unit, 1.0)
                total = replace(total, value=(total.value or 0.0) + weight * factor.value * same)
        if total is not None:
            sums[flow] = total
    return replace(category, factors=tuple(sums.values()))


def _unit_factors(groups: Iterable[UnitGroup]) -> dict[str, float]:
    factors: dict[str, float] = {}
    for group in groups:
        for unit in group.units:
            factors.setdefault(unit.name, unit.factor)
    return factors


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
