"""The fuel table: which rows of the library each fuel takes its parameters from.

The rows are chosen in data/fuels.csv in the order newer guideline of the Ministry of Ecology and
Environment, guideline of 2013 and GB/T 32151.5, provincial guideline of 2011, national factor
database, IPCC 2006; a plant's own measurement on the line comes before all of them. Rows of low
confidence are never chosen.
"""

from collections.abc import Iterable, Mapping

from zuji.formats.reference.catalogue import Catalogue
from zuji.lca.fuels import Fuel, FuelTable
from zuji.model.factors import Factor
from zuji.text import Text

_CARBON_IN_CO2 = 12 / 44
_NCV_UNITS = {"GJ/t": ("t", 1.0), "GJ/10^4 Nm3": ("万Nm3", 1.0), "MJ/m3": ("万Nm3", 10.0)}
_PARAMETERS = ("ncv", "carbon_content", "oxidation", "ch4", "n2o")
Row = Mapping[str, str]


def fuel_table(rows: Iterable[Row], catalogue: Catalogue) -> FuelTable:
    """The table from the rows of fuels.csv; raises `UnknownFactor` or `ValueError` for a faulty one."""
    fuels = [_fuel(row, catalogue) for row in rows]
    return FuelTable({fuel.id: fuel for fuel in fuels})


def _fuel(row: Row, catalogue: Catalogue) -> Fuel:
    chosen = {name: catalogue.get(row[name]) for name in _PARAMETERS if row[name]}
    ncv, ncv_per = _calorific_value(chosen["ncv"])
    return Fuel(
        id=row["key"],
        name=Text(row["name"], row["name_en"]),
        source="; ".join(f"{name}: {factor.id}" for name, factor in chosen.items()),
        ncv=ncv,
        ncv_per=ncv_per,
        carbon_content=_carbon_content(chosen["carbon_content"]),
        oxidation=_oxidation(chosen.get("oxidation")),
        ch4=chosen["ch4"].value,
        n2o=chosen["n2o"].value,
        biogenic=row["biogenic"] == "true",
        aliases=tuple(dict.fromkeys((row["name"], row["name_en"]))),
    )


def _calorific_value(factor: Factor) -> tuple[float, str]:
    """GJ per the unit beside it. Chinese guidelines print gas per 10⁴ Nm³; MJ/m3 is read as MJ/Nm3."""
    per, scale = _NCV_UNITS[factor.unit]
    return factor.value * scale, per


def _carbon_content(factor: Factor) -> float:
    """tC/TJ; where the row gives CO2 per heat with complete oxidation, the carbon in it."""
    if factor.unit == "tC/TJ":
        return factor.value
    return _co2_per_terajoule(factor) * _CARBON_IN_CO2


def _oxidation(factor: Factor | None) -> float | None:
    """A fraction; a row of CO2 per heat is an effective factor with oxidation 1 (IPCC 2006, vol. 2, 1.4)."""
    if factor is None:
        return None
    if factor.unit == "%":
        return factor.value / 100
    _co2_per_terajoule(factor)
    return 1.0


def _co2_per_terajoule(factor: Factor) -> float:
    scales = {"tCO2/TJ": 1.0, "kgCO2/TJ": 1e-3}
    if factor.unit not in scales:
        raise ValueError(f"{factor.id}: {factor.unit}")
    return factor.value * scales[factor.unit]
