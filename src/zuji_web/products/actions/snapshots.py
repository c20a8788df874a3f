"""Freezing a study: the canonical bytes are stored once, and nothing of the study changes any more."""

from django.db import transaction
from django.utils import timezone

from zuji.errors import IncompleteStudy
from zuji.trust.snapshot import freeze as frozen
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products.models import ProductStudy, StudySnapshot, StudyState
from zuji_web.products.queries import results, simulations
from zuji_web.products.refusals import already_frozen, empty_study


@transaction.atomic
def freeze(*, study: ProductStudy, by: Actor) -> StudySnapshot:
    """The snapshot of a complete draft, which from now on is frozen.

    A simulation of this very state is frozen with it, else one of 1,000 runs is made. Raises
    `IncompleteStudy` with every located problem, and `Conflict` where the study is frozen already.
    """
    by.require(Permission.STUDY_FREEZE, study.organisation)
    draft = ProductStudy.objects.select_for_update().get(pk=study.pk)
    if draft.state != StudyState.DRAFT:
        raise Conflict(already_frozen())
    found = results.result(draft)
    if found.evaluated is None:
        raise IncompleteStudy(*(found.problems or (empty_study(),)))
    grounds, made = found.evaluated.snapshot, found.simulation
    footprint, _made = simulations.simulated(
        found.evaluated.study,
        grounds.factors,
        grounds.gwp,
        grounds.fuels,
        runs=made.runs if made else simulations.RUNS,
        seed=made.seed if made else 0,
    )
    snapshot = frozen(
        found.evaluated.study,
        footprint,
        grounds.factors,
        grounds.gwp,
        grounds.fuels,
        frozen_at=timezone.now().isoformat(timespec="seconds"),
        frozen_by=by.name,
    )
    row = StudySnapshot.objects.create(
        study=draft,
        content=snapshot.to_bytes(),
        digest=snapshot.digest,
        published_total=snapshot.published["total"],
        published_unit=results.unit_of(found.evaluated.study)[:60],
        software_version=snapshot.software_version,
        frozen_by=by.user,
    )
    draft.state = StudyState.FROZEN
    draft.total = footprint.total
    draft.save()
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
        },
    )
    return row
