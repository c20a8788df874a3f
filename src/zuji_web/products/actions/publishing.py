"""What becomes of a frozen study: filed, disclosed, superseded by a later version, withdrawn."""

import secrets
from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place, Problem
from zuji.rules.lifecycle.guards import reason_given
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Permission
from zuji_web.gateway import Conflict
from zuji_web.products.actions import claims
from zuji_web.products.actions.transitions import check_open, locked, move
from zuji_web.products.models import Audience, ProductStudy, StudyDisclosure, StudySnapshot, StudyState
from zuji_web.products.queries import standing
from zuji_web.products.review_refusals import already_disclosed, no_successor
from zuji_web.wording import said, told

# Without letters and digits that are taken for one another; nobody guesses their way through eight of them.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MOST_READERS = 100


@transaction.atomic
def file(*, study: ProductStudy, document: str, by: Actor, reason: str = "") -> ProductStudy:
    """Keeps that a study was filed with the authority; `document` is its number there."""
    present = _present(study, StudyState.FILED, by)
    if not document.strip():
        raise InvalidInput(
            told(
                "filing-number",
                said(_("The number of the filing is missing")),
                said(_("Enter the number that the authority gave")),
                Place(field="document"),
            )
        )
    _check(standing.hindrances(present, on=timezone.localdate()))
    move(present, StudyState.FILED, by=by, reason=reason, document=document, digest=_digest(present))
    return present


@transaction.atomic
def disclose(
    *,
    study: ProductStudy,
    audience: str,
    by: Actor,
    readers: Collection[Organisation] = (),
    valid_until: date | None = None,
    reason: str = "",
) -> StudyDisclosure:
    """Lets everybody, or named organisations, read the frozen study under a number of its own."""
    present = _present(study, StudyState.DISCLOSED, by)
    today = timezone.localdate()
    earlier = StudyDisclosure.objects.filter(study=present).first()
    if earlier is not None:
        raise Conflict(already_disclosed(earlier.number))
    _check(standing.hindrances(present, on=today))
    limited = audience == Audience.LIMITED
    if audience not in Audience.values or limited != bool(readers) or len(readers) > MOST_READERS:
        raise InvalidInput(
            told(
                "audience",
                said(_("A limited disclosure names its readers, a public one names none")),
                said(_("Choose everybody, or name up to %(most)s organisations"), most=MOST_READERS),
                Place(field="readers"),
            )
        )
    if valid_until is not None and valid_until <= today:
        raise InvalidInput(
            told(
                "disclosure-past",
                said(_("The disclosure would end before it begins")),
                said(_("Choose a later day, or leave it open")),
                Place(field="valid_until"),
            )
        )
    made = StudyDisclosure.objects.create(
        study=present,
        number=f"PCF-{today.year}-{''.join(secrets.choice(_ALPHABET) for _at in range(8))}",
        audience=audience,
        valid_until=valid_until,
    )
    made.readers.set(readers)
    move(
        present,
        StudyState.DISCLOSED,
        by=by,
        reason=reason,
        document=made.number,
        digest=_digest(present),
        facts={
            "audience": audience,
            "readers": sorted(str(reader.pk) for reader in readers),
            "valid_until": valid_until.isoformat() if valid_until else "",
        },
    )
    return made


@transaction.atomic
def supersede(*, study: ProductStudy, by: Actor, reason: str = "") -> ProductStudy:
    """Gives the place of a frozen study to a later version, which is frozen and no less trustworthy.

    Raises `Conflict` where there is none: nothing replaces a reviewed study without a review of its own, nor
    a filed or disclosed one unless it may be disclosed itself.
    """
    present = _present(study, StudyState.SUPERSEDED, by)
    later, refused = standing.successor(present, on=timezone.localdate())
    if later is None:
        raise Conflict(*(refused or [no_successor()]))
    if locked(later).state == StudyState.WITHDRAWN:
        raise Conflict(no_successor())
    move(
        present,
        StudyState.SUPERSEDED,
        by=by,
        reason=reason,
        digest=_digest(later),
        facts={"successor": str(later.pk), "version": later.version},
    )
    return present


@transaction.atomic
def withdraw(*, study: ProductStudy, reason: str, by: Actor) -> ProductStudy:
    """Takes a frozen study back because it is wrong; its certificates can be used again."""
    present = _present(study, StudyState.WITHDRAWN, by)
    if missing := reason_given(reason):
        raise InvalidInput(missing)
    released = claims.release(present)
    move(
        present,
        StudyState.WITHDRAWN,
        by=by,
        reason=reason,
        digest=_digest(present),
        facts={"released_certificates": released},
    )
    return present


def _present(study: ProductStudy, after: StudyState, by: Actor) -> ProductStudy:
    by.require(Permission.STUDY_FREEZE, study.organisation)
    present = locked(study)
    check_open(present, after)
    return present


def _check(problems: list[Problem]) -> None:
    if problems:
        raise Conflict(*problems)


def _digest(study: ProductStudy) -> str:
    return StudySnapshot.objects.values_list("digest", flat=True).get(study=study)
