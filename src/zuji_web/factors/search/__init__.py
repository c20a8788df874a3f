"""Finding datasets by their tokens: one interface, two databases."""

from django.db import connection

from zuji.search.tokens import query_terms
from zuji_web.factors.search import postgres, sqlite


def ranked(text: str, limit: int) -> list[int]:
    """Primary keys of datasets that share tokens with `text`, the best first; empty where none does."""
    terms = query_terms(text)
    if not terms:
        return []
    backend = postgres if connection.vendor == "postgresql" else sqlite
    return backend.ranked(terms, limit)


def rebuild() -> None:
    """Bring the index up to date after datasets were added."""
    backend = postgres if connection.vendor == "postgresql" else sqlite
    backend.rebuild()
