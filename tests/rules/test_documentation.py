"""docs/rules.md: its example is a sound rule, its commands exist, and it leaves no field out."""

import re
from dataclasses import fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from zuji.formats import rules
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.studies import BoundaryKind, UnitKind
from zuji.rules.resolving import resolve
from zuji.rules.resolving_items import FIELD_NAMES, GROUP_NAMES

TEXT = (Path(__file__).parents[2] / "docs/rules.md").read_text(encoding="utf-8")
CHINESE, ENGLISH = TEXT.split("## In English")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_can_be_copied(example: str) -> None:
    assert rules.mistakes(example.encode(), name="example.yaml") == ()


def test_the_example_says_what_the_text_says_of_it() -> None:
    whole = resolve(rules.load(EXAMPLES[0].encode()), rules.shipped())
    assert whole.unit.kind is UnitKind.DECLARED
    assert whole.boundary.kinds == (BoundaryKind.CRADLE_TO_GATE,)
    assert len(whole.boundary.required) == 2
    assert whole.gwp.set == "AR6"  # from the general rule
    assert whole.cut_off.each == 0.01


def _records(cls: type) -> set[type]:
    """The dataclasses inside a rule, however deep."""
    found = set()
    for hint in get_type_hints(cls).values():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and is_dataclass(part) and part.__module__.endswith("category_rules"):
                found |= {part, *_records(part)}
    return found


def _choices(cls: type) -> set[str]:
    found: set[str] = set()
    for hint in get_type_hints(cls).values():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and issubclass(part, StrEnum):
                found |= set(part)
    return found


def _told(word: str, text: str = CHINESE) -> bool:
    return bool(
        re.search(rf"`([a-z_]+\.)?{re.escape(word)}(\.[a-z_]+)?`|^\W*{re.escape(word)}:", text, re.MULTILINE)
    )


def test_every_field_and_every_choice_is_told() -> None:
    records = {ProductCategoryRule, *_records(ProductCategoryRule)}
    names = {field.name for cls in records for field in fields(cls)}
    assert {name for name in names if not _told(name)} == set()
    choices = {each for cls in records for each in _choices(cls)}
    untold = {each for each in choices if not _told(each)} - {"none"}  # no allocation is no method to try
    assert untold == set()
    assert {group for group in GROUP_NAMES if not _told(group, ENGLISH)} == set()


def test_every_item_has_a_name_in_both_languages() -> None:
    hints: dict[str, Any] = get_type_hints(ProductCategoryRule)
    expected = {
        f"{group}.{field.name}"
        for group in GROUP_NAMES
        if is_dataclass(hints[group])
        for field in fields(hints[group])
    }
    assert set(FIELD_NAMES) == expected
    assert all(name.zh and name.en for name in (*FIELD_NAMES.values(), *GROUP_NAMES.values()))
    own = {"id", "version", "name", "name_en", "standing", "extends", "basis", "source", "certainty"}
    own |= {"note", "note_en", "clauses"}
    assert {field.name for field in fields(ProductCategoryRule)} == {*GROUP_NAMES} | own


def test_every_command_in_it_exists() -> None:
    from zuji.cli.program import _rules

    commands = {command.name for command in _rules.registered_commands}
    assert set(re.findall(r"^zuji rules (\w+)", TEXT, re.MULTILINE)) <= commands
    assert commands == {"list", "show", "validate", "compare", "schema"}
