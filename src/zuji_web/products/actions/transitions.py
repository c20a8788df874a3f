"""The only writer of a study's state: every step is kept with who, when, why, and on which document."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.rules.lifecycle import STUDY_LIFECYCLE
from zuji.trust.canonical import digest as sha256
from zuji_web.accounts.actors import Actor
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products.models import ProductStudy, StudyState, StudyTransition
from zuji_web.products.models.reviews import FIRST_HASH
from zuji_web.products.states import MOVES, table_code
from zuji_web.wording import said, told

_EVENTS = {
    StudyState.DRAFT: "study.back_to_draft",
    StudyState.IN_REVIEW: "study.submit",
    StudyState.FILED: "study.file",
    StudyState.DISCLOSED: "study.disclose",
    StudyState.SUPERSEDED: "study.supersede",
    StudyState.WITHDRAWN: "study.withdraw",
}


def locked(study: ProductStudy) -> ProductStudy:
    """The study as it stands now, locked until the transaction ends; `Http404` where it is gone meanwhile."""
    rows = ProductStudy.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(pk=study.pk).first()
    if found is None:
        raise Http404
    return found


def check_open(study: ProductStudy, after: StudyState) -> None:
    """Refuses a step that the table does not have from where the study stands."""
    before = StudyState(study.state)
    if after in MOVES[before]:
        return
    refused = STUDY_LIFECYCLE.refusal(table_code(before), table_code(after))
    raise Conflict(
        refused
        or told(
            "step",
            said(_("This step is not open in the present state of the study")),
            said(_("Load the study again; somebody may have been faster")),
        )
    )


def move(
    study: ProductStudy,
    after: StudyState,
    *,
    by: Actor,
    reason: str = "",
    document: str = "",
    digest: str = "",
    facts: dict[str, Any] | None = None,
    total: float | None = None,
) -> StudyTransition:
    """Takes a locked study to another state and keeps the step. Must run inside the action's transaction.

    `digest` is the SHA-256 of what the step is about. `total` renews the mirrored total on freezing. The
    caller has checked rights and guards; whether the table has the step is checked here once more.
    """
    check_open(study, after)
    before = study.state
    last = study.transitions.order_by("-number").first()
    row = StudyTransition(
        study=study,
        number=last.number + 1 if last else 1,
        before=before,
        after=after,
        at=timezone.now(),
        actor=by.name[:200],
        actor_id=by.identity,
        reason=reason.strip(),
        document=document.strip()[:300],
        digest=digest,
        facts=facts or {},
        previous_hash=last.hash if last else FIRST_HASH,
    )
    row.hash = hash_of(row)
    row.save()
    study.state = after
    fields = ["state", "updated_at"]
    if total is not None:
        study.total = total
        fields.append("total")
    study.save(update_fields=fields)
    # Freezing and opinions have events of their own, which tell more.
    if after in _EVENTS:
        payload = {"name": study.name, "before": before, "reason": row.reason[:400], "digest": digest}
        record(action=_EVENTS[after], subject=study, by=by, payload=payload)
    return row


def hash_of(row: StudyTransition) -> str:
    """SHA-256 over the canonical form of a step and the hash of the step before it."""
    return sha256(
        {
            "study": str(row.study_id),
            "number": row.number,
            "before": str(row.before),
            "after": str(row.after),
            "at": row.at.isoformat(),
            "actor": row.actor,
            "actor_id": row.actor_id,
            "reason": row.reason,
            "document": row.document,
            "digest": row.digest,
            "facts": row.facts,
            "previous_hash": row.previous_hash,
        }
    )
