"""Thresholds over the API, which anybody may read, and the grade of a study for those who may read it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Status

from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.grades import procedure_api, states
from zuji_web.grades.actions import sets as acting
from zuji_web.grades.models import ThresholdSet
from zuji_web.grades.procedure_schemas import ThresholdPlanIn
from zuji_web.grades.queries import sets
from zuji_web.grades.queries.grading import grade_of
from zuji_web.grades.queries.rules import product_key
from zuji_web.grades.schemas import GradeOut, InForceIn, ThresholdDetail, ThresholdFilter, ThresholdRow
from zuji_web.products.queries import studies

router = gateway.router("thresholds", public=True)
graded = gateway.router("studies")
router.add_router("", procedure_api.router)
graded.add_router("", procedure_api.lent)


@router.get("", response=list[ThresholdRow], summary="List grade thresholds")
@gateway.paged
def list_thresholds(
    request: HttpRequest, wanted: Query[ThresholdFilter]
) -> QuerySet[ThresholdSet] | list[ThresholdSet]:
    """Sets that are or were before the public; officers read those in preparation too."""
    rows = sets.listed(by=actor_of(request))
    if wanted.product:
        rows = rows.filter(product=product_key(wanted.product))
    if wanted.rule:
        rows = rows.filter(rule=wanted.rule)
    if not wanted.state:
        return rows
    today = sets.today()
    return [one for one in rows if states.on(one, today) == wanted.state]


@router.post("", response={201: ThresholdDetail}, summary="Derive thresholds")
def begin_thresholds(request: HttpRequest, body: ThresholdPlanIn) -> Status[ThresholdSet]:
    """A new set from the samples that count today; its checks say where they do not suffice."""
    plan = body.plan(body.rule, body.product)
    return Status(201, acting.begin(plan=plan, by=actor_of(request)))


@router.get("/in-force", response=ThresholdDetail, summary="Read the thresholds in force on a day")
def read_thresholds_in_force(request: HttpRequest, asked: Query[InForceIn]) -> ThresholdSet:  # noqa: ARG001
    """The one set that holds for a product under a rule on a day, past days too; 404 where there is none."""
    found = sets.in_force(asked.rule, product_key(asked.product), asked.on or sets.today())
    if found is None:
        raise Http404
    return found


@router.get("/{uuid:set_id}", response=ThresholdDetail, summary="Read a set of grade thresholds")
def read_thresholds(request: HttpRequest, set_id: UUID) -> ThresholdSet:
    """Values, method, digests, history and comments; 404 for a set in preparation."""
    return sets.threshold_set(set_id, by=actor_of(request))


@graded.get("/{uuid:study_id}/grade", response=GradeOut, summary="Read the grade of a study")
def read_grade(request: HttpRequest, study_id: UUID) -> dict[str, Any]:
    """Where a frozen, verified study lies beside the thresholds in force, or which condition fails."""
    by = actor_of(request)
    by.require(Permission.STUDY_VIEW)
    return GradeOut.of(grade_of(studies.study(study_id, by=by), sets.today()))
