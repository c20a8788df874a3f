"""The registry as an actor may read it, and the shelf on which the library answers questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from zuji.formats.standards import tree
from zuji.model.standards import ProductCode, Standard
from zuji.rules.classification import Node, Tree
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.standards import states
from zuji_web.standards.models import StandardBody, StandardRecord

_OFFICES = (Permission.STANDARD_REGISTER, Permission.STANDARD_REVIEW, Permission.STANDARD_DECIDE)


def today() -> date:
    """The day in the site's time zone."""
    return timezone.localdate()


def in_office(by: Actor) -> bool:
    """Whether the actor holds a work area of standards."""
    return any(by.may(right) for right in _OFFICES)


def visible(*, by: Actor) -> QuerySet[StandardRecord]:
    """Standards and accepted procedures are public; a proposal that nobody has accepted is between its
    organisation and the work areas."""
    found = StandardRecord.objects.select_related("submitter").prefetch_related(
        Prefetch("bodies", StandardBody.objects.order_by("position"))
    )
    if in_office(by):
        return found
    allowed = ~Q(state__in=states.PRIVATE)
    if by.organisation is not None:
        allowed |= Q(submitter=by.organisation)
    return found.filter(allowed)


def record(standard_id: UUID | str, *, by: Actor) -> StandardRecord:
    """A standard the actor may read; raises `Http404` for any other."""
    found = visible(by=by).filter(pk=standard_id).first()
    if found is None:
        raise Http404
    return found


def registered() -> QuerySet[StandardRecord]:
    """Standards with a number: issued ones, whatever became of them."""
    return StandardRecord.objects.exclude(number="").prefetch_related("bodies")


def shelf() -> tuple[Standard, ...]:
    """Every issued standard as the library reads it."""
    return tuple(row.to_standard() for row in registered())


def by_number(numbers: Iterable[str]) -> dict[str, StandardRecord]:
    """Rows of the registry by their number."""
    return {row.number: row for row in registered().filter(number__in=set(numbers))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader of the registry asked for; empty parts exclude nothing."""

    text: str = ""
    level: str = ""
    kind: str = ""
    state: str = ""
    product: str = ""
    demonstrations: bool = False


def found(wanted: Wanted, *, by: Actor) -> Sequence[StandardRecord]:
    """Rows asked for, in the order of their numbers."""
    rows = visible(by=by).exclude(number="")
    for word in wanted.text.split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(name__icontains=word)
            | Q(name_en__icontains=word)
            | Q(bodies__name__icontains=word)
        )
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if not wanted.demonstrations:
        rows = rows.filter(demonstration=False)
    listed = list(rows.distinct())
    if wanted.state:
        listed = [row for row in listed if states.on(row, today()) == wanted.state]
    if wanted.product:
        code = tree().parse(wanted.product)
        listed = [row for row in listed if touches(tree(), row.codes, code)]
    return listed


def touches(products: Tree, scope: Sequence[ProductCode], code: ProductCode) -> bool:
    """Whether a scope covers a product, or holds something of it."""
    return products.covers_any(scope, [code]) or any(products.covers(code, each) for each in scope)


def nodes() -> tuple[Node, ...]:
    """The products of the tree, in its order, for lists to choose from."""
    return tuple(tree())
