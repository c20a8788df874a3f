"""Where a calculation takes its numbers from, and which kinds of factors may stand where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zuji.errors import IncompleteStudy, Place, Problem, UnknownFactor, WrongFactorKind, problem
from zuji.lca.characterisation import Intensity, factor_intensity, unsplit
from zuji.lca.fuels import FuelTable
from zuji.lca.problems import line_place, line_problem
from zuji.model.factors import FACTOR_KIND_NAMES, Confidence, Factor, FactorKind, FactorSource
from zuji.model.gwp import GwpSet
from zuji.model.lines import Line, LineKind, StatedFactor
from zuji.model.quantities import Uncertainty
from zuji.model.stages import TotalKind
from zuji.text import Text
from zuji.units import conversion, unit_of

Kind = FactorKind
ONLY_CO2 = "factor.only_co2"
Known = tuple[Factor, Intensity, tuple[Problem, ...]]
KINDS_OF_LINE: Mapping[LineKind, frozenset[FactorKind]] = {
    LineKind.MATERIAL: frozenset({Kind.PRODUCT_FOOTPRINT, Kind.WASTE_TREATMENT}),
    LineKind.ELECTRICITY: frozenset({Kind.ELECTRICITY_FOOTPRINT}),
    LineKind.HEAT: frozenset({Kind.HEAT, Kind.PRODUCT_FOOTPRINT}),
    LineKind.FUEL: frozenset({Kind.PRODUCT_FOOTPRINT, Kind.FUEL_COMBUSTION}),
    LineKind.TRANSPORT: frozenset({Kind.TRANSPORT}),
    LineKind.PROCESS_EMISSION: frozenset({Kind.PROCESS_EMISSION}),
    LineKind.WASTE: frozenset({Kind.WASTE_TREATMENT, Kind.PRODUCT_FOOTPRINT}),
}
MATERIAL_KINDS = frozenset({Kind.PRODUCT_FOOTPRINT})
TREATMENT_KINDS = frozenset({Kind.PRODUCT_FOOTPRINT, Kind.WASTE_TREATMENT})
HEAT_KINDS = KINDS_OF_LINE[LineKind.HEAT]
ELECTRICITY_KINDS = KINDS_OF_LINE[LineKind.ELECTRICITY]
AVOIDED_KINDS = MATERIAL_KINDS | HEAT_KINDS | ELECTRICITY_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Factors, characterisation set and fuel table of one calculation.

    A factor is looked up and characterised once, however many lines use it.
    """

    factors: FactorSource
    gwp: GwpSet
    fuels: FuelTable | None = None
    _known: dict[tuple[str, str], Known] = field(default_factory=dict, init=False, repr=False, compare=False)

    def known(self, factor_id: str, version: str, place: Place) -> Known:
        """The factor characterised; raises `UnknownFactor` located at `place`."""
        found = self._known.get((factor_id, version))
        if found is None:
            factor = _get(factor_id, version, self.factors, place)
            found = (factor, *factor_intensity(factor, self.gwp))
            self._known[factor_id, version] = found
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An intensity with the unit it is per, and where it comes from."""

    intensity: Intensity
    per: str
    factor: str = ""
    version: str = ""
    kind: FactorKind | None = None
    uncertainty: Uncertainty | None = None
    primary: bool = False
    notices: tuple[Problem, ...] = ()

    def in_unit(self, unit: str, place: Place | None = None) -> Intensity:
        """The intensity per `unit` instead; raises `UnitMismatch`."""
        return self.intensity.scaled(conversion(unit, self.per, place=place))


def find_factor(
    factor_id: str,
    allowed: frozenset[FactorKind],
    sources: Sources,
    line: str,
    *,
    version: str = "",
    where: str = "factor",
) -> Found:
    """A library factor as an intensity.

    Raises `UnknownFactor`, or `WrongFactorKind` for a kind that may not stand there: a grid CO2
    factor is never a footprint factor.
    """
    place = line_place(line, where)
    factor, intensity, notices = sources.known(factor_id, version, place)
    if factor.kind not in allowed or not factor.usable:
        raise WrongFactorKind(_wrong_kind(factor, allowed, place))
    unit_of(factor.per, place=place)
    if factor.confidence is Confidence.LOW:
        notices = (*notices, _low_confidence(factor, place))
    if factor.kind in (Kind.HEAT, Kind.FUEL_COMBUSTION) and {g.gas for g in factor.gases} == {"CO2"}:
        notices = (*notices, _only_co2(factor, place))
    return Found(
        intensity=intensity,
        per=factor.per,
        factor=factor.id,
        version=factor.version,
        kind=factor.kind,
        uncertainty=factor.uncertainty,
        notices=notices,
    )


def find_for_line(line: Line, sources: Sources) -> Found:
    """What a line is multiplied by: its stated factor or its library factor."""
    if line.stated is not None and line.factor:
        raise IncompleteStudy(
            line_problem(
                "line.two_factors",
                line.id,
                "factor",
                "同一行既选了因子，又填了自报因子",
                "the line names a library factor and states a factor of its own",
                cure_zh="请只保留其中一个",
                cure_en="keep one of them",
            )
        )
    if line.stated is not None:
        return stated(line, line.stated)
    if not line.factor:
        raise IncompleteStudy(
            line_problem(
                "line.factor_missing",
                line.id,
                "factor",
                f"“{line.item}”还没有选择因子",
                f"“{line.item}” has no factor yet",
                cure_zh="请从因子库选择，或填写供应商提供的数值及其来源",
                cure_en="choose one from the library, or state the supplier's value with its source",
            )
        )
    allowed = KINDS_OF_LINE[line.kind]
    return find_factor(line.factor, allowed, sources, line.id, version=line.factor_version)


def stated(line: Line, value: StatedFactor) -> Found:
    """A factor typed on the line; an electricity line needs a life-cycle one, never a grid CO2 factor."""
    place = line_place(line.id, "stated")
    unit_of(value.per, place=place)
    notices: tuple[Problem, ...] = ()
    if not value.life_cycle and line.kind is LineKind.ELECTRICITY:
        raise WrongFactorKind(
            problem(
                "electricity.not_life_cycle",
                "自报的电力因子不是全生命周期因子",
                "the stated electricity factor is not a life-cycle one",
                cure_zh="请改用电力碳足迹因子（全国 2024 年为 0.5777 kgCO2e/kWh），"
                "电网排放因子只含发电燃烧的 CO2",
                cure_en="use an electricity footprint factor (national 2024: 0.5777 kgCO2e/kWh); "
                "grid factors hold only CO2 from combustion",
                place=place,
            )
        )
    if not value.life_cycle and line.kind not in (LineKind.PROCESS_EMISSION, LineKind.FUEL):
        notices = (
            problem(
                "stated.not_life_cycle",
                f"“{line.item}”的自报因子不是全生命周期数值，上游排放可能缺失",
                f"the factor stated for “{line.item}” is not a life-cycle value; upstream may be missing",
                cure_zh="请补充上游，或改用全生命周期因子",
                cure_en="add the upstream part, or use a life-cycle factor",
                place=place,
            ),
        )
    return Found(
        intensity=unsplit(TotalKind.FOSSIL, value.value),
        per=value.per,
        factor="",
        primary=value.primary,
        notices=notices,
    )


def _get(factor_id: str, version: str, factors: FactorSource, place: Place) -> Factor:
    try:
        return factors.get(factor_id, version)
    except UnknownFactor as unknown:
        raise UnknownFactor(
            *(Problem(code=p.code, what=p.what, cure=p.cure, place=place) for p in unknown.problems)
        ) from unknown


def _wrong_kind(factor: Factor, allowed: frozenset[FactorKind], place: Place) -> Problem:
    is_kind = FACTOR_KIND_NAMES[factor.kind]
    if factor.kind is FactorKind.GRID_CO2:
        return problem(
            "factor.grid_co2",
            f"{factor.name.zh}（{factor.value:g} {factor.unit}）是电网 CO2 排放因子，只含发电燃烧的 CO2，"
            "不能用于产品碳足迹",
            f"{factor.name.en or factor.id} ({factor.value:g} {factor.unit}) is a grid CO2 factor: "
            "CO2 of combustion only, not for a product footprint",
            cure_zh="请改用电力碳足迹因子（全生命周期、含全部温室气体，全国 2024 年为 0.5777 kgCO2e/kWh）",
            cure_en="choose an electricity footprint factor (life cycle, all gases; national 2024: "
            "0.5777 kgCO2e/kWh)",
            place=place,
        )
    names = [FACTOR_KIND_NAMES[kind] for kind in FactorKind if kind in allowed]
    why = Text("", "") if factor.usable else Text("，只供参考", ", which only informs")
    return problem(
        "factor.wrong_kind",
        f"{factor.name.zh} 是“{is_kind.zh}”{why.zh}，不能用在这里",
        f"{factor.name.en or factor.id} is of kind “{is_kind.en}”{why.en} and may not stand here",
        cure_zh=f"请选择：{'、'.join(name.zh for name in names)}",
        cure_en=f"choose one of: {', '.join(name.en for name in names)}",
        place=place,
    )


def _only_co2(factor: Factor, place: Place) -> Problem:
    return problem(
        ONLY_CO2,
        f"因子“{factor.name.zh}”（{factor.id}）只含燃烧的 CO2，不含 CH4、N2O 与燃料上游",
        f"the factor “{factor.name.en or factor.name.zh}” ({factor.id}) holds CO2 of combustion only: "
        "no CH4, no N2O, no supply of the fuel",
        cure_zh="请改用全生命周期因子，或另加燃料上游一行并说明缺少的气体",
        cure_en="use a life-cycle factor, or add a line for the fuel's supply and name what is missing",
        place=place,
    )


def _low_confidence(factor: Factor, place: Place) -> Problem:
    return problem(
        "factor.low_confidence",
        f"因子“{factor.name.zh}”（{factor.id}）可信度低",
        f"the factor “{factor.name.en or factor.name.zh}” ({factor.id}) is of low confidence",
        cure_zh="请换用更可靠的因子，或在报告中说明理由",
        cure_en="replace it by a better one, or give the reason in the report",
        place=place,
    )
