"""Full text in SQLite: an FTS5 table over the tokens that are stored with each dataset."""

from collections.abc import Sequence

from django.db import connection

CREATE = (
    "CREATE VIRTUAL TABLE factors_index USING fts5("
    "tokens, content='factors_factordataset', content_rowid='id', tokenize='unicode61')"
)
DROP = "DROP TABLE factors_index"


def ranked(terms: Sequence[str], limit: int) -> list[int]:
    """Primary keys, the best first. Terms hold letters and digits only, so quoting them is safe."""
    query = " OR ".join(f'"{term}"' for term in terms)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM factors_index WHERE factors_index MATCH %s "
            "ORDER BY bm25(factors_index) LIMIT %s",
            [query, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def rebuild() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO factors_index(factors_index) VALUES('rebuild')")
