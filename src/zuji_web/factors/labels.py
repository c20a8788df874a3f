"""What stands beside a dataset on a page: its kind, its confidence, its region, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zuji.model.factors import Confidence, FactorKind
from zuji.model.quantities import Distribution
from zuji.text import Text

Words = str | Promise
_BETWEEN = " / "


def in_both(text: str) -> Text:
    """A data cell that says a thing in Chinese and English, as a text.

    The cells are written "中文 / English", "中文 / English: both" or "中文 / English: 细分 / detail".
    """
    parts = text.split(_BETWEEN)
    if len(parts) == 1:
        return Text(text, text)
    if len(parts) == 2:
        chinese, english = parts
        _head, colon, tail = english.partition(": ")
        return Text(f"{chinese}\uff1a{tail}" if colon and "\uff1a" not in chinese else chinese, english)
    chinese, middle, *rest = parts
    english, _colon, detail = middle.partition(": ")
    return Text(f"{chinese}\uff1a{detail}", f"{english}: {_BETWEEN.join(rest)}")


@dataclass(frozen=True, slots=True)
class Grade:
    """How well a value is known: its name, what it means, and the tone of its badge."""

    name: Words
    meaning: Words
    tone: str


CONFIDENCES: Mapping[Confidence, Grade] = {
    Confidence.HIGH: Grade(
        _("High"),
        _("From an official document or a machine-readable table, or two or more independent copies agree."),
        "good",
    ),
    Confidence.MEDIUM: Grade(_("Medium"), _("One credible copy of the source was seen."), "note"),
    Confidence.DERIVED: Grade(
        _("Derived"), _("Calculated by this library; the formula is in the notes."), "brand"
    ),
    Confidence.LOW: Grade(
        _("Low confidence"),
        _("A weak copy, a doubtful value or a known defect: shown for reference, never a default."),
        "warn",
    ),
}

KIND_MEANINGS: Mapping[FactorKind, Words] = {
    FactorKind.PRODUCT_FOOTPRINT: _("Life-cycle emissions of one unit of a bought product, cradle to gate."),
    FactorKind.ELECTRICITY_FOOTPRINT: _(
        "Life-cycle emissions of one kilowatt hour, upstream of fuels and plants included. "
        "The only kind of electricity factor that a product footprint may use."
    ),
    FactorKind.GRID_CO2: _(
        "CO2 from burning fuels for one kilowatt hour. It leaves out upstream emissions and other gases."
    ),
    FactorKind.HEAT: _("Emissions of bought steam or hot water per unit of heat."),
    FactorKind.TRANSPORT: _("Emissions of moving one tonne over one kilometre."),
    FactorKind.WASTE_TREATMENT: _("Emissions of treating one unit of water, waste water or waste."),
    FactorKind.FUEL_COMBUSTION: _("Direct emissions of burning a fuel; its supply is a separate line."),
    FactorKind.FUEL_PROPERTY: _("Calorific value, carbon content, oxidation or density of a fuel."),
    FactorKind.PROCESS_EMISSION: _("Emissions of a chemical process, by stoichiometry or a default."),
    FactorKind.PROCESS_PARAMETER: _("A number that the formula of a process needs."),
    FactorKind.GWP: _("How strongly a gas warms compared with the same mass of CO2."),
    FactorKind.ELECTRICITY_STATISTIC: _("Generation, consumption and balance of electricity by province."),
    FactorKind.GRID_PARAMETER: _("Losses of grids and capacities of links between provinces."),
    FactorKind.ENERGY_LIMIT: _("How much energy a unit of product may take by a mandatory standard."),
}

REGIONS: Mapping[str, Words] = {
    "CN": _("China"),
    "GLO": _("World"),
    "GB": _("United Kingdom"),
    "CN-BJ": _("Beijing"),
    "CN-TJ": _("Tianjin"),
    "CN-HE": _("Hebei"),
    "CN-SX": _("Shanxi"),
    "CN-NM": _("Inner Mongolia"),
    "CN-LN": _("Liaoning"),
    "CN-JL": _("Jilin"),
    "CN-HL": _("Heilongjiang"),
    "CN-SH": _("Shanghai"),
    "CN-JS": _("Jiangsu"),
    "CN-ZJ": _("Zhejiang"),
    "CN-AH": _("Anhui"),
    "CN-FJ": _("Fujian"),
    "CN-JX": _("Jiangxi"),
    "CN-SD": _("Shandong"),
    "CN-HA": _("Henan"),
    "CN-HB": _("Hubei"),
    "CN-HN": _("Hunan"),
    "CN-GD": _("Guangdong"),
    "CN-GX": _("Guangxi"),
    "CN-HI": _("Hainan"),
    "CN-CQ": _("Chongqing"),
    "CN-SC": _("Sichuan"),
    "CN-GZ": _("Guizhou"),
    "CN-YN": _("Yunnan"),
    "CN-XZ": _("Tibet"),
    "CN-SN": _("Shaanxi"),
    "CN-GS": _("Gansu"),
    "CN-QH": _("Qinghai"),
    "CN-NX": _("Ningxia"),
    "CN-XJ": _("Xinjiang"),
    "CN-HK": _("Hong Kong"),
    "CN-MO": _("Macao"),
    "CN-TW": _("Taiwan"),
    "CN-grid-North": _("North China grid"),
    "CN-grid-Northeast": _("Northeast China grid"),
    "CN-grid-East": _("East China grid"),
    "CN-grid-Central": _("Central China grid"),
    "CN-grid-Northwest": _("Northwest China grid"),
    "CN-grid-South": _("South China grid"),
    "CN-grid-Southwest": _("Southwest China grid"),
}


SHAPES: Mapping[Distribution, Words] = {
    Distribution.LOGNORMAL: _("lognormal, geometric standard deviation"),
    Distribution.NORMAL: _("normal, coefficient of variation"),
    Distribution.TRIANGULAR: _("triangular"),
    Distribution.UNIFORM: _("uniform"),
}


def region_name(code: str) -> str:
    """A region's name; a link between two regions names both."""
    return " → ".join(str(REGIONS.get(part, part)) for part in code.split(">"))
