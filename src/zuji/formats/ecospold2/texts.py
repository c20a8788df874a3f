"""Texts of several paragraphs and languages, with pictures between them (TTextAndImage)."""

from collections.abc import Sequence

from lxml import etree

from zuji.formats.ecospold2.nodes import LANGUAGE, Node, append, element_of, number_of
from zuji.formats.ecospold2.notes import FORMAT
from zuji.formats.xml_tree import writable
from zuji.model.lci.references import Extra
from zuji.model.lci.wording import UNSAID, Wording


def read_story(parent: Node, name: str, language: str) -> Wording:
    """The paragraphs in the order of their index. Pictures and variables stay in the rest."""
    node = parent.child(name)
    if node is None:
        return UNSAID
    paragraphs = []
    for position, text in enumerate(node.children("text")):
        index = number_of(text.take("index"))
        code = text.take(LANGUAGE) or language
        paragraphs.append((position if index is None else index, position, code, text.text()))
    if not paragraphs and not len(node.element):
        # a plain text where paragraphs belong
        paragraphs = [(0.0, 0, node.take(LANGUAGE) or language, node.text())]
    return Wording(tuple((code, text) for _, _, code, text in sorted(paragraphs) if text))


def write_story(
    parent: etree._Element, name: str, wording: Wording, extras: Sequence[Extra], place: str
) -> None:
    """The paragraphs, numbered around the pictures that `extras` will put back at `place`."""
    if not wording:
        return
    node = append(parent, name)
    taken = _indices(extras, place)
    index = 0 if 1 in taken else 1
    for language, text in wording:
        while index in taken:
            index += 1
        paragraph = append(node, "text", text, index=str(index))
        paragraph.set(LANGUAGE, writable(language))
        index += 1


def _indices(extras: Sequence[Extra], place: str) -> set[int]:
    taken = set()
    for extra in extras:
        if extra.format == FORMAT and extra.place == f"{place}/imageUrl":
            index = element_of(extra.content, "").get("index", "").strip()
            if index.isdecimal() and len(index) < 9:
                taken.add(int(index))
    return taken
