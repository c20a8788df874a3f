"""What newer standards set off: withdrawals that are due, studies that were told, differences with dates."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.products.models import ProductStudy
from zuji_web.standards.models import Notice, StandardRecord, WithdrawalTask


def tasks() -> QuerySet[WithdrawalTask]:
    """Every withdrawal that a newer standard asks for, open ones first."""
    return WithdrawalTask.objects.select_related("record", "because_of")


def open_tasks() -> QuerySet[WithdrawalTask]:
    """Withdrawals that are still to be decided."""
    return tasks().filter(done_at=None)


def notices(*, by: Actor) -> QuerySet[Notice]:
    """Notices to the actor's organisation, the newest first."""
    if by.organisation is None or not by.may(Permission.STUDY_VIEW):
        return Notice.objects.none()
    return Notice.objects.filter(organisation=by.organisation).select_related("study", "new", "old")


def notice(notice_id: UUID, *, by: Actor) -> Notice:
    """A notice to the actor's organisation; raises `Http404` for any other."""
    found = notices(by=by).filter(pk=notice_id).first()
    if found is None:
        raise Http404
    return found


def unread(*, by: Actor) -> int:
    """How many notices nobody of the organisation has taken note of."""
    return notices(by=by).filter(read_at=None).count()


def of_study(study: ProductStudy) -> QuerySet[Notice]:
    """What a study was told while it is open, the newest first; a frozen one keeps its rule."""
    return Notice.objects.filter(study=study, study__snapshot__isnull=True).select_related("new", "old")


def told(new: StandardRecord, *, by: Actor) -> tuple[int, QuerySet[Notice]]:
    """How many open studies a standard concerned, and those of the actor's organisation."""
    return Notice.objects.filter(new=new).count(), notices(by=by).filter(new=new)
