"""What a footprint report must say, composed from a study and its result.

The order is that of a Chinese standard's report: scope, references, terms, goal and scope, inventory,
impact, interpretation, report, annexes (data list, parameters, data quality, GWP, contents).
"""

import re

from zuji.model.conformity import Outcome
from zuji.model.studies import BOUNDARY_NAMES
from zuji.report import amounts
from zuji.report.annexes import annexes
from zuji.report.certainty import method_name
from zuji.report.checklist import checklist
from zuji.report.document import Cover, Facts, Figure, Paragraph, Points, Report, Section
from zuji.report.goal import goal_and_scope
from zuji.report.impact import impact, stage_bars
from zuji.report.interpretation import findings, interpretation
from zuji.report.inventory import inventory
from zuji.report.material import Material
from zuji.report.scope import climate_only, partial, references, scope, terms
from zuji.report.validation import status, validation
from zuji.text import Text, counted

_PARTIAL = re.compile("部分|partial", re.IGNORECASE)


def compose(material: Material) -> Report:
    """The whole report in `material.language`."""
    say, study = material.say, material.study
    title = title_of(material)
    marks = []
    if study.demonstration:
        marks.append(say("演示", "Demonstration"))
    if material.demonstration_rule:
        marks.append(say("演示规则", "Demonstration rule"))
    if material.issue.draft:
        marks.append(say("草稿", "Draft"))
    body = (
        summary(material),
        scope(material),
        references(material),
        terms(material),
        goal_and_scope(material),
        inventory(material),
        impact(material),
        interpretation(material),
        validation(material),
        *annexes(material),
    )
    contents = checklist(material, body)
    return Report(
        language="zh-Hans" if material.language.startswith("zh") else "en",
        title=f"{title}：{material.product_name}"
        if material.language.startswith("zh")
        else f"{title}: {material.product_name}",
        running=f"{title} · {material.product_name}",
        date=material.issue.date,
        author=study.goal.author or material.issue.author or material.issue.organisation,
        cover=cover(material, title),
        sections=tuple(sorted((*body, contents), key=_annexes_by_letter)),
        marks=tuple(marks),
        digest=material.digest,
    )


def _annexes_by_letter(section: Section) -> str:
    """Numbered sections keep their order before the annexes."""
    return section.number if section.annex else ""


def title_of(material: Material) -> str:
    """The title, that of the rule where it gives one. A partial footprint is never called a full one (V4)."""
    ruled = material.rule.report if material.rule else None
    title = material.words(Text(ruled.title, ruled.title_en)) if ruled else ""
    if not partial(material):
        return title or material.say("产品碳足迹报告", "Carbon footprint report")
    if title and not _PARTIAL.search(title):
        return title + material.say("（部分碳足迹）", " (partial footprint)")
    return title or material.say("产品部分碳足迹报告", "Partial carbon footprint report")


def cover(material: Material, title: str) -> Cover:
    say, study, issue = material.say, material.study, material.issue
    product, period = study.product, study.period
    other = product.name_en if material.language.startswith("zh") else product.name
    sub = " · ".join(part for part in (other, product.model, product.specification) if part)
    items = [
        (
            material.unit_label,
            material.bracketed(material.unit, study.unit.description),
        ),
        (say("系统边界", "System boundary"), material.words(BOUNDARY_NAMES[study.boundary.kind])),
        (
            say("数据期间", "Data period"),
            say(f"{period.start} 至 {period.end}", f"{period.start} to {period.end}"),
        ),
        (say("生产者", "Manufacturer"), product.manufacturer),
        (say("生产场所", "Site"), product.site),
        (say("委托方", "Commissioned by"), study.goal.commissioner or issue.organisation),
        (
            say("编制", "Prepared by"),
            " · ".join(filter(None, (issue.organisation, study.goal.author or issue.author))),
        ),
        (
            say("日期与版本", "Date and version"),
            say(f"{issue.date}　第 {issue.version} 版", f"{issue.date}, version {issue.version}"),
        ),
        (say("核算规则", "Accounting rule"), material.rule_name),
        (say("状态", "Status"), status(material)),
    ]
    return Cover(
        title=title,
        product=material.product_name,
        product_sub=sub,
        label=say("碳足迹", "Carbon footprint"),
        value=amounts.number(material.footprint.total),
        unit=material.footprint.unit,
        per=say(f"每 {material.unit}", f"per {material.unit}"),
        facts=tuple((name, value) for name, value in items if value),
        statement=climate_only(material),
    )


def summary(material: Material) -> Section:
    say, footprint = material.say, material.footprint
    unit = f"{footprint.unit} / {material.unit}"
    items = [(say("结果", "Result"), f"{amounts.number(footprint.total)} {unit}")]
    if footprint.uncertainty:
        result = footprint.uncertainty
        low, high = amounts.band(result.low), amounts.band(result.high)
        method = method_name(result, material)
        items.append(
            (
                say("95 % 区间", "95 % interval"),
                say(f"{low} 至 {high} {unit}（{method}）", f"{low} to {high} {unit} ({method})"),
            )
        )
    items.append((say("初级数据占比", "Primary data share"), amounts.share(footprint.primary_data_share)))
    other = material.location_based
    if other is not None:
        name = say("按所在地电网的结果", "Location-based result")
        items.append((name, f"{amounts.number(other.total)} {unit}"))
    if material.conformity is not None:
        open_items = sum(one.outcome is Outcome.NOT_MET for one in material.conformity.items)
        verdict = (
            say(f"{open_items} 项不符合", f"{counted(open_items, 'item')} not met")
            if open_items
            else say("没有不符合的项目", "No item is unmet")
        )
        items.append((say("符合性检查", "Conformity check"), verdict))
    lead = say(
        f"“{material.product_name}”的产品碳足迹为每 {material.unit} {amounts.number(footprint.total)} "
        f"{footprint.unit}，系统边界为“{material.words(BOUNDARY_NAMES[material.study.boundary.kind])}”。",
        f"The carbon footprint of {material.product_name} is {amounts.number(footprint.total)} "
        f"{footprint.unit} per {material.unit}, "
        f"{material.words(BOUNDARY_NAMES[material.study.boundary.kind]).lower()}.",
    )
    return Section(
        id="summary",
        number="",
        title=say("摘要", "Summary"),
        blocks=(
            Paragraph(text=lead),
            Facts(items=tuple(items)),
            Figure(
                caption=say("各阶段碳足迹（kgCO2e）", "Footprint by stage (kgCO2e)"),
                svg=stage_bars(material, "summary"),
            ),
            Points(items=findings(material)),
            Paragraph(text=climate_only(material), tone="important"),
        ),
    )
