"""Taking note of a notice."""

from django.db import transaction
from django.utils import timezone

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record as audit
from zuji_web.standards.models import Notice


@transaction.atomic
def read(*, notice: Notice, by: Actor) -> Notice:
    """The notice, marked as taken note of for the whole organisation."""
    by.require(Permission.STUDY_VIEW, notice.organisation)
    held = Notice.objects.select_for_update().select_related("new", "study").get(pk=notice.pk)
    if held.read_at is None:
        held.read_at, held.read_by = timezone.now(), by.user
        held.save(update_fields=["read_at", "read_by"])
        audit(
            action="standard.notice.read",
            subject=held,
            by=by,
            payload={"number": held.new.number, "study": held.study.name},
        )
    return held
