"""The inventory workbook: template, round trips, what people really type."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.studies import studies
from tests.formats.workbooks import edited, filled
from zuji.errors import InvalidInput
from zuji.formats import document, excel, reference
from zuji.formats.excel.schema import INVENTORY, LINE_SHEETS, TABLES
from zuji.model.documents import from_dict, to_dict
from zuji.model.lines import DataSource, LineKind
from zuji.model.quantities import Quantity
from zuji.model.studies import Period, Study
from zuji.quality import evaluate

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(studies(), st.sampled_from(["zh", "en"]))
def test_every_study_survives_the_workbook_in_either_language(study: Study, language: str) -> None:
    assert excel.load(excel.dump(study, language=language)) == study


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_survives_the_workbook(path: Path) -> None:
    study = document.load(path.read_bytes())
    assert excel.load(excel.dump(study)) == study


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_the_same_file_every_time_and_calculates(language: str) -> None:
    data = excel.template(language=language)
    assert excel.template(language=language) == data
    study = excel.load(data, name="t.xlsx")
    library = reference.load()
    footprint = evaluate(study, library.catalogue, library.gwp[study.gwp], library.fuels)
    assert study.demonstration
    assert footprint.total > 0
    assert {line.kind for line in study.lines} >= {
        LineKind.MATERIAL, LineKind.ELECTRICITY, LineKind.FUEL, LineKind.TRANSPORT, LineKind.WASTE,
    }  # fmt: skip


def test_the_blank_template_says_only_what_must_be_filled_in() -> None:
    with pytest.raises(InvalidInput) as caught:
        excel.load(excel.template(example=False))
    assert {p.code for p in caught.value.problems} == {"missing"}
    assert {p.place.sheet for p in caught.value.problems} == {"产品"}
    assert all(p.place.row and p.place.column == "B" and p.place.field for p in caught.value.problems)


def test_the_template_has_its_sheets_lists_notes_and_frozen_headers() -> None:
    data = excel.template()
    names = python_calamine.load_workbook(io.BytesIO(data)).sheet_names
    assert names == [
        "说明",
        "产品",
        "清单",
        "运输",
        "燃料",
        "过程与直接排放",
        "工序与联产",
        "循环利用",
        "情景",
        "说明与声明",
        "绿证",
        "平衡",
        "评审与核查",
        "抵消",
        "选项",
        "_zuji",
    ]
    archive = zipfile.ZipFile(io.BytesIO(data))
    inventory = archive.read("xl/worksheets/sheet3.xml").decode()
    assert 'type="list"' in inventory
    assert "promptTitle=" in inventory
    assert 'state="frozen"' in inventory
    assert "xl/comments" in " ".join(archive.namelist())
    assert 'state="veryHidden"' in archive.read("xl/workbook.xml").decode()
    assert "<f>" not in inventory


def test_every_field_of_a_line_has_a_column() -> None:
    stated = {column.key.split(".")[0] for sheet in LINE_SHEETS for column in sheet.columns}
    fields = set(to_dict(_small(), complete=True)["processes"][0]["lines"][0]) - {"tags"}
    assert fields | {"tags"} <= stated | {"kind"}
    assert all(kind.value in {k for sheet in LINE_SHEETS for k in sheet.kinds} for kind in LineKind)


def _small() -> Study:
    return from_dict(
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
                    "stage": "raw_material",
                    "kind": "material",
                    "item": "生铁",
                    "quantity": "1.1 kg",
                }
            ],
        }
    )


def _line_with(**cells: Any) -> Any:
    """The line read from a workbook whose only line has these cells, by column key."""
    changes = {("清单", 2, INVENTORY_AT[key]): value for key, value in cells.items()}
    return excel.load(edited(excel.dump(_small()), changes)).lines[0]


INVENTORY_AT = {column.key: at for at, column in enumerate(INVENTORY.columns, start=1)}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,234.5", 1234.5), ("１２３．５", 123.5), (" 12 ", 12), ("1e3", 1000), ("+5", 5), (".5", 0.5),
        (7, 7), ("1，234", 1234), ("12 kg", 12), ("12kg", 12), ("0", 0),
    ],
)  # fmt: skip
def test_amounts_as_people_type_them(typed: object, amount: float) -> None:
    assert _line_with(**{"quantity.amount": typed}).quantity == Quantity(amount, "kg")


def test_a_unit_typed_with_the_amount_fills_an_empty_unit_column() -> None:
    cells = {"quantity.amount": "2.5 t", "quantity.unit": None}
    assert _line_with(**cells).quantity == Quantity(2.5, "t")


@pytest.mark.parametrize(
    "typed", ["1,5", "12.345.678", "约 5", "5-6", "一百", "12 %", "3/4", True, date(2024, 1, 5), "12 t"]
)
def test_amounts_that_could_mean_two_things_are_refused(typed: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        _line_with(**{"quantity.amount": typed})
    (problem,) = caught.value.problems
    assert (problem.place.sheet, problem.place.row, problem.place.field) == ("清单", 2, "数量")


def test_words_are_taken_in_either_language_and_as_keys() -> None:
    for typed in ("供应商提供", "Supplier", "supplier", " 供应商提供 "):
        assert _line_with(data_source=typed).data_source is DataSource.SUPPLIER


def test_numbers_in_text_columns_stay_what_they_look_like() -> None:
    line = _line_with(evidence=2024, supplier="007", note="=HYPERLINK(1)", item=12.5)
    assert (line.evidence, line.supplier, line.note, line.item) == ("2024", "007", "=HYPERLINK(1)", "12.5")


@pytest.mark.parametrize(
    "typed", ["2024-03-01", "2024/3/1", "2024年3月1日", "2024.3.1", 45352, date(2024, 3, 1)]
)
def test_dates_as_people_type_them(typed: object) -> None:
    row = 23
    study = excel.load(edited(excel.dump(_small()), {("产品", row, 2): typed}))
    assert study.period == Period(start="2024-03-01", end="2024-12-31")


@pytest.mark.parametrize("typed", ["03/01/2024", "2024-13-01", "去年", 5, "2024"])
def test_dates_that_could_mean_two_things_are_refused(typed: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        excel.load(edited(excel.dump(_small()), {("产品", 23, 2): typed}))
    assert [(p.code, p.place.field) for p in caught.value.problems] == [("date", "数据期起")]


def test_a_formula_counts_with_its_stored_value() -> None:
    assert _line_with(**{"quantity.amount": filled("=1+2", 3)}).quantity.amount == 3
    assert _line_with(item=filled('="生"&"铁"', "生铁")).item == "生铁"


def test_empty_rows_between_lines_and_blank_cells_do_not_matter() -> None:
    data = excel.dump(_small())
    cells = {
        ("清单", 9, at): value for at, value in ((4, "生产制造"), (5, "电力"), (6, "电"), (7, 3), (8, "kWh"))
    }
    study = excel.load(edited(data, {**cells, ("清单", 5, 6): "   "}))
    assert [line.item for line in study.lines] == ["生铁", "电"]
    assert study.lines[1].id == "L2"


def test_without_processes_amounts_are_per_the_unit_of_the_product() -> None:
    data = excel.dump(_small())
    blank = {("工序与联产", 2, at): None for at in range(1, 10)} | {("清单", 2, 3): None}
    assert excel.load(edited(data, blank)) == _small()


def test_lines_keep_their_order_across_sheets() -> None:
    content = to_dict(_small())
    lines = content["processes"][0]["lines"]
    truck = {**lines[0], "id": "T", "kind": "transport", "quantity": {"amount": 1.0, "unit": "t·km"}}
    content["processes"][0]["lines"] = [truck, lines[0], {**truck, "id": "T2"}]
    study = from_dict(content)
    assert [line.id for line in excel.load(excel.dump(study)).lines] == ["T", "L1", "T2"]


def test_text_that_a_cell_cannot_hold_is_refused_on_writing() -> None:
    content = to_dict(_small())
    content["note"] = "长" * 40_000
    content["processes"][0]["lines"][0]["tags"] = ["a、b"]
    with pytest.raises(InvalidInput) as caught:
        excel.dump(from_dict(content))
    assert {p.code for p in caught.value.problems} == {"text-too-long", "tag-with-separator"}


def test_formula_like_text_is_written_so_that_editing_it_keeps_it_text() -> None:
    content = to_dict(_small()) | {"note": "=2+2", "assumptions": "@sum"}
    archive = zipfile.ZipFile(io.BytesIO(excel.dump(from_dict(content))))
    assert 'quotePrefix="1"' in archive.read("xl/styles.xml").decode()
    sheets = "".join(archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n)
    assert "<f>" not in sheets


def test_numbers_keep_every_digit() -> None:
    content = to_dict(_small())
    content["processes"][0]["lines"][0]["quantity"]["amount"] = 0.1 + 0.2
    assert excel.load(excel.dump(from_dict(content))).lines[0].quantity.amount == 0.1 + 0.2


def test_column_names_are_unique_in_every_table() -> None:
    for table in TABLES:
        for language in ("zh", "en"):
            names = [column.name.in_language(language) for column in table.columns]
            assert len(set(names)) == len(names)
