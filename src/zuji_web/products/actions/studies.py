"""Beginning, copying, continuing and deleting studies."""

from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from zuji.model.studies import Study
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products import drafts
from zuji_web.products.actions.mirror import mirror
from zuji_web.products.actions.transitions import locked
from zuji_web.products.models import ProductStudy, StudyState
from zuji_web.products.operations import Document
from zuji_web.products.review_refusals import in_review
from zuji_web.wording import said, told


@transaction.atomic
def create(*, document: Document, by: Actor, origin: str = "form") -> ProductStudy:
    """A new draft of the actor's organisation from a draft document, which may still have gaps."""
    by.require(Permission.STUDY_CREATE)
    return _begin(drafts.tidy(document), by, action="study.create", payload={"origin": origin})


@transaction.atomic
def create_from(*, study: Study, by: Actor, origin: str = "interface") -> ProductStudy:
    """A new draft from a whole study."""
    by.require(Permission.STUDY_CREATE)
    return _begin(drafts.of_study(study), by, action="study.create", payload={"origin": origin})


@transaction.atomic
def copy(*, study: ProductStudy, by: Actor) -> ProductStudy:
    """A draft of the actor's organisation with the same content. A demonstration stays marked as one."""
    by.require(Permission.STUDY_CREATE)
    return _begin(deepcopy(study.document), by, action="study.copy", payload={"from": str(study.pk)})


@transaction.atomic
def new_version(*, study: ProductStudy, by: Actor) -> ProductStudy:
    """A draft that continues a frozen study; the frozen one stays as it is."""
    by.require(Permission.STUDY_CREATE, study.organisation)
    if study.state == StudyState.IN_REVIEW:
        raise Conflict(in_review())
    if not study.frozen:
        raise Conflict(
            told(
                "study-not-frozen",
                said(_("Only a frozen study has a next version")),
                said(_("This one is a draft: change it directly")),
            )
        )
    return _begin(
        deepcopy(study.document),
        by,
        action="study.new_version",
        payload={"from": str(study.pk)},
        version=study.version + 1,
        previous=study,
    )


@transaction.atomic
def delete(*, study: ProductStudy, by: Actor) -> None:
    """Deletes a draft; its audit trail stays."""
    by.require(Permission.STUDY_DELETE, study.organisation)
    draft = locked(study)
    if draft.state == StudyState.IN_REVIEW:
        raise Conflict(in_review())
    if draft.transitions.exists() and not draft.frozen:
        raise Conflict(
            told(
                "study-reviewed",
                said(_("The study has been in review; what was said of it stays")),
                said(_("Go on with it, or leave it as a draft")),
            )
        )
    if draft.state != StudyState.DRAFT:
        raise Conflict(
            told(
                "study-frozen",
                said(_("The study is frozen and can no longer be changed")),
                said(_("Frozen studies stay, so that what was published can be checked")),
            )
        )
    record(
        action="study.delete", subject=draft, by=by, payload={"name": draft.name, "revision": draft.revision}
    )
    draft.delete()


def _begin(
    document: Document,
    by: Actor,
    *,
    action: str,
    payload: dict[str, Any],
    version: int = 1,
    previous: ProductStudy | None = None,
) -> ProductStudy:
    drafts.check_size(document)
    study = ProductStudy(
        organisation=by.organisation,
        document=document,
        created_by=by.user,
        version=version,
        previous=previous,
    )
    mirror(study)
    study.save()
    record(action=action, subject=study, by=by, payload={**payload, "name": study.name})
    return study
