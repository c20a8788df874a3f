"""Frozen studies: everything a published number rests on in one canonical JSON document.

A snapshot holds the study, every factor, fuel and characterisation value it uses, and the published
digits. It can be recalculated with nothing else at hand, and a change of any byte is noticed.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import zuji
from zuji.errors import InvalidInput, Place, Problem, ZujiError, problem
from zuji.lca.fuels import Fuel, FuelTable
from zuji.lca.published import published
from zuji.model.documents import from_dict, to_dict
from zuji.model.factors import Factor, FactorSource
from zuji.model.footprints import Footprint
from zuji.model.gwp import GwpSet
from zuji.model.records import write_record
from zuji.model.studies import Study
from zuji.model.validation import validate
from zuji.quality import evaluate
from zuji.trust.canonical import canonical, digest, digest_of_bytes
from zuji.trust.frozen_factors import FrozenFactors, used_factors, used_fuels
from zuji.trust.snapshot_reading import INPUTS, REVIEWED_BY, SCHEMA, load, parse, record

__all__ = ["FrozenFactors", "Snapshot", "freeze", "from_bytes", "recalculate", "verify"]
# The notice that only a calculation with uncertainty gives, where nothing turned out to be uncertain.
_BAND_WAS_ASKED = "uncertainty.lines_without"


@dataclass(frozen=True)
class Snapshot:
    """The canonical bytes of a frozen study, and what can be read in them."""

    data: bytes

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The whole content as plain JSON."""
        content: Mapping[str, Any] = load(self.data)
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
    def frozen_at(self) -> str:
        """When it was frozen, as stated by whoever froze it."""
        return str(self.document["frozen_at"])

    @property
    def frozen_by(self) -> str:
        """Who froze it; who made the study stands in `study.goal.author`."""
        return str(self.document["frozen_by"])

    @property
    def reviewed_by(self) -> str | None:
        """Who reviewed the study inside its organisation before it was frozen.

        Empty where it was frozen without internal review, None where the snapshot is silent about it.
        """
        stated = self.document.get(REVIEWED_BY)
        return None if stated is None else str(stated)

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
        entries = [(record(Factor, entry["factor"]), entry["newest"]) for entry in self.document["factors"]]
        return FrozenFactors(
            {(factor.id, factor.version): factor for factor, _ in entries},
            {factor.id: factor for factor, newest in entries if newest},
        )

    @cached_property
    def gwp(self) -> GwpSet:
        found: GwpSet = record(GwpSet, self.document["gwp"])
        return found

    @cached_property
    def fuels(self) -> FuelTable:
        return FuelTable({entry["id"]: record(Fuel, entry) for entry in self.document["fuels"]})

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
    study: Study,
    footprint: Footprint,
    factors: FactorSource,
    gwp: GwpSet,
    fuels: FuelTable | None = None,
    *,
    frozen_at: str = "",
    frozen_by: str = "",
    reviewed_by: str | None = None,
) -> Snapshot:
    """The snapshot of a study and its footprint, as `zuji.quality.evaluate` made it from these sources.

    `frozen_at` (ISO 8601) and `frozen_by` are recorded as given, and so is `reviewed_by`: empty says that
    nobody reviewed the study, None says nothing about it. Raises `UnknownFactor` where a factor of
    the study is not in `factors`, and `InvalidInput` where recalculating gives other digits than
    `footprint` has (then it is the result of something else) or where the result is not a finite number.
    """
    figures = (footprint.total, *footprint.totals, *(each.total for each in footprint.scenarios))
    if not all(map(math.isfinite, figures)):
        raise InvalidInput(*_not_finite(footprint))
    inputs = {
        "study": to_dict(study, complete=True),
        "factors": _frozen_factors(study, factors, fuels),
        "gwp": write_record(gwp, complete=True),
        "fuels": [write_record(fuel, complete=True) for fuel in used_fuels(study, fuels)],
        "settings": _settings(footprint),
    }
    whole = {
        "schema": SCHEMA,
        "software_version": zuji.__version__,
        "frozen_at": frozen_at,
        "frozen_by": frozen_by,
        **inputs,
        "input_digest": digest(inputs),
        "published": published(footprint),
        **({} if reviewed_by is None else {REVIEWED_BY: reviewed_by}),
    }
    snapshot = Snapshot(canonical({**whole, "content_digest": digest(whole)}))
    if not study.gwp == gwp.id == footprint.gwp or _without_band(snapshot) != _bandless(footprint):
        raise InvalidInput(_other_result())
    return snapshot


def _without_band(snapshot: Snapshot) -> dict[str, Any]:
    """The digits again from the snapshot alone, but for the band: a simulation takes its time."""
    again = evaluate(snapshot.study, snapshot.factors, snapshot.gwp, snapshot.fuels, uncertainty=None)
    return _bandless(again)


def _bandless(footprint: Footprint) -> dict[str, Any]:
    return {key: digits for key, digits in published(footprint).items() if key != "uncertainty"}


def from_bytes(data: bytes, *, name: str = "") -> Snapshot:
    """The snapshot in a file; `verify` then tells whether it holds.

    Raises `FileRefused` where it is none, and `InvalidInput` with every mistake of its content.
    """
    parse(data, name=name)
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
    # content that was changed explains every other difference, and need not be calculable
    found = _digest_problems(snapshot) or list(validate(snapshot.study))
    if found:
        return found
    try:
        again = published(recalculate(snapshot))
    except ZujiError as error:
        return [*error]
    except (ArithmeticError, ValueError):
        return [_damaged()]
    return _other_digits(again, snapshot.published)


def _digest_problems(snapshot: Snapshot) -> list[Problem]:
    document = snapshot.document
    rest = {key: value for key, value in document.items() if key != "content_digest"}
    try:
        checks = [
            ("input_digest", document["input_digest"] == digest({key: document[key] for key in INPUTS})),
            *(
                (f"factors {entry['factor']['id']}", entry["sha256"] == digest(entry["factor"]))
                for entry in document["factors"]
            ),
            ("content_digest", document["content_digest"] == digest(rest)),
            ("bytes", snapshot.data == canonical(document)),
        ]
    except ZujiError as error:
        return [*error]
    return [_changed(part) for part, holds in checks if not holds]


def _other_digits(again: Mapping[str, Any], stated: Mapping[str, Any]) -> list[Problem]:
    return [
        _digits(key, again.get(key), stated.get(key))
        for key in dict.fromkeys((*again, *stated))
        if again.get(key) != stated.get(key)
    ]


def _settings(footprint: Footprint) -> dict[str, int | None]:
    """With which uncertainty the footprint was calculated: None, 0 for first order, or the runs."""
    band = footprint.uncertainty
    if band is None:
        asked = any(notice.code == _BAND_WAS_ASKED for notice in footprint.notices)
        return {"uncertainty": 0 if asked else None, "seed": 0}
    if band.method == "first_order":
        return {"uncertainty": 0, "seed": 0}
    return {"uncertainty": band.runs + band.failed, "seed": band.seed}


def _frozen_factors(study: Study, factors: FactorSource, fuels: FuelTable | None) -> list[dict[str, Any]]:
    """Each factor used, with its digest and whether it was the newest one."""
    return [
        {"factor": written, "sha256": digest(written), "newest": newest}
        for factor, newest in used_factors(study, factors, fuels)
        for written in (write_record(factor, complete=True),)
    ]


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


def _digits(key: str, ours: object, theirs: object) -> Problem:
    plain = isinstance(ours, str) and isinstance(theirs, str)
    zh, en = (f"：重算得 {ours}，快照为 {theirs}", f": {ours} against {theirs}") if plain else ("", "")
    return problem(
        "snapshot.digits",
        f"按快照内的数据重新计算，得到的发布数值不同{zh}",
        f"recalculating what is inside gives other published digits{en}",
        cure_zh="快照中的结果与其数据不符，不能采信；请联系出具者",
        cure_en="the result does not follow from the data inside; contact whoever issued it",
        place=Place(field=f"published.{key}"),
    )


def _not_finite(footprint: Footprint) -> list[Problem]:
    lines = [line for line in footprint.lines if not math.isfinite(line.total)]
    places = [Place(line=line.line, field="quantity") for line in lines] or [Place()]
    return [
        problem(
            "result.not_finite",
            "结果超出可计算的范围",
            "the result is beyond what can be calculated",
            cure_zh="请核对数量与单位，多半是多写了若干个零",
            cure_en="check amounts and units; most likely there are zeros too many",
            place=place,
        )
        for place in places
    ]


def _other_result() -> Problem:
    return problem(
        "snapshot.other_result",
        "结果与研究不符：按该研究和这些因子重算得到的数字不同",
        "the result is not that of the study: recalculating gives other digits",
        cure_zh="请重新计算后再冻结",
        cure_en="calculate again, then freeze",
    )
