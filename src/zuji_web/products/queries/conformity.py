"""The conformity check of a study as it stands, and the one that was kept when it was frozen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zuji.errors import InvalidInput, Problem
from zuji.formats.standards import tree
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import OUTCOME_NAMES, CheckedItem, Conformity, Outcome, Severity
from zuji.model.records import Readers, write_record
from zuji.model.standards import Governing
from zuji.model.studies import Study
from zuji.rules.checks.ruled_frame import codes_of
from zuji.rules.conformity import check
from zuji.rules.grounds import Grounds
from zuji.text import Text
from zuji_web.factors.queries import library
from zuji_web.products import drafts, rules_in_force
from zuji_web.products.models import ProductStudy, StudyConformity
from zuji_web.products.queries import claims
from zuji_web.products.queries.results import Evaluated, Result

_READERS = Readers()


def rule_of(study: Study) -> ProductCategoryRule:
    """The rule that a study names, with what it extends; the general one where it names none that is held."""
    try:
        return rules_in_force.rule_of(study.rule)
    except InvalidInput:
        return rules_in_force.rule_of("")


def unreadable(study: Study) -> tuple[Problem, ...]:
    """Why the rule that a study names cannot be read although it was adopted; empty otherwise."""
    try:
        rules_in_force.rule_of(study.rule)
    except InvalidInput as refusal:
        return tuple(problem for problem in refusal.problems if problem.code == "rule-unreadable")
    return ()


def governing_of(study: Study, on: date) -> Governing | None:
    """What governs the product of a study on a day; None where it states no code that is known."""
    if not codes_of(study.product.code):
        return None
    return rules_in_force.governing_standard(study.product.code, on, study.geography)


def of_result(found: Result, *, on: date) -> Conformity:
    """The check of a study with its present result, or without one where it cannot be calculated."""
    if found.evaluated is not None:
        return _of_evaluated(found.study, found.evaluated, on)
    document = drafts.read(found.study.document).study
    return _checked(found.study, document, None, found.problems, on)


def _of_evaluated(row: ProductStudy, evaluated: Evaluated, on: date) -> Conformity:
    return _checked(row, evaluated.study, evaluated, (), on)


def _checked(
    row: ProductStudy, study: Study, evaluated: Evaluated | None, problems: tuple[Problem, ...], on: date
) -> Conformity:
    using = library(row.organisation_id)
    snapshot = evaluated.snapshot if evaluated else None
    return check(
        Grounds(
            study=study,
            rule=rule_of(study),
            footprint=evaluated.footprint if evaluated else None,
            factors=snapshot.factors if snapshot else using.source,
            gwp=using.gwp,
            on=on,
            problems=problems,
            governing=governing_of(study, on),
            claims=claims.of_study(row, study),
            tree=tree(),
        )
    )


def kept(study: ProductStudy) -> StudyConformity | None:
    """The check that was stored when the study was frozen; None for drafts and for older frozen studies."""
    return StudyConformity.objects.filter(study=study).first()


def read(row: StudyConformity) -> Conformity:
    """The stored check as it was."""
    found: Conformity = _READERS.of(Conformity)(row.content, [])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The check of the day of freezing, which is the one that counts, beside another of now.

    `differing` is None where the two are under different rules and cannot be compared.
    """

    row: StudyConformity
    conformity: Conformity
    differing: tuple["Differing", ...] | None

    @property
    def unmet(self) -> tuple[CheckedItem, ...]:
        return tuple(item for item in self.conformity.items if item.outcome is Outcome.NOT_MET)

    @property
    def warnings(self) -> int:
        return self.conformity.count(Severity.WARNING)


def beside(row: StudyConformity, now: Conformity) -> Kept:
    """A stored check beside one of now."""
    then = read(row)
    return Kept(row=row, conformity=then, differing=differing(then, now) if then.rule == now.rule else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """An item of which two checks say different things; None where a check does not have it."""

    item: CheckedItem
    then: CheckedItem | None
    now: CheckedItem | None

    @property
    def then_name(self) -> Text | None:
        return OUTCOME_NAMES[self.then.outcome] if self.then else None

    @property
    def now_name(self) -> Text | None:
        return OUTCOME_NAMES[self.now.outcome] if self.now else None


def differing(then: Conformity, now: Conformity) -> tuple[Differing, ...]:
    """The items with another outcome or other shortcomings now, in the order of the later check.

    Items that the later check no longer has come last.
    """
    before = {item.id: item for item in then.items}
    after = {item.id: item for item in now.items}
    found: list[tuple[CheckedItem, CheckedItem | None, CheckedItem | None]]
    found = [(item, before.get(key), item) for key, item in after.items()]
    found += [(item, item, None) for key, item in before.items() if key not in after]
    return tuple(
        Differing(item=item, then=earlier, now=later)
        for item, earlier, later in found
        if _substance(earlier) != _substance(later)
    )


def _substance(item: CheckedItem | None) -> tuple[object, ...]:
    """What an item says, whatever its wording: its outcome, and which shortcomings it has where."""
    if item is None:
        return ()
    return item.outcome, *(
        (each.severity, each.problem.code, each.problem.place) for each in item.shortcomings
    )


def written(conformity: Conformity) -> dict[str, Any]:
    """A check as plain data, which `read` reads."""
    return write_record(conformity, complete=True)
