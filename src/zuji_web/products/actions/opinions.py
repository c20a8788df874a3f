"""Attaching the opinion of a body outside to a frozen, reviewed study."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place, Problem, raise_all
from zuji.model.credit_codes import credit_code_problems
from zuji.rules.certificates import spelled
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products.actions.transitions import check_open, locked, move
from zuji_web.products.models import (
    Assurance,
    OpinionConclusion,
    OpinionKind,
    ProductStudy,
    StudySnapshot,
    StudyState,
    VerificationOpinion,
)
from zuji_web.products.queries import standing
from zuji_web.products.refusals import not_frozen
from zuji_web.products.review_refusals import body_is_owner
from zuji_web.products.states import ATTACHABLE, MOVES
from zuji_web.wording import said, told

MOST_BYTES = 20 * 1024 * 1024
_HEAD, _TAIL = b"%PDF-", b"%%EOF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a body states in its opinion; `valid_until` is the last day on which it holds."""

    kind: str
    body: str
    standard: str
    date: dt.date
    conclusion: str
    text: str
    body_code: str = ""
    person: str = ""
    level: str = ""
    number: str = ""
    valid_until: dt.date | None = None
    independent: bool = False


@transaction.atomic
def attach(
    *, study: ProductStudy, opinion: Opinion, name: str, content: bytes, by: Actor
) -> VerificationOpinion:
    """Keeps an opinion with its PDF. A positive one on a frozen study makes it verified.

    Refused for a study frozen without review, for a body that is the owner, and for files that are no PDF.
    """
    by.require(Permission.STUDY_FREEZE, study.organisation)
    present = locked(study)
    if not present.frozen:
        raise Conflict(not_frozen())
    if present.state not in ATTACHABLE:
        check_open(present, StudyState.VERIFIED)
    if problems := standing.verification_hindrances(present, on=timezone.localdate()):
        raise Conflict(*problems)
    frozen = StudySnapshot.objects.get(study=present)
    short = PurePath(name.replace("\\", "/")).name[-200:]
    raise_all(_mistakes(opinion, present.organisation, frozen, short, content), InvalidInput)
    row = VerificationOpinion.objects.create(
        study=present,
        kind=opinion.kind,
        body=opinion.body.strip(),
        body_code=opinion.body_code.strip().upper(),
        person=opinion.person.strip(),
        level=opinion.level,
        standard=opinion.standard.strip(),
        number=opinion.number.strip(),
        date=opinion.date,
        valid_until=opinion.valid_until,
        conclusion=opinion.conclusion,
        text=opinion.text.strip(),
        snapshot_digest=frozen.digest,
        name=short,
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        attached_by=by.name[:200],
        attached_by_id=by.identity,
    )
    record(
        action="study.opinion",
        subject=present,
        by=by,
        payload={
            "name": present.name,
            "body": row.body,
            "conclusion": str(row.conclusion),
            "sha256": row.sha256,
        },
    )
    if (
        row.conclusion == OpinionConclusion.POSITIVE
        and StudyState.VERIFIED in MOVES[StudyState(present.state)]
    ):
        move(
            present,
            StudyState.VERIFIED,
            by=by,
            reason=f"{row.body}: {row.text}",
            document=" ".join(part for part in (row.number, row.standard, row.date.isoformat()) if part),
            digest=row.sha256,
            facts={"opinion": row.pk, "kind": str(row.kind), "snapshot": frozen.digest},
        )
    return row


def _mistakes(
    opinion: Opinion, owner: Organisation, frozen: StudySnapshot, name: str, content: bytes
) -> list[Problem]:
    found = [_missing(field) for field in ("body", "standard", "text") if not getattr(opinion, field).strip()]
    choices = (
        ("kind", OpinionKind.values, opinion.kind),
        ("conclusion", OpinionConclusion.values, opinion.conclusion),
        ("level", Assurance.values, opinion.level),
    )
    found += [_missing(field) for field, values, value in choices if value not in values]
    if opinion.kind == OpinionKind.VERIFICATION and not opinion.level:
        found.append(_missing("level"))
    if not opinion.independent:
        found.append(
            told(
                "not-independent",
                said(_("Nobody declares that the body is independent of the owner")),
                said(_("Confirm that it took no part in the study and has no interest in its result")),
                Place(field="independent"),
            )
        )
    code = opinion.body_code.strip().upper()
    if code:
        found += [
            Problem(code=each.code, what=each.what, cure=each.cure, place=Place(field="body_code"))
            for each in credit_code_problems(code)
        ]
    names = {spelled(owner.name), spelled(owner.name_en)} - {""}
    if code == owner.credit_code or spelled(opinion.body) in names:
        found.append(body_is_owner())
    return [*found, *_days(opinion, frozen), *_of_file(name, content)]


def _days(opinion: Opinion, frozen: StudySnapshot) -> list[Problem]:
    found = []
    begun = timezone.localtime(frozen.frozen_at).date()
    if not begun <= opinion.date <= timezone.localdate():
        found.append(
            told(
                "opinion-date",
                said(_("An opinion is dated between the freezing (%(day)s) and today"), day=begun),
                said(_("Compare the date; an opinion on an earlier version does not hold for this one")),
                Place(field="date"),
            )
        )
    if opinion.valid_until is not None and opinion.valid_until < opinion.date:
        found.append(
            told(
                "opinion-past",
                said(_("The opinion would end before it begins")),
                said(_("Compare the last day with the document, or leave it empty")),
                Place(field="valid_until"),
            )
        )
    return found


def _of_file(name: str, content: bytes) -> list[Problem]:
    whole = content.startswith(_HEAD) and _TAIL in content[-1024:]
    if name.lower().endswith(".pdf") and whole and len(content) <= MOST_BYTES:
        return []
    return [
        told(
            "opinion-file",
            said(_("“%(name)s” is no whole PDF file, or too large"), name=name),
            said(_("Attach the opinion as one PDF of at most %(most)s MB"), most=MOST_BYTES // 1024 // 1024),
            Place(field="file"),
        )
    ]


def _missing(field: str) -> Problem:
    return told(
        "value-missing",
        said(_("This value is missing")),
        said(_("State it as it stands in the opinion")),
        Place(field=field),
    )
