"""One inventory under several rules: effects sum to the difference, words say what differs."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.rules.inventories import DATA, LINES, a_study, calculate, line, two_products
from tests.rules.test_applying import RULES, STUDIES
from zuji.errors import IncompleteStudy, problem
from zuji.formats import document, rules
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.footprints import Footprint
from zuji.model.lines import LineKind
from zuji.model.studies import AllocationMethod, Study
from zuji.rules.comparing import Comparison, compare, difference, in_both_languages
from zuji.rules.resolving import resolve

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
FACTORS = DATA.catalogue


def a_rule(text: str, name: str = "x") -> ProductCategoryRule:
    head = f"id: {name}\nversion: '1'\nname: 某规则\nstanding: demonstration\nsource: t\ncertainty: seen\n"
    return rules.load((head + text).encode(), name="x.yaml")


def under(*texts: str, study: Study | None = None) -> Comparison:
    return compare(study or a_study(), [a_rule(text) for text in texts], calculate, FACTORS)


def test_each_effect_is_what_its_item_does_and_they_sum_to_the_difference() -> None:
    answer = under(
        "gwp: AR5\nboundary: cradle_to_gate\nswitches: {capital_goods: exclude}\nelectricity: grid\n"
    )
    (column,) = answer.columns
    effects = {each.item: each.amount for each in column.effects}
    assert list(effects) == ["gwp", "boundary", "switches.capital_goods", "electricity"]
    potentials = DATA.gwp["AR5"].fossil_ch4 - DATA.gwp["AR6"].fossil_ch4
    assert effects["gwp"] == pytest.approx(1 * potentials / 100)
    assert effects["boundary"] == pytest.approx(-(30 * 0.1 + 3.0 + 10 * 0.2) / 100)
    assert effects["switches.capital_goods"] == pytest.approx(-2 * 5 / 100)
    grid, hydro = FACTORS.get("elec_cf_national_2024").total, FACTORS.get("elec_cf_hydro_2024").total
    assert effects["electricity"] == pytest.approx(50 * (grid - hydro) / 100)
    assert column.difference is not None
    assert math.fsum(effects.values()) == pytest.approx(column.difference, abs=1e-9)  # type: ignore[arg-type]
    assert column.effects[-1].total == column.total


@settings(max_examples=60, deadline=None)
@given(STUDIES, RULES)
def test_effects_always_sum_to_the_difference(study: Study, text: str) -> None:
    answer = under(text, "gwp: AR4", study=study)
    for column in answer.columns:
        assert column.total is not None
        assert answer.base is not None
        amounts = [each.amount for each in column.effects]
        assert None not in amounts
        size = max(1.0, abs(column.total), abs(answer.base.total))
        gap = math.fsum(each for each in amounts if each is not None) - (column.total - answer.base.total)
        assert abs(gap) <= 1e-9 * size


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_under_the_methods(path: Path) -> None:
    book = rules.shipped()
    study = document.load(path.read_bytes(), name=path.name)
    chosen = [resolve(book.get(key), book) for key in ("gbt24067", "pact-v3", "pef")]
    answer = compare(study, chosen, calculate, FACTORS)
    assert answer.base is not None
    assert answer.base.total == calculate(study).total
    for column in answer.columns:
        assert column.problems == ()
        amounts = [each.amount or 0.0 for each in column.effects]
        assert math.fsum(amounts) == pytest.approx(
            column.difference, abs=1e-9 * max(1, abs(answer.base.total))
        )
    assert "recycling.methods" in {row.item for row in answer.rows}


def test_the_table_says_in_words_where_the_rules_differ_and_nothing_else() -> None:
    answer = under(
        "gwp: AR5\ncut_off: {each: 1 %}", "gwp: AR6\ncut_off: {each: 1 %}\nallocation: [physical, economic]"
    )
    found = {row.item: [(cell.zh, cell.en) for cell in row.cells] for row in answer.rows}
    assert found == {
        "gwp.set": [("AR5", "AR5"), ("AR6", "AR6")],
        "allocation.order": [
            ("未规定", "not ruled"),
            ("物理分配 → 经济分配", "physical allocation → economic allocation"),
        ],
    }


def test_a_text_and_its_english_wording_are_one_row() -> None:
    rows = under(
        "unit: {description: 一吨, description_en: one tonne}\n",
        "unit: {description: 一千克, description_en: one kilogram}\n",
        "unit: {description: 一升}\n",
    ).rows
    assert {row.item for row in rows} == {"unit.description", "unit.description_en"}
    (row,) = in_both_languages(rows)
    assert row.item == "unit.description"
    assert [(cell.zh, cell.en) for cell in row.cells] == [
        ("一吨", "one tonne"),
        ("一千克", "one kilogram"),
        ("一升", "一升"),
    ]
    # where only the English wording differs, that is a row of its own
    only = under(
        "unit: {description: 一吨, description_en: a}\n", "unit: {description: 一吨, description_en: b}\n"
    )
    assert [row.item for row in in_both_languages(only.rows)] == ["unit.description_en"]


def test_a_revision_is_told_item_by_item() -> None:
    before = a_rule(
        "cut_off: {each: 1 %}\n"
        "required: [{id: a, name: 石灰, name_en: lime, kind: material, words: [石灰]}]\n"
    )
    after = a_rule(
        "cut_off: {each: 0.5 %}\nswitches: {storage: include}\nuse: required\n"
        "boundary: {may_exclude: [{stage: use, reason: 中间产品, reason_en: intermediate}]}\n"
    )
    told = {each.item: (each.name.zh, each.before.zh, each.after.en) for each in difference(before, after)}
    assert told == {
        "boundary.may_exclude": ("系统边界：可以不含的阶段", "未规定", "use (intermediate)"),
        "cut_off.each": ("取舍准则：单项上限", "1 %", "0.5 %"),
        "use.required": ("使用情景：必须指明", "未规定", "yes"),
        "switches.storage": ("是否包含：仓储", "未规定", "included"),
        "required.a": ("必填清单项：石灰", "石灰，物料", "not ruled"),
    }
    assert difference(before, before) == ()


def test_a_study_without_a_number_says_why_and_is_still_compared() -> None:
    study = a_study(LINES[0], line("power", LineKind.ELECTRICITY, "5 kWh"))
    answer = under("electricity: {accepted: grid, grid_factors: [elec_cf_national_2024]}", "", study=study)
    assert answer.base is None
    assert answer.problems
    mended, plain = answer.columns
    assert mended.total is not None
    assert mended.difference is None
    assert mended.problems == ()
    assert plain.footprint is None
    assert plain.problems == answer.problems


def test_the_effect_of_a_step_without_a_result_falls_to_the_next_with_one() -> None:
    asked: list[str] = []

    def fragile(study: Study) -> Footprint:
        asked.append(study.gwp)
        if study.gwp == "AR5" and len(study.boundary.stages) == 5:
            raise IncompleteStudy(problem("x", "不行", "no", cure_zh="改", cure_en="mend"))
        return calculate(study)

    answer = compare(a_study(), [a_rule("gwp: AR5\nboundary: cradle_to_gate")], fragile, FACTORS)
    (column,) = answer.columns
    potentials, boundary = column.effects
    assert potentials.amount is None
    assert boundary.amount == pytest.approx(column.difference, abs=1e-12)
    assert asked == ["AR6", "AR5", "AR5"]


def test_open_points_stand_beside_the_number() -> None:
    answer = under(
        "unit: 1 kWh\nswitches: {storage: include}", study=two_products(AllocationMethod.PHYSICAL, 2.0, 1.0)
    )
    (column,) = answer.columns
    assert [each.item for each in column.open_points] == ["unit.units", "switches.storage"]
    assert column.total == pytest.approx(answer.base.total if answer.base else None)


def test_rules_are_compared_in_the_order_asked_for() -> None:
    answer = compare(
        a_study(), [a_rule("gwp: AR5", "b"), a_rule("gwp: AR4", "a"), a_rule("", "c")], calculate, FACTORS
    )
    assert [column.rule.id for column in answer.columns] == ["b", "a", "c"]
    assert answer.columns[2].difference == 0
    assert replace(answer.columns[2].study, rule="") == a_study()
