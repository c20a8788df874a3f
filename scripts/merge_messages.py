"""Merges the parts of the Chinese catalogue into django.po and compiles django.mo, only where they changed.

Where two parts translate one message differently the first one stands, and both are named; a test refuses it.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

MESSAGES = Path(__file__).resolve().parents[1] / "src/zuji_web/locale/zh_Hans/LC_MESSAGES"
# Without a date, so that merging the same parts gives the same file.
HEADER = """\
# Merged by scripts/messages from the files in parts/, where translations are edited.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
Key = tuple[str | None, object]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def key_of(message: Message) -> Key:
    return message.context, message.id


def merged(paths: list[Path]) -> tuple[Catalog, list[str]]:
    """One catalogue in alphabetical order, and every contradiction between the files."""
    whole = Catalog(locale="zh_Hans", charset="utf-8", fuzzy=False)
    seen: dict[Key, tuple[object, str]] = {}
    contradictions = []
    for path in paths:
        for message in read(path):
            if not message.id:
                continue
            before = seen.get(key_of(message))
            if before is None:
                seen[key_of(message)] = message.string, path.name
                whole.add(message.id, message.string, context=message.context)
            elif before[0] != message.string:
                contradictions.append(
                    f"{message.id!r}: {before[1]} {before[0]!r}, {path.name} {message.string!r}"
                )
    return whole, contradictions


def replace(path: Path, content: bytes) -> bool:
    """Write only what differs, at once, so that a reader never sees half a file."""
    if path.exists() and path.read_bytes() == content:
        return False
    fresh = path.with_suffix(f"{path.suffix}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
    return True


def po_bytes(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, sort_output=True, width=110, no_location=True)
    return HEADER.encode() + buffer.getvalue()


def mo_bytes(po: bytes) -> bytes:
    """The compiled file of what django.po says, header included."""
    buffer = io.BytesIO()
    catalogue = read_po(io.BytesIO(po), locale="zh_Hans")
    catalogue.creation_date = UNDATED
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> None:
    parts = sorted((MESSAGES / "parts").glob("*.po"))
    catalogue, contradictions = merged(parts or [MESSAGES / "django.po"])
    if contradictions:
        print("\n".join(["These messages have two translations:", *contradictions]), file=sys.stderr)
    text = po_bytes(catalogue)
    contents = {"django.po": text, "django.mo": mo_bytes(text)}
    changed = [name for name, content in contents.items() if replace(MESSAGES / name, content)]
    if changed or "--quiet" not in sys.argv:
        print(f"· 界面文字 messages: {len(catalogue)} ({', '.join(changed) or 'unchanged'})")


if __name__ == "__main__":
    main()
