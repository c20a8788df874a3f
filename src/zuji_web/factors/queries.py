"""Reading the library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from zuji.formats import reference
from zuji.formats.reference.catalogue import Catalogue
from zuji.lca.fuels import FuelTable
from zuji.model.factors import Factor, FactorSource
from zuji.model.gwp import GwpSet
from zuji.search.embed import shipped_embedder
from zuji.search.match import Matcher
from zuji_web.factors.models import FactorDataset, LibraryEdition

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything a calculation reads. `source` also holds versions that newer ones replaced."""

    source: FactorSource
    gwp: Mapping[str, GwpSet]
    fuels: FuelTable
    edition: str
    digest: str


def library() -> Library:
    """The library of this process; made again only when another edition has been loaded.

    One small query. Before anything is loaded it is the shipped data alone.
    """
    return _library(tuple(LibraryEdition.objects.values_list("digest", flat=True)))


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


def factor(factor_id: str, version: str = "") -> Factor:
    """The dataset, newest version unless one is named; raises `UnknownFactor`."""
    return library().source.get(factor_id, version)


def matcher(remembered: Mapping[str, str] = _NOTHING) -> Matcher:
    """Ranks factors of the current edition; `remembered` are an organisation's confirmed matches."""
    return _matcher(tuple(sorted(remembered.items())))


@lru_cache(maxsize=1)
def _matcher_of_all() -> Matcher:
    return Matcher(reference.load().catalogue, shipped_embedder())


@lru_cache(maxsize=64)
def _matcher(remembered: tuple[tuple[str, str], ...]) -> Matcher:
    return _matcher_of_all().remembering(dict(remembered)) if remembered else _matcher_of_all()
