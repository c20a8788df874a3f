"""Section 4: goal and scope of the study, one part for each thing a reader must know before the numbers."""

from collections.abc import Callable
from datetime import date

from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.studies import BOUNDARY_NAMES
from zuji.report import amounts
from zuji.report.choices import allocation, gases, profiles, switches
from zuji.report.demands import demands
from zuji.report.document import (
    Block,
    Column,
    Facts,
    Figure,
    Paragraph,
    Section,
    Table,
    numbered,
    row,
)
from zuji.report.drawings import StageBox, boundary
from zuji.report.electricity import electricity
from zuji.report.material import Material
from zuji.report.topics import Topic, told
from zuji.text import counted


def goal_and_scope(material: Material) -> Section:
    say = material.say
    chapters: list[tuple[str, Callable[[Material], tuple[Block, ...]]]] = [
        (say("目的", "Goal"), _goal),
        (say("产品", "Product"), _product),
        (say("单位与基准流", "Unit and reference flow"), _unit),
        (say("系统边界", "System boundary"), _boundary),
        (say("取舍准则", "Cut-off criteria"), _cut_off),
        (say("分配与回收", "Allocation and recycling"), allocation),
        (say("时间与地域", "Time and place"), _time),
        (say("温室气体与特征化", "Greenhouse gases and characterisation"), gases),
        (say("电力的处理", "Treatment of electricity"), electricity),
        (say("使用与废弃情景", "Use and end-of-life scenarios"), profiles),
        (say("假设与价值选择", "Assumptions and value choices"), _assumptions),
    ]
    if material.rule is not None:
        chapters.append((say("规则的要求与本研究", "What the rule asks and what was done"), demands))
    parts = numbered("4", [(title, blocks(material)) for title, blocks in chapters])
    return Section(
        id="goal", number="4", title=say("目的与范围的确定", "Goal and scope definition"), parts=parts
    )


def _goal(material: Material) -> tuple[Block, ...]:
    say, goal, missing = material.say, material.study.goal, material.missing
    return (
        Facts(
            items=(
                (say("开展原因", "Reason"), goal.reason or missing),
                (say("预期用途", "Intended use"), goal.use or missing),
                (say("目标受众", "Audience"), goal.audience or missing),
                (say("用于比较", "For comparison"), say("是", "Yes") if goal.comparison else say("否", "No")),
                (
                    say("委托方", "Commissioned by"),
                    goal.commissioner or material.issue.organisation or missing,
                ),
                (say("编制人", "Author"), goal.author or material.issue.author or missing),
            ),
            tells=told(goal=goal.reason and goal.use and goal.audience),
        ),
    )


def _product(material: Material) -> tuple[Block, ...]:
    say, product, missing = material.say, material.study.product, material.missing
    items = [
        (say("名称", "Name"), product.name),
        (say("英文名称", "English name"), product.name_en),
        (say("型号", "Model"), product.model),
        (say("产品代码", "Product code"), product.code),
        (say("规格", "Specification"), product.specification),
        (say("生产者", "Manufacturer"), product.manufacturer),
        (say("统一社会信用代码", "Credit code"), product.credit_code),
        (say("生产场所", "Site"), product.site),
    ]
    return (Facts(items=tuple((name, value or missing) for name, value in items)),)


def _unit(material: Material) -> tuple[Block, ...]:
    say, study = material.say, material.study
    main = study.processes[0]
    outputs = material.joined(
        f"{output.product} {material.stated(output.quantity)}" for output in main.outputs
    )
    return (
        Facts(
            items=(
                (material.unit_label, material.unit),
                (say("说明", "Description"), study.unit.description or material.missing),
                (
                    say("基准流", "Reference flow"),
                    say(
                        f"{material.unit} 的{material.product_name}；"
                        f"清单数据按“{material.process_names[main.id]}”的产出记录：{outputs}",
                        f"{material.unit} of {material.product_name}; inventory recorded per output of "
                        f"“{material.process_names[main.id]}”: {outputs}",
                    ),
                ),
            ),
            tells=(Topic.UNIT, Topic.REFERENCE_FLOW),
        ),
    )


def _stage_boxes(material: Material) -> tuple[StageBox, ...]:
    inside = set(material.study.boundary.stages)
    boxes = []
    for stage in Stage:
        lines = [line for line in material.ranked() if line.stage is stage]
        if stage not in inside:
            words: tuple[str, ...] = (material.say("未包括", "Left out"),)
        elif not lines:
            words = (material.say("清单无数据", "No lines"),)
        else:
            names = list(dict.fromkeys(line.item for line in lines))
            more = (
                (material.say(f"等 {len(names)} 项", f"{len(names)} items in all"),) if len(names) > 4 else ()
            )
            words = (*names[:4], *more)
        boxes.append(StageBox(stage=stage, inside=stage in inside, lines=words))
    return tuple(boxes)


def _boundary(material: Material) -> tuple[Block, ...]:
    say, limits = material.say, material.study.boundary
    kind = material.words(BOUNDARY_NAMES[limits.kind])
    caption = say("系统边界与生命周期阶段", "System boundary and life-cycle stages")
    drawing = boundary(
        _stage_boxes(material),
        language=material.language,
        frame=say(f"系统边界：{kind}", f"System boundary: {kind.lower()}"),
        unit=say(
            f"输入：资源、材料与能源；输出：向大气的温室气体排放与清除，以每 {material.unit} 计",
            f"In: resources, materials, energy; out: greenhouse gases to and from air, per {material.unit}",
        ),
        name="boundary",
        title=caption,
    )
    reasons = {exclusion.stage: exclusion.reason for exclusion in limits.excluded}
    rows = []
    for stage in Stage:
        inside = stage in limits.stages
        count = sum(line.stage is stage for line in material.study.lines)
        remark = (
            say(f"清单 {count} 行", counted(count, "line"))
            if inside
            else reasons.get(stage) or material.missing
        )
        rows.append(
            row(
                material.words(STAGE_NAMES[stage]),
                say("包括", "Included") if inside else say("未包括", "Left out"),
                remark,
            )
        )
    table = Table(
        caption=say("各阶段是否包括及理由", "Stages included or left out, with reasons"),
        columns=(
            Column(say("阶段", "Stage"), width=26),
            Column(say("是否包括", "Included"), width=18),
            Column(say("清单或未包括的理由", "Inventory, or why left out"), width=56),
        ),
        rows=tuple(rows),
        tells=(Topic.BOUNDARY,),
    )
    blocks: list[Block] = [Figure(caption=caption, svg=drawing), table]
    if limits.description:
        blocks.insert(0, Paragraph(text=limits.description))
    if material.statements.reasons.boundary:
        lead = say("未包括的阶段对结论的影响：", "Effect of stages left out on the conclusions: ")
        blocks.append(Paragraph(text=lead + material.statements.reasons.boundary))
    blocks.append(
        Paragraph(
            text=say(
                "基本流为温室气体向大气的排放与自大气的清除；其他环境影响的基本流不在范围内。资本货物、"
                "员工通勤与差旅、消费者往返购物的交通，除清单列明者外未计入。",
                "Elementary flows are greenhouse gases emitted to and removed from air; flows of other "
                "environmental effects are out of scope. Capital goods, travel of staff and trips of "
                "consumers are not counted unless the inventory lists them.",
            ),
            tells=(Topic.ELEMENTARY_FLOWS,),
        )
    )
    blocks.append(switches(material))
    return tuple(blocks)


def _cut_off(material: Material) -> tuple[Block, ...]:
    say, cuts = material.say, material.footprint.cut_offs
    sized = [cut.share for cut in cuts if cut.share is not None]
    unsized = len(cuts) - len(sized)
    if not cuts:
        text = say(
            "清单没有舍去任何流。GB/T 24067—2024 与 ISO 14067:2018 未规定统一的取舍百分比，"
            "限值由产品种类规则给出。",
            "No flow of the inventory was left out. ISO 14067:2018 sets no percentage of its own; a "
            "product rule may.",
        )
    else:
        size = amounts.share(sum(sized))
        zh = f"可估算部分合计约占结果的 {size}；{unsized} 个流无法估算" if sized else "均无法估算"
        en = f"about {size} of the result as far as estimated, {unsized} without an estimate"
        if not sized:
            en = "none of which can be estimated"
        text = say(
            f"共舍去 {len(cuts)} 个流，{zh}。逐项理由见第 5 章的取舍清单。",
            f"{counted(len(cuts), 'flow')} left out, {en}. Reasons stand in section 5.",
        )
    limits = material.rule.cut_off if material.rule else None
    if limits and (limits.each is not None or limits.total is not None):
        each = "—" if limits.each is None else amounts.share(limits.each)
        whole = "—" if limits.total is None else amounts.share(limits.total)
        text += say(
            f"规则的限值：单个流不超过结果的 {each}，合计不超过 {whole}。",
            f" Limits of the rule: {each} of the result for one flow, {whole} for all.",
        )
    stated = material.statements.reasons.cut_off
    if stated:
        text += say(f"编制人说明的影响：{stated}", f" Effect as stated: {stated}")
    return (Paragraph(text=text, tells=(Topic.CUT_OFF_CRITERIA,)),)


def _months(start: str, end: str) -> int | None:
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return None
    return round((last - first).days / 30.44)


def _time(material: Material) -> tuple[Block, ...]:
    say, period = material.say, material.study.period
    months = _months(period.start, period.end)
    length = say(f"（{months} 个月）", f" ({months} months)") if months else ""
    items = [
        (
            say("数据期间", "Data period"),
            say(f"{period.start} 至 {period.end}", f"{period.start} to {period.end}") + length,
        ),
        (say("地域", "Place"), material.study.geography or material.missing),
        (
            say("排放的时间", "Timing of emissions"),
            say(
                "全部排放与清除按发生在评价期初计算，未作时间折算",
                "Everything counts as if at the start of the period; no delay is credited",
            ),
        ),
    ]
    if material.statements.reasons.period:
        items.append((say("期间的说明", "On the period"), material.statements.reasons.period))
    return (Facts(items=tuple(items), tells=told(period=period.start and period.end, timing=True)),)


def _assumptions(material: Material) -> tuple[Block, ...]:
    say, study = material.say, material.study
    choices = [
        say("时间尺度取 100 年。", "The time horizon is 100 years."),
        say(
            "生物源二氧化碳的吸收与释放分列，不互相抵消后再报告。",
            "Biogenic uptake and release are reported apart, not netted first.",
        ),
    ]
    if material.footprint.allocations:
        choices.append(
            say(
                "分配方法见本章“分配与回收”。",
                "The choice of allocation stands under allocation and recycling.",
            )
        )
    reasons = material.statements.reasons
    if reasons.value_choices:
        choices.append(reasons.value_choices)
    changes = (
        material.issue.scope_changes
        or reasons.scope_changes
        or say(
            f"本报告为第 {material.issue.version} 版，未记录范围变更。",
            f"This is version {material.issue.version}; no change of scope is recorded.",
        )
    )
    return (
        Facts(
            items=(
                (say("假设", "Assumptions"), study.assumptions or material.missing),
                (say("价值选择", "Value choices"), " ".join(choices)),
                (say("范围变更", "Changes of scope"), changes),
            ),
            tells=(Topic.VALUE_CHOICES, Topic.SCOPE_CHANGES),
        ),
    )
