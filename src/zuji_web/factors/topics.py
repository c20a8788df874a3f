"""Pages on one subject of the library: electricity, warming potentials, fuels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zuji.lca.fuels import CARBON_TO_CO2, Fuel
from zuji.model.factors import Factor, FactorKind
from zuji.text import Text
from zuji_web.factors import charts
from zuji_web.factors.electricity import SOURCES, TYPES, Electricity, Mix, electricity, tiles
from zuji_web.factors.labels import REGIONS, region_name
from zuji_web.factors.queries import library

TYPE_NAMES = {
    "national": _("National average"),
    "coal": _("Coal"),
    "gas": _("Gas"),
    "hydro": _("Hydro"),
    "nuclear": _("Nuclear"),
    "wind": _("Wind"),
    "pv": _("Photovoltaic"),
    "csp": _("Solar thermal"),
    "biomass": _("Biomass"),
}
SOURCE_NAMES = {
    "thermal": _("Thermal"),
    "hydro": _("Hydro"),
    "nuclear": _("Nuclear"),
    "wind": _("Wind"),
    "solar": _("Solar"),
}
SOURCE_COLOURS = (
    "token:total-fossil",
    "token:stage-distribution",
    "token:stage-end_of_life",
    "token:stage-manufacturing",
    "token:stage-use",
)
PROVINCES = tuple(code for code in REGIONS if code.startswith("CN-") and "grid" not in code)


@require_GET
def electricity_page(request: HttpRequest) -> HttpResponse:
    """The two kinds of electricity factor side by side, and where electricity comes from."""
    held = electricity()
    co2_year = _chosen(request, "co2_year", held.co2_years)
    mix_year = _chosen(request, "mix_year", held.mix_years)
    co2 = held.co2.get(co2_year, {})
    mixes = held.mixes.get(mix_year, ())
    return render(
        request,
        "factors/electricity.html",
        {
            "years": held.years,
            "types": _type_rows(held),
            "type_chart": _type_chart(held),
            "delivery": held.delivery,
            "national": held.types.get("national", {}).get(held.years[0]) if held.years else None,
            "national_co2": co2.get("nation"),
            "co2_year": co2_year,
            "co2_years": held.co2_years,
            "tiles": tiles(PROVINCES, co2),
            "models": held.models,
            "mix_year": mix_year,
            "mix_years": held.mix_years,
            "mixes": mixes,
            "sources": [SOURCE_NAMES[source] for source in SOURCES],
            "mix_chart": _mix_chart(mixes),
            "mix_height": 80 + 24 * len(mixes),
        },
    )


def _chosen(request: HttpRequest, name: str, years: Sequence[str]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in years else (years[0] if years else "")


def _type_rows(held: Electricity) -> list[tuple[object, list[Factor | None]]]:
    return [
        (TYPE_NAMES[kind], [held.types[kind].get(year) for year in held.years])
        for kind in ("national", *TYPES)
        if kind in held.types
    ]


def _type_chart(held: Electricity) -> charts.Option:
    rows = _type_rows(held)
    series = {
        year: [found.value if (found := values[i]) else None for _name, values in rows]
        for i, year in sorted(enumerate(held.years), reverse=True)
    }
    return charts.bars([str(name) for name, _values in rows], series, "kgCO2e/kWh")


def _mix_chart(mixes: Sequence[Mix]) -> charts.Option:
    parts = {
        str(SOURCE_NAMES[source]): [round(100 * mix.shares[i], 1) for mix in mixes]
        for i, source in enumerate(SOURCES)
    }
    return charts.shares([region_name(mix.region) for mix in mixes], parts, SOURCE_COLOURS, "%")


@dataclass(frozen=True, slots=True)
class GasRow:
    """A gas with its value in every set, in the order of the sets."""

    gas: str
    name: Text
    values: tuple[float | None, ...]


@require_GET
def gwp_page(request: HttpRequest) -> HttpResponse:
    """The characterisation sets side by side."""
    sets = list(library().gwp.values())
    names = _gas_names()
    gases = dict.fromkeys(gas for one in reversed(sets) for gas in one.values)
    rows = [
        GasRow(gas, names.get(gas, Text(gas)), tuple(one.values.get(gas) for one in sets)) for gas in gases
    ]
    return render(request, "factors/gwp.html", {"sets": sets, "rows": rows})


def _gas_names() -> Mapping[str, Text]:
    named = (factor for factor in library().source if factor.kind is FactorKind.GWP)
    return {factor.aliases[0]: factor.name for factor in named if "#" not in factor.aliases[0]}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a fuel and the dataset that it comes from."""

    value: float | None
    code: str


@dataclass(frozen=True, slots=True)
class FuelRow:
    """A fuel with its parameters (NCV, carbon content, oxidation, CH4, N2O) and the CO2 that follows."""

    fuel: Fuel
    parameters: tuple[Parameter, ...]
    co2: float | None


@require_GET
def fuels_page(request: HttpRequest) -> HttpResponse:
    """The fuel table, with the CO2 that follows from it."""
    rows = [FuelRow(fuel, _parameters(fuel), _co2_per_unit(fuel)) for fuel in library().fuels]
    return render(request, "factors/fuels.html", {"rows": rows})


def _parameters(fuel: Fuel) -> tuple[Parameter, ...]:
    # The source of a shipped fuel reads "ncv: code; carbon_content: code".
    codes = dict(part.split(": ", 1) for part in fuel.source.split("; ") if ": " in part)
    values = {
        "ncv": fuel.ncv,
        "carbon_content": fuel.carbon_content,
        "oxidation": fuel.oxidation,
        "ch4": fuel.ch4,
        "n2o": fuel.n2o,
    }
    return tuple(Parameter(value, codes.get(name, "")) for name, value in values.items())


def _co2_per_unit(fuel: Fuel) -> float | None:
    """tCO2 per unit of the calorific value: NCV · CC · OF · 44/12, with GJ/unit and tC/TJ."""
    if fuel.ncv is None or fuel.carbon_content is None:
        return None
    oxidation = 1.0 if fuel.oxidation is None else fuel.oxidation
    return fuel.ncv / 1000 * fuel.carbon_content * oxidation * CARBON_TO_CO2
