"""The grade of a product: the one function that pages, tags and the interface ask."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from zuji.errors import ZujiError
from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.comparability import NOT_COMPARABLE, Comparand, Gate
from zuji.rules.grading import Grade, NotGraded, Thresholds, grade
from zuji.text import Text
from zuji_web.grades.models import ThresholdSet
from zuji_web.grades.queries import comparing, sets
from zuji_web.grades.queries.rules import rule
from zuji_web.grades.queries.verification import Evidence, evidence_of
from zuji_web.products.models import ProductStudy, StudyState
from zuji_web.wording import said

_TAKEN_BACK = frozenset({StudyState.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyGrade:
    """What is said of a study's grade on a day.

    `outcome` is there where thresholds in force were asked: a `Grade`, or `NotGraded` with the gate that
    failed. Where it is None, `reason` says what is missing.
    """

    study: ProductStudy
    on: date
    reason: Text
    set: ThresholdSet | None = None
    thresholds: Thresholds | None = None
    comparand: Comparand | None = None
    rule: ProductCategoryRule | None = None
    evidence: Evidence | None = None
    outcome: Grade | NotGraded | None = None

    @property
    def grade(self) -> Grade | None:
        return self.outcome if isinstance(self.outcome, Grade) else None

    @property
    def gate(self) -> Gate | None:
        return None if self.outcome is None else self.outcome.gate

    @property
    def told(self) -> Text:
        """达到标杆值 and so on, 不可比, or why nothing is said."""
        if self.grade is not None:
            return self.grade.told
        return NOT_COMPARABLE if self.outcome is not None else self.reason


def grade_of(study: ProductStudy, on: date) -> StudyGrade:
    """The grade of a frozen study under the thresholds in force on a day, always through the gate.

    A study that is not frozen, was taken back, or was frozen without internal review is not graded.
    """
    row = comparing.snapshot_of(study)
    if row is None:
        return _not(study, on, said(_("Not frozen: only a frozen study is graded")))
    if study.state in _TAKEN_BACK:
        return _not(study, on, said(_("The study was withdrawn")))
    evidence = evidence_of(study, on)
    try:
        unreviewed = comparing.unreviewed(row)
        result = comparing.comparand_of(row, verification=evidence.level if evidence else "")
    except ZujiError:
        return _not(study, on, said(_("The frozen study cannot be read any more")))
    result = replace(result, id=study.name)
    if unreviewed:
        reason = said(_("Frozen without internal review: such a study is not graded"))
        return _not(study, on, reason, comparand=result, evidence=evidence)
    one = sets.in_force(result.rule, result.category, on)
    if one is None:
        # Thresholds of the product under another rule: the gate then names the rule.
        one = next(iter(sets.of_product(result.category, on)), None)
    thresholds = sets.thresholds_of(one) if one else None
    if one is None or thresholds is None:
        reason = said(_("No thresholds are in force for this product"))
        return _not(study, on, reason, comparand=result, evidence=evidence)
    outcome = grade(result, against(thresholds))
    return StudyGrade(
        study=study,
        on=on,
        reason=said(_("Graded under the thresholds in force")),
        set=one,
        thresholds=thresholds,
        comparand=result,
        rule=rule(result.rule),
        evidence=evidence,
        outcome=outcome,
    )


def against(thresholds: Thresholds) -> Thresholds:
    """The thresholds with terms that a reader of the gate recognises."""
    return replace(thresholds, terms=replace(thresholds.terms, id=gettext("thresholds")))


def _not(
    study: ProductStudy,
    on: date,
    reason: Text,
    *,
    comparand: Comparand | None = None,
    evidence: Evidence | None = None,
) -> StudyGrade:
    return StudyGrade(study=study, on=on, reason=reason, comparand=comparand, evidence=evidence)
