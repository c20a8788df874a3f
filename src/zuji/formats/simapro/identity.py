"""Identities of what SimaPro knows by name only, and how its texts are carried."""

import json
import re
from collections.abc import Iterable, Sequence
from uuid import NAMESPACE_URL, uuid5

from zuji.formats.simapro.table import Row
from zuji.formats.simapro.words import FORMAT
from zuji.model.lci.references import Category, Extra
from zuji.model.lci.wording import Wording

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:zuji:simapro")
_CHINESE = re.compile("[\u3400-\u9fff]")
_LOCATIONS = (
    re.compile(r"\{([^{}]+)\}"),
    re.compile(r"//\s*\[([^\]]+)\]"),
    re.compile(r"/([A-Z]{2,3}(?:-[A-Z0-9]{1,5})?)(?:\s+[USI])?$"),
)


def id_of(*names: str) -> str:
    """The UUID of something by its names; the same names give the same UUID for everybody."""
    return str(uuid5(_NAMESPACE, "\x1f".join(names)))


def wording(text: str) -> Wording:
    """The text as Chinese where it has Chinese characters, else as English; files do not say."""
    return Wording.of(text, "zh" if _CHINESE.search(text) else "en")


def location_in(product: str) -> str:
    """The place that a product name ends in or carries in braces: {CN}, //[FR], /RER; empty for none.

    A hint only: the name as a whole is the identity.
    """
    for pattern in _LOCATIONS:
        found = pattern.findall(product)
        if found:
            return str(found[-1]).strip()
    return ""


def category_of(path: str) -> tuple[Category, ...]:
    r"""A folder path such as Metals\Ferrous."""
    names = tuple(part.strip() for part in path.split("\\") if part.strip())
    return (Category(names),) if names else ()


def extra(place: str, content: str) -> Extra:
    return Extra(FORMAT, place, content)


def rows_extra(place: str, rows: Iterable[Sequence[str] | Row]) -> Extra:
    """Whole rows, as JSON."""
    cells = [list(row.cells if isinstance(row, Row) else row) for row in rows]
    return Extra(FORMAT, place, json.dumps(cells, ensure_ascii=False))


def content_of(extras: Iterable[Extra], place: str) -> str | None:
    """What an extra of this format holds at `place`; None for none."""
    return next((each.content for each in extras if each.format == FORMAT and each.place == place), None)


def rows_of(content: str | None) -> list[list[str]]:
    """The rows of `rows_extra`; anything else gives none."""
    try:
        rows = json.loads(content) if content else []
    except ValueError:
        return []
    if not isinstance(rows, list):
        return []
    return [[str(cell) for cell in row] for row in rows if isinstance(row, list)]
