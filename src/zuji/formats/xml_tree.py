"""XML from strangers as a tree: no document type, no entities, no network, bounded depth and size."""

import re
import threading
from dataclasses import replace

from lxml import etree

from zuji.errors import InvalidInput, Place, problem

MAX_DEPTH = 100
MAX_BYTES = 256 * 1024**2
MAX_NODES = 8_000_000
"""Markup characters of one document: each may become a node of some 150 bytes."""
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_KNOWN = re.compile(
    r"utf-?8|us-ascii|ascii|utf-?16(-?(le|be))?|iso-?8859-?\d{1,2}|latin-?1|windows-125\d|cp125\d"
    r"|gb2312|gbk|gb18030|big5",
    re.IGNORECASE,
)
_RELATIVE = re.compile(rb"""\bxmlns(?::[^\s=]*)?\s*=\s*["'](?!["']|[A-Za-z][A-Za-z0-9+.-]*:)""")
"""What may be the declaration of a namespace without a scheme; a text may look like it."""
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")
_POSITION = re.compile(r", line \d+, column \d+$")
_BEYOND = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Parser(threading.local):
    """A parser for each thread: none is shared, and packages of thousands of files make few."""

    def __init__(self) -> None:
        self.parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )


_OWN = _Parser()


def parse_xml(content: bytes, place: Place) -> etree._Element:
    """The root element of a document; comments and processing instructions are left out.

    Raises `InvalidInput` at `place` with row and column of the fault for what is not well-formed, and
    without them for what is not read at all: a document type, an unknown encoding, too deep, too large.
    """
    if len(content) > MAX_BYTES or content.count(b"<") > MAX_NODES:
        raise _invalid(
            place,
            "xml-too-large",
            "XML 文件过大",
            "the XML is too large",
            ("请分成几个文件", "split it into several files"),
        )
    content = _as_utf8(content, place)
    if _has_document_type(content):
        raise _invalid(
            place,
            "unsafe-xml",
            "XML 含有文档类型声明（DOCTYPE），不安全",
            "the XML has a document type (DOCTYPE), which is not safe",
            ("请删除 DOCTYPE 声明", "delete the DOCTYPE"),
        )
    try:
        root = etree.fromstring(content, _OWN.parser)
    except etree.XMLSyntaxError as error:
        row, column = error.position
        if row:
            place = replace(place, row=row, column=str(column))
        why = _POSITION.sub("", error.msg or "") or "no element found"
        raise _invalid(
            place,
            "malformed-xml",
            f"XML 格式有误（{why}）",
            f"the XML is not well-formed ({why})",
            ("请重新导出这个文件", "export this file again"),
        ) from error
    # canonical XML knows no relative namespace, so that such a document could not be kept or written
    if _RELATIVE.search(content) and (wrong := _relative_namespace(root)) is not None:
        raise _invalid(
            replace(place, row=wrong.sourceline),
            "wrong-namespace",
            "XML 命名空间不是完整的地址",
            "a namespace of the XML is no complete address",
            ("请重新导出这个文件", "export this file again"),
        )
    if _BEYOND(root):
        raise _invalid(
            place,
            "xml-too-deep",
            f"XML 嵌套超过 {MAX_DEPTH} 层",
            f"the XML is nested deeper than {MAX_DEPTH} levels",
            ("请检查文件是否完好", "check that the file is sound"),
        )
    return root


def writable(text: str) -> str:
    """`text` without the characters that XML cannot hold (control characters, half surrogates)."""
    return _UNWRITABLE.sub("", text)


def _relative_namespace(root: etree._Element) -> etree._Element | None:
    """The first element with a namespace that has no scheme."""
    for element in root.iter():
        if not all(_SCHEME.match(uri) for uri in element.nsmap.values() if uri):
            return element
    return None


def _as_utf8(content: bytes, place: Place) -> bytes:
    """The document in UTF-8 whatever it was written in, so that one set of checks sees everything."""
    head = content[:4]
    encoding = "utf-8"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        encoding = (
            "utf-16"
            if head.startswith((b"\xff\xfe", b"\xfe\xff"))
            else ("utf-16-le" if head[1:2] == b"\0" else "utf-16-be")
        )
    else:
        content = content.removeprefix(b"\xef\xbb\xbf")
        stated = _ENCODING.match(content)
        if stated is not None:
            encoding = stated[1].decode("ascii")
    if not _KNOWN.fullmatch(encoding):
        raise _invalid(
            place,
            "unknown-encoding",
            f"不认识的文字编码 {encoding}",
            f"the encoding {encoding} is not known",
            ("请另存为 UTF-8", "save it as UTF-8"),
        )
    if encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii"):
        return content
    if encoding.lower().startswith("gb"):
        encoding = "gb18030"
    try:
        return content.decode(encoding).encode("utf-8")
    except (UnicodeError, LookupError) as error:
        raise _invalid(
            place,
            "wrong-encoding",
            f"内容不是它自称的 {encoding} 编码",
            f"it is not written in {encoding}, as it claims",
            ("请另存为 UTF-8", "save it as UTF-8"),
        ) from error


def _has_document_type(content: bytes) -> bool:
    """Whether a document type stands before the root element, the only place where it may."""
    at = 0
    while (at := content.find(b"<", at)) >= 0:
        if content.startswith(b"<?", at):
            end = content.find(b"?>", at)
        elif content.startswith(b"<!--", at):
            end = content.find(b"-->", at + 4)
        else:
            return content.startswith(b"<!", at)
        if end < 0:
            return False
        at = end
    return False


def _invalid(place: Place, code: str, zh: str, en: str, cure: tuple[str, str]) -> InvalidInput:
    return InvalidInput(problem(code, zh, en, cure_zh=cure[0], cure_en=cure[1], place=place))
