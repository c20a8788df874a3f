"""Accounting rules as YAML that a standards secretariat writes; docs/rules.md describes every field.

Reading reports every mistake at once with its row; writing gives the same bytes for the same rule.
"""

from functools import cache
from pathlib import Path

from zuji.errors import InvalidInput, Place, Problem, ZujiError, raise_all
from zuji.formats import yaml_tree
from zuji.formats.reference import ReferenceData, default_directory
from zuji.formats.reference import load as reference_data
from zuji.formats.rules.reading import as_written, read, tree_of
from zuji.formats.rules.schema import schema
from zuji.formats.rules.writing import dump
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.findings import Finding, path_text, problems_of, without_consequences
from zuji.quality.schemes import SCHEMES
from zuji.rules.book import RuleBook
from zuji.rules.validation import findings_of

__all__ = ["dump", "load", "mistakes", "schema", "shipped"]


def load(data: bytes, *, name: str = "") -> ProductCategoryRule:
    """The rule in a YAML file, as written: what it extends is not filled in.

    Raises `FileRefused` for a file that is not opened at all and `InvalidInput` with every mistake of form.
    Whether the rule makes sense is said by `mistakes`.
    """
    rule, findings, tree = _read(data, name)
    raise_all(_located(findings, tree, name), InvalidInput)
    return rule


def mistakes(
    data: bytes, *, name: str = "", book: RuleBook | None = None, reference: ReferenceData | None = None
) -> tuple[Problem, ...]:
    """Every mistake of a rule file, of form and of meaning, each with its row; nothing is raised.

    `book` holds what the rule may extend, the shipped rules where none is given; grid factors and sets of
    potentials are looked up in `reference`, the shipped data where none are given.
    """
    data_at_hand = reference or reference_data()
    try:
        rule, findings, tree = _read(data, name)
    except ZujiError as refusal:
        return refusal.problems
    meaning = findings_of(
        rule,
        shipped() if book is None else book,
        data_at_hand.catalogue,
        gwp=data_at_hand.gwp,
        schemes=SCHEMES,
    )
    return tuple(_located([*findings, *without_consequences(meaning, findings)], tree, name))


def _read(data: bytes, name: str) -> tuple[ProductCategoryRule, list[Finding], object]:
    tree = tree_of(data, name)
    findings: list[Finding] = []
    return read(tree, findings), findings, tree


def _located(findings: list[Finding], tree: object, name: str) -> list[Problem]:
    def locate(finding: Finding) -> Place:
        path = as_written(finding.path, tree)
        return Place(file=name, row=yaml_tree.row_of(tree, path), field=path_text(path), line=finding.line)

    return problems_of(findings, locate)


def shipped() -> RuleBook:
    """The rules that come with the library, `data/rules`; read once per process."""
    return _shipped(default_directory() / "rules")


@cache
def _shipped(directory: Path) -> RuleBook:
    return RuleBook(load(path.read_bytes(), name=path.name) for path in sorted(directory.glob("*.yaml")))
