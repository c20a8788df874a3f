"""Where each number of a result comes from, line by line, for the result page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zuji.errors import UnknownFactor
from zuji.model.factors import Factor
from zuji.model.footprints import LineResult, QualityResult
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.quality.evidence import gather
from zuji.quality.schemes import SCHEMES
from zuji.report import amounts
from zuji.report.annexes import CONFIDENCE_NAMES
from zuji.report.material import DATA_SOURCE_NAMES, KIND_NAMES, Material
from zuji_web.factors.queries import library

# From this score on (1 best, 5 worst) an indicator is worth improving.
WEAK = 3.0
CURES: dict[str, str | Promise] = {
    "technology": _("use data of the technology that is really used"),
    "geography": _("use data of the region where it happens"),
    "time": _("use newer data"),
    "precision": _("measure instead of estimating, or ask the supplier"),
}
_KIND_OF_INDICATOR = {
    "TeR": "technology",
    "GeR": "geography",
    "TiR": "time",
    "P": "precision",
    "technologicalDQR": "technology",
    "geographicalDQR": "geography",
    "temporalDQR": "time",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorStory:
    """A factor behind a line: what it says, which version, whose it is. `url` is its dataset page."""

    name: str
    identity: str
    value: str
    about: str
    source: str
    confidence: str
    low: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStory:
    """A line of the result: its contribution, the equation in figures, its factors and its evidence."""

    id: str
    item: str
    stage: Stage
    stage_name: str
    kind: str
    process: str
    supplier: str
    contribution: str
    share: str
    cumulative: str
    credit: bool
    primary: bool
    scores: str
    formula: str
    scaled: str
    data_source: str
    evidence: str
    source: str
    note: str
    factors: tuple[FactorStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """A line whose data matter and are weak, and what would improve them."""

    item: str
    share: str
    scores: str
    cures: tuple[str | Promise, ...]


def stories(material: Material, of: UUID | None = None) -> Iterator[LineStory]:
    """Every line that contributes, largest first."""
    ranked = [line for line in material.ranked() if line.total]
    total = material.footprint.total
    evidence = gather(material.study, material.factors)
    for line, reached in zip(ranked, accumulate(line.total for line in ranked), strict=True):
        written = material.lines.get(line.line)
        own = evidence.get(line.line)
        yield LineStory(
            id=line.line,
            item=material.item(line),
            stage=line.stage,
            stage_name=material.words(STAGE_NAMES[line.stage]),
            kind=material.words(KIND_NAMES[line.kind]),
            process=material.process_names.get(line.process, line.process),
            supplier=line.supplier,
            contribution=material.contributions[line.line],
            share=material.share(line),
            cumulative=amounts.share_of(reached, total),
            credit=line.total < 0,
            primary=line.primary,
            scores=_scores(own.line if own else None),
            formula=line.formula,
            scaled=material.scaled(line),
            data_source=material.words(DATA_SOURCE_NAMES[written.data_source]) if written else "",
            evidence=written.evidence if written else "",
            source=written.source if written else "",
            note=written.note if written else "",
            factors=tuple(_factors(material, line, of)),
        )


def _scores(quality: object) -> str:
    names = ("technology", "geography", "time", "precision")
    values = [getattr(quality, name, None) for name in names]
    if all(value is None for value in values):
        return ""
    return " / ".join("—" if value is None else f"{value:g}" for value in values)


def _factors(material: Material, line: LineResult, of: UUID | None) -> Iterator[FactorStory]:
    """The factors of a line; a recycling line has several."""
    written = material.lines.get(line.line)
    pairs = zip(line.factor.split("+"), line.factor_version.split("+"), strict=False)
    for identity, version in pairs:
        if identity and identity in material.factors:
            yield _factor(material, material.factors.get(identity, version), of)
    if not line.factor and written is not None and written.stated is not None:
        stated = written.stated
        yield FactorStory(
            name=stated.source,
            identity="",
            value=f"{amounts.exact(stated.value)} {material.per(stated.per)}",
            about=" · ".join(filter(None, (stated.year, stated.geography))),
            source=stated.source,
            confidence="",
            low=False,
            url="",
        )


def _factor(material: Material, factor: Factor, of: UUID | None) -> FactorStory:
    source = factor.source
    boundary, table = material.one_language(factor.boundary), material.one_language(source.table)
    return FactorStory(
        name=material.words(factor.name),
        identity=f"{factor.id} v{factor.version}",
        value=f"{amounts.exact(factor.value)} {material.unit_text(factor.unit)}",
        about=" · ".join(filter(None, (factor.year, factor.geography, boundary))),
        source=" · ".join(filter(None, (source.title, source.publisher, table))),
        confidence=material.words(CONFIDENCE_NAMES[factor.confidence]),
        low=factor.confidence == "low",
        url=_dataset_url(factor, of),
    )


def _dataset_url(factor: Factor, of: UUID | None) -> str:
    """The page of exactly this version; empty where the library no longer holds it."""
    try:
        library(of).source.get(factor.id, factor.version)
    except UnknownFactor:
        return ""
    return reverse("factors:version", args=[factor.id, factor.version])


def weaknesses(material: Material, rating: QualityResult) -> list[Weakness]:
    """The lines whose improvement helps a rating most, with what to do."""
    scheme = SCHEMES.get((rating.scheme, rating.version))
    if scheme is None:
        return []
    evidence = gather(material.study, material.factors)
    lines = {line.line: line for line in material.footprint.lines}
    found = []
    for identity in rating.weakest:
        line = lines.get(identity)
        if line is None:
            continue
        known = evidence.get(identity)
        scores = [
            (indicator, known.score(indicator, scheme) if known else None) for indicator in scheme.indicators
        ]
        found.append(
            Weakness(
                item=material.item(line),
                share=material.share(line),
                scores=" / ".join("—" if score is None else f"{score:g}" for _one, score in scores),
                cures=_cures([(indicator.key, score) for indicator, score in scores]),
            )
        )
    return found


def _cures(scores: Sequence[tuple[str, float | None]]) -> tuple[str | Promise, ...]:
    """What to do about the weak indicators; rating comes first where nothing was rated."""
    if all(score is None for _key, score in scores):
        return (_("rate the data: technology, geography, time and precision"),)
    weak = [key for key, score in scores if score is not None and score >= WEAK]
    return tuple(CURES[_KIND_OF_INDICATOR[key]] for key in weak if key in _KIND_OF_INDICATOR)
