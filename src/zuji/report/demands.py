"""What the product rule asks, item by item, beside what the study did."""

from zuji.model.category_rules import STANDING_NAMES, QualityFloor, ReportAnnex
from zuji.model.footprints import QualityResult
from zuji.model.lines import RecyclingDetail
from zuji.model.stages import STAGE_NAMES
from zuji.model.statements import Profile, Switch
from zuji.model.studies import BOUNDARY_NAMES
from zuji.quality import SCHEMES, rated_under
from zuji.report import amounts
from zuji.report.choices import ALLOCATION_NAMES, RECYCLING_NAMES
from zuji.report.document import Block, Column, Facts, Paragraph, Row, Table, row
from zuji.report.electricity import TREATMENT_NAMES, detail_of
from zuji.report.material import Material
from zuji.report.topics import Topic
from zuji.rules.applying_changes import clause_of
from zuji.rules.applying_required import matches
from zuji.rules.resolving_items import item_names, items, stated
from zuji.rules.resolving_words import words
from zuji.text import Text, counted

# What the report itself answers by being as it is, and what only describes the products meant.
_ELSEWHERE = frozenset({"report", "scope"})


def demands(material: Material) -> tuple[Block, ...]:
    """The rule, what it is worth, and each of its demands beside what was done."""
    say, rule = material.say, material.rule
    if rule is None:
        return (Paragraph(text=say("未采用产品种类规则。", "No product rule was used.")),)
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
    rows = _rows(material)
    if rows:
        blocks.append(
            Table(
                caption=say("规则的要求与本研究的做法", "Demands of the rule and what was done"),
                columns=(
                    Column(say("项目", "Item"), width=22),
                    Column(say("规则要求", "Asked"), width=30),
                    Column(say("本研究", "Done"), width=30),
                    Column(say("条款", "Clause"), width=18),
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


def _rows(material: Material) -> list[Row]:
    rule = material.rule
    if rule is None:
        return []
    ruled = {path: value for path, value in items(rule).items() if stated(value)}
    chinese = material.language.startswith("zh")
    rows = []
    for path, value in ruled.items():
        foreign = path.endswith("_en") if chinese else f"{path}_en" in ruled
        if path.partition(".")[0] in _ELSEWHERE or foreign:
            continue
        name = item_names(rule, path.removesuffix("_en"))
        clause = material.clause(clause_of(rule, path.removesuffix("_en")))
        done = _done(material, path.removesuffix("_en"))
        rows.append(row(material.words(name), material.words(words(path, value)), done, clause))
    return rows


def _done(material: Material, path: str) -> str:
    """What the study has for an item of the rule."""
    group, _, field = path.partition(".")
    match group:
        case "unit":
            return _unit(material, field)
        case "boundary":
            return _boundary(material, field)
        case "cut_off":
            return _cuts(material, field)
        case "required":
            return _required(material, field)
        case "primary" | "period" | "quality":
            return _data(material, path)
        case "electricity":
            return _electricity(material, field)
        case "use":
            return _profile(material, material.statements.use)
        case "end_of_life":
            return _profile(material, material.statements.end_of_life)
        case "switches":
            return _switch(material, material.statements.inclusions.of(Switch(field)))
        case _:
            return _methods(material, path)


def _unit(material: Material, field: str) -> str:
    if field == "kind":
        return material.unit_label
    if field == "description":
        return material.study.unit.description or material.missing
    return material.unit


def _boundary(material: Material, field: str) -> str:
    limits, join = material.study.boundary, material.joined
    if field == "kinds":
        return material.words(BOUNDARY_NAMES[limits.kind])
    if field == "required":
        return join(material.words(STAGE_NAMES[one]) for one in limits.stages)
    left = join(material.words(STAGE_NAMES[one.stage]) for one in limits.excluded)
    return left or material.say("没有排除阶段", "No stage left out")


def _cuts(material: Material, field: str) -> str:
    say, cuts = material.say, material.footprint.cut_offs
    if not cuts:
        return say("没有取舍", "Nothing was cut")
    if field == "never":
        return material.joined(cut.item for cut in cuts)
    sized = [abs(cut.share) for cut in cuts if cut.share is not None]
    if not sized:
        return say("没有可估算的取舍", "No cut with an estimate")
    size = amounts.share(max(sized) if field == "each" else sum(sized))
    unsized = len(cuts) - len(sized)
    return size + (say(f"；{unsized} 个流无法估算", f"; {unsized} without an estimate") if unsized else "")


def _required(material: Material, identity: str) -> str:
    rule = material.rule
    item = next((one for one in rule.required if one.id == identity), None) if rule else None
    found = [line for line in material.study.lines if item is not None and matches(item, line)]
    names = material.joined(dict.fromkeys(line.item for line in found))
    return names or material.say("清单没有", "Not in the inventory")


def _data(material: Material, path: str) -> str:
    say, footprint, rule = material.say, material.footprint, material.rule
    if path == "primary.least_share":
        return amounts.share(footprint.primary_data_share)
    if path.startswith("period."):
        return f"{material.study.period.start} — {material.study.period.end}"
    if rule is None:
        return material.missing
    if path == "primary.kinds":
        own = [line for line in footprint.lines if line.kind in rule.primary.kinds]
        have = sum(line.primary for line in own)
        return say(f"{len(own)} 行中 {have} 行为初级数据", f"{have} of {counted(len(own), 'line')} primary")
    found = _rated(material, rule.quality)
    if found is None:
        return say("没有按该方案评级", "Not rated by this scheme")
    if path == "quality.worst":
        return "—" if found.score is None else f"{found.score:.2f}"
    if path == "quality.coverage":
        return amounts.share(found.coverage)
    return found.version if path == "quality.version" else found.scheme


def _rated(material: Material, floor: QualityFloor) -> QualityResult | None:
    """The rating under the scheme of the floor; one that the result does not carry is made."""
    key = (floor.scheme, floor.version)
    known = next((one for one in material.footprint.quality if (one.scheme, one.version) == key), None)
    if known is not None or key not in SCHEMES:
        return known
    return rated_under(material.footprint, material.study, material.factors, SCHEMES[key])


def _electricity(material: Material, field: str) -> str:
    say, lines = material.say, material.electricity_lines
    if not lines:
        return say("没有用电行", "No electricity")
    if field == "grid_factors":
        return material.joined(dict.fromkeys(line.factor for line in lines if line.factor)) or "—"
    used = dict.fromkeys(detail_of(material, line).treatment for line in lines)
    return material.joined(material.words(TREATMENT_NAMES[one]) for one in used)


def _profile(material: Material, profile: Profile) -> str:
    return profile.id or profile.description or material.missing


def _switch(material: Material, stated_as: bool | None) -> str:  # noqa: FBT001 - three states
    if stated_as is None:
        return material.missing
    return material.say("包括", "Included") if stated_as else material.say("不包括", "Left out")


def _methods(material: Material, path: str) -> str:
    say, join = material.say, material.joined
    if path.startswith("gwp."):
        return material.study.gwp
    if path.startswith("allocation."):
        used = (ALLOCATION_NAMES.get(one.method, Text(one.method)) for one in material.footprint.allocations)
        named = join(dict.fromkeys(material.words(one) for one in used))
        return named or say("没有多产出过程", "No process with several products")
    details = [line.detail for line in material.study.lines if isinstance(line.detail, RecyclingDetail)]
    if not details:
        return say("没有按回收方法计算的材料", "No material by a recycling method")
    if path in ("recycling.a", "recycling.b"):
        return join(dict.fromkeys(amounts.exact(getattr(one, path[-1])) for one in details))
    return join(dict.fromkeys(material.words(RECYCLING_NAMES[one.method]) for one in details))
