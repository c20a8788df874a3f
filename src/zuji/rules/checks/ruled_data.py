"""What a rule asks of the inventory: required items, own data, electricity, recycling, profiles, quality."""

from zuji.lca.publishing import as_stated
from zuji.model.category_rules import ProfileRule, RequiredItem, SwitchChoice
from zuji.model.conformity import CheckedItem
from zuji.model.lines import ElectricityTreatment
from zuji.model.stages import Stage
from zuji.model.statements import SWITCH_NAMES, Profile
from zuji.rules import floors
from zuji.rules.applying_required import matches
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, percent
from zuji.rules.checks.inclusions import concerned
from zuji.rules.checks.recycling import recycled
from zuji.rules.resolving_words import LINE_KIND_NAMES, RECYCLING_NAMES, TREATMENT_NAMES
from zuji.text import counted

_OWN_STAGES = frozenset({Stage.RAW_MATERIAL, Stage.MANUFACTURING})
_CUT_TO_SHOW = 12


def required(item: RequiredItem, facts: Facts, answer: Answer) -> CheckedItem:
    """rule.required.<id>: the inventory has it, counted, and where asked for it is the firm's own datum."""
    name, name_en = item.name, item.name_en or item.name
    if item.stage is not None and item.stage not in facts.study.boundary.stages:
        return answer.does_not_apply(
            "所属阶段不在边界内，见 rule.boundary", "its stage is outside the boundary, see rule.boundary"
        )
    found = [line for line in facts.all_lines if matches(item, line)]
    inside = [line for line in found if not line.cut_off]
    if not inside and item.condition:
        answer.note(
            "required.reminder",
            f"{item.condition}，清单应包含“{name}”；目前没有",
            f"{item.condition_en or item.condition}, the inventory should have “{name_en}”; it has none",
            "适用时请补充这一行",
            "add the line if this applies",
            field="processes[0].lines",
        )
        return answer.does_not_apply(f"仅当{item.condition}", f"only {item.condition_en or item.condition}")
    if not inside and found:
        answer.error(
            "required.cut",
            f"规则要求计入“{name}”，清单只把它列为取舍",
            f"the rule asks for “{name_en}”, which is only listed as cut",
            "请填写数量与因子并清空“取舍”",
            "enter amount and factor and clear “cut-off”",
            line=found[0].id,
            field="cut_off",
        )
    elif not inside:
        answer.error(
            "required.missing",
            f"规则要求的“{name}”不在清单中",
            f"the inventory lacks “{name_en}”, which the rule asks for",
            f"请加一行“{name}”，填写数量并选择因子",
            f"add a line “{name_en}” with its amount and factor",
            field="processes[0].lines",
        )
    for line in inside:
        if item.primary and not line.primary and facts.process_of[line.id].controlled:
            answer.error(
                "required.not_primary",
                f"规则要求“{name}”用本企业数据，行“{line.item}”是次级数据",
                f"the rule asks for own data of “{name_en}”; “{line.item}” is secondary",
                "请改用计量、台账或发票数据，并改正“数据来源”",
                "use metered, booked or invoiced data and correct “data source”",
                line=line.id,
                field="data_source",
            )
    lines = [line.id for line in inside[:_CUT_TO_SHOW]] or ["—"]
    elsewhere = sum(not facts.process_of[line.id].controlled for line in inside) if item.primary else 0
    return answer.met(
        f"对应的行：{'、'.join(lines)}；取舍 {len(found) - len(inside)} 行"
        + (f"；{elsewhere} 行属他人工序，不要求本企业数据" if elsewhere else ""),
        f"lines that answer it: {', '.join(lines)}; {len(found) - len(inside)} cut"
        + (
            f"; {elsewhere} in processes run by others, where own data are not asked for" if elsewhere else ""
        ),
    )


def primary(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.primary: own data for the kinds that the rule names, and its least primary data share."""
    wanted = facts.rule.primary
    if not wanted.kinds and wanted.least_share is None:
        return answer.does_not_apply("规则没有规定初级数据", "the rule asks for no primary data")
    kinds = frozenset(wanted.kinds)
    expected = [
        line
        for line in facts.lines
        if line.kind in kinds and facts.process_of[line.id].controlled and line.stage in _OWN_STAGES
    ]
    for line in expected:
        if not line.primary and line.id not in facts.demanded:
            kind = LINE_KIND_NAMES[line.kind]
            answer.error(
                "primary.kind",
                f"“{line.item}”是自控工序的{kind.zh}，规则要求本企业数据，现为次级数据",
                f"“{line.item}” is {kind.en} of a controlled process and secondary; own data are asked for",
                "请改用计量、台账或发票数据；工序不由本企业控制时改正工序的“自控”",
                "use metered, booked or invoiced data; correct “controlled” if the process is not yours",
                line=line.id,
                field="data_source",
            )
    share = facts.footprint.primary_data_share if facts.footprint else None
    if wanted.least_share is not None and share is None:
        return answer.without_result(facts)
    if wanted.least_share is not None and share is not None and share < wanted.least_share - 1e-12:
        answer.error(
            "primary.share",
            f"初级数据占比 {percent(share)}，规则要求至少 {percent(wanted.least_share)}",
            f"the primary data share is {percent(share)}, the rule asks for {percent(wanted.least_share)}",
            "请从贡献最大的行开始，换成本企业数据和供应商的产品碳足迹",
            "start with the largest line: own amounts and suppliers' footprints",
            line=facts.ranked[0] if facts.ranked else "",
            field="data_source",
        )
    least = "—" if wanted.least_share is None else percent(wanted.least_share)
    said = "—" if share is None else percent(share)
    return answer.met(
        f"规则要求本企业数据的行 {len(expected)} 条；初级数据占比 {said}，要求 {least}",
        f"{counted(len(expected), 'line')} of kinds with own data; "
        f"primary data share {said}, asked for {least}",
    )


def electricity(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.electricity: treatments that the rule accepts, and its factors for grid electricity."""
    wanted = facts.rule.electricity
    if not wanted.accepted and not wanted.grid_factors:
        return answer.does_not_apply("规则没有规定电力", "the rule prescribes nothing for electricity")
    names = "、".join(TREATMENT_NAMES[each].zh for each in wanted.accepted) or "不限"
    english = ", ".join(TREATMENT_NAMES[each].en for each in wanted.accepted) or "any"
    for line, detail in facts.electricity:
        if wanted.accepted and detail.treatment not in wanted.accepted:
            answer.error(
                "electricity.treatment_ruled",
                f"“{line.item}”按{TREATMENT_NAMES[detail.treatment].zh}计，规则只接受{names}",
                f"“{line.item}” counts as {TREATMENT_NAMES[detail.treatment].en}; the rule accepts {english}",
                "请改用规则接受的处理方式与相应因子",
                "use a treatment that the rule accepts, with its factor",
                line=line.id,
                field="electricity.treatment",
            )
        on_grid = detail.treatment is ElectricityTreatment.GRID
        if on_grid and wanted.grid_factors and line.id in facts.factors:
            _grid(line.id, line.item, line.factor, wanted.grid_factors, facts, answer)
    return answer.met(
        f"接受的处理方式：{names}；电网因子：{'、'.join(wanted.grid_factors) or '不限'}；"
        f"核对了 {len(facts.electricity)} 行",
        f"accepted: {english}; grid factors: {', '.join(wanted.grid_factors) or 'any'}; "
        f"{counted(len(facts.electricity), 'line')} compared",
    )


def _grid(line: str, item: str, used: str, wanted: tuple[str, ...], facts: Facts, answer: Answer) -> None:
    if used not in wanted and facts.process_of[line].controlled:
        answer.error(
            "electricity.factor_ruled",
            f"“{item}”的电网因子是 {used}，规则给出的是 {'、'.join(wanted)}",
            f"the grid factor of “{item}” is {used}, the rule gives {', '.join(wanted)}",
            f"请改用 {wanted[0]}",
            f"use {wanted[0]}",
            line=line,
            field="factor",
        )


def recycling(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.recycling: formulas that the rule accepts, and its allocation factors A and B."""
    wanted, lines = facts.rule.recycling, recycled(facts)
    if not wanted.methods and wanted.a is None and wanted.b is None:
        return answer.does_not_apply("规则没有规定回收", "the rule prescribes nothing for recycling")
    if not lines:
        return answer.does_not_apply("清单中没有再生或回收的行", "the inventory has no line of recycling")
    names = "、".join(RECYCLING_NAMES[each].zh for each in wanted.methods) or "不限"
    for line, detail in lines:
        if wanted.methods and detail.method not in wanted.methods:
            answer.error(
                "recycling.method_ruled",
                f"“{line.item}”用{RECYCLING_NAMES[detail.method].zh}，规则要求{names}",
                f"“{line.item}” uses {RECYCLING_NAMES[detail.method].en}, which the rule does not accept",
                "请改用规则的公式",
                "use the rule's formula",
                line=line.id,
                field="recycling.method",
            )
            continue
        for field, value in (("a", wanted.a), ("b", wanted.b)):
            own = getattr(detail, field)
            if value is not None and own != value:
                answer.error(
                    f"recycling.{field}_ruled",
                    f"“{line.item}”的 {field.upper()} 为 {as_stated(own)}，规则规定 {as_stated(value)}",
                    f"{field.upper()} of “{line.item}” is {as_stated(own)}, the rule sets {as_stated(value)}",
                    f"请改为 {as_stated(value)}",
                    f"make it {as_stated(value)}",
                    line=line.id,
                    field=f"recycling.{field}",
                )
    english = ", ".join(RECYCLING_NAMES[each].en for each in wanted.methods) or "any"
    return answer.met(
        f"规则的公式：{names}；核对了 {len(lines)} 行",
        f"the rule's formulas: {english}; {counted(len(lines), 'line')} compared",
    )


def use(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.use: the use profile is one that the rule offers."""
    return _profile(facts, facts.rule.use, facts.statements.use, Stage.USE, "use", "V10", answer)


def end_of_life(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.end_of_life: the scenario is one that the rule offers."""
    wanted, own = facts.rule.end_of_life, facts.statements.end_of_life
    return _profile(facts, wanted, own, Stage.END_OF_LIFE, "end_of_life", "V11", answer)


def _profile(
    facts: Facts, wanted: ProfileRule, own: Profile, stage: Stage, field: str, item: str, answer: Answer
) -> CheckedItem:
    if not wanted.profiles:
        return answer.does_not_apply("规则没有给出情景", "the rule offers no profile")
    if stage not in facts.study.boundary.stages:
        return answer.does_not_apply("该阶段不在边界内", "the stage is outside the boundary")
    if not stated(own.id) and not stated(own.description):
        return answer.does_not_apply(f"没有说明情景，见 {item}", f"no profile is stated, see {item}")
    offered = "、".join(f"{each.id}（{each.name}）" for each in wanted.profiles)
    english = ", ".join(each.id for each in wanted.profiles)
    if own.id not in {each.id for each in wanted.profiles}:
        # a rule that demands a profile means one of its own; otherwise a documented one may stand beside
        (answer.error if wanted.required else answer.warning)(
            f"{field}.not_offered",
            f"情景“{own.id or own.description}”不在规则给出的情景中：{offered}",
            f"“{own.id or own.description}” is none of the rule's profiles: {english}",
            "请选择规则给出的情景",
            "choose one of the rule's",
            field=f"statements.{field}.id",
        )
    return answer.met(
        f"规则给出 {len(wanted.profiles)} 个情景：{offered}；研究用“{own.id or '—'}”",
        f"the rule offers {english}; the study uses “{own.id or '—'}”",
    )


def switches(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.switches: activities are inside or outside as the rule says."""
    ruled = {
        switch: choice
        for switch, choice in facts.rule.switches.items()
        if choice is not SwitchChoice.OPTIONAL and switch in concerned(facts)
    }
    if not ruled:
        return answer.does_not_apply("规则没有硬性规定", "the rule leaves them open")
    for switch, choice in ruled.items():
        own, wanted = facts.statements.inclusions.of(switch), choice is SwitchChoice.INCLUDE
        name = SWITCH_NAMES[switch]
        if own is not None and own is not wanted:
            answer.error(
                "switch.ruled",
                f"规则要求{'包含' if wanted else '不包含'}“{name.zh}”，研究相反",
                f"the rule asks “{name.en}” to be {'inside' if wanted else 'outside'}; the study differs",
                f"请改为“{'包含' if wanted else '不包含'}”并相应调整清单",
                f"say {'yes' if wanted else 'no'} and adapt the inventory",
                field=f"statements.inclusions.{switch.value}",
            )
    shown = "；".join(
        f"{SWITCH_NAMES[switch].zh}：{'包含' if choice is SwitchChoice.INCLUDE else '不包含'}"
        for switch, choice in ruled.items()
    )
    english = "; ".join(f"{SWITCH_NAMES[switch].en}: {choice.value}" for switch, choice in ruled.items())
    return answer.met(f"规则：{shown}", f"rule: {english}")


def quality(facts: Facts, answer: Answer) -> CheckedItem:
    """rule.quality: the rating is at or above the rule's floor."""
    wanted = facts.rule.quality
    if wanted.worst is None and wanted.coverage is None:
        return answer.does_not_apply("规则没有设质量下限", "the rule sets no floor of quality")
    if facts.footprint is None:
        return answer.without_result(facts)
    outcome = floors.meets(wanted, facts.footprint.quality)
    if not outcome.met:
        weakest = outcome.rating.weakest if outcome.rating else ()
        answer.error(
            "quality.floor",
            f"数据质量没有达到规则的下限：{outcome.reason.zh}",
            f"data quality is below the rule's floor: {outcome.reason.en}",
            "请先改进最弱的行：换用更新、更近、更准的数据或因子",
            "improve the weakest line first: newer, nearer or more precise data or factors",
            line=weakest[0] if weakest else "",
            field="quality",
        )
    return answer.met(outcome.reason.zh, outcome.reason.en)
