"""Live numbers: the same as the library's, and honest about what they leave out."""

import pytest

from tests.web.factories.products import GRID_CO2, bare, document, line, many_lines, study
from zuji.formats import document as documents
from zuji.lca import calculate
from zuji_web.factors.queries import library
from zuji_web.products import payload
from zuji_web.products.actions import edits
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries.calculation import Live, live
from zuji_web.products.queries.calculation import calculate as calculate_draft

pytestmark = pytest.mark.django_db


def of(*lines: dict[str, object], **values: object) -> Live:
    return calculate_draft(document(*lines, **values), library())


def test_the_live_total_is_the_librarys() -> None:
    draft = document(*many_lines(40))
    using = library()
    expected = calculate(documents.from_dict(draft), using.source, using.gwp["AR6"], using.fuels)
    result = calculate_draft(draft, using)
    assert result.complete
    assert result.total == expected.total
    assert {key: value.total for key, value in result.lines.items()} == {
        value.line: value.total for value in expected.lines
    }
    assert result.unit == "kgCO2e/kg"


def test_five_hundred_lines_sum_to_the_total() -> None:
    result = of(*many_lines(500))
    assert len(result.lines) == 500
    assert result.total == pytest.approx(sum(each.total for each in result.lines.values()), rel=1e-12)


def test_lines_that_cannot_be_counted_are_counted_out_loud() -> None:
    result = of(
        line("a"),
        bare("b"),
        line("c", quantity={"amount": "1,5", "unit": "kWh"}),
        line("d", quantity={"amount": 1.0, "unit": "kg"}),
        line("e", factor="no_such_factor"),
        line("f", factor=GRID_CO2),
        line("g", stage="use"),
        line("h", kind="sub_assembly", factor=None, sub_assembly={"process": "nowhere"}),
    )
    assert result.total == pytest.approx(2 * 0.5777)
    assert not result.complete
    assert result.uncounted == 7
    found = {(problem.line, problem.field) for problem in result.problems}
    assert {("b", "quantity"), ("c", "quantity.amount"), ("f", "factor"), ("g", "stage")} <= found
    assert {"b", "c", "d", "e", "f", "g", "h"} == {problem.line for problem in result.problems}


def test_a_grid_co2_factor_is_refused_by_name() -> None:
    (problem,) = of(line("a", factor=GRID_CO2)).problems
    assert problem.problem.code == "factor.grid_co2"


def test_without_a_unit_there_is_no_number() -> None:
    result = of(line("a"), unit={"kind": "declared"})
    assert result.total is None
    assert not result.complete
    assert any(problem.field.startswith("unit") for problem in result.problems)


def test_without_a_period_the_number_is_right_and_the_gap_is_named() -> None:
    draft = document(line("a"))
    del draft["period"]
    result = calculate_draft(draft, library())
    assert result.total == pytest.approx(2 * 0.5777)
    assert [problem.field for problem in result.problems] == ["period"]


def test_unknown_potentials_give_no_number() -> None:
    result = of(line("a"), gwp="AR9")
    assert result.total is None
    assert result.problems[0].field == "gwp"


def test_a_cut_off_line_is_listed_and_not_a_gap() -> None:
    result = of(line("a"), bare("b", quantity={"amount": 1.0, "unit": "kg"}, cut_off="质量小于 1 %"))
    assert result.complete
    assert result.uncounted == 0


def test_an_empty_draft_is_not_complete() -> None:
    result = of()
    assert (result.total, result.complete) == (0.0, False)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"processes": []},
        {"processes": [{"id": "p", "lines": []}]},
        {"product": 5, "unit": [], "boundary": "?", "processes": [{"id": "p", "lines": [{"id": "a"}]}]},
        {
            "scenarios": [{"id": "s"}],
            "processes": [{"id": "p", "outputs": 7, "lines": [{"id": "a", "kind": 3}]}],
        },
    ],
)
def test_whatever_a_draft_holds_the_page_gets_an_answer(broken: dict[str, object]) -> None:
    result = calculate_draft(broken, library())
    assert result.total is None
    assert result.problems
    assert [payload.problem_data(problem)["text"] for problem in result.problems]


def test_a_loop_that_consumes_more_than_it_makes_is_explained() -> None:
    draft = document(
        line("a"), line("b", kind="sub_assembly", quantity={"amount": 2.0, "unit": "kg"}, factor=None)
    )
    draft["processes"][0]["lines"][1] = {
        "id": "b",
        "stage": "manufacturing",
        "kind": "sub_assembly",
        "item": "返料",
        "quantity": {"amount": 2.0, "unit": "kg"},
        "sub_assembly": {"process": "main"},
    }
    result = calculate_draft(draft, library())
    assert result.total is None
    assert result.problems


def test_the_same_document_is_calculated_once() -> None:
    made = study(line("a"))
    assert live(made) is live(ProductStudy.objects.get(pk=made.pk))


def test_after_an_edit_the_answer_is_new() -> None:
    made = study(line("a"))
    by_before = live(made).total
    from tests.web.factories.accounts import member

    by = member(of=made.organisation)
    step = {"op": "set", "path": ["lines", "a", "quantity", "amount"], "value": 20.0}
    changed = edits.edit(study=made, operations=[step], by=by)
    assert live(changed).total == pytest.approx(10 * (by_before or 0))


def test_what_is_shown_of_a_factor_is_the_version_the_line_names() -> None:
    made = study(line("a", factor_version="1.0"))
    shown = payload.live_data(live(made), made)["factors"]["elec_cf_national_2024"]
    assert (shown["version"], shown["newest"], shown["value"]) == ("1.0", "1.0", 0.5777)
    assert shown["url"].endswith("/factors/datasets/elec_cf_national_2024/")
