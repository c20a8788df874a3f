"""The shipped product tree, registry of standards and lists of the plans (docs/standards.md)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from zuji.formats.reference import default_directory
from zuji.formats.reference.rows import missing_file
from zuji.formats.standards.parameters import (
    Parameter,
    bounds_of,
    load_criteria,
    load_parameters,
    load_targets,
)
from zuji.formats.standards.products import ListItem, load_lists, load_tree
from zuji.formats.standards.register import load_standards
from zuji.formats.standards.rows import read_rows
from zuji.model.standards import Standard
from zuji.rules.classification import Tree
from zuji.rules.selection import Bounds, Criterion
from zuji.rules.targets import Target

__all__ = [
    "ListItem",
    "Parameter",
    "bounds",
    "criteria",
    "lists",
    "load_criteria",
    "load_lists",
    "load_parameters",
    "load_standards",
    "load_targets",
    "load_tree",
    "parameters",
    "registry",
    "sources",
    "targets",
    "tree",
]

SOURCE_COLUMNS = ("id", "title", "publisher", "year", "licence", "address")


@cache
def sources() -> dict[str, str]:
    """Title and address of every source, by its id."""
    rows = read_rows(content("standards/sources.csv"), SOURCE_COLUMNS, name="sources.csv")
    return {row.text("id"): " ".join(filter(None, (row.text("title"), row.text("address")))) for row in rows}


@cache
def tree() -> Tree:
    """The shipped product tree."""
    return load_tree(content("classification/products.csv"), sources=sources())


@cache
def registry() -> tuple[Standard, ...]:
    """The shipped standards, each at its stated certainty."""
    return load_standards(
        content("standards/standards.csv"),
        content("standards/bodies.csv"),
        tree=tree(),
        sources=sources(),
    )


@cache
def lists() -> tuple[ListItem, ...]:
    """The product lists of the two plans and the certification catalogue, mapped to the tree."""
    return load_lists(content("standards/lists.csv"), tree=tree(), sources=sources())


@cache
def targets() -> tuple[Target, ...]:
    """How many rules the plans ask for."""
    return load_targets(content("standards/targets.csv"), sources=sources())


@cache
def parameters() -> Mapping[str, Parameter]:
    """Figures of the registry that a plan or law sets: bounds of the selection, time to a review."""
    return load_parameters(content("standards/parameters.csv"), sources=sources())


@cache
def criteria() -> tuple[Criterion, ...]:
    """Criteria of the yearly selection; their weights are a demonstration."""
    return load_criteria(content("standards/criteria.csv"), sources=sources())


def bounds() -> Bounds:
    """How many products a year chooses (SN 二（二）4)."""
    return bounds_of(parameters())


def content(name: str) -> bytes:
    """A file of the data directory; raises `InvalidInput` where it is missing."""
    path: Path = default_directory() / name
    try:
        return path.read_bytes()
    except FileNotFoundError as absent:
        raise missing_file(path) from absent
