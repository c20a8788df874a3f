"""Every message that templates and code can show, read from the sources without gettext's tools."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[3] / "src" / "zuji_web"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CONTEXTUAL = {"pgettext", "pgettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}
Key = tuple[str | None, str]


def used() -> dict[Key, str]:
    """Messages by context and English text, each with a file that shows it."""
    found: dict[Key, str] = {}
    for path in sorted(WEB.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
            for key in _messages(path):
                found.setdefault(key, str(path.relative_to(WEB)))
    return found


def _messages(path: Path) -> Iterator[Key]:
    source = path.read_text(encoding="utf-8")
    code = source if path.suffix == ".py" else _as_python(source, path)
    for _line, function, said, _comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, (), {}):
        parts = said if isinstance(said, tuple) else (said,)
        if function in CONTEXTUAL and len(parts) > 1 and parts[0] and parts[1]:
            yield parts[0], parts[1]
        elif parts[0]:
            yield None, parts[0]


def _as_python(template: str, path: Path) -> str:
    """The template's messages as calls; its other text is blotted out and its indentation dropped."""
    return "\n".join(line.lstrip() for line in templatize(template, origin=str(path)).splitlines())
