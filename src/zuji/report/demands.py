"""What the product rule asks, item by item, beside what the study did."""

from collections.abc import Iterator
from dataclasses import dataclass

from zuji.model.category_rules import (
    STANDING_NAMES,
    ProductCategoryRule,
    QualityFloor,
    ReportAnnex,
    SwitchChoice,
)
from zuji.model.footprints import QualityResult
from zuji.model.stages import STAGE_NAMES
from zuji.model.statements import SWITCH_NAMES
from zuji.model.studies import BOUNDARY_NAMES, UnitKind
from zuji.quality import SCHEMES, rated_under
from zuji.report import amounts
from zuji.report.choices import ALLOCATION_NAMES, RECYCLING_NAMES
from zuji.report.document import Block, Column, Facts, Paragraph, Table, row
from zuji.report.electricity import TREATMENT_NAMES, detail_of
from zuji.report.material import KIND_NAMES, Material
from zuji.report.topics import Topic
from zuji.text import Text

UNIT_NAMES: dict[UnitKind, Text] = {
    UnitKind.FUNCTIONAL: Text("功能单位", "Functional unit"),
    UnitKind.DECLARED: Text("声明单位", "Declared unit"),
}
CHOICE_NAMES: dict[SwitchChoice, Text] = {
    SwitchChoice.INCLUDE: Text("应包括", "Included"),
    SwitchChoice.EXCLUDE: Text("不包括", "Left out"),
    SwitchChoice.OPTIONAL: Text("可选", "Optional"),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """One item of the rule by its path, what is asked, and what the study has."""

    item: str
    name: Text
    asked: str
    done: str


def demands(material: Material) -> tuple[Block, ...]:
    """The rule, what it is worth, and each of its demands beside what was done."""
    say, rule = material.say, material.rule
    if rule is None:
        return (Paragraph(text=say("未采用产品种类规则。", "No product rule was used.")),)
    clauses = {one.item: one.clause for one in rule.clauses}
    rows = [
        row(material.words(one.name), one.asked, one.done, _clause(clauses, one.item))
        for one in _all(material, rule)
        if one.asked
    ]
    facts = Facts(
        items=(
            (say("规则", "Rule"), material.rule_name),
            (say("性质", "Standing"), material.words(STANDING_NAMES[rule.standing])),
            (say("依据", "Basis"), say("；", "; ").join(rule.basis) or material.missing),
            (say("出处", "Source"), material.one_language(rule.source)),
        )
    )
    blocks: list[Block] = [facts]
    if material.demonstration_rule:
        blocks.append(
            Paragraph(
                text=say(
                    "这是演示规则：未见公开文本，只用来说明这类规则如何起作用，不是标准。",
                    "This is a demonstration rule: no public text was seen. It shows how such a rule "
                    "works and is no standard.",
                ),
                tone="important",
            )
        )
    if rows:
        blocks.append(
            Table(
                caption=say("规则的要求与本研究的做法", "Demands of the rule and what was done"),
                columns=(
                    Column(say("项目", "Item"), width=18),
                    Column(say("规则要求", "Asked"), width=32),
                    Column(say("本研究", "Done"), width=34),
                    Column(say("条款", "Clause"), width=16),
                ),
                rows=tuple(rows),
                note=_note(material),
                tells=(Topic.RULE_DEMANDS,),
            )
        )
    return tuple(blocks)


def _note(material: Material) -> str:
    say, annex = material.say, material.annex(ReportAnnex.CONFORMITY)
    if material.conformity is None:
        return say(
            "规则未规定的项目不列出；本报告没有附符合性检查。",
            "Items not ruled are left out; no conformity check is attached.",
        )
    return say(
        f"规则未规定的项目不列出；是否符合见{annex}。", f"Items not ruled are left out; conformity: {annex}."
    )


def _clause(clauses: dict[str, str], item: str) -> str:
    """The clause of an item, or of the nearest item that contains it."""
    while item:
        if item in clauses:
            return clauses[item]
        item = item.rpartition(".")[0]
    return "—"


def _all(material: Material, rule: ProductCategoryRule) -> Iterator[Demand]:
    yield from _unit_and_boundary(material, rule)
    yield from _cuts_and_shares(material, rule)
    yield from _data(material, rule)
    yield from _methods(material, rule)


def _unit_and_boundary(material: Material, rule: ProductCategoryRule) -> Iterator[Demand]:
    say, join, words, study = material.say, material.joined, material.words, material.study
    unit = rule.unit
    kind = words(UNIT_NAMES[unit.kind]) if unit.kind else ""
    size = " ".join(
        filter(None, ("" if unit.amount is None else amounts.exact(unit.amount), join(unit.units)))
    )
    about = words(Text(unit.description, unit.description_en)) if unit.description else ""
    asked = say("；", "; ").join(filter(None, (kind, size, about)))
    yield Demand("unit", Text("单位", "Unit"), asked, f"{material.unit_label} {material.unit}")
    kinds = join(words(BOUNDARY_NAMES[one]) for one in rule.boundary.kinds)
    done = words(BOUNDARY_NAMES[study.boundary.kind])
    yield Demand("boundary.kinds", Text("系统边界", "System boundary"), kinds, done)
    inside = join(words(STAGE_NAMES[one]) for one in study.boundary.stages)
    required = join(words(STAGE_NAMES[one]) for one in rule.boundary.required)
    yield Demand("boundary.required", Text("应包括的阶段", "Stages required"), required, inside)
    optional = join(
        f"{words(STAGE_NAMES[one.stage])}{say(f'（{one.reason}）', f' ({one.reason_en or one.reason})')}"
        for one in rule.boundary.may_exclude
    )
    left = join(words(STAGE_NAMES[one.stage]) for one in study.boundary.excluded) or say("无", "None")
    yield Demand(
        "boundary.may_exclude", Text("可不包括的阶段", "Stages that may be left out"), optional, left
    )
    for switch, choice in rule.switches.items():
        stated = study.statements.inclusions.of(switch)
        yield Demand(
            f"switches.{switch.value}",
            SWITCH_NAMES[switch],
            words(CHOICE_NAMES[choice]),
            material.missing
            if stated is None
            else say("包括", "Included")
            if stated
            else say("不包括", "Left out"),
        )


def _cuts_and_shares(material: Material, rule: ProductCategoryRule) -> Iterator[Demand]:
    say, join = material.say, material.joined
    cuts, limits = material.footprint.cut_offs, rule.cut_off
    sized = [cut.share for cut in cuts if cut.share is not None]
    unsized = len(cuts) - len(sized)
    largest = amounts.share(max(sized)) if sized else say("没有可估算的取舍", "No cut with an estimate")
    whole = amounts.share(sum(sized)) if sized else "—"
    if not cuts:
        largest = whole = say("没有取舍", "Nothing was cut")
    elif unsized:
        whole += say(f"；{unsized} 个流无法估算", f"; {unsized} without an estimate")
    if limits.each is not None:
        name = Text("单个流的取舍上限", "Cut-off, one flow")
        yield Demand("cut_off.each", name, f"≤ {amounts.share(limits.each)}", largest)
    if limits.total is not None:
        name = Text("取舍合计上限", "Cut-off, all flows")
        yield Demand("cut_off.total", name, f"≤ {amounts.share(limits.total)}", whole)
    named = join(cut.item for cut in cuts) or say("没有取舍", "Nothing was cut")
    yield Demand("cut_off.never", Text("不得取舍", "Never cut"), join(limits.never), named)
    order = say(" → ", " → ").join(material.words(ALLOCATION_NAMES[one]) for one in rule.allocation.order)
    key = material.words(Text(rule.allocation.property, rule.allocation.property_en))
    if key:
        order += say(f"（{key}）", f" ({key})")
    used = join(
        dict.fromkeys(
            material.words(ALLOCATION_NAMES.get(one.method, Text(one.method)))
            for one in material.footprint.allocations
        )
    ) or say("没有多产出过程", "No process with several products")
    yield Demand("allocation.order", Text("分配次序", "Order of allocation"), order, used)


def _data(material: Material, rule: ProductCategoryRule) -> Iterator[Demand]:
    say, join, footprint = material.say, material.joined, material.footprint
    names = join(material.words(Text(one.name, one.name_en)) for one in rule.required)
    count = len(footprint.lines)
    listed = say(f"清单 {count} 行，见第 5 章", f"{count} lines, see section 5")
    yield Demand("required", Text("清单应有的项目", "Items required"), names, listed)
    kinds = join(material.words(KIND_NAMES[one]) for one in rule.primary.kinds)
    own = [line for line in footprint.lines if line.kind in rule.primary.kinds]
    have = sum(line.primary for line in own)
    done = say(f"{len(own)} 行中 {have} 行为初级数据", f"{have} of {len(own)} lines are primary")
    yield Demand("primary.kinds", Text("应为初级数据的种类", "Kinds that must be primary"), kinds, done)
    if rule.primary.least_share is not None:
        asked = f"≥ {amounts.share(rule.primary.least_share)}"
        share = amounts.share(footprint.primary_data_share)
        yield Demand("primary.least_share", Text("初级数据占比", "Primary data share"), asked, share)
    span = f"{material.study.period.start} — {material.study.period.end}"
    if rule.period.months is not None:
        asked = say(f"≥ {rule.period.months} 个月", f"≥ {rule.period.months} months")
        yield Demand("period.months", Text("数据期间", "Data period"), asked, span)
    if rule.period.oldest_years is not None:
        years = amounts.exact(rule.period.oldest_years)
        asked = say(f"距研究不超过 {years} 年", f"no older than {years} years")
        yield Demand("period.oldest_years", Text("数据的年龄", "Age of the data"), asked, span)
    floor = rule.quality
    if floor.worst is not None or floor.coverage is not None:
        parts = [f"{floor.scheme} {floor.version}".strip()]
        if floor.worst is not None:
            parts.append(say(f"评分不差于 {floor.worst:g}", f"rating no worse than {floor.worst:g}"))
        if floor.coverage is not None:
            part = amounts.share(floor.coverage)
            parts.append(say(f"覆盖不少于 {part}", f"coverage at least {part}"))
        found = _rated(material, floor)
        have_text = material.missing
        if found is not None:
            score = "—" if found.score is None else f"{found.score:.2f}"
            cover = amounts.share(found.coverage)
            have_text = say(f"评分 {score}，覆盖 {cover}", f"rating {score}, coverage {cover}")
        asked = say("；", "; ").join(filter(None, parts))
        yield Demand("quality", Text("数据质量底线", "Data quality floor"), asked, have_text)


def _rated(material: Material, floor: QualityFloor) -> QualityResult | None:
    """The rating under the scheme of the floor; one that the result does not carry is made."""
    key = (floor.scheme, floor.version)
    known = next((one for one in material.footprint.quality if (one.scheme, one.version) == key), None)
    if known is not None or key not in SCHEMES:
        return known
    return rated_under(material.footprint, material.study, material.factors, SCHEMES[key])


def _methods(material: Material, rule: ProductCategoryRule) -> Iterator[Demand]:
    say, join, words, study = material.say, material.joined, material.words, material.study
    treated = dict.fromkeys(detail_of(material, line).treatment for line in material.electricity_lines)
    used = join(words(TREATMENT_NAMES[one]) for one in treated) or say("没有用电行", "No electricity")
    accepted = join(words(TREATMENT_NAMES[one]) for one in rule.electricity.accepted)
    yield Demand("electricity.accepted", Text("接受的电力处理", "Electricity accepted"), accepted, used)
    factors = join(dict.fromkeys(line.factor for line in material.electricity_lines if line.factor))
    yield Demand(
        "electricity.grid_factors",
        Text("电网因子的次序", "Grid factors in order"),
        " → ".join(rule.electricity.grid_factors),
        factors or say("无", "None"),
    )
    sets = join(dict.fromkeys(filter(None, (rule.gwp.set, *rule.gwp.accepted))))
    yield Demand("gwp", Text("全球增温潜势", "GWP set"), sets, study.gwp)
    methods = join(words(RECYCLING_NAMES[one]) for one in rule.recycling.methods)
    details = (getattr(line.detail, "method", None) for line in study.lines)
    applied = join(dict.fromkeys(words(RECYCLING_NAMES[one]) for one in details if one in RECYCLING_NAMES))
    none = say("没有按回收方法计算的材料", "No material by a recycling method")
    yield Demand("recycling.methods", Text("回收方法", "Recycling method"), methods, applied or none)
    for item, name, ruled, profile in (
        ("use", Text("使用情景", "Use profile"), rule.use, study.statements.use),
        (
            "end_of_life",
            Text("废弃情景", "End-of-life scenario"),
            rule.end_of_life,
            study.statements.end_of_life,
        ),
    ):
        offered = join(words(Text(one.name or one.id, one.name_en)) for one in ruled.profiles)
        asked = offered or (say("应说明情景", "To be stated") if ruled.required else "")
        yield Demand(item, name, asked, profile.id or profile.description or material.missing)
