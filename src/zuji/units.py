"""Units: what a spelling means, its dimension, and conversion that refuses to guess.

The table is `units.txt` beside this file, with its sources. Gas volumes at a stated reference state
("standard volume") never convert to plain volumes: between 0 °C and 20 °C lie 7 %, so a person must
say which one the meter or the bill means.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

from zuji.errors import Place, UnitMismatch, UnknownUnit, problem
from zuji.text import Text

MULTIPLES: Mapping[str, int] = MappingProxyType(
    {
        "千万": 10**7,
        "百万": 10**6,
        "万": 10**4,
        "亿": 10**8,
        "10^3": 10**3,
        "10^4": 10**4,
        "10^6": 10**6,
        "10^8": 10**8,
    }
)
_MULTIPLE_NAMES = {10**3: "10^3", 10**4: "万", 10**6: "百万", 10**7: "千万", 10**8: "亿"}
_POWERS = {10**3: "10³", 10**4: "10⁴", 10**6: "10⁶", 10**7: "10⁷", 10**8: "10⁸"}
# Symbols that a reader does not take for what they mean; all others are shown as they are.
_SHOWN: Mapping[str, Text] = MappingProxyType(
    {
        "Wh-capacity": Text("Wh 电池容量", "Wh of battery capacity"),
        "kWh-capacity": Text("kWh 电池容量", "kWh of battery capacity"),
        "MWh-capacity": Text("MWh 电池容量", "MWh of battery capacity"),
        "m3(20℃)": Text("m³（20 ℃）", "m³ (20 °C)"),
        "m3(15℃)": Text("m³（15 ℃）", "m³ (15 °C)"),
        "斤": Text("斤", "jin"),
        "亩": Text("亩", "mu"),
        "gal": Text("美制加仑", "US gal"),
        "nmi": Text("海里", "nmi"),
        "mile": Text("英里", "mile"),
        "d": Text("天", "day"),
        "a": Text("年", "year"),
        "piece": Text("件", "piece"),
        "vehicle": Text("辆", "vehicle"),
        "bottle": Text("瓶", "bottle"),
    }
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the field writes it; `factor` is its exact multiple of the base unit of `dimension`."""

    symbol: str
    dimension: str
    factor: Fraction
    name: Text


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The units of one dimension, for drop-downs."""

    dimension: str
    name: Text
    base: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    groups: tuple[UnitGroup, ...]
    exact: Mapping[str, Unit]
    folded: Mapping[str, Unit]
    ambiguous: Mapping[str, Text]


def _plain(spelling: str) -> str:
    """Blanks removed, powers of ten kept apart from superscripts, width and superscripts made plain."""
    text = spelling.strip()
    for power, digit in (("³", "3"), ("⁴", "4"), ("⁶", "6"), ("⁸", "8")):
        text = text.replace(f"10{power}", f"10^{digit}")
    text = unicodedata.normalize("NFKC", text)
    text = text.replace("₂", "2").replace("⋅", "·").replace("•", "·").replace("・", "·")
    return "".join(text.split()).removeprefix("1×").removeprefix("×")


def _key(spelling: str) -> str:
    return _plain(spelling).casefold()


def _exact(text: str) -> Fraction:
    numerator, _, denominator = text.partition("/")
    return Fraction(numerator) / Fraction(denominator or 1)


def _read(text: str) -> _Table:
    groups: list[UnitGroup] = []
    exact: dict[str, Unit] = {}
    folded: dict[str, Unit] = {}
    ambiguous: dict[str, Text] = {}
    header: tuple[str, Text, str] | None = None
    units: list[Unit] = []

    def close() -> None:
        if header is not None and units:
            groups.append(UnitGroup(*header, tuple(units)))
            units.clear()

    for raw in text.splitlines():
        if not raw.strip() or raw.startswith("#"):
            continue
        cells = [cell.strip() for cell in raw.split("|")]
        if cells[0].startswith("["):
            close()
            name = cells[0].strip("[]")
            header = None if name == "ambiguous" else (name, Text(cells[1], cells[2]), cells[3])
        elif header is None:
            ambiguous[_plain(cells[0])] = Text(cells[1], cells[2])
        else:
            unit = Unit(cells[0], header[0], _exact(cells[1]), Text(cells[2], cells[3]))
            units.append(unit)
            exact[_plain(unit.symbol)] = unit
            for spelling in (unit.symbol, *cells[4].split()):
                folded.setdefault(_key(spelling), unit)
    close()
    return _Table(tuple(groups), exact, folded, ambiguous)


_TABLE = _read(Path(__file__).with_name("units.txt").read_text(encoding="utf-8"))
UNITS: tuple[UnitGroup, ...] = _TABLE.groups
DIMENSION_NAMES: Mapping[str, Text] = MappingProxyType({group.dimension: group.name for group in UNITS})


@cache
def _find(spelling: str) -> Unit | None:
    plain = _plain(spelling)
    if plain in _TABLE.ambiguous:
        return None
    unit = _TABLE.exact.get(plain) or _TABLE.folded.get(plain.casefold())
    return unit or _multiple(plain)


def _multiple(plain: str) -> Unit | None:
    for prefix, multiple in MULTIPLES.items():
        rest = plain.removeprefix(prefix)
        unit = _TABLE.exact.get(rest) or _TABLE.folded.get(rest.casefold())
        if rest != plain and unit is not None and rest not in _TABLE.ambiguous:
            name = Text(f"{_MULTIPLE_NAMES[multiple]}{unit.name.zh}", f"{multiple:g} {unit.name.en}")
            return Unit(
                f"{_MULTIPLE_NAMES[multiple]}{unit.symbol}", unit.dimension, unit.factor * multiple, name
            )
    return None


def unit_of(spelling: str, *, place: Place | None = None) -> Unit:
    """The unit that a spelling means; raises `UnknownUnit` with the nearest known ones."""
    unit = _find(spelling)
    if unit is None:
        raise _unknown(spelling, place)
    return unit


def known(spelling: str) -> bool:
    """Whether a spelling means a unit."""
    return _find(spelling) is not None


def canonical(spelling: str, *, place: Place | None = None) -> str:
    """The normal spelling: "千瓦时" gives "kWh", "10⁴ Nm³" gives "万Nm3"."""
    return unit_of(spelling, place=place).symbol


def dimension(spelling: str, *, place: Place | None = None) -> str:
    """The dimension's key, for example "energy"."""
    return unit_of(spelling, place=place).dimension


def shown_unit(unit: str, language: str = "zh") -> str:
    """A unit as people read it in running text and tables: "kWh 电池容量", "m²", "辆".

    `language` is "zh", "en" or a longer tag of either ("zh-hans"). A unit that the table does not know
    stays as written; of a quotient such as kgCO2e/m2 each side is shown.
    """
    found = _find(unit)
    if found is None:
        above, stroke, below = unit.partition("/")
        return f"{shown_unit(above, language)}/{shown_unit(below, language)}" if stroke else unit
    chinese = language.startswith("zh")
    multiple, symbol = _without_multiple(found.symbol)
    name = _SHOWN.get(symbol)
    if name is not None:
        shown = name.zh if chinese else name.en
    else:
        shown = symbol.replace("m2", "m²").replace("m3", "m³")
    if multiple:
        shown = f"{_MULTIPLE_NAMES[multiple]}{shown}" if chinese else f"{_POWERS[multiple]} {shown}"
    return shown


def _without_multiple(symbol: str) -> tuple[int, str]:
    """The multiple in front of a symbol, 0 for none, and the rest."""
    if symbol not in _TABLE.exact:
        for multiple, name in _MULTIPLE_NAMES.items():
            rest = symbol.removeprefix(name)
            if rest != symbol and rest in _TABLE.exact:
                return multiple, rest
    return 0, symbol


def same_dimension(first: str, second: str) -> bool:
    """Whether both spellings are known and convert into each other."""
    a, b = _find(first), _find(second)
    return a is not None and b is not None and a.dimension == b.dimension


def conversion(from_unit: str, to_unit: str, *, place: Place | None = None) -> float:
    """What an amount in `from_unit` is multiplied by to be in `to_unit`, correctly rounded.

    Raises `UnknownUnit` or `UnitMismatch`, both saying what to do.
    """
    ratio = _ratio(from_unit, to_unit)
    if ratio is None:
        raise _mismatch(unit_of(from_unit, place=place), unit_of(to_unit, place=place), place)
    return ratio


@cache
def _ratio(from_unit: str, to_unit: str) -> float | None:
    source, target = _find(from_unit), _find(to_unit)
    if source is None or target is None or source.dimension != target.dimension:
        return None
    return float(source.factor / target.factor)


def convert(amount: float, from_unit: str, to_unit: str, *, place: Place | None = None) -> float:
    """`amount` of `from_unit` expressed in `to_unit`."""
    return amount * conversion(from_unit, to_unit, place=place)


def tonne_kilometres(
    mass: float, mass_unit: str, distance: float, distance_unit: str, *, place: Place | None = None
) -> float:
    """Transport work of a mass moved over a distance, t·km."""
    return convert(mass, mass_unit, "t", place=place) * convert(distance, distance_unit, "km", place=place)


def suggestions(spelling: str, count: int = 3) -> tuple[str, ...]:
    """The known units spelled most alike, best first."""
    near = get_close_matches(_key(spelling), list(_TABLE.folded), n=count * 3, cutoff=0.5)
    return tuple(dict.fromkeys(_TABLE.folded[key].symbol for key in near))[:count]


def _unknown(spelling: str, place: Place | None) -> UnknownUnit:
    shown = spelling.strip()
    if not shown:
        return UnknownUnit(
            problem(
                "unit.missing",
                "没有填写单位",
                "the unit is missing",
                cure_zh="请填写单位，例如 kg、kWh、t·km",
                cure_en="write a unit, for example kg, kWh or t·km",
                place=place,
            )
        )
    doubt = _TABLE.ambiguous.get(_plain(spelling))
    if doubt is not None:
        return UnknownUnit(
            problem(
                "unit.ambiguous",
                f"单位“{shown}”有歧义",
                f"the unit “{shown}” is ambiguous",
                cure_zh=doubt.zh,
                cure_en=doubt.en,
                place=place,
            )
        )
    near = suggestions(spelling)
    return UnknownUnit(
        problem(
            "unit.unknown",
            f"不认识单位“{shown}”",
            f"the unit “{shown}” is not known",
            cure_zh=f"是否想写 {'、'.join(near)}？" if near else "请改用单位表中的单位，例如 kg、kWh、m3",
            cure_en=f"did you mean {', '.join(near)}?"
            if near
            else "use a unit of the list, such as kg, kWh, m3",
            place=place,
        )
    )


def _mismatch(source: Unit, target: Unit, place: Place | None) -> UnitMismatch:
    first, second = DIMENSION_NAMES[source.dimension], DIMENSION_NAMES[target.dimension]
    cure = _CURES.get(
        frozenset((source.dimension, target.dimension)),
        Text(
            f"请把数量换算成{second.zh}单位（如 {target.symbol}），或改选按{first.zh}计的因子",
            f"state the amount in a unit of {second.en.lower()} such as {target.symbol}, "
            f"or choose a factor per unit of {first.en.lower()}",
        ),
    )
    return UnitMismatch(
        problem(
            "unit.mismatch",
            f"{source.symbol}（{first.zh}）不能换算成 {target.symbol}（{second.zh}）",
            f"{source.symbol} ({first.en.lower()}) does not convert to {target.symbol} ({second.en.lower()})",
            cure_zh=cure.zh,
            cure_en=cure.en,
            place=place,
        )
    )


_CURES: Mapping[frozenset[str], Text] = {
    frozenset(("volume", "standard volume")): Text(
        "请说明气体体积的状态：燃气表按 20 ℃、101.325 kPa 结算的写 m3(20℃)，0 ℃ 标准状态的写 Nm3；"
        "工况体积请先换算",
        "say at which state the gas volume is: m3(20℃) where billed at 20 °C and 101.325 kPa, Nm3 for 0 °C; "
        "convert a volume at operating conditions first",
    ),
    frozenset(("energy", "storage capacity")): Text(
        "kWh 是电量，kWh-capacity 是电池容量：两者不是同一个量，请核对因子和数量各指哪一个",
        "kWh is energy and kWh-capacity is the capacity of a battery: check which one amount and factor mean",
    ),
    frozenset(("mass", "volume")): Text(
        "请用密度换算成同一种单位后再填写，并在备注里写明密度及其来源",
        "convert with the density first, and note the density and its source",
    ),
    frozenset(("mass", "transport work")): Text(
        "运输量是质量乘距离：请补上运输距离（km）",
        "transport work is mass times distance: add the distance in km",
    ),
    frozenset(("mass", "greenhouse gas")): Text(
        "这里需要二氧化碳当量（kgCO2e），不是物料质量",
        "an amount of CO2 equivalent (kgCO2e) belongs here, not a mass of material",
    ),
}
