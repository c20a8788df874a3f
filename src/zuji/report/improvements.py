"""Which data to better first, and what that would do to the rating (section 7, data quality)."""

from zuji.quality import SCHEMES, Improvement, Scheme, improvements
from zuji.report.document import Cell, Column, Row, Table, row
from zuji.report.material import DATA_SOURCE_NAMES, Material
from zuji.report.topics import Topic
from zuji.text import Text

SHOWN = 8


def improvement_table(material: Material) -> Table | None:
    """The weakest lines first with the effect of the best data, or None where nothing can be bettered."""
    say, scheme = material.say, _scheme(material)
    if scheme is None:
        return None
    found = improvements(material.footprint, material.study, material.factors, scheme)
    if not found:
        return None
    now = "—" if found[0].before is None else f"{found[0].before:.2f}"
    name = f"{material.words(scheme.name)} {scheme.version}"
    return Table(
        caption=say("改进数据的次序（作用最大者在前）", "Data to better first, by effect"),
        columns=(
            Column("", width=6),
            Column(say("清单行", "Line"), width=34),
            Column(say("权重", "Weight"), numeric=True, width=12),
            Column(say("评分", "Rating"), numeric=True, width=12),
            Column(say("改进后总评分", "Whole rating after"), numeric=True, width=20),
            Column(say("改进后覆盖", "Coverage after"), numeric=True, width=16),
        ),
        rows=tuple(_row(material, scheme, index, one) for index, one in enumerate(found[:SHOWN], 1)),
        note=say(
            f"按{name}；现总评分 {now}。“改进后”指只把该行各项改到 1 分，其余不变；"
            "未评的行第一次评价时，覆盖率提高而总评分可能变差。",
            f"By {name}; whole rating now {now}. “After” means that this line alone reaches 1. A line rated "
            "for the first time raises the coverage and may worsen the rating.",
        ),
        tells=(Topic.DATA_QUALITY,),
    )


def _scheme(material: Material) -> Scheme | None:
    """The scheme of the rule's floor, else the first of the result that gives one rating."""
    floor = material.rule.quality if material.rule else None
    ruled = SCHEMES.get((floor.scheme, floor.version)) if floor else None
    if ruled is not None and ruled.overall:
        return ruled
    rated = (SCHEMES.get((one.scheme, one.version)) for one in material.footprint.quality)
    return next((scheme for scheme in rated if scheme is not None and scheme.overall), None)


def _row(material: Material, scheme: Scheme, index: int, one: Improvement) -> Row:
    written = material.lines.get(one.line)
    names = {indicator.key: indicator.name for indicator in scheme.indicators}
    weakest = material.joined(material.words(names.get(key, Text(key))) for key in one.weakest)
    source = material.words(DATA_SOURCE_NAMES[written.data_source]) if written else ""
    return row(
        str(index),
        Cell(one.item, " · ".join(filter(None, (source, weakest)))),
        f"{one.share * 100:.1f} %",
        "—" if one.mean is None else f"{one.mean:.2f}",
        "—" if one.after is None else f"{one.after:.2f}",
        f"{one.coverage * 100:.1f} %",
    )
