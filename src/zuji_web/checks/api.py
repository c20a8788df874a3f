"""Checks over the API: a study under a rule, one inventory under several, open studies checked again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Status

from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.checks.actions import rechecks as acting
from zuji_web.checks.models import Recheck
from zuji_web.checks.queries import checking, columns, offers, rechecks
from zuji_web.checks.schemas import (
    CheckIn,
    CheckOut,
    RecheckIn,
    RecheckOut,
    SeveralIn,
    SeveralOut,
    check_answer,
    several_answer,
)
from zuji_web.products.queries import studies as reading
from zuji_web.rulebook.queries import book, versions

router = gateway.router("studies", public=True)


@router.get("/{uuid:study_id}/check", response=CheckOut, summary="Check a study against a rule")
def check_study(request: HttpRequest, study_id: UUID, asked: Query[CheckIn]) -> dict[str, Any]:
    """Every item with its outcome, every shortcoming with clause, place and cure, as of today."""
    study = reading.study(study_id, by=actor_of(request))
    registry = checking.Registry(checking.today())
    rule = offers.chosen(asked.rule, offers.of_study(study, registry))
    return check_answer(study, checking.check(study, rule, registry=registry))


@router.get("/{uuid:study_id}/rules", response=SeveralOut, summary="Count a study under several rules")
def compare_rules(request: HttpRequest, study_id: UUID, asked: Query[SeveralIn]) -> dict[str, Any]:
    """The total under each rule, and item by item what makes the difference to the study as stated."""
    study = reading.study(study_id, by=actor_of(request))
    registry = checking.Registry(checking.today())
    made = columns.several(study, [book.resolved(key) for key in asked.rule], registry=registry)
    return several_answer(study, made, registry.on)


@router.post("/rechecks", response={202: RecheckOut}, summary="Check open studies again")
def begin_recheck(request: HttpRequest, asked: RecheckIn) -> Status[Recheck]:
    """Starts a job over open studies that name the rule in any version; read the run until it is finished."""
    by = actor_of(request)
    by.require(Permission.STUDY_VIEW)
    rule = versions.by_key(asked.rule, by=by)
    return Status(202, acting.begin(rule=rule, by=by, everywhere=asked.everywhere))


@router.get("/rechecks/{uuid:recheck_id}", response=RecheckOut, summary="Read a run over open studies")
def read_recheck(request: HttpRequest, recheck_id: UUID) -> Recheck:
    """The counts of a run; of other organisations' studies nothing but these."""
    return rechecks.one(recheck_id, by=actor_of(request))
