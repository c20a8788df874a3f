"""Writing the library: loading an edition of the reference data."""

import hashlib
from collections import Counter
from collections.abc import Iterator

import rfc8785
from django.db import transaction
from django.utils.translation import gettext_noop

from zuji.errors import InvalidInput, Place, Problem
from zuji.formats.reference import ReferenceData
from zuji.model.factors import Factor
from zuji.model.records import write_record
from zuji.search.rank import factor_year
from zuji.search.tokens import index_text
from zuji_web.accounts.actors import Actor as Member
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import Actor, record
from zuji_web.factors import search
from zuji_web.factors.models import FactorDataset, LibraryEdition, OwnFactor
from zuji_web.wording import said, told

_BATCH = 500


@transaction.atomic
def load_edition(*, data: ReferenceData, by: Actor) -> tuple[LibraryEdition, int]:
    """The edition and how many datasets it added; nothing happens where its digest is known.

    Raises `InvalidInput` where a dataset differs from the one that is kept under the same version.
    """
    known = LibraryEdition.objects.filter(digest=data.digest).first()
    if known is not None:
        return known, 0
    counts = Counter(factor.kind.value for factor in data.catalogue)
    edition = LibraryEdition.objects.create(edition=data.edition, digest=data.digest, counts=dict(counts))
    held = {
        (code, version): sha256
        for code, version, sha256 in FactorDataset.objects.values_list("code", "version", "sha256")
    }
    fresh, changed = [], []
    for factor in _all_versions(data):
        dataset = _dataset(factor, edition)
        before = held.get((factor.id, factor.version))
        if before is None:
            fresh.append(dataset)
        elif before != dataset.sha256:
            changed.append(_changed(factor))
    if changed:
        raise InvalidInput(*changed)
    FactorDataset.objects.bulk_create(fresh, batch_size=_BATCH)
    _mark_current(data)
    search.rebuild()
    record(
        action="factors.load",
        subject=edition,
        by=by,
        payload={"edition": data.edition, "digest": data.digest, "added": len(fresh)},
    )
    return edition, len(fresh)


@transaction.atomic
def keep_own(*, factor: Factor, page: str, origin: str, by: Member) -> OwnFactor:
    """The factor as one of the actor's organisation; the one that is kept where this version is there.

    Raises `InvalidInput` where the library has a dataset with this code.
    """
    organisation = by.require(Permission.FACTOR_CREATE)
    if FactorDataset.objects.filter(code=factor.id).exists():
        raise InvalidInput(_changed(factor))
    plain = write_record(factor)
    kept, created = OwnFactor.objects.get_or_create(
        organisation=organisation,
        code=factor.id,
        version=factor.version,
        defaults={
            "record": plain,
            "sha256": hashlib.sha256(rfc8785.dumps(plain)).hexdigest(),
            "page": page,
            "origin": origin,
            "created_by": by.user,
        },
    )
    if created:
        record(
            action="factor.create",
            subject=kept,
            by=by,
            payload={"name": factor.name.zh or factor.name.en, "code": kept.code, "version": kept.version},
        )
    return kept


def _all_versions(data: ReferenceData) -> Iterator[Factor]:
    for newest in data.catalogue:
        for version in data.catalogue.versions(newest.id):
            yield data.catalogue.get(newest.id, version)


def _mark_current(data: ReferenceData) -> None:
    """Current is what the newest edition holds as its newest version."""
    newest = {(factor.id, factor.version) for factor in data.catalogue}
    rows = list(FactorDataset.objects.values_list("pk", "code", "version", "current"))
    for truth in (True, False):
        keys = [pk for pk, *key, current in rows if current is not truth and (tuple(key) in newest) is truth]
        for start in range(0, len(keys), _BATCH):
            FactorDataset.objects.filter(pk__in=keys[start : start + _BATCH]).update(current=truth)


def _dataset(factor: Factor, edition: LibraryEdition) -> FactorDataset:
    plain = write_record(factor)
    said = (factor.name.zh, factor.name.en, *factor.aliases, factor.category, factor.id)
    return FactorDataset(
        code=factor.id,
        version=factor.version,
        record=plain,
        sha256=hashlib.sha256(rfc8785.dumps(plain)).hexdigest(),
        edition=edition,
        kind=factor.kind.value,
        category=factor.category,
        name=factor.name.zh,
        name_en=factor.name.en,
        geography=factor.geography,
        year=factor.year,
        last_year=factor_year(factor),
        confidence=factor.confidence.value,
        usable=factor.usable,
        tokens=index_text(" ".join(said)),
    )


def _changed(factor: Factor) -> Problem:
    return told(
        "dataset-changed-without-version",
        said(
            gettext_noop("%(code)s %(version)s differs from the dataset kept under this version"),
            code=factor.id,
            version=factor.version,
        ),
        said(gettext_noop("Give it a new version: studies may rest on the dataset as it was")),
        Place(field=factor.id),
    )
