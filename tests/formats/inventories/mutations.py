"""Damage as it happens and as it is done on purpose: seeded mutations of a small file or archive."""

import io
import random
import re
import zipfile
from collections.abc import Callable

_NUMBER = re.compile(rb"-?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_WORD = re.compile(rb"[A-Za-z][A-Za-z0-9_:]{2,}")
_QUOTED = re.compile(rb"\"[^\"\n]{0,60}\"|>[^<>\n]{1,60}<")
_ELEMENT = re.compile(rb"<(\w[\w:.-]*)[^<>]*>[^<>]*</\1>|<\w[^<>]*/>")
_ODD_NUMBERS = (
    b"0",
    b"-1",
    b"1e308",
    b"1e-320",
    b"1e999",
    b"-1e999",
    b"NaN",
    b"INF",
    b"-inf",
    b"0x10",
    b"1,5",
    b"1.5.2",
    b"9" * 400,
    b"1e",
    b"--1",
    "１２".encode(),
    b"",
    b" ",
    b"true",
    b"null",
    b"2147483648",
    b"99999999999999999999",
)
_ODD_TEXTS = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"\x7f",
    b"\r\n",
    b"'",
    b"\\u0000",
    b"\\ud800",
    b"&#0;",
    b"&#55296;",
    b"&lt;",
    b"..",
    b"../../etc/passwd",
    b"%s%n",
    b"{}",
    b"[]",
    b"null",
    "中文，\u200b".encode(),
    b"A" * 5000,
    b"=1+1",
    b"__import__('os')",
    b"((((((((((" * 50,
    b"2^2^2^2^9999",
    b"9**9**9**9",
    b"a*" * 500 + b"a",
    b";" * 50,
    b"\t\t\t",
)
_ENTITIES = (
    b"<!DOCTYPE x [<!ENTITY a 'a'><!ENTITY b '%s'><!ENTITY d '%s'>]>" % (b"&a;" * 999, b"&b;" * 999),
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE x SYSTEM "http://localhost/x.dtd">',
)
_NESTS = (
    (b"<a>", b"</a>"),
    (b'{"a":', b"}"),
    (b"[", b"]"),
    (b"(", b")"),
    (b'{"@type":"Unit","a":[', b"]}"),
)
_NAMES = (
    "../evil.xml",
    "/etc/passwd",
    "C:\\x.xml",
    "a/../../x.json",
    "processes/" + "d/" * 200 + "x.xml",
    "x" * 300,
    "processes/x.xml",
    "flows/x.json",
    "nul\udc80".encode("utf-8", "surrogateescape").decode("latin-1"),
)


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """`seed` with one to three things wrong; the same chance gives the same bytes."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if seed.startswith(b"PK\x03\x04") and chance.random() < 0.85:
            seed = _inside(seed, chance)
        else:
            seed = _damage(seed, chance)
    return seed


def _inside(data: bytes, chance: random.Random) -> bytes:
    """The archive packed again with one of its entries damaged, added, renamed or left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:  # noqa: BLE001 - zipfile fails in many ways
        # an earlier mutation damaged the archive itself
        return _damage(data, chance)
    if not entries:
        return data
    at = chance.randrange(len(entries))
    name, content = entries[at]
    kind = chance.random()
    if kind < 0.85:
        entries[at] = (name, _damage(content, chance))
    elif kind < 0.89:
        entries[at] = (chance.choice(_NAMES), content)
    elif kind < 0.93:
        del entries[at]
    elif kind < 0.97:
        # another data set's content under this name
        entries[at] = (name, chance.choice(entries)[1])
    elif kind < 0.99:
        entries.append((chance.choice(_NAMES), _damage(content, chance)))
    else:
        entries.append(("processes/bomb.xml", bytes(8_000_000)))
    return _packed(entries)


def _packed(entries: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            if name not in archive.namelist():
                large = len(content) > 1_000_000
                archive.writestr(
                    zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED if large else zipfile.ZIP_STORED
                )
    return buffer.getvalue()


def _damage(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return chance.choice(_ODD_TEXTS)
    return chance.choice(_DAMAGES)(content, chance)


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _stretch(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(start + chance.choice((1, 5, 30, 200)), len(content))


def _delete(content: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(content, chance)
    return content[:start] + content[end:]


def _duplicate(content: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 1, 20)) + content[end:]


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(_ODD_TEXTS) + content[at:]


def _in_place(
    pattern: re.Pattern[bytes], choices: tuple[bytes, ...]
) -> Callable[[bytes, random.Random], bytes]:
    def change(content: bytes, chance: random.Random) -> bytes:
        found = list(pattern.finditer(content))
        if not found:
            return _flip(content, chance)
        one = chance.choice(found)
        new = chance.choice(choices)
        if pattern is _QUOTED:
            new = one[0][:1] + new + one[0][-1:]
        return content[: one.start()] + new + content[one.end() :]

    return change


def _swap(pattern: re.Pattern[bytes]) -> Callable[[bytes, random.Random], bytes]:
    def change(content: bytes, chance: random.Random) -> bytes:
        found = list(pattern.finditer(content))
        if len(found) < 2:
            return _flip(content, chance)
        one, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
        between = content[one.end() : other.start()]
        return content[: one.start()] + other[0] + between + one[0] + content[other.end() :]

    return change


def _drop_element(content: bytes, chance: random.Random) -> bytes:
    found = list(_ELEMENT.finditer(content))
    if not found:
        return _drop_line(content, chance)
    one = chance.choice(found)
    return content[: one.start()] + content[one.end() :]


def _drop_line(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _nest(content: bytes, chance: random.Random) -> bytes:
    opening, closing = chance.choice(_NESTS)
    depth = chance.choice((20, 99, 300, 20_000))
    at = chance.choice([match.start() for match in _QUOTED.finditer(content)] or [0])
    return content[:at] + opening * depth + closing * chance.choice((0, depth)) + content[at:]


def _declare(content: bytes, chance: random.Random) -> bytes:
    at = content.find(b"?>") + 2 if b"?>" in content else 0
    declared = content[:at] + chance.choice(_ENTITIES) + content[at:]
    return declared.replace(b"</", b"&d;&a;</", 1)


_DAMAGES = (
    _flip,
    _truncate,
    _delete,
    _duplicate,
    _insert,
    _in_place(_NUMBER, _ODD_NUMBERS),
    _in_place(_NUMBER, _ODD_NUMBERS),
    _in_place(_QUOTED, _ODD_TEXTS),
    _in_place(_QUOTED, _ODD_NUMBERS),
    _in_place(_WORD, (b"", b"x", b"Output", b"Input", b"true", b"0", b"unknown", b"@type", b"Process")),
    _swap(_NUMBER),
    _swap(_WORD),
    _swap(_QUOTED),
    _drop_element,
    _drop_line,
    _nest,
    _declare,
)
