"""V8: quality ratings, and whether sources fit the study in time and place."""

import re

from zuji.model.conformity import CheckedItem
from zuji.model.lines import Line, LineKind
from zuji.model.quality import DataQuality
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, percent
from zuji.rules.checks.limits import LIMITS
from zuji.text import Text, counted

_YEAR = re.compile(r"(?:19|20)\d\d")
_INDICATORS = ("technology", "geography", "time", "precision")
_INDICATOR_NAMES = {"technology": "技术", "geography": "地理", "time": "时间", "precision": "精确度"}
_ABROAD_IS_FINE = frozenset({"GLO", "World", "RoW", "RAS", "Asia", "APAC", ""})
_WEAK = 4.0  # who scores 4 or 5 has seen the gap
_NO_SOURCE_NEEDED = frozenset({LineKind.SUB_ASSEMBLY})


def quality(facts: Facts, answer: Answer) -> CheckedItem:
    """V8: time, geography, technology and precision are rated for most of the result and fit its sources."""
    if facts.footprint is None:
        return answer.without_result(facts)
    covered, missing = 0.0, []
    for line_id in facts.ranked:
        lacking = _lacking(facts, facts.by_id[line_id])
        if lacking:
            missing.append((line_id, lacking))
        else:
            covered += facts.share(line_id)
    if covered < LIMITS.rated * (1 - 1e-9):
        _unrated(facts, covered, missing, answer)
    for line_id in facts.important:
        line = facts.by_id[line_id]
        _age_and_place(facts, line, answer)
        _source(line, answer)
    return answer.met(
        f"四项评分齐全的行占结果 {percent(covered)}（要求 {percent(LIMITS.rated)}）；"
        f"核对了 {len(facts.important)} 个重要行的来源、年份与地区",
        f"lines with all four scores are {percent(covered)} of the result ({percent(LIMITS.rated)} asked); "
        f"source, year and region of {counted(len(facts.important), 'important line')} compared",
    )


def _lacking(facts: Facts, line: Line) -> list[str]:
    """Indicators that neither the line nor its factor scores."""
    own, factor = line.quality or DataQuality(), facts.factors.get(line.id)
    theirs = (factor.quality if factor else None) or DataQuality()
    return [each for each in _INDICATORS if getattr(own, each) is None and getattr(theirs, each) is None]


def _unrated(facts: Facts, covered: float, missing: list[tuple[str, list[str]]], answer: Answer) -> None:
    for line_id, lacking in missing:
        if covered >= LIMITS.rated * (1 - 1e-9):
            break
        covered += facts.share(line_id)
        line = facts.by_id[line_id]
        names = "、".join(_INDICATOR_NAMES[each] for each in lacking)
        answer.error(
            "quality.unrated",
            f"“{line.item}”占结果 {percent(facts.share(line_id))}，缺少{names}评分",
            f"“{line.item}” is {percent(facts.share(line_id))} of the result and lacks {', '.join(lacking)}",
            "请在该行“数据质量”中各打 1（最好）到 5（最差）分",
            "score it from 1 (best) to 5 (worst) under “Data quality”",
            line=line_id,
            field="quality",
        )


def _age_and_place(facts: Facts, line: Line, answer: Answer) -> None:
    factor = facts.factors.get(line.id)
    if factor is not None:
        year, geography, field = factor.year, factor.geography, "factor"
    elif line.stated is not None:
        year, geography, field = line.stated.year, line.stated.geography, "stated.year"
        if not _YEAR.search(year):
            answer.warning(
                "quality.undated",
                f"“{line.item}”的自有因子没有写明年份",
                f"the factor stated for “{line.item}” has no year",
                "请填写该数值所代表的年份",
                "enter the year that the value stands for",
                line=line.id,
                field="stated.year",
            )
    else:
        return
    own = line.quality or DataQuality()
    years, last = _YEAR.findall(year), _YEAR.findall(facts.study.period.end)
    gap = int(last[-1]) - max(map(int, years)) if years and last else 0
    if gap > LIMITS.factor_years:
        _questioned(
            "quality.old",
            Text(
                f"“{line.item}”的因子是 {years[-1]} 年的，比数据期早 {gap} 年",
                f"the factor of “{line.item}” is of {years[-1]}, {counted(gap, 'year')} "
                "before the data period",
            ),
            Text("换用较新的因子", "choose a newer factor"),
            own,
            "time",
            answer,
            line=line.id,
            field=field,
        )
    country, home = geography.partition("-")[0], facts.study.geography.partition("-")[0]
    if home and country not in _ABROAD_IS_FINE and country != home:
        _questioned(
            "quality.abroad",
            Text(
                f"“{line.item}”的因子代表 {geography}，研究地点是 {facts.study.geography}",
                f"the factor of “{line.item}” stands for {geography}, the study for {facts.study.geography}",
            ),
            Text("换用本地或本国因子", "choose a factor of the region or country"),
            own,
            "geography",
            answer,
            line=line.id,
            field="factor" if field == "factor" else "stated.geography",
        )


def _questioned(
    code: str,
    what: Text,
    better: Text,
    own: DataQuality,
    indicator: str,
    answer: Answer,
    *,
    line: str,
    field: str,
) -> None:
    """A factor that fits badly: a note where whoever scored the line saw that, else a warning."""
    name, score = _INDICATOR_NAMES[indicator], getattr(own, indicator)
    seen = score is not None and score >= _WEAK
    (answer.note if seen else answer.warning)(
        code,
        what.zh + ("；评分已反映" if seen else f"，{name}评分却没有反映"),
        what.en + ("; the score says so" if seen else f", and the {indicator} score does not say so"),
        f"请{better.zh}，或把{name}评分改为 4 或 5",
        f"{better.en}, or score {indicator} 4 or 5",
        line=line,
        field=field,
    )


def _source(line: Line, answer: Answer) -> None:
    if line.kind in _NO_SOURCE_NEEDED or stated(line.source) or stated(line.evidence):
        return
    answer.error(
        "quality.source",
        f"重要行“{line.item}”没有写数据来源，也没有凭证",
        f"the important line “{line.item}” has neither a source nor a document",
        "请写明来源（例如“2024 年电费单 12 张”），或上传凭证",
        "name the source, such as “12 electricity bills of 2024”, or attach a document",
        line=line.id,
        field="source",
    )
