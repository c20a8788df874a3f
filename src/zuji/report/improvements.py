"""Which data to better first, and what that would do to the rating (section 7, data quality)."""

from dataclasses import dataclass
from math import fsum

from zuji.model.footprints import LineResult, QualityResult
from zuji.quality.evidence import gather
from zuji.quality.rating import scores, weight
from zuji.quality.schemes import SCHEMES, Scheme
from zuji.report.document import Cell, Column, Row, Table, row
from zuji.report.material import DATA_SOURCE_NAMES, Material
from zuji.report.topics import Topic

SHOWN = 8
_BEST = 1.0


@dataclass(frozen=True, slots=True)
class Improvement:
    """A line, its mean rating (None where not rated), and the whole rating if it were the best."""

    line: LineResult
    rating: float | None
    after: float | None


def improvements(material: Material) -> Table | None:
    """The weakest lines first with the effect of the best data, or None where nothing was rated."""
    say = material.say
    result = next((one for one in material.footprint.quality if one.score is not None), None)
    if result is None or not result.weakest:
        return None
    scheme = SCHEMES.get((result.scheme, result.version))
    found = _improvements(material, result, scheme) if scheme else ()
    if not found:
        return None
    return Table(
        caption=say("改进数据的次序（作用最大者在前）", "Data to better first, by effect"),
        columns=(
            Column("", width=6),
            Column(say("清单行", "Line"), width=40),
            Column(say("占比", "Share"), numeric=True, width=14),
            Column(say("评分", "Rating"), numeric=True, width=14),
            Column(say("改进后总评分", "Whole rating after"), numeric=True, width=26),
        ),
        rows=tuple(_row(material, index, one) for index, one in enumerate(found, 1)),
        note=say(
            f"现总评分 {result.score:.2f}；“改进后”指只把该行各项改到 {_BEST:g} 分，其余不变。"
            "未评的行纳入评价后覆盖率随之提高。",
            f"Whole rating now {result.score:.2f}; “after” means that this line alone reaches {_BEST:g}. "
            "Lines not rated raise the coverage once they are.",
        ),
        tells=(Topic.DATA_QUALITY,),
    )


def _improvements(material: Material, result: QualityResult, scheme: Scheme) -> tuple[Improvement, ...]:
    evidence = gather(material.study, material.factors)
    results = {line.line: line for line in material.footprint.lines}
    sizes, means = {}, {}
    for line in material.footprint.lines:
        given = scores(scheme, evidence.get(line.line))
        if weight(line) and given:
            sizes[line.line] = weight(line)
            means[line.line] = fsum(given.values()) / len(given)
    found = []
    for identity in result.weakest[:SHOWN]:
        if identity in results:
            line = results[identity]
            after = _after(sizes, {**means, identity: _BEST}, identity, weight(line))
            found.append(Improvement(line, means.get(identity), after))
    return tuple(found)


def _after(sizes: dict[str, float], means: dict[str, float], line: str, size: float) -> float | None:
    weights = {**sizes, line: size}
    whole = fsum(weights.values())
    return fsum(weights[one] * means[one] for one in weights) / whole if whole else None


def _row(material: Material, index: int, one: Improvement) -> Row:
    written = material.lines.get(one.line.line)
    source = material.words(DATA_SOURCE_NAMES[written.data_source]) if written else ""
    return row(
        str(index),
        Cell(material.item(one.line), source),
        material.share(one.line),
        "—" if one.rating is None else f"{one.rating:.2f}",
        "—" if one.after is None else f"{one.after:.2f}",
    )
