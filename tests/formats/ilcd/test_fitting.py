"""Making a document valid and undoing it: whatever stood in it comes back."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from zuji.errors import Place
from zuji.formats.ilcd.datasets import content
from zuji.formats.ilcd.fitting import fit
from zuji.formats.ilcd.fragments import fragment
from zuji.formats.ilcd.names import COMMON, KINDS, LANG, DataSetKind
from zuji.formats.ilcd.restoring import restore
from zuji.formats.ilcd.schema import mistakes, schemas
from zuji.formats.ilcd.structure import Element, structure
from zuji.formats.ilcd.values import nearest, number, percent, share, valid

_VALUES = st.sampled_from(
    [
        "",
        "1",
        "1.5",
        "x",
        "2024",
        "2024-05-01",
        "true",
        "Input",
        "log-normal",
        "12345678",
        "é" * 600,
        "en",
        "1e400",
    ]
)


@st.composite
def wild(draw: st.DrawFn, kind: DataSetKind) -> etree._Element:
    """A document with elements of the schema in any order, number and content, and strangers among them."""
    root = etree.Element(kind.tag)
    _grow(draw, root, structure(kind), 0)
    return root


def _grow(draw: st.DrawFn, element: etree._Element, schema: Element, depth: int) -> None:
    for name in schema.attributes:
        if draw(st.booleans()):
            element.set(name, draw(_VALUES))
    if draw(st.integers(0, 9)) == 0:
        element.set("stranger", draw(_VALUES))
    if schema.words and draw(st.booleans()):
        element.set(LANG, draw(st.sampled_from(["en", "zh"])))
    if schema.type:
        element.text = draw(_VALUES)
        return
    names = [*schema.children, f"{{{COMMON}}}other", "{urn:x}stranger"]
    for tag in draw(st.lists(st.sampled_from(names), max_size=4 if depth < 5 else 0)):
        child = etree.SubElement(element, tag)
        if tag in schema.children:
            _grow(draw, child, schema.children[tag], depth + 1)
        elif draw(st.booleans()):
            child.text = draw(_VALUES)
        else:
            etree.SubElement(child, "{urn:y}inner").text = "kept"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), wild(kind))))
def test_any_document_is_made_valid_and_restored(made: tuple[DataSetKind, etree._Element]) -> None:
    kind, root = made
    before = _by_tag(root)
    fit(root)
    written = content(root)
    folder = schemas()
    if folder is not None:
        found = mistakes(etree.fromstring(written), kind, Place(), folder)
        assert [str(one) for one in found] == []
    read = etree.fromstring(written)
    assert restore(read, kind.namespace) == []
    assert _by_tag(read) == before


def _by_tag(root: etree._Element) -> str:
    """The document with brothers sorted by name, which is all that `fit` may change."""
    copy = etree.fromstring(etree.tostring(root))
    for element in list(copy.iter()):
        element[:] = sorted(element, key=lambda child: str(child.tag))
    return fragment(copy)


def test_a_change_by_another_program_wins() -> None:
    kind = KINDS[0]
    root = etree.Element(kind.tag, version="1.1")
    year = "processInformation/time"
    at = root
    for name in year.split("/"):
        at = etree.SubElement(at, f"{{{kind.namespace}}}{name}")
    etree.SubElement(at, f"{{{COMMON}}}referenceYear").text = "2015-01-01"
    fit(root)
    leaf = root.find(f".//{{{COMMON}}}referenceYear")
    assert leaf is not None
    assert leaf.text == "2015"
    leaf.text = "2016"
    assert restore(root, kind.namespace) == ["processInformation/time/common:referenceYear"]
    assert leaf.text == "2016"


@given(st.floats(0, 1))
def test_a_share_is_read_back_exactly_from_its_percentage(fraction: float) -> None:
    assert share(percent(fraction)) == fraction


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_percentages_of_the_schema_have_five_digits(value: float) -> None:
    near = nearest(repr(value), "percent")
    assert near is not None
    assert valid(near, "percent")
    digits = near.lstrip("-").replace(".", "")
    assert len(digits.lstrip("0")) <= 5
    assert len(near.partition(".")[2]) <= 3
    if abs(value) < 99999:
        assert abs(float(near) - value) <= max(0.0005, abs(value) * 1e-4)


def test_numbers_are_decimal_points_and_finite() -> None:
    assert [number(text) for text in ("1.5", " -2e3 ", "1,5", "1_0", "nan", "1e999", "", None, "٣")] == [
        1.5,
        -2000.0,
        *[None] * 7,
    ]


def test_a_scope_without_a_name_does_not_become_its_brothers_double() -> None:
    """The schema wants names of scopes to differ, and the name that it demands is filled in."""
    first = next(kind for kind in KINDS if kind.root == "processDataSet")
    root = etree.fromstring(
        f'<processDataSet xmlns="{first.namespace}" xmlns:c="http://lca.jrc.it/ILCD/Common">'
        '<modellingAndValidation><validation><review type="Not reviewed">'
        '<c:scope name="Documentation"/><c:scope/>'
        "</review></validation></modellingAndValidation></processDataSet>"
    )
    before = _by_tag(root)
    fit(root)
    named = [scope.get("name") for scope in root.iter("{http://lca.jrc.it/ILCD/Common}scope")]
    assert named == ["Documentation"]
    assert restore(root, first.namespace) == []
    assert _by_tag(root) == before
