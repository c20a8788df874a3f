"""Finding datasets by their tokens: one interface, two databases."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from zuji.search.tokens import query_terms
from zuji_web.factors.search import postgres, sqlite


class Backend(Protocol):
    """What each database offers."""

    def ranked(self, terms: Sequence[str], limit: int) -> list[int]: ...
    def rebuild(self) -> None: ...


def _backend() -> Backend:
    return postgres if connection.vendor == "postgresql" else sqlite


def ranked(text: str, limit: int) -> list[int]:
    """Primary keys of datasets that share tokens with `text`, the best first; empty where none does."""
    terms = query_terms(text)
    if not terms:
        return []
    return _backend().ranked(terms, limit)


def rebuild() -> None:
    """Bring the index up to date after datasets were added."""
    _backend().rebuild()
