"""Frozen studies: everything a published number rests on in one canonical JSON document.

A snapshot holds the study, every factor, fuel and characterisation value it uses, and the published
digits. It can be recalculated with nothing else at hand, and a change of any byte is noticed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import zuji
from zuji.errors import FileRefused, Problem, UnknownFactor, ZujiError, problem
from zuji.lca.fuels import Fuel, FuelTable
from zuji.lca.published import published
from zuji.model.documents import from_dict, to_dict
from zuji.model.factors import Factor, FactorSource
from zuji.model.findings import Finding
from zuji.model.footprints import Footprint
from zuji.model.gwp import GwpSet
from zuji.model.lines import FuelDetail, RecyclingDetail
from zuji.model.records import Readers, write_record
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.trust.canonical import canonical, digest, digest_of_bytes

SCHEMA = "zuji-snapshot-1"
_RECYCLING_FACTORS = (
    "virgin",
    "recycled",
    "end_recycling",
    "avoided",
    "energy_recovery",
    "disposal",
    "avoided_heat",
    "avoided_electricity",
)
_INPUTS = ("study", "factors", "gwp", "fuels", "settings")
_READERS = Readers()
References = tuple[tuple[str, str], ...]


class FrozenFactors:
    """A `FactorSource` over the factors of one snapshot; the newest is the one that was newest then."""

    def __init__(self, entries: Mapping[tuple[str, str], Factor], newest: Mapping[str, Factor]) -> None:
        self._entries = dict(entries)
        self._newest = dict(newest)

    def get(self, factor_id: str, version: str = "") -> Factor:
        """The frozen factor; raises `UnknownFactor` for one that the study did not use."""
        found = self._entries.get((factor_id, version)) if version else self._newest.get(factor_id)
        if found is None:
            raise UnknownFactor(
                problem(
                    "snapshot.factor",
                    f"快照中没有因子“{factor_id}”{version}",
                    f"the snapshot holds no factor “{factor_id}” {version}".rstrip(),
                    cure_zh="快照不完整，请向出具者索取原件",
                    cure_en="the snapshot is incomplete; ask whoever issued it for the original",
                )
            )
        return found

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self._newest

    def __iter__(self) -> Iterator[Factor]:
        return iter(self._newest.values())

    def __len__(self) -> int:
        return len(self._newest)


@dataclass(frozen=True)
class Snapshot:
    """The canonical bytes of a frozen study, and what can be read in them."""

    data: bytes

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The whole content as plain JSON."""
        content: Mapping[str, Any] = json.loads(self.data)
        return content

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes: what a report prints and a log entry holds."""
        return digest_of_bytes(self.data)

    @property
    def input_digest(self) -> str:
        """SHA-256 of what went in: study, factors, characterisation, fuels and settings."""
        return str(self.document["input_digest"])

    @property
    def software_version(self) -> str:
        return str(self.document["software_version"])

    @property
    def published(self) -> Mapping[str, Any]:
        """The published digits, as `zuji.lca.published` gives them."""
        content: Mapping[str, Any] = self.document["published"]
        return content

    @cached_property
    def study(self) -> Study:
        return from_dict(self.document["study"])

    @cached_property
    def factors(self) -> FrozenFactors:
        entries = [(_record(Factor, entry["factor"]), entry["newest"]) for entry in self.document["factors"]]
        return FrozenFactors(
            {(factor.id, factor.version): factor for factor, _ in entries},
            {factor.id: factor for factor, newest in entries if newest},
        )

    @cached_property
    def gwp(self) -> GwpSet:
        found: GwpSet = _record(GwpSet, self.document["gwp"])
        return found

    @cached_property
    def fuels(self) -> FuelTable:
        return FuelTable({entry["id"]: _record(Fuel, entry) for entry in self.document["fuels"]})

    @property
    def factor_versions(self) -> Mapping[str, tuple[str, ...]]:
        """The versions used of each factor."""
        versions: dict[str, tuple[str, ...]] = {}
        for entry in self.document["factors"]:
            factor = entry["factor"]
            versions[factor["id"]] = (*versions.get(factor["id"], ()), factor["version"])
        return versions

    def to_bytes(self) -> bytes:
        return self.data


def freeze(
    study: Study, footprint: Footprint, factors: FactorSource, gwp: GwpSet, fuels: FuelTable | None = None
) -> Snapshot:
    """The snapshot of a study and its footprint, as `zuji.quality.evaluate` made it from these sources.

    Raises `UnknownFactor` where a factor of the study is not in `factors`.
    """
    band = footprint.uncertainty
    inputs = {
        "study": to_dict(study, complete=True),
        "factors": _frozen_factors(study, factors),
        "gwp": write_record(gwp, complete=True),
        "fuels": [write_record(fuel, complete=True) for fuel in _used_fuels(study, fuels)],
        "settings": {
            "uncertainty": None if band is None else band.runs if band.method == "monte_carlo" else 0,
            "seed": band.seed if band is not None else 0,
        },
    }
    whole = {
        "schema": SCHEMA,
        "software_version": zuji.__version__,
        **inputs,
        "input_digest": digest(inputs),
        "published": published(footprint),
    }
    return Snapshot(canonical({**whole, "content_digest": digest(whole)}))


def from_bytes(data: bytes) -> Snapshot:
    """The snapshot in a file; raises `FileRefused` where it is none. `verify` tells whether it holds."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FileRefused(_not_a_snapshot()) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise FileRefused(_not_a_snapshot())
    keys = {*_INPUTS, "schema", "software_version", "input_digest", "published", "content_digest"}
    if document.keys() != keys:
        raise FileRefused(_not_a_snapshot())
    return Snapshot(data)


def recalculate(snapshot: Snapshot) -> Footprint:
    """The footprint from nothing but what the snapshot holds; raises a `ZujiError` where it is damaged."""
    settings = snapshot.document["settings"]
    return evaluate(
        snapshot.study,
        snapshot.factors,
        snapshot.gwp,
        snapshot.fuels,
        uncertainty=settings["uncertainty"],
        seed=settings["seed"],
    )


def verify(snapshot: Snapshot) -> list[Problem]:
    """What does not hold: bytes, digests, factor records, published digits. Empty when all does."""
    found = _digest_problems(snapshot)
    try:
        again = canonical(published(recalculate(snapshot)))
        same = again == canonical(snapshot.published)
    except ZujiError as error:
        return [*found, *error]
    except (KeyError, TypeError, ValueError, AttributeError):
        return [*found, _damaged()]
    return found if same else [*found, _digits()]


def _digest_problems(snapshot: Snapshot) -> list[Problem]:
    document = snapshot.document
    try:
        rest = {key: value for key, value in document.items() if key != "content_digest"}
        inputs = {key: document[key] for key in _INPUTS}
        checks = [
            ("bytes", snapshot.data == canonical(document)),
            ("content_digest", document["content_digest"] == digest(rest)),
            ("input_digest", document["input_digest"] == digest(inputs)),
        ]
        checks += [
            (f"factors {entry['factor']['id']}", entry["sha256"] == digest(entry["factor"]))
            for entry in document["factors"]
        ]
    except (KeyError, TypeError, ValueError):
        return [_damaged()]
    return [_changed(part) for part, holds in checks if not holds]


def _frozen_factors(study: Study, factors: FactorSource) -> list[dict[str, Any]]:
    """Each factor used once, with its digest and whether it was the newest one."""
    used: dict[tuple[str, str], tuple[Factor, bool]] = {}
    for factor_id, version in _references(study, factors):
        factor = factors.get(factor_id, version)
        newest = not version or factors.get(factor_id) == factor
        used[factor.id, factor.version] = (factor, newest)
    return [
        {"factor": record, "sha256": digest(record), "newest": newest}
        for (_, factor, newest) in ((key, *used[key]) for key in sorted(used))
        for record in (write_record(factor, complete=True),)
    ]


def _references(study: Study, factors: FactorSource) -> References:
    """Every factor id with the version asked for, "" for the newest."""
    found: list[tuple[str, str]] = []
    for process in study.processes:
        found += ((output.avoided_factor, "") for output in process.outputs)
    for line in study.lines:
        asked = [(line.factor, line.factor_version)]
        if isinstance(line.detail, RecyclingDetail):
            asked += ((getattr(line.detail, name), "") for name in _RECYCLING_FACTORS)
        # the factors of a cut-off line only estimate it, and may be unknown
        found += (each for each in asked if not line.cut_off or each[0] in factors)
    for scenario in study.scenarios:
        found += ((change.factor or "", "") for change in scenario.changes)
    return tuple(dict.fromkeys((factor, version) for factor, version in found if factor))


def _used_fuels(study: Study, fuels: FuelTable | None) -> list[Fuel]:
    named = {line.detail.fuel for line in study.lines if isinstance(line.detail, FuelDetail)}
    if fuels is None:
        return []
    # names that the table lacks stand on cut-off lines only; the others were calculated
    used = {fuels.get(name).id for name in named if name in fuels}
    return [fuel for fuel in fuels if fuel.id in used]


def _record(cls: type, value: object) -> Any:
    findings: list[Finding] = []
    record = _READERS.of(cls)(value, findings)
    if findings:
        raise FileRefused(_damaged())
    return record


def _not_a_snapshot() -> Problem:
    return problem(
        "snapshot.not_one",
        "这不是足迹快照文件",
        "this is not a snapshot of a footprint",
        cure_zh="请选择冻结时得到的 zuji-snapshot.json，或报告 PDF 内嵌的同名附件",
        cure_en="choose the zuji-snapshot.json made on freezing, or the one embedded in the report",
    )


def _damaged() -> Problem:
    return problem(
        "snapshot.damaged",
        "快照内容不完整或已损坏",
        "the snapshot is incomplete or damaged",
        cure_zh="请向出具者索取原件",
        cure_en="ask whoever issued it for the original",
    )


def _changed(part: str) -> Problem:
    return problem(
        "snapshot.changed",
        f"快照被改动过：{part} 与其摘要不符",
        f"the snapshot was changed: {part} does not agree with its digest",
        cure_zh="请以出具者的原件为准",
        cure_en="go by the original of whoever issued it",
    )


def _digits() -> Problem:
    return problem(
        "snapshot.digits",
        "按快照内的数据重新计算，得到的发布数值不同",
        "recalculating what is inside gives other published digits",
        cure_zh="快照中的结果与其数据不符，不能采信；请联系出具者",
        cure_en="the result does not follow from the data inside; contact whoever issued it",
    )
