"""Which studies an actor can see, and one of them."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.products.models import ProductStudy, StudyEdit, StudyState


def own(*, by: Actor, search: str = "", state: str = "") -> QuerySet[ProductStudy]:
    """Studies of the actor's organisation, newest first."""
    if by.organisation is None or not by.may(Permission.STUDY_VIEW):
        return ProductStudy.objects.none()
    return _found(ProductStudy.objects.filter(organisation=by.organisation), search, state)


def demonstrations(*, search: str = "") -> QuerySet[ProductStudy]:
    """Worked examples, which everybody may read and nobody may change."""
    found = ProductStudy.objects.filter(organisation__demonstration=True)
    return _found(found, search, "").order_by("product_name")


def visible(*, by: Actor) -> QuerySet[ProductStudy]:
    """Everything the actor may read: their organisation's studies and the demonstrations."""
    allowed = Q(organisation__demonstration=True)
    if by.organisation is not None and by.may(Permission.STUDY_VIEW):
        allowed |= Q(organisation=by.organisation)
    return ProductStudy.objects.filter(allowed).select_related("organisation")


def study(study_id: UUID | str, *, by: Actor) -> ProductStudy:
    """A study the actor may read; raises `Http404` for any other."""
    found = visible(by=by).filter(pk=study_id).first()
    if found is None:
        raise Http404
    return found


def editable(study: ProductStudy, *, by: Actor) -> bool:
    """Whether the actor may change this study: a draft of their own organisation."""
    return study.state == StudyState.DRAFT and by.may(Permission.STUDY_EDIT, study.organisation)


def steps(study: ProductStudy) -> tuple[StudyEdit | None, StudyEdit | None]:
    """What undo would take back and redo would bring back."""
    around = {
        step.number: step
        for step in StudyEdit.objects.filter(study=study, number__in=(study.applied, study.applied + 1))
    }
    return around.get(study.applied), around.get(study.applied + 1)


def counts(*, by: Actor) -> dict[str, int]:
    """How many studies the organisation has in each state."""
    if by.organisation is None:
        return {}
    rows = ProductStudy.objects.filter(organisation=by.organisation).values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows.order_by()}


def _found(studies: QuerySet[ProductStudy], search: str, state: str) -> QuerySet[ProductStudy]:
    for word in search.split():
        studies = studies.filter(Q(name__icontains=word) | Q(product_name__icontains=word))
    if state in StudyState.values:
        studies = studies.filter(state=state)
    # The document can be large and no list shows it.
    return studies.defer("document").select_related("organisation")
