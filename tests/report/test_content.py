"""The report says everything a footprint report must say, in both languages, with the published digits."""

import re
from decimal import Decimal

import pytest

from tests.report import made
from zuji.lca.published import published
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.report import amounts
from zuji.report.content import compose
from zuji.report.document import Facts, Figure, Paragraph, Points, Report, Table
from zuji.report.material import Material

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES = ("zh", "en")


def words(report: Report) -> str:
    """Everything the report says, drawings included."""
    said = [report.cover.title, report.cover.product, report.cover.value, report.cover.statement]
    said += [f"{name} {value}" for name, value in report.cover.facts]
    for section in report.sections:
        said += [section.title, *(part.title for part in section.parts)]
    for block in report.blocks():
        match block:
            case Paragraph():
                said.append(block.text)
            case Points():
                said += block.items
            case Facts():
                said += [f"{name} {value}" for name, value in block.items]
            case Figure():
                said += [block.caption, block.svg]
            case Table():
                said += [block.caption, block.note, *(column.title for column in block.columns)]
                said += [f"{cell.text} {cell.sub}" for row in block.rows for cell in row.cells]
    return "\n".join(said)


def table(report: Report, beginning: str) -> Table:
    """The table whose caption begins so."""
    found = [b for b in report.blocks() if isinstance(b, Table) and b.caption.startswith(beginning)]
    assert len(found) == 1, beginning
    return found[0]


def number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").removesuffix(" %"))


def test_sections_stand_in_the_order_of_a_chinese_standard() -> None:
    titles = [section.title for section in compose(made.tray()).sections]
    assert titles[:9] == [
        "摘要",
        "范围",
        "引用文件",
        "术语与缩略语",
        "目的与范围的确定",
        "清单分析",
        "影响评价",
        "解释",
        "报告与验证",
    ]
    annexes = compose(made.tray()).sections[9:]
    assert [section.number for section in annexes] == ["A", "B", "C", "D", "E", "F"]
    assert [section.title for section in annexes][-2:] == ["报告内容对照", "电力的核算"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_required_contents_are_said(language: str) -> None:
    material = made.tray(language)
    said = words(compose(material))
    study, snapshot = material.study, material.snapshot
    digits = published(material.footprint)
    required = [
        material.product_name,
        digits["total"],
        *digits["stages"].values(),
        *(text.replace("-", "−") for text in digits["totals"].values()),
        "GB/T 24067—2024",
        "ISO 14067:2018",
        study.period.start,
        study.unit.description,
        study.goal.reason,
        study.goal.audience,
        study.boundary.description,
        "托盘在使用中不消耗能源",  # why a stage is left out
        "质量不足 0.1 %",  # why a flow is cut off
        "铝屑回炉替代电解铝",  # why so allocated
        "R2 0.9",
        "HFC-134a",
        "elec_cf_national_2024",
        "因子库没有四川省的生命周期电力因子",  # why this electricity factor
        study.assumptions,
        study.limitations,
        "某铝厂",
        "电费发票",
        "示例铝业有限公司",
        "2026-11-21",
        snapshot.digest,
        snapshot.input_digest,
        "zuji-snapshot.json",
        "改用水电铝",
        "29.8",  # methane, fossil
        "200",  # runs
    ]
    assert not [text for text in required if str(text) not in said]
    only_climate = {"zh": "只反映气候变化", "en": "climate change only"}[language]
    assert said.count(only_climate) >= 3


def test_every_factor_is_listed_with_its_version_and_source() -> None:
    material = made.tray()
    said = words(compose(material))
    for factor in material.snapshot.factors:
        assert f"{factor.id} · v{factor.version}" in said
        assert factor.source.title in said


def test_every_line_shows_its_equation() -> None:
    material = made.tray()
    said = words(compose(material))
    for line in material.footprint.lines:
        assert line.formula.replace("-", "−") in said


@pytest.mark.parametrize(
    ("stated", "printed"),
    [
        ("0.62 kg × -1 kgCO2e/kg", "0.62 kg × −1 kgCO2e/kg"),
        ("1.25e+06 kWh × 0.5777 kgCO2e/kWh", "1.25×10⁶ kWh × 0.5777 kgCO2e/kWh"),
        ("1.2e-07 t × 3 kgCO2e/t", "1.2×10⁻⁷ t × 3 kgCO2e/t"),
    ],
)
def test_an_equation_is_printed_without_signs_of_programs(stated: str, printed: str) -> None:
    assert amounts.equation(stated) == printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_parts_sum_to_the_printed_total(language: str) -> None:
    material = made.tray(language)
    report = compose(material)
    total = number(published(material.footprint)["total"])
    captions = {
        "zh": ("每 1 件 各阶段", "每 1 件 的五项", "按气体", "按供应商", "单元过程及其"),
        "en": (
            "Absolute values",
            "The five totals",
            "Footprint by gas",
            "Footprint by supplier",
            "Unit proc",
        ),
    }[language]
    for caption, column in zip(captions, (1, 1, 1, 1, 2), strict=True):
        rows = [row for row in table(report, caption).rows if row.kind != "total"]
        assert sum(number(row.cells[column].text) for row in rows) == total, caption


def test_stage_shares_sum_to_one_hundred() -> None:
    rows = table(compose(made.tray()), "每 1 件 各阶段").rows
    assert sum(number(row.cells[2].text) for row in rows if row.kind != "total") == 100


def test_a_partial_footprint_is_never_called_a_full_one() -> None:
    partial, full = compose(made.plain()), compose(made.tray())
    assert partial.cover.title == "产品部分碳足迹报告"
    assert "不是产品全生命周期的碳足迹" in words(partial)
    assert full.cover.title == "产品碳足迹报告"


def test_what_does_not_apply_is_said_plainly() -> None:
    report = compose(made.plain())
    states = {row.cells[1].text: row.cells[3].text for row in table(report, "报告内容对照（").rows}
    assert states["分配程序"] == "不适用：没有多产出过程"
    assert states["电力的处理、因子与约束"] == "不适用：清单没有用电行"
    assert states["其他情景的影响"] == "不适用：边界不含使用与废弃"
    assert states["产品种类规则与其他要求"] == "未采用产品种类规则"
    said = words(report)
    assert "没有舍去任何流" in said
    assert said.count("未说明") >= 8  # the study states almost nothing, and the report does not hide it


def test_marks_tell_demonstrations_and_drafts() -> None:
    assert compose(made.tray()).marks == ("演示",)
    assert compose(made.plain()).marks == ("草稿",)
    assert "不得对外使用" in words(compose(made.plain()))


def test_credits_are_shown_and_not_netted_away() -> None:
    material = made.tray()
    said = words(compose(material))
    credited = next(line for line in material.footprint.lines if line.line == "extrusion:回收铝屑")
    assert credited.total < 0
    assert "回收铝屑（替代抵减）" in said
    assert f"−{material.contributions[credited.line].removeprefix('−')}" in said
    assert "不计抵减的毛排放为" in said


def test_english_says_nothing_of_its_own_in_chinese() -> None:
    stated = str(made.tray().study) + "".join(str(factor) for factor in made.tray().snapshot.factors)
    stated += str(made.tray().footprint.notices) + str(made.tray().gwp) + str(made.ISSUE)
    for block in compose(made.tray("en")).blocks():
        texts = []
        match block:
            case Paragraph():
                texts = [block.text]
            case Points():
                texts = list(block.items)
            case Facts():
                texts = [name for name, _value in block.items]
            case Table():
                texts = [block.caption, block.note, *(column.title for column in block.columns)]
        for text in texts:
            # whatever is Chinese comes from the study or a source, piece by piece
            foreign = re.findall(r"[\u4e00-\u9fff]+", text)
            assert not [piece for piece in foreign if piece not in stated], text


def test_scenarios_show_total_difference_and_probability() -> None:
    material = made.tray()
    rows = table(compose(material), "每 1 件 的情景").rows
    assert [row.cells[0].text for row in rows] == ["基准", "改用水电铝", "就近配套 300 km"]
    scenario = material.footprint.scenarios[0]
    assert number(rows[1].cells[1].text) == number(published(material.footprint)["scenarios"][scenario.id])
    assert scenario.probability_lower == 1.0
    assert rows[1].cells[4].text == "100.0 %"


def test_stages_left_out_are_named_in_the_drawing() -> None:
    report = compose(made.tray())
    figure = next(b for b in report.blocks() if isinstance(b, Figure) and b.caption == "各阶段碳足迹")
    assert STAGE_NAMES[Stage.USE].zh in figure.svg
    assert "未包括在系统边界内" in figure.svg


def test_issue_appears_as_given() -> None:
    facts = dict(compose(made.tray()).cover.facts)
    assert facts["日期与版本"] == "2026-11-21　第 2 版"
    assert facts["状态"] == "已冻结"


def test_a_stage_outside_the_boundary_that_holds_lines_is_not_lost() -> None:
    from dataclasses import replace

    from tests.report.studies import tray

    study = tray()
    limits = replace(
        study.boundary, stages=tuple(s for s in study.boundary.stages if s != Stage.DISTRIBUTION)
    )
    outside: Material = made.material(replace(study, boundary=limits), runs=0)
    rows = table(compose(outside), "每 1 件 各阶段").rows
    texts = [row.cells[1].text for row in rows if row.kind != "total"]
    assert sum(map(number, texts)) == number(published(outside.footprint)["total"])
