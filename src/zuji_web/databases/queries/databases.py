"""Which databases an actor may read, and which version of them."""

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.databases.models import DatabaseVersion, InventoryDatabase, Visibility

_VERSIONS = Prefetch("versions", DatabaseVersion.objects.order_by("-number"))


def own(*, by: Actor) -> QuerySet[InventoryDatabase]:
    """Databases of the actor's organisation."""
    if by.organisation is None or not by.may(Permission.FACTOR_VIEW):
        return InventoryDatabase.objects.none()
    return InventoryDatabase.objects.filter(organisation=by.organisation)


def visible(*, by: Actor) -> QuerySet[InventoryDatabase]:
    """Everything the actor may read: public databases, and those of their organisation."""
    allowed = Q(visibility=Visibility.PUBLIC)
    if by.organisation is not None and by.may(Permission.FACTOR_VIEW):
        allowed |= Q(organisation=by.organisation)
    found = InventoryDatabase.objects.filter(allowed, versions__isnull=False).distinct()
    return found.select_related("organisation").prefetch_related(_VERSIONS)


def database(database_id: UUID | str, *, by: Actor) -> InventoryDatabase:
    """A database the actor may read; raises `Http404` for any other."""
    found = visible(by=by).filter(pk=database_id).first()
    if found is None:
        raise Http404
    return found


def version(database_id: UUID | str, number: int | None, *, by: Actor) -> DatabaseVersion:
    """A version of a database the actor may read, the newest unless `number` names one."""
    home = database(database_id, by=by)
    rows = home.versions.select_related("database__organisation", "package", "repaired_from", "created_by")
    found = rows.filter(number=number).first() if number is not None else rows.first()
    if found is None:
        raise Http404
    return found


def any_version(version_id: UUID | str, *, by: Actor) -> DatabaseVersion:
    """A version by its id, of a database the actor may read."""
    found = (
        DatabaseVersion.objects.select_related("database__organisation", "package")
        .filter(pk=version_id, database__in=visible(by=by))
        .first()
    )
    if found is None:
        raise Http404
    return found
