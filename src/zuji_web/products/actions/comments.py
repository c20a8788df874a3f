"""Comments of a reviewer on lines and fields, the answers to them, and settling them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place, Problem
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products import drafts
from zuji_web.products.actions.reviews import MOST_TEXT
from zuji_web.products.actions.transitions import locked
from zuji_web.products.models import (
    Conclusion,
    Interest,
    ProductStudy,
    ReviewAnswer,
    ReviewComment,
    StudyReview,
    Weight,
)
from zuji_web.products.queries import reviews
from zuji_web.products.review_refusals import concluded_already, not_declared
from zuji_web.wording import said, told


@transaction.atomic
def add(
    *, study: ProductStudy, text: str, by: Actor, line: str = "", field: str = "", weight: str = Weight.MUST
) -> ReviewComment:
    """A comment of the reviewer on a line, a field or the whole study."""
    review = _reviewing(study, by)
    items = {row["id"]: str(row.get("item", "")) for _process, row in drafts.lines(review.study.document)}
    if line and line not in items:
        raise InvalidInput(
            told(
                "unknown-line",
                said(_("The study has no line “%(line)s”"), line=line[:80]),
                said(_("Choose a line of the inventory, or comment on the study as a whole")),
                Place(field="line"),
            )
        )
    made = ReviewComment.objects.create(
        study=review.study,
        review=review,
        line=line,
        field=field.strip()[:120],
        item=items.get(line, "")[:200],
        weight=Weight(weight) if weight in Weight.values else Weight.MUST,
        text=_wording(text),
        author=by.name[:200],
        author_id=by.identity,
    )
    record(
        action="study.comment",
        subject=review.study,
        by=by,
        payload={"comment": made.pk, "line": line, "weight": str(made.weight)},
    )
    return made


@transaction.atomic
def answer(*, study: ProductStudy, comment: ReviewComment, text: str, by: Actor) -> ReviewAnswer:
    """An answer in the thread of a comment: by whoever works on the study, or by its reviewer."""
    present = locked(study)
    if not (by.may(Permission.STUDY_EDIT, study.organisation) or reviews.is_reviewer(present, by=by)):
        raise Denied(Permission.STUDY_EDIT)
    row = reviews.comment(present, comment.pk)
    if row.settled_at is not None:
        raise Conflict(_settled())
    made = ReviewAnswer.objects.create(
        comment=row, text=_wording(text), author=by.name[:200], author_id=by.identity
    )
    record(action="study.comment_answer", subject=present, by=by, payload={"comment": row.pk})
    return made


@transaction.atomic
def settle(*, study: ProductStudy, comment: ReviewComment, by: Actor) -> ReviewComment:
    """Closes a comment; only the reviewer of the present round does."""
    review = _reviewing(study, by)
    row = reviews.comment(review.study, comment.pk)
    if row.settled_at is not None:
        raise Conflict(_settled())
    row.settled_by, row.settled_by_id, row.settled_at = by.name[:200], by.identity, timezone.now()
    row.save(update_fields=["settled_by", "settled_by_id", "settled_at"])
    record(action="study.comment_settle", subject=review.study, by=by, payload={"comment": row.pk})
    return row


def _reviewing(study: ProductStudy, by: Actor) -> StudyReview:
    by.require(Permission.STUDY_REVIEW, study.organisation)
    present = locked(study)
    review = reviews.current(present)
    if review is None or review.conclusion != Conclusion.OPEN or not reviews.is_reviewer(present, by=by):
        raise Conflict(concluded_already() if review is None else _other())
    if review.interest != Interest.NONE:
        raise Conflict(not_declared())
    review.study = present
    return review


def _wording(text: str) -> str:
    clean = text.strip()
    if clean and len(clean) <= MOST_TEXT:
        return clean
    raise InvalidInput(
        told(
            "comment-text",
            said(_("A comment has from 1 to %(most)s characters"), most=MOST_TEXT),
            said(_("Say what is wrong or missing, and what would mend it")),
            Place(field="text"),
        )
    )


def _settled() -> Problem:
    return told(
        "comment-settled",
        said(_("The comment is settled")),
        said(_("A new comment can be made while the study is in review")),
    )


def _other() -> Problem:
    return told(
        "not-the-reviewer",
        said(_("Only the reviewer who is asked comments and settles comments")),
        said(_("The review page says who that is")),
    )
