"""What changed between two versions of a study, and what each change did to the number."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from zuji.errors import UnknownFactor, ZujiError
from zuji.lca import footprint, prepare
from zuji.lca.differences import Difference, Step, difference
from zuji.lca.fuels import FuelTable
from zuji.model.factors import Factor, FactorSource
from zuji.model.footprints import Footprint
from zuji.model.gwp import GwpSet
from zuji.model.studies import Study
from zuji.trust.snapshot import from_bytes
from zuji_web.factors.queries import library
from zuji_web.products import drafts
from zuji_web.products.models import ProductStudy, StudySnapshot
from zuji_web.products.queries import standing

Option = dict[str, Any]
MOST_BARS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two versions and the steps between their results."""

    before: ProductStudy
    after: ProductStudy
    difference: Difference


@dataclass(frozen=True)
class _Chained:
    """The later version's factors, and for what it no longer uses those of the earlier one."""

    later: FactorSource
    earlier: FactorSource

    def get(self, factor_id: str, version: str = "") -> Factor:
        try:
            return self.later.get(factor_id, version)
        except UnknownFactor:
            return self.earlier.get(factor_id, version)

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self.later or factor_id in self.earlier

    def __iter__(self) -> Iterator[Factor]:
        yield from self.later
        yield from (factor for factor in self.earlier if factor.id not in self.later)

    def __len__(self) -> int:
        return sum(1 for _factor in self)


@dataclass(frozen=True)
class _Side:
    """A version with everything that it is counted with; a draft with mistakes has no number."""

    study: Study
    whole: bool
    factors: FactorSource
    gwp: Mapping[str, GwpSet]
    fuels: FuelTable


def base_of(study: ProductStudy, others: list[ProductStudy]) -> ProductStudy | None:
    """With which version a study is compared unless another is chosen: the one that it continues."""
    known = {version.pk: version for version in others}
    if study.previous_id in known:
        return known[study.previous_id]
    return next((version for version in others if version.pk != study.pk), None)


def comparable_versions(study: ProductStudy) -> list[ProductStudy]:
    """The other versions of a study."""
    return [version for version in standing.versions(study) if version.pk != study.pk]


def between(before: ProductStudy, after: ProductStudy) -> Compared:
    """The difference; remembered by content, so that the same two are compared once."""
    found = _between(_key(before), _key(after), before.organisation_id, after.organisation_id)
    return Compared(before=before, after=after, difference=found)


def _key(study: ProductStudy) -> tuple[str, str]:
    """What determines a version's result: the snapshot's digest, or document and factor library."""
    row = StudySnapshot.objects.filter(study=study).only("digest").first()
    if row is not None:
        return "snapshot", row.digest
    document = json.dumps(study.document, sort_keys=True, ensure_ascii=False)
    return library(study.organisation_id).digest, document


@lru_cache(maxsize=32)
def _between(before: tuple[str, str], after: tuple[str, str], of_before: UUID, of_after: UUID) -> Difference:
    earlier, later = _side(before, of_before), _side(after, of_after)
    chained = _Side(
        study=later.study,
        whole=later.whole,
        factors=_Chained(later.factors, earlier.factors),
        gwp={**earlier.gwp, **later.gwp},
        fuels=later.fuels,
    )
    return difference(earlier.study, later.study, _calculate(earlier), _calculate(chained))


def _side(key: tuple[str, str], of: UUID) -> _Side:
    kind, value = key
    if kind == "snapshot":
        snapshot = from_bytes(bytes(StudySnapshot.objects.get(digest=value).content))
        gwp = {snapshot.gwp.id: snapshot.gwp}
        return _Side(snapshot.study, True, snapshot.factors, gwp, snapshot.fuels)  # noqa: FBT003
    using = library(of)
    read = drafts.read(json.loads(value))
    return _Side(read.study, not read.problems, using.source, using.gwp, using.fuels)


def _calculate(side: _Side) -> Any:
    def calculate(study: Study) -> Footprint:
        potentials = side.gwp.get(study.gwp)
        if potentials is None or not side.whole:
            raise ZujiError  # the walk takes this change together with the next one
        return footprint(prepare(study, side.factors, potentials, side.fuels))

    return calculate


def waterfall(found: Difference, names: list[str], texts: list[str], ends: tuple[str, str]) -> Option | None:
    """Floating bars from the earlier total to the later one; None where there is no number to draw.

    `names` and `texts` label the steps in order; `ends` are the two totals in words. Of more than
    24 steps the smallest are drawn as one bar by the caller.
    """
    if found.before is None or found.after is None:
        return None
    at, bars = found.before, [_bar(0.0, found.before, "token:muted", ends[0])]
    for step, text in zip(found.steps, texts, strict=True):
        effect = step.effect or 0.0
        colour = "token:bad" if effect > 0 else "token:good"
        bars.append(_bar(at, at + effect, colour, text))
        at += effect
    bars.append(_bar(0.0, found.after, "token:muted", ends[1]))
    keys = ("base", "rise", "fall")
    return {
        "grid": {"left": 8, "right": 110, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"show": False}, "splitLine": {"show": False}, "scale": True},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": names,
            "axisLabel": {"width": 150, "overflow": "truncate"},
        },
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "bar",
                "stack": "total",
                "barMaxWidth": 20,
                "silent": key == "base",
                "data": [bar[key] for bar in bars],
            }
            for key in keys
        ],
    }


def _bar(start: float, end: float, colour: str, text: str) -> dict[str, Option]:
    """A bar from `start` to `end` as stacked parts: an unseen one, one above zero and one below."""
    low, high = min(start, end), max(start, end)
    base = low if low > 0 else high if high < 0 else 0.0
    rise = high - max(low, 0.0) if high > 0 else 0.0
    fall = low - min(high, 0.0) if low < 0 else 0.0
    shown: Option = {"show": True, "position": "right" if rise else "left", "formatter": text}
    hidden: Option = {"show": False}
    style = {"color": colour}
    tooltip = {"formatter": text}
    return {
        "base": {"value": base, "itemStyle": {"color": "transparent"}, "label": hidden},
        "rise": {"value": rise, "itemStyle": style, "label": shown if rise else hidden, "tooltip": tooltip},
        "fall": {"value": fall, "itemStyle": style, "label": hidden if rise else shown, "tooltip": tooltip},
    }


def condensed(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps that are worth a bar, in their order, and the smaller rest."""
    if len(steps) <= MOST_BARS:
        return steps, ()
    large = sorted(steps, key=lambda step: -abs(step.effect or 0.0))[: MOST_BARS - 1]
    kept = {id(step) for step in large}
    return tuple(s for s in steps if id(s) in kept), tuple(s for s in steps if id(s) not in kept)


def with_steps(found: Difference, steps: tuple[Step, ...]) -> Difference:
    """The same difference told in other steps, for a drawing that joins the smallest."""
    return replace(found, steps=steps)
