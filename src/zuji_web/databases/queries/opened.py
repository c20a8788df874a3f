"""Saved versions opened for reading: memory maps, remembered a few at a time. Versions never change."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from zuji.lci import records
from zuji.model.stages import TOTAL_KINDS
from zuji_web.databases import storage
from zuji_web.databases.models import DatabaseVersion

if TYPE_CHECKING:
    from zuji.lci import Database

_OPEN = 8
TOTAL_IDS = tuple(f"gwp100-ar6-{kind.value}" for kind in TOTAL_KINDS)
"""The categories of the five totals, in the order in which factors hold them."""


def opened(version: DatabaseVersion) -> "Database":
    """The database of a version; what it already knows (words, maps) is shared by all requests."""
    return by_id(version.pk)


@lru_cache(maxsize=_OPEN)
def by_id(version_id: UUID) -> "Database":
    """The same by the id of the version."""
    from zuji import lci

    return lci.open_saved(storage.version_path(version_id))


@lru_cache(maxsize=_OPEN)
def _kept(version_id: UUID) -> records.Results | None:
    return records.kept_results(storage.version_path(version_id))


@lru_cache(maxsize=_OPEN)
def _health(version_id: UUID) -> dict[str, Any]:
    return storage.kept_health(storage.version_path(version_id))


def results(version: DatabaseVersion) -> records.Results | None:
    """The footprints kept with a version: [n, k] memory maps, not solved again."""
    return _kept(version.pk)


def health(version: DatabaseVersion) -> dict[str, Any]:
    """The health report, as `zuji.lci.checkup` writes it."""
    return _health(version.pk)


@lru_cache(maxsize=_OPEN)
def totals_by_id(version_id: UUID) -> NDArray[np.float64] | None:
    """The same by the id of the version."""
    ids = list(by_id(version_id).network.factors.id)
    kept = _kept(version_id)
    if kept is None or not set(TOTAL_IDS) <= set(ids):
        return None
    return np.asarray(kept.values[:, [ids.index(each) for each in TOTAL_IDS]], np.float64)


def totals(version: DatabaseVersion) -> NDArray[np.float64] | None:
    """The five totals of every product, [n, 5] kgCO2e per unit of product; NaN where there is no number."""
    return totals_by_id(version.pk)


def zeros(version: DatabaseVersion) -> int:
    """How many products have five totals that are all exactly zero: nothing behind them is counted."""
    values = totals(version)
    return 0 if values is None else int(np.count_nonzero((values == 0.0).all(axis=1)))
