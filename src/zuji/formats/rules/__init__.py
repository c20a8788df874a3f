"""Accounting rules as YAML that a standards secretariat writes; docs/rules.md describes every field.

Reading reports every mistake at once with its row; writing gives the same bytes for the same rule.
"""

from functools import cache
from pathlib import Path

from zuji.errors import InvalidInput, Place, Problem, ZujiError, raise_all
from zuji.formats import reference, yaml_tree
from zuji.formats.rules.reading import as_written, read, tree_of
from zuji.formats.rules.schema import schema
from zuji.formats.rules.writing import dump, to_dict
from zuji.formats.standards import tree
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorSource
from zuji.model.findings import Finding, path_text, problems_of, without_consequences
from zuji.quality.schemes import SCHEMES
from zuji.rules.book import RuleBook
from zuji.rules.validation import findings_of

PROVENANCE = "provenance.yaml"
__all__ = ["dump", "load", "mistakes", "schema", "shipped", "to_dict"]


def load(data: bytes, *, name: str = "") -> ProductCategoryRule:
    """The rule in a YAML file, as written: what it extends is not filled in.

    Raises `FileRefused` for a file that is not opened at all and `InvalidInput` with every mistake of form.
    Whether the rule makes sense is said by `mistakes`.
    """
    document = tree_of(data, name)
    findings: list[Finding] = []
    rule = read(document, findings)
    raise_all(_located(findings, document, name), InvalidInput)
    return rule


def mistakes(
    data: bytes, *, name: str = "", book: RuleBook | None = None, factors: FactorSource | None = None
) -> tuple[Problem, ...]:
    """Every mistake of a rule file, of form and of meaning, each with its row; nothing is raised.

    `book` holds what the rule may extend and `factors` the grid factors that it may name; the shipped ones
    where none are given.
    """
    try:
        document = tree_of(data, name)
    except ZujiError as refusal:
        return refusal.problems
    shelf, known = shipped() if book is None else book, reference.load()
    findings: list[Finding] = []
    rule = read(document, findings)
    found = findings_of(rule, shelf, factors or known.catalogue, gwp=known.gwp, schemes=SCHEMES, tree=tree())
    return tuple(_located([*findings, *without_consequences(found, findings)], document, name))


def _located(findings: list[Finding], document: object, name: str) -> list[Problem]:
    def locate(finding: Finding) -> Place:
        path = as_written(finding.path, document)
        return Place(
            file=name, row=yaml_tree.row_of(document, path), field=path_text(path), line=finding.line
        )

    return problems_of(findings, locate)


def shipped() -> RuleBook:
    """The rules that come with the library, `data/rules`; read once per process."""
    return _shipped(reference.default_directory() / "rules")


@cache
def _shipped(directory: Path) -> RuleBook:
    files = (path for path in sorted(directory.glob("*.yaml")) if not path.name.endswith(PROVENANCE))
    return RuleBook(load(path.read_bytes(), name=path.name) for path in files)
