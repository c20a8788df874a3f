"""Accounting rules as YAML that a standards secretariat writes; docs/rules.md describes every field.

Reading reports every mistake at once with its row; writing gives the same bytes for the same rule.
"""

from functools import cache
from pathlib import Path

from zuji.errors import InvalidInput, Place, Problem, raise_all
from zuji.formats import yaml_tree
from zuji.formats.reference import default_directory
from zuji.formats.rules.reading import read, tree_of
from zuji.formats.rules.schema import schema
from zuji.formats.rules.writing import dump
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.findings import Finding, path_text, problems_of
from zuji.rules.book import RuleBook

__all__ = ["dump", "load", "schema", "shipped"]


def load(data: bytes, *, name: str = "") -> ProductCategoryRule:
    """The rule in a YAML file, as written: what it extends is not filled in.

    Raises `FileRefused` for a file that is not opened at all and `InvalidInput` with every mistake of form.
    Whether the rule makes sense is `zuji.rules.validation`.
    """
    tree = tree_of(data, name)
    findings: list[Finding] = []
    rule = read(tree, findings)
    raise_all(_located(findings, tree, name), InvalidInput)
    return rule


def _located(findings: list[Finding], tree: object, name: str) -> list[Problem]:
    def locate(finding: Finding) -> Place:
        return Place(
            file=name,
            row=yaml_tree.row_of(tree, finding.path),
            field=path_text(finding.path),
            line=finding.line,
        )

    return problems_of(findings, locate)


def shipped() -> RuleBook:
    """The rules that come with the library, `data/rules`; read once per process."""
    return _shipped(default_directory() / "rules")


@cache
def _shipped(directory: Path) -> RuleBook:
    return RuleBook(load(path.read_bytes(), name=path.name) for path in sorted(directory.glob("*.yaml")))
