"""Reading the library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Max
from django.http import Http404

from zuji.formats import reference
from zuji.formats.reference.catalogue import Catalogue
from zuji.lca.fuels import FuelTable
from zuji.model.factors import Factor, FactorSource
from zuji.model.gwp import GwpSet
from zuji.search.embed import shipped_embedder
from zuji.search.match import Matcher
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.factors.models import FactorDataset, LibraryEdition, OwnFactor
from zuji_web.factors.own import OwnSource

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything a calculation reads. `source` also holds versions that newer ones replaced."""

    source: FactorSource
    gwp: Mapping[str, GwpSet]
    fuels: FuelTable
    edition: str
    digest: str


def library(of: UUID | None = None) -> Library:
    """The library of this process; made again only when another edition has been loaded.

    One small query, and one more with the own factors of the organisation `of`. Before anything is loaded
    it is the shipped data alone. Equal digests are equal contents.
    """
    shared = _library(tuple(LibraryEdition.objects.values_list("digest", flat=True)))
    state = _state(of)
    if of is None or not state:
        return shared
    source = OwnSource(_own(of, state), shared.source)
    return replace(shared, source=source, digest=f"{shared.digest} {of} {state}")


def _state(of: UUID | None) -> str:
    """What changes whenever an organisation gets another own factor; empty where it has none."""
    if of is None:
        return ""
    found = OwnFactor.objects.filter(organisation=of).aggregate(last=Max("pk"), number=Count("pk"))
    return f"{found['number']}-{found['last']}" if found["number"] else ""


@lru_cache(maxsize=64)
def _own(of: UUID, _state: str) -> tuple[Factor, ...]:
    """The own factors of an organisation in the order they were made."""
    return tuple(row.factor() for row in OwnFactor.objects.filter(organisation=of).order_by("pk"))


@lru_cache(maxsize=2)
def _library(digests: tuple[str, ...]) -> Library:
    shipped = reference.load()
    source = shipped.catalogue
    if set(digests) - {shipped.digest}:
        source = Catalogue([*_kept(), *_every_version(shipped.catalogue)])
    return Library(
        source=source, gwp=shipped.gwp, fuels=shipped.fuels, edition=shipped.edition, digest=shipped.digest
    )


def _kept() -> Iterator[Factor]:
    return (dataset.factor() for dataset in FactorDataset.objects.iterator(chunk_size=1000))


def _every_version(catalogue: Catalogue) -> Iterator[Factor]:
    return (
        catalogue.get(factor.id, version) for factor in catalogue for version in catalogue.versions(factor.id)
    )


def own_factor(code: str, version: str, *, by: Actor) -> OwnFactor:
    """An own factor of the actor's organisation, the newest unless a version is named; Http404 otherwise."""
    rows = OwnFactor.objects.filter(organisation=by.organisation, code=code).order_by("-pk")
    found = (rows.filter(version=version) if version else rows).first() if by.organisation else None
    if found is None or not by.may(Permission.FACTOR_VIEW):
        raise Http404
    return found


def own_factors(by: Actor) -> tuple[Factor, ...]:
    """The newest version of each own factor of the actor's organisation; none for anybody else."""
    if by.organisation is None or not by.may(Permission.FACTOR_VIEW):
        return ()
    of = by.organisation.pk
    state = _state(of)
    return tuple({factor.id: factor for factor in _own(of, state)}.values()) if state else ()


def factor(factor_id: str, version: str = "") -> Factor:
    """The dataset, newest version unless one is named; raises `UnknownFactor`."""
    return library().source.get(factor_id, version)


def matcher(remembered: Mapping[str, str] = _NOTHING) -> Matcher:
    """Ranks factors of the current edition; `remembered` are an organisation's confirmed matches."""
    return _matcher(tuple(sorted(remembered.items())))


def own_matcher(of: UUID | None, remembered: Mapping[str, str] = _NOTHING) -> Matcher | None:
    """Ranks an organisation's own factors, the newest version of each; None where it has none."""
    state = _state(of)
    if of is None or not state:
        return None
    return _own_matcher(of, state).remembering(dict(remembered))


@lru_cache(maxsize=32)
def _own_matcher(of: UUID, state: str) -> Matcher:
    newest = {factor.id: factor for factor in _own(of, state)}
    return Matcher(newest.values(), shipped_embedder())


@lru_cache(maxsize=1)
def _matcher_of_all() -> Matcher:
    return Matcher(reference.load().catalogue, shipped_embedder())


@lru_cache(maxsize=64)
def _matcher(remembered: tuple[tuple[str, str], ...]) -> Matcher:
    return _matcher_of_all().remembering(dict(remembered)) if remembered else _matcher_of_all()
