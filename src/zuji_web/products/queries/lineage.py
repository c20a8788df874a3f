"""Which versions hang together: one small query for the links, however long the line is."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from zuji_web.products.models import ProductStudy

Links = Mapping[UUID, UUID | None]


def ancestors(study: ProductStudy) -> list[ProductStudy]:
    """The versions before a study, the nearest first; without their documents."""
    return _studies(_before(study, _links(study))) if study.previous_id is not None else []


def root(study: ProductStudy) -> UUID:
    """The first version of a study."""
    return [study.pk, *_before(study, _links(study))][-1] if study.previous_id is not None else study.pk


def descendants(study: ProductStudy) -> list[ProductStudy]:
    """The versions that continue a study, at whatever distance; without their documents."""
    return _studies(_after([study.pk], _links(study)))


def relatives(study: ProductStudy) -> list[ProductStudy]:
    """Every other version that has the first one in common with a study; without their documents."""
    links = _links(study)
    first = [study.pk, *_before(study, links)][-1]
    return _studies(pk for pk in [first, *_after([first], links)] if pk != study.pk)


def _links(study: ProductStudy) -> Links:
    """Every study of the organisation with the one that it continues; versions never change owner."""
    rows = ProductStudy.objects.filter(organisation=study.organisation_id).order_by()
    return dict(rows.values_list("pk", "previous"))


def _before(study: ProductStudy, links: Links) -> list[UUID]:
    found: list[UUID] = []
    at = study.previous_id
    while at is not None:
        found.append(at)
        at = links.get(at)
    return found


def _after(front: list[UUID], links: Links) -> list[UUID]:
    later: dict[UUID, list[UUID]] = {}
    for pk, previous in links.items():
        if previous is not None:
            later.setdefault(previous, []).append(pk)
    found: list[UUID] = []
    while front:
        front = [pk for each in front for pk in later.get(each, ())]
        found += front
    return found


def _studies(keys: Iterable[UUID]) -> list[ProductStudy]:
    wanted = list(keys)
    if not wanted:
        return []
    held = ProductStudy.objects.select_related("organisation").defer("document").in_bulk(wanted)
    return [held[pk] for pk in wanted if pk in held]
