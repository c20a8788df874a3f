"""Running over many studies: each is checked once, in batches, and what is found is kept."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import Outcome
from zuji_web.checks.actions import keeping
from zuji_web.checks.models import Recheck, StudyCheck
from zuji_web.checks.queries.checking import Registry, counted, today, under
from zuji_web.checks.queries.rechecks import concerned
from zuji_web.factors.queries import Library, library
from zuji_web.products.models import ProductStudy
from zuji_web.rulebook.models import RuleVersion
from zuji_web.rulebook.queries import book

_TOGETHER = 50


@dataclass(slots=True)
class Counts:
    """What a run found so far."""

    studies: int = 0
    passed: int = 0
    not_met: int = 0
    uncalculable: int = 0
    newly_not_met: int = 0
    newly_passed: int = 0
    organisations: set[UUID] = field(default_factory=set)
    items: Counter[str] = field(default_factory=Counter)


def run(recheck: Recheck, told: Callable[[float], None]) -> Counts:
    """Checks every study that a run concerns under its rule, and keeps what is found.

    A study of which nothing changed since its kept check is not calculated again. `told` hears the share
    that is done. Running twice gives the same counts of outcomes.
    """
    rule = book.resolved(recheck.rule.key)
    registry = Registry(today())
    counts = Counts()
    rows = concerned(recheck.rule, recheck.organisation)
    whole = rows.count()
    libraries: dict[UUID, Library] = {}
    for together in _batches(rows):
        before = _kept(together, recheck.rule)
        fresh = []
        for study in together:
            using = libraries.get(study.organisation_id)
            if using is None:
                using = libraries[study.organisation_id] = library(study.organisation_id)
            kept = before.get((study.pk, rule.key))
            now = checked(study, rule, using, registry, kept)
            if now is not kept:
                fresh.append(now)
            _count(counts, study, now, _earlier(before, study, rule))
        keeping.keep(fresh)
        told(counts.studies / whole)
    _write(recheck, counts)
    return counts


def checked(
    study: ProductStudy,
    rule: ProductCategoryRule,
    using: Library,
    registry: Registry,
    kept: StudyCheck | None = None,
) -> StudyCheck:
    """The check of a study: the kept one where nothing changed since, else a new row, not yet written.

    What others take of certificates changes without the study, so that such a study is always checked.
    """
    state = keeping.digest(study, rule, using, registry)
    if kept is not None and kept.digest == state and '"certificates"' not in json.dumps(study.document):
        return kept
    found = counted(dict(study.document), using)
    return keeping.row_of(study, under(found, rule, using, registry, row=study), state)


def _batches(rows: QuerySet[ProductStudy]) -> Iterator[list[ProductStudy]]:
    together: list[ProductStudy] = []
    for study in rows.iterator(chunk_size=_TOGETHER):
        together.append(study)
        if len(together) == _TOGETHER:
            yield together
            together = []
    if together:
        yield together


def _kept(studies: list[ProductStudy], rule: RuleVersion) -> dict[tuple[UUID, str], StudyCheck]:
    """What is kept of these studies under any version of the rule."""
    found = StudyCheck.objects.filter(study__in=studies, rule__startswith=f"{rule.rule_id}@")
    return {(each.study_id, each.rule): each for each in found}


def _earlier(
    before: dict[tuple[UUID, str], StudyCheck], study: ProductStudy, rule: ProductCategoryRule
) -> StudyCheck | None:
    """The last kept check of the study under the rule the study names, else under this very version."""
    named = before.get((study.pk, str(study.document.get("rule", ""))))
    return named or before.get((study.pk, rule.key))


def _count(counts: Counts, study: ProductStudy, now: StudyCheck, earlier: StudyCheck | None) -> None:
    counts.studies += 1
    counts.organisations.add(study.organisation_id)
    counts.passed += now.passed
    counts.not_met += not now.passed
    counts.uncalculable += now.total is None
    if earlier is not None and earlier.passed != now.passed:
        counts.newly_passed += now.passed
        counts.newly_not_met += not now.passed
    counts.items.update(
        item["id"] for item in now.outcome["items"] if item["outcome"] == Outcome.NOT_MET.value
    )


def _write(recheck: Recheck, counts: Counts) -> None:
    recheck.studies, recheck.organisations = counts.studies, len(counts.organisations)
    recheck.passed, recheck.not_met = counts.passed, counts.not_met
    recheck.uncalculable = counts.uncalculable
    recheck.newly_passed, recheck.newly_not_met = counts.newly_passed, counts.newly_not_met
    recheck.items = dict(counts.items.most_common())
    recheck.finished_at = timezone.now()
    recheck.save()
