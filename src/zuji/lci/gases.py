"""Which greenhouse gas an elementary flow is: by CAS registry number, else by its name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """The five totals that ISO 14067:2018 reports separately (6.4.9, and DESIGN.md section 2)."""

    FOSSIL = "fossil"
    BIOGENIC_EMISSIONS = "biogenic_emissions"
    BIOGENIC_REMOVALS = "biogenic_removals"
    LAND_USE = "land_use_change"
    AIRCRAFT = "aircraft"


@dataclass(frozen=True, slots=True)
class GasFlow:
    """A flow as a greenhouse gas: its name in a `GwpSet`, the total it belongs to, and its sign there."""

    gas: str
    kind: Kind
    sign: float
    stated: bool = True
    """Whether the name says where the gas is from."""


CAS: Mapping[str, str] = MappingProxyType(
    {
        "124-38-9": "CO2",
        "74-82-8": "CH4",
        "10024-97-2": "N2O",
        "2551-62-4": "SF6",
        "7783-54-2": "NF3",
        "75-73-0": "CF4",
        "76-16-4": "C2F6",
        "76-19-7": "C3F8",
        "355-25-9": "C4F10",
        "115-25-3": "c-C4F8",
        "678-26-2": "C5F12",
        "355-42-0": "C6F14",
        "75-46-7": "HFC-23",
        "75-10-5": "HFC-32",
        "354-33-6": "HFC-125",
        "811-97-2": "HFC-134a",
        "420-46-2": "HFC-143a",
        "75-37-6": "HFC-152a",
        "431-89-0": "HFC-227ea",
        "690-39-1": "HFC-236fa",
        "460-73-1": "HFC-245fa",
        "406-58-6": "HFC-365mfc",
        "138495-42-8": "HFC-43-10mee",
        "75-45-6": "HCFC-22",
        "306-83-2": "HCFC-123",
        "2837-89-0": "HCFC-124",
        "1717-00-6": "HCFC-141b",
        "75-68-3": "HCFC-142b",
        "75-43-4": "HCFC-21",
        "75-69-4": "CFC-11",
        "75-71-8": "CFC-12",
        "75-72-9": "CFC-13",
        "76-13-1": "CFC-113",
        "76-14-2": "CFC-114",
        "76-15-3": "CFC-115",
        "75-63-8": "Halon-1301",
        "353-59-3": "Halon-1211",
        "124-73-2": "Halon-2402",
        "56-23-5": "CCl4",
        "74-83-9": "CH3Br",
        "71-55-6": "CH3CCl3",
        "67-66-3": "CHCl3",
        "75-09-2": "CH2Cl2",
        "74-87-3": "CH3Cl",
        "2699-79-8": "SO2F2",
        "373-80-8": "SF5CF3",
    }
)
"""CAS registry numbers of the gases in the shipped GWP sets that inventories commonly list."""

_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), gas)
    for pattern, gas in (
        (r"^(carbon dioxide|co2\b|二氧化碳)", "CO2"),
        (r"^(methane(?! sulf|, ?(bromo|chloro|dichloro|trichloro|tetra|fluoro))|ch4\b|甲烷)", "CH4"),
        (r"^(dinitrogen monoxide|nitrous oxide|n2o\b|氧化亚氮|一氧化二氮)", "N2O"),
        (r"^(sulfur hexafluoride|sulphur hexafluoride|sf6\b|六氟化硫)", "SF6"),
        (r"^(nitrogen (tri)?fluoride|nf3\b|三氟化氮)", "NF3"),
    )
)
_BIOGENIC = re.compile(r"biogenic|non[- ]fossil|生物|非化石", re.IGNORECASE)
_FOSSIL = re.compile(r"fossil|化石", re.IGNORECASE)
_LAND = re.compile(r"land use|land transformation|soil or biomass stock|土地|土壤或生物", re.IGNORECASE)
_STORED = re.compile(r"\bto soil or biomass stock", re.IGNORECASE)
_EMITTED = re.compile(r"emission|排放", re.IGNORECASE)
_ALOFT = re.compile(r"stratosphere|upper troposphere|平流层|对流层(上部|顶)", re.IGNORECASE)
_AIR = re.compile(r"\bair\b|大气|空气|atmosphere|stratosphere|upper troposphere|平流层|对流层", re.IGNORECASE)


def cas(text: str) -> str:
    """A CAS number without leading zeros or blanks, as it compares: 000124-38-9 -> 124-38-9."""
    return text.strip().lstrip("0")


def is_aloft(compartment: str) -> bool:
    """Whether a compartment is the stratosphere or the upper troposphere."""
    return _ALOFT.search(compartment) is not None


def gas_of(
    name: str, name_zh: str, cas_number: str, compartment: str, *, inward: bool, flown: bool = False
) -> GasFlow | None:
    """The greenhouse gas a flow is, or None.

    Taken from the air as a resource: CO2 is a biogenic removal, all else does not count. Emitted: to air
    only, by origin as the name says; an origin that is not named counts as fossil (`stated` is then False).
    `flown`: air transport emits it; filed aloft it is then an aircraft's (`zuji.lci.aloft`).
    """
    words = f"{name}\n{name_zh}"
    gas = CAS.get(cas(cas_number)) or next(
        (one for pattern, one in _NAMES if pattern.search(name) or pattern.search(name_zh)), None
    )
    if gas is None:
        return None
    if inward:
        origin = _LAND.search(words) or _FOSSIL.search(words) or _EMITTED.search(compartment)
        return GasFlow(gas, Kind.BIOGENIC_REMOVALS, -1.0) if gas == "CO2" and not origin else None
    if _STORED.search(words):
        return GasFlow(gas, Kind.LAND_USE, -1.0) if gas == "CO2" else None
    if compartment and not _AIR.search(compartment):
        return None
    if _LAND.search(words):
        return GasFlow(gas, Kind.LAND_USE, 1.0)
    if _BIOGENIC.search(words):
        return GasFlow(gas, Kind.BIOGENIC_EMISSIONS, 1.0)
    kind = Kind.AIRCRAFT if flown and is_aloft(compartment) else Kind.FOSSIL
    return GasFlow(gas, kind, 1.0, stated=_FOSSIL.search(words) is not None)
