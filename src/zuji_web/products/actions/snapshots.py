"""Freezing a study: the canonical bytes are stored once, and nothing of the study changes any more."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from zuji.errors import IncompleteStudy, InvalidInput
from zuji.trust.canonical import digest
from zuji.trust.snapshot import Snapshot
from zuji.trust.snapshot import freeze as frozen
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products.actions import claims
from zuji_web.products.actions.transitions import locked, move
from zuji_web.products.models import (
    Conclusion,
    ProductStudy,
    StudyConformity,
    StudyReview,
    StudySnapshot,
    StudyState,
)
from zuji_web.products.models.studies import UNFROZEN
from zuji_web.products.queries import conformity, results, reviews, simulations
from zuji_web.products.queries.results import Evaluated, Result
from zuji_web.products.refusals import already_frozen, empty_study, twin_frozen
from zuji_web.products.review_refusals import digest_moved, not_passed, sibling_frozen


@transaction.atomic
def freeze(*, study: ProductStudy, by: Actor) -> StudySnapshot:
    """The snapshot of a complete study, which from now on is frozen.

    Normally the study has passed its internal review. A draft may be frozen without one; the snapshot then
    says so for good, and the study goes no further (decision 0009). Conformity check and claims on energy
    certificates are stored with it. A simulation of this very state is frozen with it, else one of 1,000
    runs is made. Raises `IncompleteStudy` with every located problem, `InvalidInput` for an adopted rule that
    this software cannot read, and `Conflict` where the study is frozen already, its review has not passed, a
    certificate is used up by another study, or a study with the same content got the same snapshot in this
    very second.
    """
    by.require(Permission.STUDY_FREEZE, study.organisation)
    draft = locked(study)
    if draft.frozen:
        raise Conflict(already_frozen())
    review = _passed_review(draft)
    _check_siblings(draft)
    found = results.result(draft)
    if found.evaluated is None:
        raise IncompleteStudy(*(found.problems or (empty_study(),)))
    if review is not None and found.state != review.digest:
        raise Conflict(digest_moved())
    if problems := conformity.unreadable(found.evaluated.study):
        raise InvalidInput(*problems)
    checked = conformity.of_result(found, on=timezone.localdate())
    claimed = claims.enter(draft, found.evaluated.study)
    snapshot = _simulated(found.evaluated, found, by, review)
    row = _kept(draft, snapshot, found.evaluated, by)
    content = conformity.written(checked)
    kept = StudyConformity.objects.create(
        study=draft,
        rule=checked.rule[:200],
        on=timezone.localdate(),
        passed=checked.passed,
        content=content,
        digest=digest(content),
    )
    record(
        action="study.freeze",
        subject=draft,
        by=by,
        payload={
            "name": draft.name,
            "digest": row.digest,
            "total": row.published_total,
            "unit": row.published_unit,
            "revision": draft.revision,
            "reviewed": review is not None,
            "conforms": kept.passed,
            "certificates": claimed,
        },
    )
    move(
        draft,
        StudyState.FROZEN,
        by=by,
        digest=row.digest,
        facts={
            "reviewed": review is not None,
            "round": review.number if review else 0,
            "rule": kept.rule,
            "conforms": kept.passed,
            "conformity": kept.digest,
        },
        total=found.evaluated.footprint.total,
    )
    return row


def _kept(draft: ProductStudy, snapshot: Snapshot, evaluated: Evaluated, by: Actor) -> StudySnapshot:
    """The stored snapshot. A digest stands for one study: a twin frozen at the same time is refused."""
    try:
        # A savepoint: after a refusal PostgreSQL answers nothing more in the same transaction.
        with transaction.atomic():
            return StudySnapshot.objects.create(
                study=draft,
                content=snapshot.to_bytes(),
                digest=snapshot.digest,
                published_total=snapshot.published["total"],
                published_unit=results.unit_of(evaluated.study)[:60],
                software_version=snapshot.software_version,
                frozen_by=by.user,
            )
    except IntegrityError as refusal:
        if not StudySnapshot.objects.filter(digest=snapshot.digest).exists():
            raise
        raise Conflict(twin_frozen()) from refusal


def _passed_review(draft: ProductStudy) -> StudyReview | None:
    """The review on which the study is frozen, None for a draft; refuses while a review goes on."""
    review = reviews.current(draft)
    if review is not None and review.conclusion != Conclusion.PASSED:
        raise Conflict(not_passed())
    return review


def _check_siblings(draft: ProductStudy) -> None:
    """Of the versions that continue one study only one is frozen, so that it is clear which one counts."""
    if draft.previous_id is None:
        return
    ProductStudy.objects.select_for_update().get(pk=draft.previous_id)
    others = ProductStudy.objects.filter(previous_id=draft.previous_id).exclude(pk=draft.pk)
    taken = others.exclude(state__in=(*UNFROZEN, StudyState.WITHDRAWN)).first()
    if taken is not None:
        raise Conflict(sibling_frozen(taken.version))


def _simulated(evaluated: Evaluated, found: Result, by: Actor, review: StudyReview | None) -> Snapshot:
    grounds, made = evaluated.snapshot, found.simulation
    footprint, _made = simulations.simulated(
        evaluated.study,
        grounds.factors,
        grounds.gwp,
        grounds.fuels,
        runs=made.runs if made else simulations.RUNS,
        seed=made.seed if made else 0,
    )
    return frozen(
        evaluated.study,
        footprint,
        grounds.factors,
        grounds.gwp,
        grounds.fuels,
        frozen_at=timezone.now().isoformat(timespec="seconds"),
        frozen_by=by.name,
        reviewed_by=str(review.reviewer) if review else "",
    )
