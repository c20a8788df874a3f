"""TIDAS JSON as ILCD elements and back: nothing is lost on the way."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from zuji.formats.ilcd.names import COMMON, LANG
from zuji.formats.tidas.trees import ROOTS, element_of, object_of

PROCESS = "{http://lca.jrc.it/ILCD/Process}"


def body(**more: Any) -> dict[str, Any]:
    namespaces = {"@xmlns": "http://lca.jrc.it/ILCD/Process", "@xmlns:common": COMMON}
    return namespaces | more


def test_attributes_texts_prefixes_one_and_many() -> None:
    element = element_of(
        "processDataSet",
        {
            "processInformation": {
                "dataSetInformation": {
                    "common:UUID": "u",
                    "name": {
                        "baseName": [
                            {"@xml:lang": "en", "#text": "Steel"},
                            {"@xml:lang": "zh", "#text": "钢"},
                        ]
                    },
                }
            },
            "exchanges": {"exchange": {"@dataSetInternalID": "0", "meanAmount": 2.5, "allocations": {}}},
        },
    )
    information = f"{PROCESS}processInformation/{PROCESS}dataSetInformation"
    assert element.findtext(f"{information}/{{{COMMON}}}UUID") == "u"
    names = element.findall(f"{information}/{PROCESS}name/{PROCESS}baseName")
    assert [(name.get(LANG), name.text) for name in names] == [("en", "Steel"), ("zh", "钢")]
    (exchange,) = element.findall(f"{PROCESS}exchanges/{PROCESS}exchange")
    assert exchange.get("dataSetInternalID") == "0"
    # an empty object means that there is none
    assert [(child.tag, child.text) for child in exchange] == [(f"{PROCESS}meanAmount", "2.5")]


def test_arrays_numbers_and_languages_are_as_the_schemas_want_them() -> None:
    source = body(
        processInformation={
            "dataSetInformation": {
                "name": {"baseName": {"#text": "Steel"}},
                "classificationInformation": {
                    "common:classification": {"common:class": {"@level": "0", "@classId": "C", "#text": "M"}}
                },
            },
            "time": {"common:referenceYear": 2020},
        },
        exchanges={"exchange": {"@dataSetInternalID": "0", "meanAmount": "1"}},
    )
    written = object_of(element_of("processDataSet", source))["processDataSet"]
    information = written["processInformation"]
    assert information["dataSetInformation"]["name"]["baseName"] == {"@xml:lang": "en", "#text": "Steel"}
    classes = information["dataSetInformation"]["classificationInformation"]["common:classification"]
    assert classes == {"common:class": [{"@level": "0", "@classId": "C", "#text": "M"}]}
    assert information["time"]["common:referenceYear"] == 2020
    assert written["exchanges"]["exchange"] == [{"@dataSetInternalID": "0", "meanAmount": "1"}]


def test_foreign_classifications_are_an_array_of_named_ones() -> None:
    one = {"@name": "CPC", "common:class": [{"@level": "0", "#text": "Metals"}]}
    source = body(
        processInformation={
            "dataSetInformation": {"classificationInformation": {"common:classification": one}}
        }
    )
    written = object_of(element_of("processDataSet", source))["processDataSet"]
    classified = written["processInformation"]["dataSetInformation"]["classificationInformation"]
    assert classified["common:classification"] == [one]


@pytest.mark.parametrize(
    "other",
    [
        {"epd:x": "1", "@xmlns:epd": "http://www.iai.kit.edu/EPD/2013"},
        {"json_tg": {"nodes": [1, 2, {"a": None}], "empty": {}, "nested": [[1], []]}},
        {"not a name": "x", "ü²": {"1": 2}},
        {"undeclared:thing": {"@a": "1", "#text": "t"}},
        {"one": ["in a list"]},
        {"bad": "control \u0001 character"},
    ],
)
def test_extensions_come_back_exactly(other: dict[str, Any]) -> None:
    source = body(**{"common:other": other})
    written = object_of(element_of("processDataSet", source))["processDataSet"]
    declared = {key: value for key, value in written.items() if key.startswith("@xmlns")}
    expected = {key: value for key, value in other.items() if not key.startswith("@xmlns")}
    assert written["common:other"] == expected
    assert declared.keys() >= {"@xmlns", "@xmlns:common"}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)
KEYS = (
    st.sampled_from(["a", "ns:b", "x.y-z", "common:c", "@xmlns:ns", "@d", "#text", "json_tg", "zuji:k"])
    | TEXT
)


@given(st.sampled_from(sorted(ROOTS)), st.dictionaries(KEYS, VALUES, max_size=4))
@example("processDataSet", {"ns:b": None, "@xmlns:ns": '"'})
def test_any_object_becomes_a_tree_that_can_be_written_and_read(root: str, value: dict[str, Any]) -> None:
    element = element_of(root, value)
    again = etree.fromstring(etree.tostring(element, encoding="utf-8"))
    once = object_of(again)
    assert object_of(element_of(root, once[root])) == once


FOREIGN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["a", "b", "d_e", "new:f", "not a name"]), FOREIGN, min_size=1))
def test_any_extension_comes_back_exactly(value: dict[str, Any]) -> None:
    source = body(**{"common:other": value})
    element = etree.fromstring(etree.tostring(element_of("processDataSet", source), encoding="utf-8"))
    assert object_of(element)["processDataSet"]["common:other"] == value


def shape(element: etree._Element) -> object:
    """An element without its prefixes."""
    children = [(shape(child), child.tail or "") for child in element]
    return element.tag, sorted(element.attrib.items()), element.text or "", children


@pytest.mark.parametrize(
    "inside",
    [
        "<x:a xmlns:x='urn:x'>text<x:b/>tail</x:a>",
        "<x:a xmlns:x='urn:x'><x:b>1</x:b><x:c>2</x:c><x:b>3</x:b></x:a>",
        "<x:a xmlns:x='urn:x'/>",
        "<nowhere xmlns=''>1</nowhere>",
        "<x:a xmlns:x='urn:x' x:k='1'><x:b>1</x:b><x:b>3</x:b><y xmlns='urn:y'>z</y></x:a>",
        "<x:json xmlns:x='urn:zuji:tidas'>not ours</x:json>",
    ],
)
def test_elements_of_others_come_back_exactly(inside: str) -> None:
    text = f"<processDataSet xmlns='http://lca.jrc.it/ILCD/Process' xmlns:common='{COMMON}'>"
    text += f"<common:other>{inside}</common:other></processDataSet>"
    element = etree.fromstring(text)
    again = element_of("processDataSet", object_of(element)["processDataSet"])
    assert shape(again) == shape(element)
