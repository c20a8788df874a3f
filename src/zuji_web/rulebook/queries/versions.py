"""Which versions of rules somebody may read, and one of them."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from zuji.errors import ZujiError
from zuji.model.category_rules import ProductCategoryRule
from zuji.rules.comparing import Difference, difference
from zuji.rules.resolving import resolve
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.rulebook.models import RuleState, RuleVersion
from zuji_web.rulebook.queries.book import book, read

# In force before withdrawn, and what was written here before what was shipped, as in the book.
_NEWEST = ("state", "-origin", "-adopted_at", "-created_at")


def visible(*, by: Actor) -> QuerySet[RuleVersion]:
    """What was adopted or withdrawn is public; drafts are for their editors and whoever adopts."""
    allowed = ~Q(state=RuleState.DRAFT)
    if by.may(Permission.RULE_ADOPT):
        allowed |= Q(state=RuleState.DRAFT)
    elif by.organisation is not None and by.may(Permission.RULE_EDIT):
        allowed |= Q(organisation=by.organisation)
    return RuleVersion.objects.filter(allowed).select_related("author", "organisation", "previous")


def version(identity: UUID, *, by: Actor) -> RuleVersion:
    """A version that the actor may read; raises `Http404` for any other."""
    found = visible(by=by).filter(pk=identity).first()
    if found is None:
        raise Http404
    return found


def by_key(key: str, *, by: Actor) -> RuleVersion:
    """The adopted or withdrawn version of a key, the newest for a bare id; raises `Http404`."""
    rule_id, at, number = key.partition("@")
    rows = visible(by=by).exclude(state=RuleState.DRAFT).filter(rule_id=rule_id)
    if at:
        rows = rows.filter(version=number)
    newest = rows.order_by(*_NEWEST).first()
    if newest is None:
        raise Http404
    return newest


def rules(*, by: Actor, search: str = "", standing: str = "") -> list[RuleVersion]:
    """The newest adopted version of every rule, by name; where all are withdrawn, the last of them."""
    rows = visible(by=by).exclude(state=RuleState.DRAFT).defer("text")
    for word in search.split():
        rows = rows.filter(Q(name__icontains=word) | Q(name_en__icontains=word) | Q(rule_id__icontains=word))
    if standing:
        rows = rows.filter(standing=standing)
    newest: dict[str, RuleVersion] = {}
    for row in rows.order_by(*_NEWEST):
        newest.setdefault(row.rule_id, row)
    return sorted(newest.values(), key=lambda row: (row.standing == "demonstration", row.rule_id))


def drafts(*, by: Actor) -> QuerySet[RuleVersion]:
    """Drafts that the actor may read, newest first."""
    return visible(by=by).filter(state=RuleState.DRAFT).defer("text").order_by("-updated_at")


def history(row: RuleVersion, *, by: Actor) -> QuerySet[RuleVersion]:
    """Every version of the same rule, newest first."""
    if not row.rule_id:
        return RuleVersion.objects.none()
    return visible(by=by).filter(rule_id=row.rule_id).defer("text").order_by("-created_at")


def editable(row: RuleVersion, *, by: Actor) -> bool:
    """Whether the actor may change this version: a draft of their organisation."""
    home = by.organisation is not None and row.organisation_id == by.organisation.pk
    return row.state == RuleState.DRAFT and home and by.may(Permission.RULE_EDIT)


def adoptable(row: RuleVersion, *, by: Actor) -> bool:
    """Whether the actor may adopt this draft: who adopts is never who wrote it."""
    own = by.user is not None and row.author_id == by.user.pk
    return row.state == RuleState.DRAFT and by.may(Permission.RULE_ADOPT) and not own


def whole(row: RuleVersion) -> ProductCategoryRule | None:
    """The resolved rule of a version; None where a draft cannot be read yet."""
    try:
        return resolve(read(row), book())
    except ZujiError:
        return None


def differences(before: RuleVersion, after: RuleVersion) -> tuple[Difference, ...] | None:
    """Item by item what `after` says otherwise; None where one of the two cannot be read."""
    one, other = whole(before), whole(after)
    return difference(one, other) if one is not None and other is not None else None
