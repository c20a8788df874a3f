"""XML and JSON from strangers: what is read, and what is refused with its place."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import InvalidInput, Place, Problem
from zuji.formats.json_tree import parse_json
from zuji.formats.xml_tree import parse_xml, writable

PLACE = Place(file="package.zip/a.xml")


def fault(parse: Callable[[bytes, Place], object], content: bytes) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        parse(content, PLACE)
    (problem,) = caught.value.problems
    assert problem.place.file == PLACE.file
    assert all((problem.what.zh, problem.what.en, problem.cure.zh, problem.cure.en))
    return problem


def test_comments_and_instructions_leave_the_text_whole() -> None:
    root = parse_xml(b"<?xml version='1.0'?><?style x?><a>one<!-- two --> three<?x?> four</a>", PLACE)
    assert root.text == "one three four"
    assert len(root) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "GBK", "gb2312", "GB18030", "big5"])
def test_text_is_read_in_the_encoding_it_states(encoding: str) -> None:
    stated = encoding.removesuffix("-sig")
    content = f"<?xml version='1.0' encoding='{stated}'?><a>中文</a>".encode(encoding)
    assert parse_xml(content, PLACE).text == "中文"


def test_a_western_encoding_beyond_the_buffer_of_the_parser_is_read() -> None:
    body = "<b>é</b>" * 2_000_000
    content = f"<?xml version='1.0' encoding='windows-1252'?><a>{body}</a>".encode("windows-1252")
    assert len(parse_xml(content, PLACE)) == 2_000_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "unsafe-xml"),
        (b"<!-- <a> --><?pi ?>\n<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "unsafe-xml"),
        ("<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a><a/>".encode("utf-16"), "unsafe-xml"),
        ("<!DOCTYPE a><a/>".encode("utf-16-be"), "unsafe-xml"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "unknown-encoding"),
        (b"<?xml version='1.0' encoding='cp037'?><a/>", "unknown-encoding"),
        ("<?xml version='1.0' encoding='GBK'?><a>\x80\uffff</a>".encode(), "wrong-encoding"),
        (b"<a>" * 101 + b"</a>" * 101, "xml-too-deep"),
        (b"<a>" * 100_000, "malformed-xml"),
        (b"<a>" + b"<b/>" * 8_000_001 + b"</a>", "xml-too-large"),
        (b"<a>&nbsp;</a>", "malformed-xml"),
        (b"<a xmlns='relative'/>", "wrong-namespace"),
        (b"<a><b xmlns:x = '@type'/></a>", "wrong-namespace"),
        (b"<a><b xmlns:x='http://[bad'/></a>", "malformed-xml"),
        (b"<a:b/>", "malformed-xml"),
        (b"", "malformed-xml"),
        (b"\0\0\0\0", "malformed-xml"),
        (b"not xml", "malformed-xml"),
    ],
)
def test_xml_that_is_not_read(content: bytes, code: str) -> None:
    assert fault(parse_xml, content).code == code


def test_xml_at_the_depth_limit_is_read() -> None:
    assert parse_xml(b"<a>" * 100 + b"</a>" * 100, PLACE).tag == "a"


def test_a_doctype_inside_text_is_text() -> None:
    assert parse_xml(b"<a><![CDATA[<!DOCTYPE html>]]></a>", PLACE).text == "<!DOCTYPE html>"


def test_a_namespace_inside_text_is_text() -> None:
    assert parse_xml(b"<a xmlns='urn:a' xmlns:b='http://b'>write xmlns='c'<d xmlns=''/></a>", PLACE).tag


def test_malformed_xml_is_told_with_row_and_column() -> None:
    problem = fault(parse_xml, b"<a>\n  <b>\n</a>")
    assert (problem.place.row, problem.place.column) == (3, "5")
    assert "mismatch" in problem.what.en


def test_a_parser_serves_again_after_a_fault_and_none_serves_two_threads() -> None:
    documents = [f"<a>{'<b/>' * number}</a>".encode() for number in range(1, 400)]

    def sizes(start: int) -> list[int]:
        found = []
        for content in documents[start::4]:
            fault(parse_xml, b"<a><b></a>")
            fault(parse_xml, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
            found.append(len(parse_xml(content, PLACE)))
        return found

    with ThreadPoolExecutor(4) as threads:
        for start, found in enumerate(threads.map(sizes, range(4))):
            assert found == list(range(1, 400))[start::4]


@given(st.text())
def test_writable_text_can_be_written_and_read_back(text: str) -> None:
    from lxml import etree

    element = etree.Element("a")
    element.text = writable(text)
    read = parse_xml(etree.tostring(element, encoding="utf-8"), PLACE).text or ""
    assert read.replace("\r\n", "\n") == writable(text).replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("content", "code", "row", "column"),
    [
        (b'{"a": 1,\n "b": }', "malformed-json", 2, "7"),
        (b"", "malformed-json", 1, "1"),
        (b'{"a":\n"\xff"}', "wrong-encoding", 2, "2"),
        (b"[NaN]", "not-a-number", None, ""),
        (b"[-Infinity]", "not-a-number", None, ""),
        (b"[1e999]", "number-too-large", None, ""),
        (b"[" + b"9" * 5000 + b"]", "number-too-large", None, ""),
        (b"[" * 100_000, "json-too-deep", None, ""),
        (b"[" * 101 + b"]" * 101, "json-too-deep", None, ""),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "json-too-deep", None, ""),
        (b"[" + b"[]," * 4_000_001 + b"1]", "json-too-large", None, ""),
        (rb'["\ud800"]', "half-character", None, ""),
    ],
)
def test_json_that_is_not_read(content: bytes, code: str, row: int | None, column: str) -> None:
    problem = fault(parse_json, content)
    assert problem.code == code
    assert (problem.place.row, problem.place.column) == (row, column)


def test_a_key_that_stands_twice_is_named() -> None:
    problem = fault(parse_json, b'{"x": [{"amount": 1, "amount": 2}]}')
    assert (problem.code, problem.place.field) == ("duplicate-key", "amount")


def test_json_at_the_limits_is_read() -> None:
    assert parse_json(b"[" * 100 + b"]" * 100, PLACE)
    assert parse_json(b"[" + b"9" * 308 + b"]", PLACE) == [int("9" * 308)]
    assert parse_json(rb'"\ud83d\ude00"', PLACE) == "😀"
    assert parse_json("\ufeff{}".encode(), PLACE) == {}
    assert parse_json("[1.5]".encode("utf-16"), PLACE) == [1.5]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_json_reads_back_what_python_writes(value: object, ascii_only: bool) -> None:
    content = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert parse_json(content, PLACE) == json.loads(content)
