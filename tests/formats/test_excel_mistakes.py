"""Workbooks that are wrong: every mistake at its cell, all at once; unsafe files are not opened."""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.workbooks import edited, error, filled, zipped
from zuji.errors import FileRefused, InvalidInput, ZujiError
from zuji.formats import excel
from zuji.formats.excel.archive import MAX_BYTES
from zuji.formats.excel.form import FIELDS
from zuji.formats.excel.schema import (
    EMISSIONS,
    FUEL,
    INVENTORY,
    MAX_ROWS,
    PROCESSES,
    RECYCLING,
    SCENARIOS,
    TRANSPORT,
)

TEMPLATE = excel.template()
BOOK = {
    sheet.name.zh: sheet for sheet in (INVENTORY, TRANSPORT, FUEL, EMISSIONS, RECYCLING, PROCESSES, SCENARIOS)
}


def _at(sheet: str, key: str) -> int:
    return next(at for at, column in enumerate(BOOK[sheet].columns, start=1) if column.key == key)


def _field(key: str) -> int:
    return next(row for row, column in enumerate(FIELDS, start=2) if column.key == key)


def _cells(sheet: str, row: int, **values: Any) -> dict[tuple[str, int, int], object]:
    return {(sheet, row, _at(sheet, key.replace("__", "."))): value for key, value in values.items()}


def _form(**values: object) -> dict[tuple[str, int, int], object]:
    return {("产品", _field(key.replace("__", ".")), 2): value for key, value in values.items()}


def _letter(sheet: str, key: str) -> str:
    at = _at(sheet, key)
    return (chr(64 + (at - 1) // 26) if at > 26 else "") + chr(65 + (at - 1) % 26)


def _on(sheet: str, row: int, key: str, code: str) -> tuple[str, int, str, str]:
    return sheet, row, _letter(sheet, key.replace("__", ".")), code


def _in_form(key: str, code: str, column: str = "B") -> tuple[str, int, str, str]:
    return "产品", _field(key.replace("__", ".")), column, code


def _row(sheet: str, row: int, item: str, **values: object) -> dict[tuple[str, int, int], object]:
    """A line that is right but for what `values` change."""
    right = {"stage": "原材料获取", "item": item, "quantity__amount": 1, "quantity__unit": "kg"}
    kind = {"kind": "原辅材料"} if sheet == "清单" else {}
    return _cells(sheet, row, **{**right, **kind, **values})


_REASON = ("产品", _field("boundary.stage.use"), 3)
_SCRAP = {"id": "P1", "output__product": "铝屑", "output__quantity__unit": "t"}
# The template's example with thirty mistakes: the cells, and where each one must be reported.
MISTAKES: tuple[tuple[dict[tuple[str, int, int], object], tuple[str, int, str, str]], ...] = (
    (_form(product__credit_code="91510100MA61XXXX9K"), _in_form("product__credit_code", "credit-code")),
    (_form(unit__quantity__amount="一吨"), _in_form("unit__quantity__amount", "number-expected")),
    (_form(boundary__kind="从摇篮到坟"), _in_form("boundary__kind", "unknown-choice")),
    (_form(period__start="去年一月"), _in_form("period__start", "date")),
    (_form(geography=None), _in_form("geography", "missing")),
    ({_REASON: None}, _in_form("boundary__stage__use", "exclusion-reason", "C")),
    (_cells("清单", 2, quantity__amount="1,5"), _on("清单", 2, "quantity__amount", "number-expected")),
    (_cells("清单", 2, quality__time=9), _on("清单", 2, "quality__time", "quality-range")),
    (_cells("清单", 3, quantity__unit="kgg"), _on("清单", 3, "quantity__unit", "unit.unknown")),
    (_cells("清单", 3, stage="生产"), _on("清单", 3, "stage", "unknown-choice")),
    (_cells("清单", 4, quantity__amount=-620000), _on("清单", 4, "quantity__amount", "negative")),
    (_cells("清单", 4, data_source="听说"), _on("清单", 4, "data_source", "unknown-choice")),
    (_cells("清单", 5, item=None), _on("清单", 5, "item", "missing")),
    (_cells("清单", 5, quantity__amount=error("#REF!")), _on("清单", 5, "quantity__amount", "cell-error")),
    (
        _cells("清单", 6, quantity__amount=filled("=A1*2", None)),
        _on("清单", 6, "quantity__amount", "formula-without-value"),
    ),
    (_cells("清单", 6, process="P9"), _on("清单", 6, "process", "unknown-process")),
    (_cells("清单", 6, stage="使用"), _on("清单", 6, "stage", "stage-outside-boundary")),
    (_row("清单", 7, "重复的编号", id="L3"), _on("清单", 7, "id", "duplicate-line")),
    (
        _row("清单", 8, "不存在的工序", kind="中间产品", sub_assembly__process="P7"),
        _on("清单", 8, "sub_assembly__process", "unknown-process"),
    ),
    (
        _row("清单", 9, "自有因子无来源", stated__value=2, stated__per="kg"),
        _on("清单", 9, "stated__source", "missing"),
    ),
    (
        _row("清单", 10, "单位不一致", quantity__amount="12 kg", quantity__unit="t"),
        _on("清单", 10, "quantity__amount", "number-with-words"),
    ),
    (
        _row("清单", 11, "离散程度", uncertainty__distribution="对数正态", uncertainty__spread=0.5),
        _on("清单", 11, "uncertainty__spread", "uncertainty-spread"),
    ),
    (
        _cells("运输", 2, transport__distance__amount=-320),
        _on("运输", 2, "transport__distance__amount", "negative"),
    ),
    (
        _cells("运输", 2, quantity__amount=date(2024, 10, 4)),
        _on("运输", 2, "quantity__amount", "date-for-number"),
    ),
    (_cells("燃料", 2, fuel__oxidation=99), _on("燃料", 2, "fuel__oxidation", "share-range")),
    (
        _cells("过程与直接排放", 2, direct_emission__gas=None),
        _on("过程与直接排放", 2, "direct_emission__gas", "detail-missing"),
    ),
    (
        _row("循环利用", 2, "回收超过一", recycling__r2=0.8, recycling__r3=0.5),
        _on("循环利用", 2, "recycling__r3", "recycling-shares"),
    ),
    (
        _cells("工序与联产", 3, **_SCRAP, output__quantity__amount=0),
        _on("工序与联产", 3, "output__quantity__amount", "not-positive"),
    ),
    (_cells("工序与联产", 2, allocation="平均"), _on("工序与联产", 2, "allocation", "unknown-choice")),
    (_cells("情景", 2, change__line="L99"), _on("情景", 2, "change__line", "unknown-line")),
)


def test_thirty_mistakes_give_thirty_located_messages_and_no_study() -> None:
    assert len(MISTAKES) == 30
    cells = {cell: value for planted, _ in MISTAKES for cell, value in planted.items()}
    with pytest.raises(InvalidInput) as caught:
        excel.load(edited(TEMPLATE, cells), name="清单.xlsx")
    problems = caught.value.problems
    found = [(p.place.sheet, p.place.row, p.place.column, p.code) for p in problems]
    assert sorted(found, key=str) == sorted((expected for _, expected in MISTAKES), key=str)
    assert len(problems) == 30
    assert {p.place.file for p in problems} == {"清单.xlsx"}
    assert all(p.place.field and p.what.zh and p.what.en and p.cure.zh and p.cure.en for p in problems)


@pytest.mark.parametrize(
    ("cells", "expected"), MISTAKES, ids=[expected[3] + str(at) for at, (_, expected) in enumerate(MISTAKES)]
)
def test_each_of_them_alone_is_found_at_the_same_cell(
    cells: dict[tuple[str, int, int], object], expected: tuple[str, int, str, str]
) -> None:
    with pytest.raises(InvalidInput) as caught:
        excel.load(edited(TEMPLATE, cells))
    found = [(p.place.sheet, p.place.row, p.place.column, p.code) for p in caught.value.problems]
    assert expected in found


def test_merged_cells_among_the_data_are_named_once_and_nothing_follows_from_them() -> None:
    with pytest.raises(InvalidInput) as caught:
        excel.load(edited(TEMPLATE, {}, merged={"清单": "F2:F4"}))
    assert [(p.code, p.place.row, p.place.column) for p in caught.value.problems] == [
        ("merged-cells", 2, "F")
    ]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({("清单", 1, 6): "物料名称"}, "unknown-column"),
        ({("清单", 1, 6): None}, "missing-column"),
        ({("清单", 1, 50): "数量 *"}, "double-column"),
        ({("清单", 3, 60): "多余"}, "no-column"),
        ({("产品", 3, 1): "产品的名称"}, "unknown-field"),
        ({("产品", 3, 1): None}, "missing-field"),
        ({("产品", 4, 1): "产品名称"}, "double-field"),
        ({("产品", 1, 2): "内容"}, "missing-column"),
        ({("产品", _field("boundary.stage.raw_material"), 3): "理由"}, "reason-without-exclusion"),
        (_cells("工序与联产", 3, id="P1", name="别的名称", output__product="铝屑", output__quantity__amount=1,
                output__quantity__unit="t"), "rows-disagree"),
        (_cells("工序与联产", 3, id="P2", output__product="边料", output__quantity__amount=1,
                output__quantity__unit="t") | _cells("清单", 2, process=None), "process-missing"),
    ],
)  # fmt: skip
def test_a_changed_layout_is_said_where_it_is(cells: dict[tuple[str, int, int], object], code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        excel.load(edited(TEMPLATE, cells))
    assert code in {p.code for p in caught.value.problems}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('name="清单"', 'name="物料清单"', "missing-sheet"),
        ('name="情景"', 'name="清单 (2)"', "copied-sheet"),
    ],
)
def test_renamed_and_copied_sheets_are_named(old: str, new: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        excel.load(edited(TEMPLATE, {}, replaced={"xl/workbook.xml": (old, new)}))
    assert code in {p.code for p in caught.value.problems}


def _workbook(fill: Callable[[Any], None], *names: str) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name in names or ("Sheet1",):
        fill(book.add_worksheet(name))
    book.close()
    return buffer.getvalue()


def _refused(data: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        excel.load(data, name="a.xlsx")
    (problem,) = caught.value.problems
    assert problem.cure.zh
    assert problem.cure.en
    assert problem.place.file == "a.xlsx"
    return problem.code


def test_another_workbook_is_recognised_with_the_cure() -> None:
    assert _refused(_workbook(lambda sheet: sheet.write(0, 0, "发票"))) == "not-the-template"
    assert _refused(_workbook(lambda sheet: sheet.write(0, 0, "x"), "产品", "清单")) == "not-the-template"


@pytest.mark.parametrize("version", ["0", "3", "x"])
def test_a_template_of_another_version_is_recognised(version: str) -> None:
    cell: object = float(version) if version.isdigit() else version
    assert _refused(edited(TEMPLATE, {("_zuji", 2, 2): cell})) == "template-version"


def test_fifty_thousand_rows_are_refused_clearly() -> None:
    def fill(sheet: Any) -> None:
        for row in range(50_000):
            sheet.write_row(row, 0, [row, "生铁", 1.0, "kg"])

    with pytest.raises(FileRefused) as caught:
        excel.load(_workbook(fill, "清单"))
    (problem,) = caught.value.problems
    assert problem.code == "too-many-rows"
    assert "50,000" in problem.what.zh
    assert f"{MAX_ROWS:,}" in problem.what.en
    assert problem.place.sheet == "清单"


def test_a_sheet_hidden_behind_a_second_link_is_never_parsed() -> None:
    far = edited(TEMPLATE, {("选项", 1_048_576, 16_384): 1})
    first = 'Target="worksheets/sheet3.xml"'
    for decoy in ('<Relationship Id="rId3" {}/>', '<Relationship {} Id="rId3"/>'):
        link = decoy.format('Type="a/worksheet" Target="worksheets/sheet15.xml"')
        rels = {"xl/_rels/workbook.xml.rels": ("</Relationships>", f"{link}</Relationships>")}
        assert _refused(edited(far, {}, replaced=rels)) == "too-many-rows"
    case = {name: part for name, part in _parts_of(far).items() if name != "xl/worksheets/sheet3.xml"}
    case["xl/worksheets/SHEET3.xml"] = case["xl/worksheets/sheet15.xml"]
    case["xl/worksheets/sheet3.xml"] = _parts_of(TEMPLATE)["xl/worksheets/sheet3.xml"]
    assert first.encode() in case["xl/_rels/workbook.xml.rels"]
    assert excel.load(zipped(case)) == excel.load(TEMPLATE)


def _parts_of(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_long_sheet_of_ones_own_beside_the_template_does_not_matter() -> None:
    far = {("选项", 900_000, 900): "自己的计算"}
    assert excel.load(edited(TEMPLATE, far)) == excel.load(TEMPLATE)


def test_as_many_rows_as_are_allowed_are_read() -> None:
    cells: dict[tuple[str, int, int], object] = {}
    for row in range(7, MAX_ROWS + 2):
        cells |= _cells(
            "清单", row, stage="生产制造", kind="电力", item="电", quantity__amount=1, quantity__unit="kWh"
        )
    study = excel.load(edited(TEMPLATE, cells))
    assert len(study.lines) == MAX_ROWS + 3


def test_one_cell_in_the_last_corner_is_refused_and_reserves_nothing() -> None:
    assert _refused(edited(TEMPLATE, {("清单", 1_048_576, 16_384): 1})) == "too-many-rows"
    assert _refused(edited(TEMPLATE, {("清单", 3, 16_384): 1})) == "too-many-columns"


@pytest.mark.parametrize(
    "evil",
    [
        '<c r="A2" r="ZZZ99999999"><v>1</v></c>',
        '<c r="ZZZ99999999"><v>1</v></c>',
        "<c><v>1</v></c>",
        '<c r="A2"><v>1</v>',
    ],
)
def test_addresses_that_only_a_careless_reader_accepts_are_refused(evil: str) -> None:
    replaced = {"xl/worksheets/sheet3.xml": ("</sheetData>", f'<row r="99999999">{evil}</row></sheetData>')}
    assert _refused(edited(TEMPLATE, {}, replaced=replaced)) == "damaged"


def test_a_file_of_two_hundred_megabytes_is_not_opened() -> None:
    assert _refused(b"PK\x03\x04" + bytes(200 * 1024 * 1024)) == "file-too-large"


def test_zip_bombs_are_not_unpacked() -> None:
    content = {name: zipfile.ZipFile(io.BytesIO(TEMPLATE)).read(name) for name in ["xl/workbook.xml"]}
    flat = zipped({**content, "xl/worksheets/sheet1.xml": bytes(180 * 1024 * 1024)})
    assert len(flat) < MAX_BYTES
    assert _refused(flat) == "file-too-large"
    many = zipped({f"xl/{number}.xml": b"<a/>" for number in range(1200)})
    assert _refused(many) == "file-too-large"
    spread = zipped({f"xl/{number}.xml": bytes(4 * 1024 * 1024) for number in range(60)})
    assert _refused(spread) == "file-too-large"


def test_a_member_that_holds_more_than_it_claims_is_not_unpacked() -> None:
    big = b"<worksheet>" + b" " * 50_000_000
    data = bytearray(zipped({"xl/workbook.xml": big}))
    claimed = big[:100]
    for signature, crc_at, size_at in ((b"PK\x03\x04", 14, 22), (b"PK\x01\x02", 16, 24)):
        at = data.index(signature)
        struct.pack_into("<I", data, at + crc_at, zlib.crc32(claimed))
        struct.pack_into("<I", data, at + size_at, len(claimed))
    assert _refused(bytes(data)) == "damaged"


@pytest.mark.parametrize(
    "evil",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbb">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
def test_xml_entities_are_refused(evil: str) -> None:
    replaced = {"xl/worksheets/sheet3.xml": ("<worksheet ", f"{evil}<worksheet ")}
    assert _refused(edited(TEMPLATE, {}, replaced=replaced)) == "unsafe-xml"


def test_one_long_shared_text_used_many_times_is_refused() -> None:
    def fill(sheet: Any) -> None:
        for row in range(MAX_ROWS):
            sheet.write_string(row, 0, "长" * 30_000)

    assert _refused(_workbook(fill, "清单")) == "file-too-large"


def _csv() -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["项目", "数量"], ["电", 3]])
    return buffer.getvalue().encode("gb18030")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-workbook"),
        (_csv(), "not-a-workbook"),
        (b"%PDF-1.7", "not-a-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (zipped({"word/document.xml": b"<a/>"}), "not-a-workbook"),
        (zipped({"xl/workbook.xml": b"<a"}), "damaged"),
        (TEMPLATE[: len(TEMPLATE) // 2], "not-a-workbook"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "not-the-template"),
    ],
    ids=["empty", "csv", "pdf", "xls", "encrypted", "docx", "damaged", "cut off", "no sheets"],
)
def test_other_files_are_recognised(data: bytes, code: str) -> None:
    assert _refused(data) == code


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_a_named_refusal_or_the_same_kind_of_study(data: st.DataObject) -> None:
    broken = bytearray(TEMPLATE)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        study = excel.load(bytes(broken))
    except ZujiError as refusal:
        problems = refusal.problems
        assert problems
    else:
        assert study.id


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_sheet_inside_a_sound_archive_gives_a_named_refusal(seed: int) -> None:
    archive = zipfile.ZipFile(io.BytesIO(TEMPLATE))
    content = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    names = sorted(name for name in content if name.startswith("xl/"))
    victim = content[names[seed % len(names)]]
    for at in range(0, len(victim), max(1, len(victim) // 7)):
        victim[at] = (victim[at] + seed + 1) % 256
    try:
        study = excel.load(zipped({name: bytes(part) for name, part in content.items()}))
    except ZujiError as refusal:
        problems = refusal.problems
        assert problems
    else:
        assert study.id
