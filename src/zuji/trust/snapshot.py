"""Freezing a study, recalculating it from its snapshot alone, and verifying a snapshot."""

from collections.abc import Iterator

import zuji
from zuji.errors import InvalidInput, Place, Problem, ZujiError, problem
from zuji.lca.digits import PublishedDigits, digits_of
from zuji.lca.fuels import FuelTable
from zuji.lca.used import used_factors, used_fuels
from zuji.model.factors import Factor, FactorSource
from zuji.model.footprints import Footprint
from zuji.model.gwp import GwpSet
from zuji.model.studies import Study
from zuji.model.validation import validate
from zuji.quality import evaluate
from zuji.trust.canonical import study_digest
from zuji.trust.frozen import (
    SCHEMA,
    FactorRecord,
    FuelRecord,
    GwpRecord,
    Snapshot,
    UncertaintyRecord,
    digest,
    record_digest,
    to_bytes,
)
from zuji.trust.frozen_reading import from_bytes

__all__ = ["Snapshot", "digest", "freeze", "from_bytes", "recalculate", "to_bytes", "verify"]
# The notice that only a calculation with uncertainty gives, where nothing turned out to be uncertain.
_BAND_WAS_ASKED = "uncertainty.lines_without"


def freeze(
    study: Study,
    footprint: Footprint,
    factors: FactorSource,
    gwp: GwpSet,
    fuels: FuelTable | None = None,
    *,
    frozen_at: str = "",
    frozen_by: str = "",
) -> Snapshot:
    """The snapshot of a study and its result.

    Raises `InvalidInput` where recalculating the snapshot does not give the digits of `footprint`: then
    the result is of another study, other factors or other potentials and is not recorded.
    """
    used = used_factors(study, factors, fuels)
    snapshot = Snapshot(
        schema=SCHEMA,
        software_version=zuji.__version__,
        input_digest=study_digest(study),
        study=study,
        factors=tuple(_factor_record(each, factors) for each in used),
        gwp=GwpRecord(record=gwp, sha256=record_digest(gwp)),
        fuels=tuple(FuelRecord(record=f, sha256=record_digest(f)) for f in used_fuels(study, fuels)),
        uncertainty=_asked(footprint),
        published=digits_of(footprint),
        frozen_at=frozen_at,
        frozen_by=frozen_by,
    )
    same_potentials = study.gwp == footprint.gwp == gwp.id
    if not same_potentials or digits_of(recalculate(snapshot)) != snapshot.published:
        raise InvalidInput(
            problem(
                "snapshot.other_result",
                "结果与研究不符：按该研究和这些因子重算得到的数字不同",
                "the result is not that of the study: recalculating gives other digits",
                cure_zh="请重新计算后再冻结",
                cure_en="calculate again, then freeze",
            )
        )
    return snapshot


def recalculate(snapshot: Snapshot) -> Footprint:
    """The footprint from nothing but what is inside the snapshot; raises what the calculation raises."""
    return evaluate(
        snapshot.study,
        snapshot.factor_source,
        snapshot.gwp.record,
        snapshot.fuel_table,
        uncertainty=snapshot.uncertainty.runs,
        seed=snapshot.uncertainty.seed,
    )


def verify(snapshot: Snapshot) -> tuple[Problem, ...]:
    """What is wrong with a snapshot; empty where every record is whole and the digits come out again."""
    # a record that was changed explains every other difference, and its study need not be calculable
    return tuple(_broken_records(snapshot)) or validate(snapshot.study) or _other_digits(snapshot)


def _broken_records(snapshot: Snapshot) -> Iterator[Problem]:
    for at, factor in enumerate(snapshot.factors):
        if record_digest(factor.record) != factor.sha256:
            yield _changed(f"factors[{at}]", f"因子 {factor.record.id}", f"factor {factor.record.id}")
    if record_digest(snapshot.gwp.record) != snapshot.gwp.sha256:
        name = snapshot.gwp.record.id
        yield _changed("gwp", f"增温潜势 {name}", f"the potentials {name}")
    for at, fuel in enumerate(snapshot.fuels):
        if record_digest(fuel.record) != fuel.sha256:
            yield _changed(f"fuels[{at}]", f"燃料 {fuel.record.id}", f"fuel {fuel.record.id}")
    if study_digest(snapshot.study) != snapshot.input_digest:
        yield _changed("study", "研究", "the study")


def _changed(field: str, zh: str, en: str) -> Problem:
    return problem(
        "snapshot.changed",
        f"{zh}与其摘要（SHA-256）不符，冻结之后被改动过",
        f"{en} does not have the recorded SHA-256: it was changed after freezing",
        cure_zh="请向提供者索取原快照文件",
        cure_en="ask for the snapshot as it was frozen",
        place=Place(field=field),
    )


def _other_digits(snapshot: Snapshot) -> tuple[Problem, ...]:
    try:
        again = digits_of(recalculate(snapshot))
    except ZujiError as refusal:
        return refusal.problems
    return tuple(
        problem(
            "snapshot.other_digits",
            f"重算得到 {ours or '—'}，快照公布的是 {theirs or '—'}",
            f"recalculating gives {ours or '—'}, the snapshot publishes {theirs or '—'}",
            cure_zh="公布的数字不能由快照内容得到，请向提供者索取原快照文件",
            cure_en="the published figure does not follow from the content; ask for the snapshot as frozen",
            place=Place(field=f"published.{name}"),
        )
        for name, ours, theirs in _differences(again, snapshot.published)
    )


def _differences(again: PublishedDigits, stated: PublishedDigits) -> Iterator[tuple[str, str, str]]:
    for name in ("total", "unit"):
        ours, theirs = getattr(again, name), getattr(stated, name)
        if ours != theirs:
            yield name, ours, theirs
    for name in ("totals", "stages", "scenarios", "band"):
        ours, theirs = getattr(again, name), getattr(stated, name)
        for key in dict.fromkeys((*ours, *theirs)):
            if ours.get(key) != theirs.get(key):
                yield f"{name}.{key}", ours.get(key, ""), theirs.get(key, "")


def _factor_record(factor: Factor, factors: FactorSource) -> FactorRecord:
    newest = factors.get(factor.id).version == factor.version
    return FactorRecord(record=factor, sha256=record_digest(factor), newest=newest)


def _asked(footprint: Footprint) -> UncertaintyRecord:
    """With which uncertainty the result was calculated."""
    band = footprint.uncertainty
    if band is None:
        asked = any(notice.code == _BAND_WAS_ASKED for notice in footprint.notices)
        return UncertaintyRecord(runs=0 if asked else None)
    if band.method == "first_order":
        return UncertaintyRecord(runs=0)
    return UncertaintyRecord(runs=band.runs + band.failed, seed=band.seed)
