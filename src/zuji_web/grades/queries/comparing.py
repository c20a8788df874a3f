"""A frozen study as it is compared: its result and the terms on which it was made."""

from dataclasses import replace
from functools import lru_cache

from zuji.model.footprints import Footprint
from zuji.rules.comparability import Comparand, comparand
from zuji.trust.snapshot import Snapshot, from_bytes, recalculate
from zuji_web.grades.queries.rules import product_key, rule
from zuji_web.products.models import ProductStudy, StudySnapshot


def snapshot_of(study: ProductStudy) -> StudySnapshot | None:
    """The stored snapshot of a study; None where it is not frozen."""
    return StudySnapshot.objects.filter(study=study).first()


def comparand_of(row: StudySnapshot, *, verification: str) -> Comparand:
    """The comparand of a snapshot under the rule that it names, with the level of its verification.

    Raises a `ZujiError` where the stored bytes are damaged.
    """
    snapshot, footprint = _read(row.digest, bytes(row.content))
    made = comparand(
        snapshot.study,
        footprint,
        snapshot.factors,
        rule=rule(snapshot.study.rule),
        verification=verification,
    )
    return replace(made, category=product_key(made.category))


def unreviewed(row: StudySnapshot) -> bool:
    """Whether the snapshot says that nobody of the organisation reviewed the study before it was frozen."""
    return _read(row.digest, bytes(row.content))[0].reviewed_by == ""


@lru_cache(maxsize=64)
def _read(_digest: str, content: bytes) -> tuple[Snapshot, Footprint]:
    snapshot = from_bytes(content)
    return snapshot, recalculate(snapshot)
