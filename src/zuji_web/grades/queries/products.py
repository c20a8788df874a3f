"""Frozen studies of an organisation, which is what can be graded and lent."""

from django.db.models import QuerySet

from zuji_web.accounts.actors import Actor
from zuji_web.products.models import ProductStudy


def frozen(*, by: Actor) -> QuerySet[ProductStudy]:
    """The studies of the actor's organisation that have a snapshot, the newest first."""
    rows = ProductStudy.objects.filter(snapshot__isnull=False).select_related("organisation")
    return rows.filter(organisation=by.organisation) if by.organisation else rows.none()
