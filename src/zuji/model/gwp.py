"""Characterisation: 100-year global warming potentials of one IPCC report as a named, versioned set."""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GwpSet:
    """GWP in kgCO2e per kg of gas. Keys are chemical names ("CO2", "CH4", "N2O", "SF6", "HFC-134a").

    `fossil_ch4` and `biogenic_ch4` are used for methane by origin (AR6 WG1 table 7.15); the plain
    "CH4" value is used where the origin is unknown. `notes` states choices, such as which of two
    published SF6 values is the default.
    """

    id: str
    version: str
    name: Text
    values: Mapping[str, float]
    fossil_ch4: float
    biogenic_ch4: float
    source: str
    notes: str = ""
    alternatives: Mapping[str, float] | None = None
