"""Uncertainty, sensitivity and scenarios, for section 7."""

from zuji.model.footprints import ScenarioResult, UncertaintyResult
from zuji.report import amounts
from zuji.report.document import Block, Cell, Column, Facts, Figure, Paragraph, Say, Table, row
from zuji.report.drawings import Band, Stack, band, stacks
from zuji.report.material import Material
from zuji.report.topics import Topic

SENSITIVE = 10


def band_figure(material: Material, result: UncertaintyResult, name: str = "band") -> str:
    """The drawing of the 95 % interval."""
    say = material.say
    one = Band(
        low=result.low,
        median=result.median,
        high=result.high,
        total=material.footprint.total,
        low_text=amounts.band(result.low),
        median_text=say("中位数 ", "median ") + amounts.band(result.median),
        high_text=amounts.band(result.high),
        total_text=say("公布值 ", "published ") + amounts.number(material.footprint.total),
    )
    return band(one, name=name, title=say("95 % 区间（kgCO2e）", "95 % interval (kgCO2e)"))


def method_name(result: UncertaintyResult, material: Material) -> str:
    if result.method == "monte_carlo":
        return material.say("蒙特卡洛模拟", "Monte Carlo simulation")
    return material.say("一阶误差传递", "First-order propagation")


def uncertainty(material: Material) -> tuple[Block, ...]:
    say, result = material.say, material.footprint.uncertainty
    if result is None:
        return (
            Paragraph(
                text=say("本结果未作不确定性分析。", "No uncertainty analysis was made for this result.")
            ),
        )
    items = [
        (say("方法", "Method"), method_name(result, material)),
        (
            say("95 % 区间", "95 % interval"),
            say(
                f"{amounts.band(result.low)} 至 {amounts.band(result.high)} kgCO2e",
                f"{amounts.band(result.low)} to {amounts.band(result.high)} kgCO2e",
            ),
        ),
        (
            say("均值与标准差", "Mean and standard deviation"),
            f"{amounts.band(result.mean)} ± {amounts.band(result.sd)} kgCO2e",
        ),
        (say("中位数", "Median"), f"{amounts.band(result.median)} kgCO2e"),
    ]
    if result.method == "monte_carlo":
        items.append(
            (
                say("次数与种子", "Runs and seed"),
                say(
                    f"{result.runs:,} 次，种子 {result.seed}；以此可重现",
                    f"{result.runs:,} runs, seed {result.seed}; repeatable",
                ),
            )
        )
    caption = say("结果的不确定性", "Uncertainty of the result")
    return (
        Figure(caption=caption, svg=band_figure(material, result)),
        Facts(items=tuple(items)),
        Paragraph(
            text=say(
                "区间反映清单数量与因子的离散程度，不含方法选择、模型与情景的不确定性。",
                "The interval shows the spread of amounts and factors, not of method, model and scenario "
                "choices.",
            ),
            tells=(Topic.UNCERTAINTY,),
        ),
    )


def sensitivity(material: Material) -> tuple[Block, ...]:
    table = sensitivity_table(material)
    if table is None:
        return (Paragraph(text=material.say("未作敏感性分析。", "No sensitivity analysis was made.")),)
    return (table,)


def sensitivity_table(material: Material) -> Table | None:
    """The inputs that matter most, or None where nothing varies."""
    say, result = material.say, material.footprint.uncertainty
    if result is None or not result.sensitivity:
        return None
    total = material.footprint.total
    rows = [
        row(
            str(index),
            one.item,
            amounts.share(one.variance_share),
            amounts.signed(one.plus_ten_percent),
            amounts.share_of(one.plus_ten_percent, total),
        )
        for index, one in enumerate(result.sensitivity[:SENSITIVE], 1)
    ]
    return Table(
        caption=say("对结果影响最大的输入", "Inputs that matter most"),
        columns=(
            Column("", width=6),
            Column(say("项目", "Item"), width=40),
            Column(say("占方差", "Of variance"), numeric=True, width=16),
            Column(say("+10 % 时变化", "Effect of +10 %"), unit="kgCO2e", numeric=True, width=22),
            Column(say("相对变化", "Relative"), numeric=True, width=16),
        ),
        rows=tuple(rows),
        tells=(Topic.SENSITIVITY,),
    )


def scenario_stacks(material: Material, name: str = "scenarios") -> str:
    """The drawing of base and scenarios on one scale."""
    say, footprint = material.say, material.footprint
    rows = [
        Stack(
            label=say("基准", "Base"),
            parts=tuple(footprint.stages.items()),
            total=footprint.total,
            text=amounts.number(footprint.total),
        )
    ]
    rows += [
        Stack(
            label=one.name,
            parts=tuple(one.stages.items()),
            total=one.total,
            text=f"{amounts.number(one.total)}  ({amounts.signed_share(one.relative)})",
        )
        for one in footprint.scenarios
    ]
    title = say("情景比较（kgCO2e）", "Scenarios (kgCO2e)")
    return stacks(rows, language=material.language, name=name, title=title)


def gap(one: ScenarioResult, say: Say) -> str:
    """The 95 % interval of the difference to the base, where it was simulated."""
    if one.low is None or one.high is None:
        return ""
    low, high = amounts.signed(one.low), amounts.signed(one.high)
    return say(f"{low} 至 {high}", f"{low} to {high}")


def probability(one: ScenarioResult) -> str:
    """How surely a scenario lies below the base, on common random numbers."""
    return "—" if one.probability_lower is None else amounts.share(one.probability_lower)


def scenarios(material: Material) -> tuple[Block, ...]:
    say, table = material.say, scenario_table(material)
    if table is None:
        return (Paragraph(text=say("未比较其他情景。", "No alternative was compared.")),)
    caption = say("各情景分阶段的碳足迹", "Scenarios by stage")
    return (Figure(caption=caption, svg=scenario_stacks(material)), table)


def scenario_table(material: Material) -> Table | None:
    """Base and scenarios beside each other, or None without scenarios."""
    say, footprint = material.say, material.footprint
    if not footprint.scenarios:
        return None
    about = {scenario.id: scenario.description for scenario in material.study.scenarios}
    rows = [row(say("基准", "Base"), amounts.number(footprint.total), "—", "—", "—")]
    rows += [
        row(
            Cell(one.name, about.get(one.id, "")),
            amounts.number(one.total),
            Cell(amounts.signed(one.difference), gap(one, say)),
            amounts.signed_share(one.relative),
            probability(one),
        )
        for one in footprint.scenarios
    ]
    return Table(
        caption=say(f"每 {material.unit} 的情景结果", f"Scenarios per {material.unit}"),
        columns=(
            Column(say("情景", "Scenario"), width=36),
            Column(say("结果", "Result"), unit="kgCO2e", numeric=True, width=17),
            Column(say("差值", "Difference"), unit="kgCO2e", numeric=True, width=17),
            Column(say("相对", "Relative"), numeric=True, width=13),
            Column(say("低于基准的概率", "Probability lower"), numeric=True, width=17),
        ),
        rows=tuple(rows),
        note=say(
            "差值下方为其 95 % 区间。各情景与基准使用同一组随机数，因此差值与概率只反映两者不同之处。",
            "Below each difference stands its 95 % interval. Base and scenarios share their random "
            "numbers, so that both reflect only what differs.",
        ),
        tells=(Topic.ALTERNATIVES,),
    )
