"""Where processes stand: location codes of inventory formats, and which supplier is near to which consumer.

Read are ISO 3166 ("CN", "CN-SD"), GB/T 2260 numbers ("CN-37", "370200"), the Chinese ILCD style from
narrow to wide ("SD-CN", "SZ-JS-CN"), Chinese grid regions ("CN-NECG", "CN-grid-Northeast"), groups of
countries ("RER") and the world ("GLO", "RoW"). A code that is none of these is a place of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from zuji.lca.network.rules import LinkRule
from zuji.model.regions import ABBREVIATIONS, GRIDS, NUMBERS, REGIONS

_WORLD = frozenset(("", "GLO", "GLOBAL", "ROW", "WORLD", "WLD"))
_GRID_CODES: Mapping[str, str] = MappingProxyType(
    {
        "CN-NCGC": "CN-grid-North",
        "CN-NECG": "CN-grid-Northeast",
        "CN-ECGC": "CN-grid-East",
        "CN-CCG": "CN-grid-Central",
        "CN-NWG": "CN-grid-Northwest",
        "CN-SWG": "CN-grid-Southwest",
        "CN-CSG": "CN-grid-South",
    }
    | {grid.upper(): grid for grid in GRIDS}
)
_STATE_GRID = frozenset(("CN-SGCC",))
_EU27 = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"  # codespell:ignore
_EUROPE = f"{_EU27} GB CH NO IS LI AL BA MK ME RS XK MD UA BY TR AD MC SM VA RU"
_GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        name: frozenset(countries.split())
        for name, countries in {
            "EU-27": _EU27,
            "EU": _EU27,
            "EU-28": f"{_EU27} GB",
            "EU-28+EFTA": f"{_EU27} GB CH NO IS LI",
            "EU-28+3": f"{_EU27} GB CH NO IS",
            "RER": _EUROPE,
            "EUROPE": _EUROPE,
            "UCTE": "AT BE BA BG HR CZ DK FR DE GR HU IT LU MK ME NL PL PT RO RS SK SI ES CH",
            "ENTSO-E": f"{_EU27} GB CH NO IS AL BA MK ME RS",
            "NORDEL": "DK FI NO SE IS",
            "RNA": "US CA MX BM GL PM",
            "RLA": "AR BO BR CL CO CR CU DO EC SV GT GY HN HT JM MX NI PA PY PE PR SR TT UY VE",
            "RAF": "DZ AO BJ BW BF BI CM CV CF TD CG CD CI DJ EG GQ ER ET GA GM GH GN KE LS LR LY MG MW ML "
            "MR MU MA MZ NA NE NG RW SN SL SO ZA SS SD SZ TZ TG TN UG ZM ZW",
            "RAS": "CN HK MO TW JP KR KP MN IN PK BD LK NP BT AF IR IQ SY LB JO IL SA YE OM AE QA BH KW TR "
            "GE AM AZ KZ UZ TM KG TJ TH VN LA KH MM MY SG ID PH BN TL",
            "RME": "AE BH IL IQ IR JO KW LB OM QA SA SY TR YE",
            "OCE": "AU NZ PG FJ SB VU NC",
        }.items()
    }
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A location taken apart; `key` compares, so that "SD-CN", "CN-SD" and "CN-37" are one place.

    `countries` holds the members of a group, `grid` the name of a Chinese grid region; `inner` is whatever
    is smaller than a province, as written.
    """

    key: str
    world: bool = False
    countries: frozenset[str] = frozenset()
    country: str = ""
    grid: str = ""
    province: str = ""
    inner: str = ""


@cache
def whereabouts(code: str) -> Whereabouts:
    """What a location code means; never fails."""
    text = code.strip()
    upper = text.upper().replace("_", "-")
    if upper in _WORLD:
        return Whereabouts("GLO", world=True)
    if upper in _GRID_CODES:
        grid = _GRID_CODES[upper]
        return Whereabouts(grid, country="CN", grid=grid)
    if upper in _STATE_GRID:
        return Whereabouts(upper, country="CN", grid=upper)
    if upper in _GROUPS:
        return Whereabouts(upper, countries=_GROUPS[upper])
    if upper.isdigit() and len(upper) in (2, 4, 6) and upper[:2] in NUMBERS:
        return _chinese(NUMBERS[upper[:2]], upper[2:].rstrip("0"))
    if f"CN-{upper}" in ("CN-HK", "CN-MO", "CN-TW"):
        return _chinese(f"CN-{upper}", "")
    parts = [part for part in upper.split("-") if part]
    if len(parts) > 1 and parts[-1] == "CN":
        return _narrow_first(parts[:-1])
    if len(parts) > 1 and parts[0] == "CN":
        return _wide_first(parts[1:])
    if len(parts) > 1 and len(parts[0]) == 2 and parts[0].isalpha():
        return Whereabouts(upper, country=parts[0], inner="-".join(parts[1:]))
    if len(upper) == 2 and upper.isalpha():
        return Whereabouts(upper, country=upper)
    return Whereabouts(text, inner=text)


def _chinese(province: str, inner: str) -> Whereabouts:
    key = f"{province}-{inner}" if inner else province
    return Whereabouts(key, country="CN", province=province, inner=inner)


def _narrow_first(parts: list[str]) -> Whereabouts:
    province = ABBREVIATIONS.get(parts[-1]) or NUMBERS.get(parts[-1], "")
    if not province:
        return Whereabouts("CN-" + "-".join(reversed(parts)), country="CN", inner="-".join(parts))
    return _chinese(province, "-".join(reversed(parts[:-1])))


def _wide_first(parts: list[str]) -> Whereabouts:
    head = parts[0]
    if head.isdigit() and len(head) > 2:
        return whereabouts(head)
    province = ABBREVIATIONS.get(head) or NUMBERS.get(head, "")
    if not province:
        return Whereabouts("CN-" + "-".join(parts), country="CN", inner="-".join(parts))
    return _chinese(province, "-".join(parts[1:]))


@cache
def nearness(consumer: str, supplier: str) -> tuple[int, LinkRule]:
    """(rank, rule): how near a supplier's location is to a consumer's; the lowest rank supplies.

    A place that contains the consumer's (its province, grid region, country) comes before a neighbour in
    the same larger place: the average of a country stands for an unknown origin better than one province.
    """
    here, there = whereabouts(consumer), whereabouts(supplier)
    if here.key == there.key and not here.world:
        return 0, LinkRule.SAME_PLACE
    if here.province and here.province == there.province:
        return (1 if not there.inner else 2), LinkRule.SAME_PROVINCE
    if there.grid and _in_grid(here.province, there.grid):
        return (3 if there.grid in GRIDS else 4), LinkRule.SAME_REGION
    if here.country and here.country == there.country:
        if there.key == here.country:
            return 5, LinkRule.SAME_COUNTRY
        if there.province and (there.province in GRIDS.get(here.grid, ()) or _same_grid(here, there)):
            return 6, LinkRule.SAME_REGION
        return 7, LinkRule.SAME_COUNTRY
    if there.countries and (here.country in there.countries or _inside(here, there)):
        # the smaller the group, the closer it describes the consumer
        return 8 + len(there.countries), LinkRule.SAME_REGION
    if here.countries and there.country in here.countries:
        return 900, LinkRule.SAME_REGION
    if there.world:
        return 1000, LinkRule.WORLD
    return 1001, LinkRule.ANYWHERE


def _in_grid(province: str, grid: str) -> bool:
    return bool(province) and (
        province in GRIDS.get(grid, ()) or (grid in _STATE_GRID and province in REGIONS)
    )


def _same_grid(here: Whereabouts, there: Whereabouts) -> bool:
    return any(here.province in members and there.province in members for members in GRIDS.values())


def _inside(here: Whereabouts, there: Whereabouts) -> bool:
    return bool(here.countries) and here.countries <= there.countries
