"""Statements, certificates and treatments in the workbook; workbooks of the first template."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from tests.formats.workbooks import edited
from zuji.errors import InvalidInput
from zuji.formats import excel
from zuji.formats.excel.form import STATEMENTS
from zuji.formats.excel.schema import BESIDE, INVENTORY, PROCESSES
from zuji.formats.excel.statements import BALANCES, CERTIFICATES, OFFSETS, REVIEWS
from zuji.model.documents import from_dict
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, EnergyCertificate
from zuji.model.quantities import Quantity
from zuji.model.statements import (
    Balance,
    BalanceKind,
    Offset,
    Review,
    ReviewKind,
    Statements,
)
from zuji.model.studies import UnitProcess

FIRST_TEMPLATE = Path(__file__).with_name("inventory_template_1.xlsx")
TEMPLATE = excel.template()
AT = {
    table.name.zh: {column.key: at for at, column in enumerate(table.columns, start=1)}
    for table in (INVENTORY, PROCESSES, *BESIDE)
}
ROWS = {column.key: row for row, column in enumerate(STATEMENTS.fields, start=2)}


def cells(sheet: str, row: int, **values: object) -> dict[tuple[str, int, int], object]:
    return {(sheet, row, AT[sheet][key.replace("__", ".")]): value for key, value in values.items()}


def stated(**values: object) -> dict[tuple[str, int, int], object]:
    return {
        (STATEMENTS.name.zh, ROWS[f"statements.{key.replace('__', '.')}"], 2): value
        for key, value in values.items()
    }


def read(*parts: dict[tuple[str, int, int], object]) -> Any:
    return excel.load(edited(TEMPLATE, {key: value for part in parts for key, value in part.items()}))


def refused(*parts: dict[tuple[str, int, int], object]) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(*parts)
    assert all(p.what.en and p.cure.zh and p.cure.en for p in caught.value.problems)
    return [(p.place.sheet, p.place.row, p.place.column, p.code) for p in caught.value.problems]


def line(study: Any, line_id: str) -> Any:
    return next(each for each in study.lines if each.id == line_id)


def test_a_workbook_of_the_first_template_still_reads() -> None:
    study = excel.load(FIRST_TEMPLATE.read_bytes())
    assert study.product.name == "示例：铝型材支架"
    assert study.statements == Statements()
    assert line(study, "L3").detail is None
    assert excel.load(excel.dump(study)) == study


def test_a_sheet_that_this_template_has_may_not_be_lost() -> None:
    lost = {"xl/workbook.xml": ('name="绿证"', 'name="证书台账"')}
    with pytest.raises(InvalidInput) as caught:
        excel.load(edited(TEMPLATE, {}, replaced=lost))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.sheet) == ("missing-sheet", "绿证")


def test_a_contract_with_its_certificates_as_a_person_types_it() -> None:
    study = read(
        cells(
            "清单",
            4,
            electricity__treatment="合同或绿证",
            electricity__location_factor="elec_cf_national_2024",
        ),
        cells(
            "清单", 4, electricity__attributes="是", electricity__sole_claim="Yes", electricity__tracked=True
        ),
        cells("绿证", 2, line="L3", number="A" * 32, kwh="1,000", cancelled_on="2025-02-01"),
        cells("绿证", 3, line="L3", number="B" * 32, kwh=500, generated="2024-07"),
    )
    assert line(study, "L3").detail == ElectricityDetail(
        treatment=ElectricityTreatment.CONTRACT,
        attributes=True,
        sole_claim=True,
        tracked=True,
        location_factor="elec_cf_national_2024",
        certificates=(
            EnergyCertificate(number="A" * 32, kwh=1000.0, cancelled_on="2025-02-01"),
            EnergyCertificate(number="B" * 32, kwh=500.0, generated="2024-07"),
        ),
    )


def test_statements_and_their_tables_as_a_person_types_them() -> None:
    study = read(
        stated(inclusions__storage="否", gases="CO2、CH4", use__alternatives="S1", recycling="闭环"),
        stated(
            tracking__period="2023", tracking__total=1.5, tracking__unit__amount=1, tracking__unit__unit="t"
        ),
        cells(
            "平衡",
            2,
            process="P1",
            kind="质量",
            inputs__amount="1040 t",
            outputs__amount=1000,
            outputs__unit="t",
        ),
        cells("评审与核查", 2, kind="第三方核查", reviewer="某人", independent="是", level="limited"),
        cells("抵消", 2, amount=12, source="林业项目"),
    )
    found = study.statements
    assert found.inclusions.storage is False
    assert found.gases == ("CO2", "CH4")
    assert found.use.alternatives == ("S1",)
    assert found.tracking is not None
    assert found.tracking.unit == Quantity(1.0, "t")
    assert found.balances == (
        Balance(
            process="P1", kind=BalanceKind.MASS, inputs=Quantity(1040.0, "t"), outputs=Quantity(1000.0, "t")
        ),
    )
    assert found.reviews == (
        Review(kind=ReviewKind.VERIFICATION, reviewer="某人", independent=True, level="limited"),
    )
    assert found.offsets == (Offset(amount=12.0, source="林业项目"),)
    assert excel.load(excel.dump(study, language="en")) == study


def test_a_process_that_others_run() -> None:
    assert not read(cells("工序与联产", 2, controlled="否")).processes[0].controlled


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (
            cells("清单", 4, electricity__treatment="绿电"),
            ("清单", 4, "electricity.treatment", "unknown-choice"),
        ),
        (cells("清单", 2, electricity__tracked="是"), ("清单", 2, "electricity.treatment", "foreign-detail")),
        (cells("绿证", 2, line="L33", number="A", kwh=1), ("绿证", 2, "line", "unknown-line")),
        (cells("绿证", 2, number="A", kwh=1), ("绿证", 2, "line", "missing")),
        (cells("绿证", 2, line="L3", number="A"), ("绿证", 2, "kwh", "missing")),
        (cells("绿证", 2, line="L3", number="A", kwh="很多"), ("绿证", 2, "kwh", "number-expected")),
        (
            cells("平衡", 2, process="P1", kind="质", inputs__amount=1, inputs__unit="t", outputs__amount=1,
                  outputs__unit="t"),
            ("平衡", 2, "kind", "unknown-choice"),
        ),
        (cells("评审与核查", 2, kind="内部复核"), ("评审与核查", 2, "reviewer", "missing")),
        (cells("抵消", 2, source="林业"), ("抵消", 2, "amount", "missing")),
    ],
)  # fmt: skip
def test_mistakes_of_tables_stand_at_their_cells(
    wrong: dict[tuple[str, int, int], object], expected: tuple[str, int, str, str]
) -> None:
    sheet, row, key, code = expected
    ((found_sheet, found_row, letters, found_code),) = refused(wrong)
    assert (found_sheet, found_row, found_code) == (sheet, row, code)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    assert number == AT[sheet][key]


@pytest.mark.parametrize(
    ("wrong", "key", "code"),
    [
        (stated(inclusions__capital_goods="也许"), "inclusions.capital_goods", "unknown-choice"),
        (stated(apart__soil_carbon="12 kg"), "apart.soil_carbon", "number-with-words"),
        (stated(recycling="开"), "recycling", "unknown-choice"),
        (
            stated(tracking__period="2023", tracking__unit__amount=1, tracking__unit__unit="t"),
            "tracking",
            "missing",
        ),
        (
            stated(comparison__total=1, comparison__unit__amount=1, comparison__unit__unit="t"),
            "comparison",
            "missing",
        ),
    ],
)
def test_mistakes_of_statements_stand_at_their_row(
    wrong: dict[tuple[str, int, int], object], key: str, code: str
) -> None:
    ((sheet, row, column, found),) = refused(wrong)
    assert (sheet, column, found) == ("说明与声明", "B", code)
    assert row is not None
    field = next(name for name, at in ROWS.items() if at == row)
    assert field.startswith(f"statements.{key}")


def _paths(cls: type, prefix: str = "") -> set[str]:
    """Every field of a dataclass and of those inside it, as a path."""
    found = set()
    for name, hint in get_type_hints(cls).items():
        inner = next((each for each in (hint, *getattr(hint, "__args__", ())) if is_dataclass(each)), None)
        is_list = getattr(hint, "__origin__", None) is tuple
        if inner is not None and not is_list:
            found |= _paths(inner, f"{prefix}{name}.")
        else:
            found.add(f"{prefix}{name}")
    return found


def test_everything_that_can_be_stated_has_its_place() -> None:
    """A field that is added to the model and forgotten here would be lost without a word."""
    tables = {"balances": (BALANCES, Balance), "reviews": (REVIEWS, Review), "offsets": (OFFSETS, Offset)}
    form = {column.key.removeprefix("statements.") for column in STATEMENTS.fields}
    assert _paths(Statements) - set(tables) == form
    for table, record in tables.values():
        assert {column.key for column in table.columns} == _paths(record)
    certificate = {column.key for column in CERTIFICATES.columns} - {"line"}
    assert certificate == {each.name for each in fields(EnergyCertificate)}
    electricity = {key.partition(".")[2] for key in AT["清单"] if key.startswith("electricity.")}
    assert electricity == {each.name for each in fields(ElectricityDetail)} - {"certificates"}
    process = {each.name for each in fields(UnitProcess)} - {"lines", "outputs"}
    assert process <= set(AT["工序与联产"])


def test_the_document_and_the_workbook_say_the_same_of_electricity() -> None:
    study = from_dict(
        {
            "id": "a",
            "product": "铸件",
            "unit": "1 kg",
            "boundary": "cradle_to_gate",
            "period": 2024,
            "geography": "CN",
            "lines": [
                {
                    "id": "L1",
                    "stage": "manufacturing",
                    "item": "光伏",
                    "quantity": "10 kWh",
                    "factor": "elec_cf_pv_2024",
                    "electricity": {"treatment": "own", "attributes_sold": False},
                }
            ],
        }
    )
    assert excel.load(excel.dump(study)) == study
