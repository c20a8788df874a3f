"""Clean studies raise nothing, and each planted fault is found: its item alone turns, for the right reason.

Clean studies and rules are whole files; a fault is a change of one of them, as data. A study is read without
its semantic validation, so that faults which a reader of files refuses can be planted as well.
"""

import copy
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from zuji.errors import ZujiError
from zuji.formats import document, reference
from zuji.formats import rules as rule_files
from zuji.model import documents
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import Conformity, Outcome, Severity
from zuji.model.footprints import Footprint
from zuji.model.standards import Certainty, Governing, Standard, StandardKind, StandardLevel
from zuji.model.studies import Study
from zuji.model.written import parse_quantity
from zuji.quality import evaluate
from zuji.rules.book import RuleBook
from zuji.rules.conformity import REQUIREMENTS, check
from zuji.rules.grounds import Grounds, NoClaims
from zuji.rules.resolving import resolve
from zuji.text import Text

HERE = Path(__file__).parent
ON = date(2026, 6, 30)
CLEAN = sorted(path.stem for path in (HERE / "clean").glob("*.yaml"))
FAULTS: list[dict[str, Any]] = [
    fault
    for path in sorted((HERE / "faults").glob("*.yaml"))
    for fault in yaml.safe_load(path.read_text(encoding="utf-8"))
]
SOUND: list[dict[str, Any]] = yaml.safe_load((HERE / "sound.yaml").read_text(encoding="utf-8"))
REFERENCE = reference.load()
RULE_ITEMS = ["unit", "boundary", "cut_off", "allocation", "primary", "period", "electricity", "gwp"]
RULE_ITEMS += ["recycling", "use", "end_of_life", "switches", "quality", "scope"]


@cache
def written(folder: str, name: str) -> Any:
    return yaml.safe_load((HERE / folder / f"{name}.yaml").read_text(encoding="utf-8"))


class Claims:
    """A ledger of what other studies took."""

    def __init__(self, held: Mapping[str, float]) -> None:
        self.held = held

    def claimed(self, number: str) -> float:
        return self.held.get(number, 0.0)


def find(tree: Any, path: str) -> tuple[Any, str | int]:
    """The container and key that a path means; lines and processes go by their ids."""
    parts = path.split(".")
    if parts[0] == "lines":
        lines = [(process["lines"], line) for process in tree["processes"] for line in process["lines"]]
        owner, node = next((owner, line) for owner, line in lines if line["id"] == parts[1])
        if len(parts) == 2:
            return owner, owner.index(node)
        parts = parts[2:]
    elif parts[0] == "processes" and len(parts) > 1:
        node = next(process for process in tree["processes"] if process["id"] == parts[1])
        parts = parts[2:]
    else:
        node = tree
    for part in parts[:-1]:
        node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
    return node, int(parts[-1]) if isinstance(node, list) else parts[-1]


def patched(tree: Any, fault: Mapping[str, Any], prefix: str = "") -> Any:
    whole = copy.deepcopy(tree)
    for path in fault.get(f"{prefix}drop", ()):
        node, key = find(whole, path)
        del node[key]
    for path, value in fault.get(f"{prefix}set", {}).items():
        node, key = find(whole, path)
        node[key] = value
    for path, values in fault.get(f"{prefix}add", {}).items():
        node, key = find(whole, path)
        node[key] = [*node[key], *values]
    return whole


def rule_of(name: str, fault: Mapping[str, Any]) -> ProductCategoryRule:
    trees = {path.stem: written("rules", path.stem) for path in (HERE / "rules").glob("*.yaml")}
    trees[name] = patched(trees[name], fault, "rule_")
    book = RuleBook(
        rule_files.load(yaml.safe_dump(tree, allow_unicode=True).encode()) for tree in trees.values()
    )
    return resolve(book.get(f"{name}@1"), book)


def governing(fault: Mapping[str, Any]) -> Governing | None:
    if "governing" not in fault:
        return None
    standard = Standard(
        number=fault["governing"]["number"],
        name="产品碳足迹 测试",
        level=StandardLevel.NATIONAL,
        kind=StandardKind.PRODUCT,
        rule=fault["governing"]["rule"],
        source="test",
        certainty=Certainty.UNCONFIRMED,
        demonstration=True,
    )
    return Governing(standard=standard, reason=Text("唯一适用", "the only one"))


def tampered(footprint: Footprint, change: Mapping[str, Any]) -> Footprint:
    if "shares" in change:
        allocations = tuple(
            replace(each, shares=dict(zip(each.shares, change["shares"][each.process], strict=True)))
            for each in footprint.allocations
        )
        return replace(footprint, allocations=allocations)
    if "reference" in change:
        quantity = parse_quantity(change["reference"])
        assert quantity is not None
        return replace(footprint, reference=replace(footprint.reference, quantity=quantity))
    return replace(footprint, **change)


def checked(base: str, fault: Mapping[str, Any]) -> Conformity:
    tree = patched(written("clean", base), fault)
    study = documents.from_dict(tree)
    found, problems = calculated(study)
    if found is not None:
        found = tampered(found, fault.get("footprint", {}))
    return check(
        Grounds(
            study=study,
            rule=rule_of(written("clean", base)["rule"].partition("@")[0], fault),
            footprint=found,
            factors=REFERENCE.catalogue,
            gwp=REFERENCE.gwp,
            on=ON,
            problems=problems,
            governing=governing(fault),
            claims=Claims(fault["claims"]) if "claims" in fault else NoClaims(),
        )
    )


def calculated(study: Study) -> tuple[Footprint | None, Any]:
    try:
        return evaluate(study, REFERENCE.catalogue, REFERENCE.gwp[study.gwp], REFERENCE.fuels), ()
    except ZujiError as refusal:
        return None, refusal.problems


def turned(conformity: Conformity) -> dict[str, set[str]]:
    """Codes of errors and warnings by item."""
    found: dict[str, set[str]] = {}
    for item, each in conformity.shortcomings:
        if each.severity is not Severity.NOTE:
            found.setdefault(item.id, set()).add(each.problem.code)
    return found


def test_there_are_ten_clean_studies_of_different_kinds():
    assert len(CLEAN) >= 10


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_study_raises_nothing(name):
    conformity = checked(name, {})
    assert turned(conformity) == {}
    assert conformity.passed
    assert all(item.outcome in {Outcome.MET, Outcome.NOT_APPLICABLE} for item in conformity.items)


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_study_reads_as_a_file_and_says_that_it_is_a_demonstration(name):
    study = document.load((HERE / "clean" / f"{name}.yaml").read_bytes(), name=name)
    assert study.demonstration


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["name"])
def test_what_a_company_may_have_is_no_fault(case):
    conformity = checked(case["base"], case)
    assert turned(conformity) == {}
    outcomes = {item.id: item.outcome.value for item in conformity.items}
    assert case.get("items", {}).items() <= outcomes.items()


@pytest.mark.parametrize(
    ("names", "of_the_grid"),
    [
        (("全国电力平均", "National average"), True),
        (("四川电力（模型估算，非官方因子）", "Sichuan electricity (model estimate)"), True),
        (("输配电（含线损）", "Transmission & distribution, including line losses"), True),
        (("余热发电", "Waste heat power"), False),
        (("高炉煤气发电", "Power from blast-furnace gas"), False),
        (("水力发电", "Hydro"), False),
        (("垃圾焚烧发电", "Waste incineration"), False),
    ],
)
def test_a_factor_of_the_grid_is_told_from_one_of_a_generator(names, of_the_grid):
    factor = REFERENCE.catalogue.get("elec_cf_hydro_2024")
    tree = patched(written("clean", "casting"), {"set": {"lines.pv.factor": factor.id}})
    catalogue = Renamed(factor.id, replace(factor, name=Text(*names)))
    conformity = check(
        Grounds(
            study=documents.from_dict(tree),
            rule=rule_of("golden-general", {}),
            footprint=None,
            factors=catalogue,
            gwp=REFERENCE.gwp,
            on=ON,
        )
    )
    codes = {each.problem.code for item, each in conformity.shortcomings if item.id == "V25"}
    assert ("own.grid_factor" in codes) is of_the_grid


class Renamed:
    """The library with one factor under another name."""

    def __init__(self, factor_id, factor):
        self.factor_id, self.factor = factor_id, factor

    def __contains__(self, factor_id):
        return factor_id in REFERENCE.catalogue

    def get(self, factor_id, version=""):
        return self.factor if factor_id == self.factor_id else REFERENCE.catalogue.get(factor_id, version)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['item']}-{fault['name']}")
def test_a_planted_fault_is_found_and_nothing_else(fault):
    conformity = checked(fault["base"], fault)
    found = turned(conformity)
    if fault.get("no_result"):
        # the calculation refuses too: V13 carries its problems, and items that need a result say so
        consequences = {item for item, codes in found.items() if codes == {"result.missing"}} | {"V13"}
        found[fault["item"]].discard("result.missing")
        found = {
            key: codes for key, codes in found.items() if key == fault["item"] or key not in consequences
        }
    beside = set(fault.get("beside", ()))  # another requirement that the same fault truly breaks
    assert set(found) == {fault["item"]} | beside
    assert fault["code"] in found[fault["item"]]
    assert found[fault["item"]] <= {fault["code"], *fault.get("also", ())}
    item = next(each for each in conformity.items if each.id == fault["item"])
    severity = Severity(fault.get("severity", "error"))
    places = {
        (each.problem.place.line, each.problem.place.field)
        for each in item.shortcomings
        if each.problem.code == fault["code"] and each.severity is severity
    }
    assert (fault.get("line", ""), fault.get("field", "")) in places
    outcome = {Severity.ERROR: Outcome.NOT_MET, Severity.WARNING: Outcome.ATTENTION}[severity]
    assert item.outcome is outcome
    assert conformity.passed is (severity is Severity.WARNING and not fault.get("no_result"))


def test_every_item_has_a_planted_fault():
    planted = {fault["item"] for fault in FAULTS}
    assert {requirement.id for requirement in REQUIREMENTS} <= planted
    assert {f"rule.{item}" for item in RULE_ITEMS} <= planted
    assert any(item.startswith("rule.required.") for item in planted)
    assert len(FAULTS) >= 70
    assert len({(fault["item"], fault["name"]) for fault in FAULTS}) == len(FAULTS)


# what people wrote themselves stands in quotation marks
QUOTED = re.compile(r"“[^”]*”")
POWERS = re.compile(r"\de[+-]?\d")
WIDE = re.compile(r"[，。；：（）、！？《》]")
ONE_OF_MANY = re.compile(
    r"\b1 (lines|flows|cuts|stages|processes|problems|factors|products|scenarios|offsets|values|credits"
    r"|removals|balances|alternatives|certificates|differences|reviews|days)\b"
)


@pytest.mark.parametrize("name", CLEAN)
def test_reasons_read_like_sentences_in_both_languages(name):
    for item in checked(name, {}).items:
        assert not POWERS.search(QUOTED.sub("", item.reason.zh)), item.reason.zh
        assert not POWERS.search(QUOTED.sub("", item.reason.en)), item.reason.en
        assert not ONE_OF_MANY.search(item.reason.en), item.reason.en
        assert not WIDE.search(QUOTED.sub("", item.reason.en)), item.reason.en


def test_every_shortcoming_says_what_and_how_to_mend_it_in_both_languages():
    for fault in FAULTS:
        for item, each in checked(fault["base"], fault).shortcomings:
            for text in (each.problem.what, each.problem.cure, item.title, item.reason):
                assert text.zh, (fault["name"], item.id)
                assert text.en, (fault["name"], item.id)
            assert item.clause
            for english in (each.problem.what.en, each.problem.cure.en, item.title.en, item.reason.en):
                said = QUOTED.sub("", english)
                assert not WIDE.search(said), english
                assert not POWERS.search(said), english
                assert not ONE_OF_MANY.search(said), english
