"""A study as a rule wants it counted: every change with its reason, and what the data do not answer.

Steps run in a fixed order (`STEPS`), each on the outcome of those before it, so that two people with the
same data and the same rule get the same number. Nothing is guessed: where a rule demands what the study does
not hold, the study stays as it is there and the demand becomes an open point. Applying a rule to its own
outcome changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorSource
from zuji.model.statements import Switch
from zuji.model.studies import Study
from zuji.rules.applying_allocation import allocation
from zuji.rules.applying_boundary import boundary, switch
from zuji.rules.applying_changes import Change, OpenPoint, Outcome, change
from zuji.rules.applying_electricity import electricity
from zuji.rules.applying_recycling import recycling
from zuji.rules.applying_required import required
from zuji.rules.applying_unit import unit

__all__ = ["STEPS", "Applied", "Change", "OpenPoint", "Step", "apply", "steps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The study under a rule; `changes` in the order in which they were made, `open_points` likewise."""

    study: Study
    changes: tuple[Change, ...]
    open_points: tuple[OpenPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one part of a rule did: `item` is its path, `study` the study after it."""

    item: str
    study: Study
    changes: tuple[Change, ...]
    open_points: tuple[OpenPoint, ...]


def _potentials(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Outcome:  # noqa: ARG001
    """The rule's set of potentials; one that it merely accepts is not the one that it counts with."""
    wanted = rule.gwp.set
    if not wanted or study.gwp == wanted:
        return Outcome(study)
    zh, en = f"全球增温潜势用 {wanted}，不用 {study.gwp}", f"potentials {wanted} instead of {study.gwp}"
    return Outcome(replace(study, gwp=wanted), (change(rule, "gwp.set", zh, en),))


def _switched(which: Switch) -> Callable[[Study, ProductCategoryRule, FactorSource], Outcome]:
    return lambda study, rule, factors: switch(study, rule, which)  # noqa: ARG005


STEPS: tuple[tuple[str, Callable[[Study, ProductCategoryRule, FactorSource], Outcome]], ...] = (
    ("unit", unit),
    ("gwp", _potentials),
    ("boundary", boundary),
    *((f"switches.{which}", _switched(which)) for which in Switch),
    ("electricity", electricity),
    ("recycling", recycling),
    ("allocation", allocation),
    ("required", required),
)
"""Items and what applies them, in the order in which effects are told."""


def steps(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Iterator[Step]:
    """The steps one after the other; `rule` is resolved. The first names the rule on the study."""
    current = replace(study, rule=rule.key)
    for item, step in STEPS:
        outcome = step(current, rule, factors)
        current = outcome.study
        yield Step(item=item, study=current, changes=outcome.changes, open_points=outcome.open_points)


def apply(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Applied:
    """The study as the resolved `rule` wants it counted. Raises nothing that a study can cause."""
    taken = tuple(steps(study, rule, factors))
    return Applied(
        study=taken[-1].study,
        changes=tuple(each for step in taken for each in step.changes),
        open_points=tuple(each for step in taken for each in step.open_points),
    )
