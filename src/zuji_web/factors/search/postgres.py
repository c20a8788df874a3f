"""Full text in PostgreSQL: a GIN index over the tokens that are stored with each dataset."""

from collections.abc import Sequence

from django.db import connection

CREATE = "CREATE INDEX factors_tokens ON factors_factordataset USING gin (to_tsvector('simple', tokens))"
DROP = "DROP INDEX factors_tokens"


def ranked(terms: Sequence[str], limit: int) -> list[int]:
    """Primary keys, the best first. Terms hold letters and digits only, so quoting them is safe."""
    query = " | ".join(f"'{term}'" for term in terms)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM factors_factordataset, to_tsquery('simple', %s) AS query "
            "WHERE to_tsvector('simple', tokens) @@ query "
            "ORDER BY ts_rank(to_tsvector('simple', tokens), query, 1) DESC, id LIMIT %s",
            [query, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def rebuild() -> None:
    """PostgreSQL keeps its index by itself; new statistics help it choose."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE factors_factordataset")
