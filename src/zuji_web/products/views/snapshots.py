"""Freezing a study, its snapshot, and verifying it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zuji.errors import ZujiError
from zuji.report import amounts
from zuji.trust.snapshot import from_bytes
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.products import result_files
from zuji_web.products.actions import snapshots as acting
from zuji_web.products.models import ProductStudy, StudySnapshot
from zuji_web.products.queries import results, reviews
from zuji_web.products.queries import studies as reading
from zuji_web.products.queries.results import Verification
from zuji_web.products.views.workbench import answer, frame


@require_POST
@needs(Permission.STUDY_FREEZE)
def freeze(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Freezes a complete study; the problems where it is not."""
    actor = actor_of(request)
    study = reading.study(study_id, by=actor)
    try:
        acting.freeze(study=study, by=actor)
    except ZujiError as refusal:
        context = frame(request, study, "result") | {"problems": refusal.problems}
        return answer(request, "products/snapshot_refused.html", context, wrong=True)
    messages.success(request, _("The study is frozen. Nobody can change it any more."))
    return redirect("products:snapshot", study.pk)


@require_GET
def page(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The frozen study: digest, who and when, how to verify."""
    study, row = _row(request, study_id)
    return render(request, "products/snapshot.html", _context(request, study, row))


@require_POST
def verify(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Recalculates from the snapshot alone and shows whether the digits agree."""
    study, row = _row(request, study_id)
    checked = results.verification(row)
    return render(request, "products/snapshot.html", _context(request, study, row, checked))


@require_GET
def download(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The canonical bytes as they were frozen."""
    study, row = _row(request, study_id)
    return result_files.snapshot(study, row).response()


def _row(request: HttpRequest, study_id: UUID) -> tuple[ProductStudy, StudySnapshot]:
    study = reading.study(study_id, by=actor_of(request))
    row = results.snapshot_of(study)
    if row is None:
        raise Http404
    return study, row


def _context(
    request: HttpRequest, study: ProductStudy, row: StudySnapshot, checked: Verification | None = None
) -> dict[str, object]:
    try:
        snapshot = from_bytes(bytes(row.content))
        inside: dict[str, object] = {
            "input_digest": snapshot.input_digest,
            "factors": len(snapshot.factors),
            "gwp": f"{snapshot.gwp.id} {snapshot.gwp.version}",
            "lines": len(snapshot.study.lines),
        }
    except ZujiError:
        inside = {}
    actor = actor_of(request)
    return frame(request, study, "snapshot") | {
        "row": row,
        "total": amounts.typeset(row.published_total),
        "inside": inside,
        "checked": checked,
        "reviewed": reviews.reviewed(study),
        "successors": study.successors.all() if actor.may(Permission.STUDY_VIEW, study.organisation) else (),
        "may_continue": actor.may(Permission.STUDY_CREATE, study.organisation),
    }
