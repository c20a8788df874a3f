"""A footprint as JSON: one form for the command line, the interface and the platform."""

from collections.abc import Mapping
from typing import Any, Protocol

from zuji.errors import Problem
from zuji.lca.published import published
from zuji.model.factors import FactorSource
from zuji.model.footprints import Footprint, LineResult, UncertaintyResult
from zuji.model.gwp import GwpSet
from zuji.model.records import write_record, write_value
from zuji.model.stages import TOTAL_KINDS
from zuji.model.studies import Study
from zuji.quality import SCHEMES, Improvement, improvements

IMPROVEMENTS = 5


class Frozen(Protocol):
    """What a result says about the snapshot it rests on."""

    @property
    def digest(self) -> str: ...

    @property
    def input_digest(self) -> str: ...

    @property
    def software_version(self) -> str: ...

    @property
    def gwp(self) -> GwpSet: ...

    @property
    def factors(self) -> FactorSource: ...

    @property
    def frozen_at(self) -> str: ...

    @property
    def frozen_by(self) -> str: ...

    @property
    def factor_versions(self) -> Mapping[str, tuple[str, ...]]: ...


def to_dict(footprint: Footprint, snapshot: Frozen | None, study: Study) -> dict[str, Any]:
    """The footprint as str, float, bool, None, list and dict.

    Numbers are kgCO2e per reference unit, at full precision; `published` holds the digits to print.
    `snapshot` is None for a live result that nobody froze.
    """
    quantity = study.unit.quantity
    return {
        "product": {"name": study.product.name, "name_en": study.product.name_en},
        "study": study.id,
        "demonstration": study.demonstration,
        "total": footprint.total,
        "unit": footprint.unit,
        "functional_unit": {
            "kind": str(study.unit.kind),
            "amount": quantity.amount,
            "unit": quantity.unit,
            "description": study.unit.description,
        },
        "boundary": write_record(study.boundary),
        "stages": _by_name(footprint.stages),
        "stage_totals": {
            str(stage): dict(zip(map(str, TOTAL_KINDS), totals, strict=True))
            for stage, totals in footprint.stage_totals.items()
        },
        "totals": dict(zip(map(str, TOTAL_KINDS), footprint.totals, strict=True)),
        "gases": _by_name(footprint.gases),
        "suppliers": _by_name(footprint.suppliers),
        "processes": _by_name(footprint.processes),
        "lines": [_line(line) for line in footprint.lines],
        "cut_offs": [write_record(cut, complete=True) for cut in footprint.cut_offs],
        "allocations": [write_record(allocation, complete=True) for allocation in footprint.allocations],
        "data_quality": [write_record(rating, complete=True) for rating in footprint.quality],
        "improvements": {
            scheme: [write_record(each, complete=True) for each in found]
            for scheme, found in first_improvements(footprint, snapshot, study).items()
        },
        "primary_data_share": footprint.primary_data_share,
        "biogenic_carbon_kg": footprint.biogenic_carbon_kg,
        "uncertainty": _uncertainty(footprint.uncertainty),
        "scenarios": [write_record(scenario, complete=True) for scenario in footprint.scenarios],
        "location_based": None
        if footprint.location_based is None
        else write_record(footprint.location_based, complete=True),
        "gwp": footprint.gwp,
        "rule": study.rule,
        "warnings": [problem_to_dict(notice) for notice in footprint.notices],
        "published": published(footprint),
        "snapshot": None if snapshot is None else _snapshot(snapshot),
    }


def factors_used(footprint: Footprint, factors: FactorSource) -> list[dict[str, Any]]:
    """Every factor behind a line's result, with its source, in order of first use."""
    asked: dict[tuple[str, str], None] = {}
    for line in footprint.lines:
        # a recycling line names several factors, joined as in its versions
        pairs = zip(line.factor.split("+"), line.factor_version.split("+"), strict=True)
        asked.update(dict.fromkeys(pair for pair in pairs if pair[0]))
    return [write_record(factors.get(*pair), complete=True) for pair in asked]


def first_improvements(
    footprint: Footprint, snapshot: Frozen | None, study: Study
) -> dict[str, tuple[Improvement, ...]]:
    """By scheme the lines to better first; nothing without a snapshot, which holds the factors."""
    if snapshot is None:
        return {}
    schemes = [SCHEMES.get((rating.scheme, rating.version)) for rating in footprint.quality]
    return {
        scheme.id: improvements(footprint, study, snapshot.factors, scheme)[:IMPROVEMENTS]
        for scheme in schemes
        if scheme is not None
    }


def _by_name(table: Mapping[Any, float]) -> dict[str, float]:
    return {str(key): value for key, value in table.items()}


def _line(line: LineResult) -> dict[str, Any]:
    """The line with `contribution`, its kgCO2e by total kind and together."""
    whole = write_record(line, complete=True)
    whole["totals"] = dict(zip(map(str, TOTAL_KINDS), line.totals, strict=True))
    whole["contribution"] = whole.pop("total")
    return whole


def _uncertainty(band: UncertaintyResult | None) -> dict[str, Any] | None:
    return None if band is None else write_record(band, complete=True)


def problem_to_dict(problem: Problem) -> dict[str, Any]:
    """A problem as JSON: code, both languages, place without its empty parts."""
    return {
        "code": problem.code,
        "what": {"zh": problem.what.zh, "en": problem.what.en},
        "cure": {"zh": problem.cure.zh, "en": problem.cure.en},
        "place": write_record(problem.place),
    }


def _snapshot(snapshot: Frozen) -> dict[str, Any]:
    return {
        "digest": snapshot.digest,
        "input_digest": snapshot.input_digest,
        "software_version": snapshot.software_version,
        "factor_versions": write_value(dict(snapshot.factor_versions)),
        "gwp": {"id": snapshot.gwp.id, "version": snapshot.gwp.version},
        "frozen_at": snapshot.frozen_at,
        "frozen_by": snapshot.frozen_by,
    }
