"""Runs over many studies: which studies they concern, and who may read of them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.checks.ruled import requirements
from zuji.rules.conformity import REQUIREMENTS
from zuji.text import Text
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Permission
from zuji_web.checks.models import Recheck, StudyCheck
from zuji_web.products.models import ProductStudy
from zuji_web.rulebook.models import RuleVersion

# States in which a study can still be brought to conform.
OPEN_STATES = ("draft", "in_review")


def concerned(rule: RuleVersion, organisation: Organisation | None) -> QuerySet[ProductStudy]:
    """Open studies that name the rule in any version, of one organisation or of all."""
    named = Q(document__rule=rule.rule_id) | Q(document__rule__startswith=f"{rule.rule_id}@")
    found = ProductStudy.objects.filter(named, state__in=OPEN_STATES)
    if organisation is not None:
        found = found.filter(organisation=organisation)
    return found.order_by("organisation_id", "pk")


def readable(*, by: Actor) -> QuerySet[Recheck]:
    """Runs over the actor's own studies, and for those who adopt rules the counts of the others."""
    if by.organisation is None or not by.may(Permission.STUDY_VIEW):
        return Recheck.objects.none()
    allowed = Q(organisation=by.organisation)
    if by.may(Permission.RULE_ADOPT):
        allowed |= Q(organisation=None, home=by.organisation)
    return Recheck.objects.filter(allowed).select_related("rule", "job", "organisation")


def one(identity: UUID, *, by: Actor) -> Recheck:
    """A run that the actor may read; raises `Http404` for any other."""
    found = readable(by=by).filter(pk=identity).first()
    if found is None:
        raise Http404
    return found


def own_checks(recheck: Recheck, *, by: Actor) -> QuerySet[StudyCheck]:
    """The kept checks of the actor's own studies that a run made; those of others are never shown."""
    rows = StudyCheck.objects.filter(rule=recheck.rule.key, study__organisation=by.organisation)
    return rows.filter(study__state__in=OPEN_STATES).select_related("study").defer("study__document")


@dataclass(frozen=True, slots=True)
class Titled:
    """What an item of a check is called."""

    id: str
    title: Text


def titled(rule: ProductCategoryRule) -> tuple[Titled, ...]:
    """The items of a check under a resolved rule, in order."""
    asked = (*REQUIREMENTS, *requirements(rule))
    return tuple(Titled(each.id, each.title) for each in asked)
