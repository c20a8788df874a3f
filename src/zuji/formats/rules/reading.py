"""From the tree of a YAML file to a rule, with the short forms that people write.

    unit: 1 kWh                     {amount: 1, units: [kWh]}, its kind following from the boundary
    boundary: cradle_to_gate        {kinds: [cradle_to_gate], required: the stages that it spans}
    cut_off: {each: 1 %}            {each: 0.01}
    allocation: [physical]          {order: [physical]}
    gwp: AR6                        {set: AR6}
    scope: hs:2208                  {products: ["hs:2208"]}
    quality: PEF 2021               {scheme: PEF, version: 2021}
    use: required                   {required: true}
    clauses: {gwp.set: '6.4'}       [{item: gwp.set, clause: '6.4'}]

Wherever a list is expected, one entry may stand alone.
"""

from collections.abc import Mapping
from types import GenericAlias
from typing import Any

from zuji.errors import FileRefused, InvalidInput, Place, problem
from zuji.formats import yaml_tree
from zuji.model.category_rules import (
    AllocationRule,
    BoundaryRule,
    ElectricityRule,
    GwpRule,
    PeriodRule,
    PrimaryDataRule,
    ProductCategoryRule,
    ProfileRule,
    QualityFloor,
    RecyclingRule,
    ReportAnnex,
    RuleScope,
    UnitRule,
)
from zuji.model.documents import STAGES_OF
from zuji.model.findings import Finding, Path
from zuji.model.lines import ElectricityTreatment, LineKind, RecyclingMethod
from zuji.model.records import (
    Readers,
    not_a_mapping,
    read_fields,
    read_text,
    reading_plan,
    sequence_reader,
)
from zuji.model.stages import Stage
from zuji.model.standards import ProductCode, Scheme
from zuji.model.studies import AllocationMethod, BoundaryKind, UnitKind
from zuji.model.written import parse_quantity
from zuji.rules.classification import code_of

MAX_BYTES = 1024 * 1024
_ONE_OR_MORE = (str, ProductCode, BoundaryKind, Stage, AllocationMethod, LineKind)
_MORE = (ElectricityTreatment, RecyclingMethod, ReportAnnex)


def tree_of(data: bytes, name: str) -> object:
    """The tree of a YAML or JSON file; raises `FileRefused` for a file that is not opened at all."""
    if len(data) > MAX_BYTES:
        raise FileRefused(
            problem(
                "file-too-large",
                f"文件有 {len(data) / 1e6:.1f} MB，超过 1 MB 的上限",
                f"the file has {len(data) / 1e6:.1f} MB, above the limit of 1 MB",
                cure_zh="请确认选对了文件；规则文件通常只有几千字节",
                cure_en="check that it is the right file; a rule usually has a few kilobytes",
                place=Place(file=name),
            )
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(
            problem(
                "not-utf8",
                "文件不是 UTF-8 编码的文本",
                "the file is not text in UTF-8",
                cure_zh="请在编辑器中以 UTF-8 编码另存",
                cure_en="save it as UTF-8 in the editor",
                place=Place(file=name),
            )
        ) from error
    return yaml_tree.parse(text, name=name)


def read(tree: object, findings: list[Finding]) -> ProductCategoryRule:
    """The rule in `tree`, with neutral values where `findings` name mistakes of form."""
    if not isinstance(tree, Mapping):
        findings.append(not_a_mapping(tree))
        tree = {}
    rule: ProductCategoryRule = read_fields(ProductCategoryRule, _whole(tree), findings, _PLAN)
    return rule


def as_written(path: Path, tree: object) -> Path:
    """The path as it stands in the file, where clauses may be keyed by their items."""
    clauses = tree.get("clauses") if isinstance(tree, Mapping) else None
    if path[:1] == ("clauses",) and len(path) > 1 and isinstance(clauses, Mapping):
        return ("clauses", list(clauses)[int(path[1])])
    return path


def _whole(tree: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """The document with the short forms written out that look at more than their own place."""
    whole = dict(tree)
    unit = tree.get("unit")
    if isinstance(unit, str) and parse_quantity(unit) is not None:
        quantity = parse_quantity(unit)
        assert quantity is not None  # noqa: S101 - asked above
        whole["unit"] = {
            "amount": quantity.amount,
            "units": [quantity.unit],
            "kind": _kind(tree.get("boundary")),
        }
    if isinstance(tree.get("clauses"), Mapping):
        whole["clauses"] = [_clause(item, value) for item, value in tree["clauses"].items()]
    return whole


def _kind(boundary: object) -> str | None:
    """Functional from cradle to grave, declared for a part of the life (GB/T 24067-2024); None in doubt."""
    kinds = boundary.get("kinds", boundary.get("kind")) if isinstance(boundary, Mapping) else boundary
    named = {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}
    if named == {BoundaryKind.CRADLE_TO_GRAVE.value}:
        return UnitKind.FUNCTIONAL.value
    partial = {BoundaryKind.CRADLE_TO_GATE.value, BoundaryKind.GATE_TO_GATE.value}
    return UnitKind.DECLARED.value if named and named <= partial else None


def _clause(item: object, value: object) -> object:
    return {"item": item, **value} if isinstance(value, Mapping) else {"item": item, "clause": value}


def _read_code(value: object, findings: list[Finding]) -> ProductCode:
    """A product code, scheme:code; points and blanks in figures are dropped."""
    if isinstance(value, ProductCode):
        return value
    text = read_text(value, findings)
    if text:
        try:
            return code_of(text)
        except InvalidInput as error:
            findings += [Finding(each.code, each.what, each.cure) for each in error]
    return ProductCode(Scheme.ZUJI, "")


def _under(key: str) -> Any:
    return lambda value: {key: value}


def _boundary(value: object) -> object:
    """One kind of boundary by its name requires the stages that it spans."""
    if isinstance(value, str) and value in set(BoundaryKind):
        return {"kinds": [value], "required": list(STAGES_OF[BoundaryKind(value)])}
    return {"kinds": value}


def _unit(value: object) -> object:
    return {"units": value}


def _profiles(value: object) -> object:
    words = {"required": True, "optional": False}
    return {"required": words.get(value, value) if isinstance(value, str) else value}


def _quality(value: object) -> object:
    scheme, _, version = str(value).partition(" ")
    return {"scheme": scheme, "version": version.strip()} if version else {"scheme": value}


_READERS = Readers(
    {
        RuleScope: _under("products"),
        UnitRule: _unit,
        BoundaryRule: _boundary,
        AllocationRule: _under("order"),
        PrimaryDataRule: _under("kinds"),
        PeriodRule: _under("months"),
        ElectricityRule: _under("accepted"),
        GwpRule: _under("set"),
        RecyclingRule: _under("methods"),
        ProfileRule: _profiles,
        QualityFloor: _quality,
    }
)
_READERS.special(ProductCode, _read_code)


def _one_or_more(kind: type) -> Any:
    many = sequence_reader(_READERS.of(kind))
    return lambda value, findings: many(value if isinstance(value, (list, tuple)) else (value,), findings)


for _entry in (*_ONE_OR_MORE, *_MORE):
    _hint: Any = GenericAlias(tuple, (_entry, ...))
    _READERS.special(_hint, _one_or_more(_entry))
_PLAN = reading_plan(ProductCategoryRule, _READERS.of)
