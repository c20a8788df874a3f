"""Files made to do harm: each is refused, or the harmful part dropped with its place, at once."""

import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from tests.formats.inventories.samples import RICH
from zuji.errors import FileRefused, ZujiError
from zuji.formats import inventories
from zuji.formats.archive import open_archive
from zuji.formats.inventories import FORMATS
from zuji.model.lci.references import Kind

BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10)  # a billion laughs
        for at in range(9)
    )
    + b"]>"
)


def packed(entries: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def entries_of(key: str) -> dict[str, bytes]:
    archive = open_archive(inventories.dump(RICH, key).content, name=f"rich{FORMATS[key].extension}")
    return {name: archive.read(name) for name in archive.names}


def data_entry(key: str) -> str:
    """The name of an entry that holds processes."""
    names = list(entries_of(key))
    return next((name for name in names if "process" in name.lower() and not name.endswith("/")), names[0])


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("../../evil.xml", b"<x/>", "unsafe-path"),
        ("/etc/evil.json", b"{}", "unsafe-path"),
        ("C:\\evil.csv", b"", "unsafe-path"),
        ("processes/bomb.xml", bytes(30_000_000), "file-too-large"),
    ],
)
def test_unsafe_archives_are_refused(key: str, name: str, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        inventories.load(packed(entries_of(key) | {name: content}), format=key, name="evil.zip")
    assert caught.value.problems[0].code == code
    assert caught.value.problems[0].place.file == "evil.zip"


def entities(content: bytes) -> bytes:
    at = content.find(b"?>") + 2 if b"?>" in content else 0
    return (content[:at] + BOMB + content[at:]).replace(b"</", b"&j;</", 1)


def nested(content: bytes) -> bytes:
    opening, closing = (b"<a>", b"</a>") if content.lstrip().startswith(b"<") else (b'{"a":[', b"]}")
    return opening * 100_000 + closing * 100_000


def places_told(key: str, data: bytes) -> list[str]:
    """The files that a refusal or the ledger names."""
    try:
        ledger = inventories.load(data, format=key, name="evil.zip").ledger
    except ZujiError as error:
        return [problem.place.file for problem in error]
    assert ledger.balanced
    return [place.file for one in ledger.reasons if one.kind is Kind.FILE for place in one.places]


@pytest.mark.parametrize("key", [key for key in FORMATS if key != "simapro"])
@pytest.mark.parametrize("harm", [entities, nested])
def test_a_harmful_document_is_dropped_with_its_place(key: str, harm: Callable[[bytes], bytes]) -> None:
    entries = entries_of(key)
    name = data_entry(key)
    started = time.perf_counter()
    told = places_told(key, packed(entries | {name: harm(entries[name])}))
    assert [file for file in told if file.endswith(name)], told
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "expression", ["9^9^9^9^9", "(" * 10_000 + "1" + ")" * 10_000, "exec(1)", "1/0", "a" * 100_000]
)
def test_expressions_of_simapro_do_no_harm(expression: str) -> None:
    content = inventories.dump(RICH, "simapro").content
    started = time.perf_counter()
    loaded = inventories.load(content.replace(b"1 - yield_", expression.encode()), name="evil.csv")
    assert expression.encode() in content.replace(b"1 - yield_", expression.encode())
    assert loaded.ledger.balanced
    assert time.perf_counter() - started < 5
