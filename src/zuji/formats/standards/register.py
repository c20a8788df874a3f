"""The registry of standards from CSV: one file of standards and one of the bodies that wrote them."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from zuji.errors import raise_all
from zuji.formats.standards.products import known_source
from zuji.formats.standards.rows import Row, read_rows
from zuji.model.regions import REGIONS
from zuji.model.standards import (
    Certainty,
    DraftingBody,
    DraftingRole,
    Scheme,
    Standard,
    StandardKind,
    StandardLevel,
)
from zuji.rules.classification import Tree
from zuji.rules.governing import province_of

STANDARD_COLUMNS = (
    "number",
    "name",
    "name_en",
    "level",
    "kind",
    "scope",
    "region",
    "issued",
    "in_force",
    "withdrawn",
    "replaces",
    "converted_from",
    "rule",
    "source",
    "certainty",
    "demonstration",
    "note",
)
BODY_COLUMNS = ("number", "name", "role", "region", "credit_code", "evidence")
_Value = TypeVar("_Value")


def load_standards(
    content: bytes,
    bodies: bytes = b"",
    *,
    tree: Tree,
    name: str = "standards.csv",
    bodies_name: str = "bodies.csv",
    sources: Mapping[str, str] | None = None,
) -> tuple[Standard, ...]:
    """The standards in the order of the file, with their bodies.

    `sources` gives the title of each registered source; without it, sources are taken as written. Raises
    `InvalidInput` with every located problem: double numbers, dates out of order, unknown scope codes,
    a region where none belongs or none where one does, and replaced numbers that are neither here nor
    explained in the note.
    """
    rows = list(read_rows(content, STANDARD_COLUMNS, name=name))
    body_rows = list(read_rows(bodies, BODY_COLUMNS, name=bodies_name)) if bodies else []
    titles = sources or {}
    numbers = [row.text("number", required=True) for row in rows]
    written = _bodies(body_rows, numbers, titles)
    standards = [_standard(row, tree, written, titles) for row in rows]
    for row, standard in zip(rows, standards, strict=True):
        _check(row, standard, numbers)
    raise_all([each for row in (*rows, *body_rows) for each in row.problems])
    return tuple(standards)


def _bodies(
    rows: list[Row], numbers: Collection[str], titles: Mapping[str, str]
) -> dict[str, tuple[DraftingBody, ...]]:
    found: dict[str, tuple[DraftingBody, ...]] = {}
    for row in rows:
        number = row.text("number", required=True)
        if number not in numbers:
            cure = ("请先登记该标准", "register the standard first")
            row.refuse(
                "unknown-standard", "number", f"没有标准“{number}”", f"no standard “{number}”", cure=cure
            )
        region = row.text("region")
        if region and province_of(region) not in REGIONS:
            _refuse_region(row, region)
        body = DraftingBody(
            name=row.text("name", required=True),
            role=row.choice("role", DraftingRole, DraftingRole.JOIN),
            region=region,
            credit_code=row.text("credit_code"),
            evidence=_titles(known_source(row, "evidence", titles), titles),
        )
        found[number] = (*found.get(number, ()), body)
    return found


def _standard(
    row: Row, tree: Tree, bodies: Mapping[str, tuple[DraftingBody, ...]], titles: Mapping[str, str]
) -> Standard:
    number = row.text("number")
    scope = row.codes("scope")
    for code in scope:
        if code.scheme is Scheme.ZUJI and code.code not in tree:
            cure = ("请使用产品分类中的编号", "use an id of the product tree")
            row.refuse("unknown-product", "scope", f"没有产品“{code}”", f"no product “{code}”", cure=cure)
    row.text("source", required=True)
    return Standard(
        number=number,
        name=row.text("name", required=True),
        name_en=row.text("name_en"),
        level=row.choice("level", StandardLevel, StandardLevel.ENTERPRISE),
        kind=row.choice("kind", StandardKind, StandardKind.GENERAL),
        scope=scope,
        region=row.text("region"),
        issued=row.day("issued"),
        in_force=row.day("in_force"),
        withdrawn=row.day("withdrawn"),
        replaces=row.parts("replaces"),
        converted_from=row.text("converted_from"),
        bodies=bodies.get(number, ()),
        rule=row.text("rule"),
        source=_titles(known_source(row, "source", titles), titles),
        certainty=row.choice("certainty", Certainty, Certainty.UNCONFIRMED),
        demonstration=row.yes("demonstration"),
        note=row.text("note"),
    )


def _check(row: Row, standard: Standard, numbers: list[str]) -> None:
    if standard.number and numbers.index(standard.number) != row.number - 2:
        cure = ("请合并或更正编号", "merge the rows or correct the number")
        row.refuse("double-standard", "number", "编号重复", "the number is there twice", cure=cure)
    for earlier, later in (("issued", "in_force"), ("in_force", "withdrawn"), ("issued", "withdrawn")):
        first, second = getattr(standard, earlier), getattr(standard, later)
        if first is not None and second is not None and second < first:
            cure = ("请核对两个日期", "compare the two dates")
            row.refuse("date-order", later, f"早于“{earlier}”", f"it is earlier than “{earlier}”", cure=cure)
    for column, before in (
        *(("replaces", each) for each in standard.replaces),
        ("converted_from", standard.converted_from),
    ):
        _check_predecessor(row, column, before, standard, numbers)
    _check_region(row, standard)


def _check_predecessor(
    row: Row, column: str, before: str, standard: Standard, numbers: Collection[str]
) -> None:
    if before and before == standard.number:
        cure = ("请填写前一个标准的编号", "give the number of the earlier standard")
        row.refuse("self", column, "指向自身", "it names itself", cure=cure)
    elif before and before not in numbers and before not in standard.note:
        cure = ("请登记该标准，或在 note 中说明", "register it, or explain it in the note")
        row.refuse("unknown-standard", column, f"没有标准“{before}”", f"no standard “{before}”", cure=cure)


def _check_region(row: Row, standard: Standard) -> None:
    if standard.level is StandardLevel.LOCAL:
        if not standard.region:
            cure = ("请填写省级代码，例如 CN-SC", "give the province code, for example CN-SC")
            row.refuse("region", "region", "地方标准没有地区", "a local standard has no region", cure=cure)
        elif province_of(standard.region) not in REGIONS:
            _refuse_region(row, standard.region)
    elif standard.region:
        cure = ("只有地方标准有地区，请清空", "only local standards have a region; empty the field")
        row.refuse("region", "region", "不应有地区", "it must have no region", cure=cure)


def _refuse_region(row: Row, region: str) -> None:
    cure = ("请使用 CN-SC 这样的省级代码", "use a province code such as CN-SC")
    row.refuse("region", "region", f"没有地区“{region}”", f"there is no region “{region}”", cure=cure)


def _titles(ids: str, titles: Mapping[str, str]) -> str:
    return "；".join(titles.get(each, each) for each in ids.split(";") if each)
