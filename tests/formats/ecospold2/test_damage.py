"""Files of both versions, damaged at random: read and counted in full, or refused with a place."""

import copy
import random
from collections.abc import Callable

import pytest
from lxml import etree

from tests.formats.ecospold1 import spold1_files
from tests.formats.ecospold2 import spold_files
from zuji.errors import ZujiError
from zuji.formats import ecospold1, ecospold2
from zuji.model.lci.package import Loaded, Package, Written

VALUES = ("", "x", "-1", "1e400", "nan", "９", "²", "9" * 30, "1,5", "漢字" * 90, "\n \t", "1_0", " 1 ")
ROUNDS = 120


def damaged(text: str, chance: random.Random) -> bytes:
    """The document after one to twenty accidents to its elements and attributes."""
    root = etree.fromstring(text.encode())
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        elements = list(root.iter())
        element = chance.choice(elements)
        parent = element.getparent()
        accident = chance.randrange(7)
        if accident == 0 and element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        elif accident == 1 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
        elif accident == 2:
            element.set(chance.choice(("foo", "{urn:x}bar", "number")), chance.choice(VALUES))
        elif accident == 3 and parent is not None:
            parent.remove(element)
        elif accident == 4:
            element.append(copy.deepcopy(chance.choice([each for each in elements if not len(each)])))
        elif accident == 5:
            element.text = chance.choice(VALUES)
        else:
            element.tag = chance.choice((str(chance.choice(elements).tag), "{urn:y}z"))
    return etree.tostring(root)


@pytest.mark.parametrize(
    ("text", "load", "dump"),
    [
        (spold_files.STEEL, ecospold2.load, ecospold2.dump),
        (spold_files.ELEMENTARY_MASTER, ecospold2.load, ecospold2.dump),
        (spold1_files.THREE, ecospold1.load, ecospold1.dump),
        (spold1_files.IMPACT, ecospold1.load, ecospold1.dump),
    ],
)
def test_damage_never_ends_in_a_crash_or_a_wrong_account(
    text: str, load: Callable[..., Loaded], dump: Callable[[Package], Written]
) -> None:
    chance = random.Random(20260101)
    read, refused = 0, []
    for _ in range(ROUNDS):
        content = damaged(text, chance)
        try:
            loaded = load(content, name="damaged")
        except ZujiError as error:
            refused.append(error)
            continue
        read += 1
        assert loaded.ledger.balanced, content
        written = dump(loaded.package)
        assert written.ledger.balanced
        assert dump(loaded.package).content == written.content
        assert load(written.content, name="damaged").ledger.balanced
    assert read > ROUNDS / 2
    assert all(problem.place.file for error in refused for problem in error)


@pytest.mark.parametrize("text", [spold_files.STEEL, spold1_files.THREE])
def test_bytes_damaged_at_random_are_read_or_refused_with_a_place(text: str) -> None:
    chance = random.Random(7)
    load = ecospold2.load if text is spold_files.STEEL else ecospold1.load
    refused = []
    for _ in range(ROUNDS):
        content = bytearray(text.encode())
        for _ in range(chance.choice((1, 3, 30))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            assert load(bytes(content), name="damaged").ledger.balanced
        except ZujiError as error:
            refused.append(error)
    assert refused
    assert all(problem.place.file for error in refused for problem in error)
