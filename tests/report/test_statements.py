"""What people state, what the rule asks and what the check found stand in the report as they are."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.report import made
from tests.report.test_content import CHINESE, number, table, words
from zuji.lca.published import published
from zuji.report.content import compose
from zuji.report.document import Facts, Paragraph, Points, Table

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_was_stated_is_printed(language: str) -> None:
    material = made.full(language)
    said = words(compose(material))
    stated = [
        "10000000000000000000000000000001",
        "10000000000000000000000000000002",
        "2024-12-30",
        "合同只覆盖加工用电",
        "标签与胶带的影响小于 0.1 %",
        "铝锭供应商尚未核算",
        "第 2 版加入报废回收",
        "碳储存不予抵减",
        "collection-90 · 报废后 90 % 回收",
        "氧化损失",
        "0.11000 kgCO2e",
        "−0.22000 kgCO2e",
        "−0.33000 kgCO2e",
        "0.44000 kgCO2e",
        "2.7",
        "CCER-0001",
        "钢制托盘",
        "赵核查",
        "合理保证",
        "ISO 14064-3:2019",
        "数据可信",
        "王工",
        "可以冻结",
        "铝锭决定结果",
        "全部输入已列入",
        "应先换铝锭",
        "取得供应商数据",
        "demo-tray@1",
    ]
    assert not [text for text in stated if text not in said]


def test_apart_values_and_offsets_never_enter_the_total() -> None:
    assert made.full().footprint.total == pytest.approx(sum(made.full().footprint.totals))
    said = words(compose(made.full()))
    assert "不属于产品碳足迹，未作扣除" in said
    assert "仅供参考，未乘入结果" in said


def test_the_location_based_result_stands_beside_the_total() -> None:
    material = made.full()
    assert material.location_based is not None
    rows = table(compose(material), "每 1 件 的按所在地结果").rows
    assert number(rows[0].cells[1].text) == number(published(material.footprint)["total"])
    assert float(number(rows[1].cells[1].text)) == pytest.approx(material.location_based.total, rel=1e-4)


def test_electricity_lines_sum_and_conditions_are_named() -> None:
    report = compose(made.full())
    lines = table(report, "逐行处理")
    *parts, total = (number(row.cells[4].text) for row in lines.rows)
    assert sum(parts) == total
    conditions = table(report, "合同电力的五项条件").rows[0]
    assert [cell.text for cell in conditions.cells[1:]] == ["是", "是", "是", "是", "否"]
    certificates = table(report, "已注销的证书").rows
    assert [row.cells[2].text for row in certificates] == ["300000", "112000", "412000"]
    assert certificates[1].cells[3].text == "未说明"


def test_balances_show_their_gap() -> None:
    rows = table(compose(made.full()), "过程的投入与产出").rows
    assert rows[0].cells[4].text == "+0.2 %"
    material = made.full()
    balance = material.study.statements.balances[0]
    other = replace(balance, outputs=replace(balance.outputs, unit="MJ"))
    statements = replace(material.study.statements, balances=(other,))
    changed = replace(material, study=replace(material.study, statements=statements))
    assert table(compose(changed), "过程的投入与产出").rows[0].cells[4].text == "单位不同"


def test_tracking_compares_only_like_units() -> None:
    material = made.full()
    rows = table(compose(material), "与以前结果的比较").rows
    assert rows[-1].cells[0].text == "变化"
    change = material.footprint.total - 200.0
    assert float(number(rows[-1].cells[1].text.lstrip("+"))) == pytest.approx(change, rel=1e-3)
    tracking = material.study.statements.tracking
    assert tracking is not None
    other = replace(tracking, unit=replace(tracking.unit, unit="kg"))
    statements = replace(material.study.statements, tracking=other)
    changed = replace(material, study=replace(material.study, statements=statements))
    assert table(compose(changed), "与以前结果的比较").rows[-1].cells[0].text == "本报告"


def test_a_comparison_says_whether_it_may_be_made() -> None:
    said = words(compose(made.full()))
    assert "可比性检验：不可比。" in said
    assert "系统边界不同" in said
    unchecked = words(compose(replace(made.full(), gate=None)))
    assert "没有作可比性检验" in unchecked


def test_demands_of_the_rule_stand_beside_what_was_done() -> None:
    rows = {
        row.cells[0].text: [cell.text for cell in row.cells[1:]]
        for row in table(compose(made.full()), "规则的要求与本研究").rows
    }
    assert rows["取舍准则：单项上限"] == ["1 %", "没有可估算的取舍", "5.4"]
    assert rows["全球增温潜势：数值集"] == ["AR6", "AR6", "—"]
    used = "合同工具（绿证、绿电交易）、电网（消费地组合）"
    assert rows["电力：可用的电力处理方式"][1] == used
    assert rows["是否包含：资本货物（厂房、设备）"][:2] == ["不计", "不包括"]
    assert rows["分配：方法顺序"][1] == "系统扩展（替代）"
    assert rows["必填清单项：铝锭"] == ["铝锭，初级数据", "电解铝锭", "—"]
    assert rows["必填清单项：焊丝"][1] == "清单没有"
    assert not [name for name in rows if name.startswith("初级数据：")]  # the rule is silent


@pytest.mark.parametrize("language", LANGUAGES)
def test_conformity_lists_every_item_and_the_gravest_first(language: str) -> None:
    beginning = {"zh": "逐项检查结果", "en": "Outcome by item"}[language]
    report = compose(made.full(language))
    rows = table(report, beginning).rows
    assert [row.cells[0].text for row in rows] == ["V1", "V27"]
    assert [row.cells[2].text for row in rows] == ["ISO 14067:2018 6.2", "ISO 14067:2018 6.4.9.4"]
    assert {"zh": "改用剩余组合", "en": "take the residual mix"}[language] in words(report)


def test_the_weakest_data_come_first_with_the_effect_of_bettering_them() -> None:
    material = made.full()
    rows = table(compose(material), "改进数据的次序").rows
    rating = next(one for one in material.footprint.quality if one.score is not None)
    names = {line.line: line.item for line in material.footprint.lines}
    assert [row.cells[1].text for row in rows][: len(rating.weakest)] == [
        names[line] for line in rating.weakest
    ]
    assert rating.score is not None
    rated = [row for row in rows if row.cells[3].text != "—"]
    assert rated
    assert all(Decimal(row.cells[4].text) <= Decimal(f"{rating.score:.2f}") for row in rated)


def test_printed_numbers_that_are_due_are_there() -> None:
    for block in compose(made.full()).blocks():
        if isinstance(block, Table):
            for row in block.rows:
                if row.kind == "":
                    empty = [
                        column.title
                        for column, cell in zip(block.columns, row.cells, strict=True)
                        if column.numeric and not cell.text
                    ]
                    assert not empty, (block.caption, row)


def test_english_names_everything_in_english() -> None:
    material = made.full("en")
    stated = str(material.study) + str(material.footprint.notices) + str(material.gwp) + str(made.ISSUE)
    stated += "".join(str(factor) for factor in material.snapshot.factors) + str(made.INTERNAL)
    for block in compose(material).blocks():
        match block:
            case Paragraph():
                texts = [block.text]
            case Points():
                texts = list(block.items)
            case Facts():
                texts = [text for pair in block.items for text in pair]
            case Table():
                texts = [block.caption, block.note, *(column.title for column in block.columns)]
                texts += [text for row in block.rows for cell in row.cells for text in (cell.text, cell.sub)]
            case _:
                texts = [block.caption]
        for text in texts:
            if CHINESE.search(text):
                foreign = re.findall(r"[\u4e00-\u9fff]+", text)
                assert not [piece for piece in foreign if piece not in stated], text
