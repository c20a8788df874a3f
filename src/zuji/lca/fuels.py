"""The fuel table, and combustion from net calorific value, carbon content and oxidation.

CO2 = Q · NCV · CC · OF · 44/12, the carbon balance of IPCC 2006 Guidelines vol. 2 (tier 2) and of the
Chinese enterprise guidelines (GB/T 32150, GB/T 32151); CH4 and N2O by emission factors per heat.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from zuji.errors import IncompleteStudy, InvalidInput, Problem, UnknownFactor, problem
from zuji.lca.characterisation import Intensity, gas_intensity
from zuji.lca.problems import line_place, line_problem
from zuji.model.gwp import GwpSet
from zuji.model.lines import FuelDetail, Line
from zuji.text import Text
from zuji.units import conversion, dimension

CARBON_TO_CO2 = 44 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuel:
    """Combustion parameters of one fuel with their source.

    `ncv` GJ per `ncv_per`, `carbon_content` tC/TJ, `oxidation` 0…1, `ch4` and `n2o` kg/TJ,
    `density` kg/m3 for liquids billed by volume. None means that the source gives no value.
    """

    id: str
    name: Text
    source: str
    ncv: float | None = None
    ncv_per: str = "t"
    carbon_content: float | None = None
    oxidation: float | None = None
    ch4: float | None = None
    n2o: float | None = None
    density: float | None = None
    biogenic: bool = False
    aliases: tuple[str, ...] = ()


class FuelTable:
    """Fuels by id or alias."""

    def __init__(self, fuels: Mapping[str, Fuel]) -> None:
        self._fuels = dict(fuels)
        self._names = {alias: fuel for fuel in fuels.values() for alias in fuel.aliases}
        self._names.update(self._fuels)

    def get(self, fuel: str) -> Fuel:
        """The fuel; raises `UnknownFactor` naming similar ones."""
        if fuel in self._names:
            return self._names[fuel]
        near = get_close_matches(fuel, list(self._names), n=3, cutoff=0.4) or list(self._fuels)[:5]
        raise UnknownFactor(
            problem(
                "fuel.unknown",
                f"燃料表中没有“{fuel}”",
                f"the fuel table has no “{fuel}”",
                cure_zh=f"可选：{'、'.join(near)}；或在该行直接填写热值、含碳量和氧化率",
                cure_en=f"choose for example {', '.join(near)}, or state NCV, carbon content and oxidation",
            )
        )

    def __contains__(self, fuel: object) -> bool:
        return fuel in self._names

    def __iter__(self) -> Iterator[Fuel]:
        return iter(self._fuels.values())

    def __len__(self) -> int:
        return len(self._fuels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Combustion:
    """What burning one unit of a line's quantity emits, the equation, and whether it rests on own data."""

    intensity: Intensity
    equation: str
    primary: bool
    notices: tuple[Problem, ...] = ()


def parameters(line: Line, detail: FuelDetail, fuels: FuelTable | None) -> Fuel:
    """The line's own values over those of the fuel table; raises `UnknownFactor`."""
    base = Fuel(id="", name=Text(line.item), source="", ncv_per=detail.ncv_per)
    if detail.fuel:
        base = _from_table(line, detail.fuel, fuels)
    stated_ncv = detail.ncv is not None
    return Fuel(
        id=base.id,
        name=base.name,
        source=base.source,
        ncv=detail.ncv if stated_ncv else base.ncv,
        ncv_per=detail.ncv_per if stated_ncv else base.ncv_per,
        carbon_content=_first(detail.carbon_content, base.carbon_content),
        oxidation=_first(detail.oxidation, base.oxidation),
        ch4=_first(detail.ch4, base.ch4),
        n2o=_first(detail.n2o, base.n2o),
        density=base.density,
        biogenic=detail.biogenic or base.biogenic,
    )


def heat_per_unit(line: Line, fuel: Fuel) -> tuple[float, str]:
    """GJ (net) in one unit of the line's quantity, and the equation.

    Raises `IncompleteStudy` without a calorific value, `UnitMismatch` where units do not fit.
    """
    unit, place = line.quantity.unit, line_place(line.id, "quantity")
    if dimension(unit, place=place) == "energy":
        return conversion(unit, "GJ"), f"{conversion(unit, 'GJ'):g} GJ/{unit}"
    if fuel.ncv is None:
        raise IncompleteStudy(_missing(line, "ncv", "低位发热量", "net calorific value"))
    ncv_text = f"{fuel.ncv:g} GJ/{fuel.ncv_per}"
    kinds = dimension(unit, place=place), dimension(fuel.ncv_per, place=line_place(line.id, "ncv_per"))
    if kinds == ("volume", "mass") and fuel.density is not None:
        mass = conversion(unit, "m3") * fuel.density
        return mass * conversion("kg", fuel.ncv_per) * fuel.ncv, f"{fuel.density:g} kg/m3 × {ncv_text}"
    return conversion(unit, fuel.ncv_per, place=place) * fuel.ncv, ncv_text


def combustion(line: Line, detail: FuelDetail, fuels: FuelTable | None, gwp: GwpSet) -> Combustion:
    """Burning one unit of the line's quantity by carbon balance; gases of biogenic fuels are biogenic."""
    fuel = parameters(line, detail, fuels)
    heat, heat_text = heat_per_unit(line, fuel)
    if fuel.carbon_content is None:
        raise IncompleteStudy(_missing(line, "carbon_content", "单位热值含碳量", "carbon content"))
    if fuel.oxidation is None:
        raise IncompleteStudy(_missing(line, "oxidation", "碳氧化率", "oxidation factor"))
    _check_ranges(line, fuel)
    # GJ · tC/TJ = kgC
    co2 = heat * fuel.carbon_content * fuel.oxidation * CARBON_TO_CO2
    whole = gas_intensity("CO2", co2, gwp, biogenic=fuel.biogenic)
    equation = f"{heat_text} × {fuel.carbon_content:g} tC/TJ × {fuel.oxidation:g} × 44/12"
    traces, trace_text, notices = trace_gases(line, fuel, heat, gwp)
    own = detail.carbon_content is not None and (
        detail.ncv is not None or dimension(line.quantity.unit) == "energy"
    )
    return Combustion(intensity=whole + traces, equation=equation + trace_text, primary=own, notices=notices)


def trace_gases(
    line: Line, fuel: Fuel, heat: float, gwp: GwpSet
) -> tuple[Intensity, str, tuple[Problem, ...]]:
    """CH4 and N2O of combustion from kg/TJ; a notice where one is unknown (CO2 alone would not be enough)."""
    whole, text, absent = Intensity(), "", []
    for gas, per_tj in (("CH4", fuel.ch4), ("N2O", fuel.n2o)):
        if per_tj is None:
            absent.append(gas)
            continue
        whole += gas_intensity(gas, heat * per_tj / 1000, gwp, biogenic=fuel.biogenic)
        text += f" + {gas} {per_tj:g} kg/TJ"
    if not absent:
        return whole, text, ()
    names = ", ".join(absent)
    notice = line_problem(
        "fuel.trace_gases_missing",
        line.id,
        "detail",
        f"“{line.item}”的燃烧没有 {names} 排放因子，结果只含其余气体",
        f"the combustion of “{line.item}” has no emission factor for {names}",
        cure_zh="请选择燃料表中的燃料，或填写 kg/TJ",
        cure_en="choose a fuel of the table or state kg/TJ",
    )
    return whole, text, (notice,)


def _first(stated: float | None, base: float | None) -> float | None:
    return base if stated is None else stated


def _from_table(line: Line, fuel: str, fuels: FuelTable | None) -> Fuel:
    if fuels is None:
        raise IncompleteStudy(_missing(line, "fuel", "燃料表", "fuel table"))
    try:
        return fuels.get(fuel)
    except UnknownFactor as unknown:
        place = line_place(line.id, "fuel")
        raise UnknownFactor(
            *(Problem(code=p.code, what=p.what, cure=p.cure, place=place) for p in unknown.problems)
        ) from unknown


def _missing(line: Line, field: str, zh: str, en: str) -> Problem:
    return line_problem(
        "fuel.parameter_missing",
        line.id,
        field,
        f"“{line.item}”缺少{zh}",
        f"“{line.item}” lacks its {en}",
        cure_zh="请选择燃料表中的燃料，或按检测报告填写热值、含碳量和氧化率",
        cure_en="choose a fuel of the table, or state NCV, carbon content and oxidation from a test report",
    )


def _check_ranges(line: Line, fuel: Fuel) -> None:
    carbon, oxidation = fuel.carbon_content or 0.0, fuel.oxidation or 0.0
    if not 0 <= oxidation <= 1:
        raise InvalidInput(
            line_problem(
                "fuel.oxidation_range",
                line.id,
                "oxidation",
                f"碳氧化率应在 0 到 1 之间，实际为 {oxidation:g}",
                f"the oxidation factor lies between 0 and 1, not {oxidation:g}",
                cure_zh="99 % 请写 0.99",
                cure_en="write 0.99 for 99 %",
            )
        )
    if not 0 <= carbon <= 150:
        raise InvalidInput(
            line_problem(
                "fuel.carbon_range",
                line.id,
                "carbon_content",
                f"单位热值含碳量 {carbon:g} tC/TJ 不合理",
                f"a carbon content of {carbon:g} tC/TJ is implausible",
                cure_zh="单位是 tC/TJ（烟煤约 26，天然气约 15）",
                cure_en="the unit is tC/TJ (bituminous coal about 26, natural gas about 15)",
            )
        )
