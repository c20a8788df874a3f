"""Writing what was read gives it back, whatever it is; and no bytes at all make the reader fail otherwise
than by a refusal."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.simapro.samples import (
    HEADER,
    LANDFILL,
    LIME,
    LISTS,
    METHOD,
    MILL,
    SCENARIO,
    STAGES,
    WHOLE,
    file,
)
from zuji.errors import ZujiError
from zuji.formats import inventories
from zuji.formats.simapro import dump, load
from zuji.formats.simapro.words import Compartment
from zuji.model.lci.ledger import Outcome


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        HEADER,
        HEADER + MILL,
        HEADER + LANDFILL + MILL,
        HEADER + LISTS + MILL + LIME,
        HEADER + METHOD,
        HEADER + SCENARIO,
        HEADER + SCENARIO.replace("All waste types;40", "Steel;40"),
        HEADER + STAGES,
        HEADER + MILL.replace("Loss;0,1", "Loss;main_share"),
        HEADER + MILL.replace("yield*1,1", "yield*("),
        HEADER + MILL.replace("1,5;0;0;(1,2", "0,5;0;0;(1,2"),
        HEADER + LIME.replace("Minerals;", "Minerals\\;;a comment"),
        HEADER
        + LIME.replace("Products\n", "Colour\ngrey\x7fwhite;dull\n\nProducts\n")
        + "\nColours\na;1\n\nEnd\n",
        HEADER.replace("{Date", "{Selection: x}\n{Date") + LIME,
        HEADER + MILL.replace("kg;1000;main_share", "kg;1000;70"),
        HEADER + LIME.replace("0,8;Undefined;0;0;0;", '0,8;Undefined;0;0;0;"say ""no"";"'),
    ],
)
def test_what_is_read_is_written_again(text: str) -> None:
    package = load(file(text)).package
    written = dump(package)
    assert written.content == dump(package).content
    assert written.ledger.balanced
    assert not [reason for reason in written.ledger.reasons if reason.outcome is not Outcome.MAPPED]
    assert load(written.content).package == package


def test_utf8_where_windows_has_no_character() -> None:
    package = load(file(HEADER + LIME.replace("Minerals", "矿物"), "utf-8")).package
    content = dump(package).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert load(content).package == package
    assert not dump(load(file()).package).content.startswith(b"\xef\xbb\xbf")


def test_the_table_of_formats_knows_it() -> None:
    package = load(file()).package
    assert inventories.load(file()).package == package
    assert inventories.dump(package, "simapro").content == dump(package).content


# Files made up at random, in the shape of real ones

_word = (
    st.text(string.ascii_letters + "äµ²é°,()/'+-|&%\" ", min_size=1, max_size=12).map(str.strip).filter(bool)
)
_name = _word.map(lambda text: f"n{text}")
_comment = st.lists(_word, max_size=3).map("\x7f".join)
_number = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: repr(x).replace(".", ",")),
    st.sampled_from(["1E-5", "+3", "0,5*a", "(a+b)^2", "Iff(a>1; 2; 3)", "2*missing", "a b", ""]),
)
_spread = st.one_of(
    st.just(("Undefined", "0", "0", "0")),
    st.floats(1.0001, 50).map(lambda x: ("Lognormal", repr(x).replace(".", ","), "0", "0")),
    st.floats(1e-9, 1e9).map(lambda x: ("Normal", repr(x).replace(".", ","), "0", "0")),
    st.tuples(st.sampled_from(["Triangle", "Uniform"]), st.integers(0, 5), st.integers(6, 9)).map(
        lambda t: (t[0], "0", str(t[1]), str(t[2]))
    ),
    st.tuples(_word, _number, _number, _number),
)
_unit = st.sampled_from(["kg", "g", "ton", "MJ", "kWh", "p", "tkm", "blob"])


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if ";" in text or '"' in text else text


def _row(*cells: str) -> str:
    return ";".join(_cell(cell) for cell in cells)


_link = st.builds(
    lambda name, unit, amount, spread, comment: _row(name, unit, amount, *spread, comment),
    *(_name, _unit, _number, _spread, _comment),
)
_substance = st.builds(
    lambda name, sub, unit, amount, spread, comment: _row(name, sub, unit, amount, *spread, comment),
    *(_name, st.sampled_from(["", "(unspecified)", "river", "low. pop."]), _unit, _number, _spread, _comment),
)
_link_section = st.sampled_from(
    ["Avoided products", "Materials/fuels", "Electricity/heat", "Waste to treatment"]
)
_section = st.one_of(
    st.builds(lambda label, rows: "\n".join([label, *rows, ""]), _link_section, st.lists(_link, max_size=3)),
    st.builds(
        lambda label, rows: "\n".join([label.value, *rows, ""]),
        st.sampled_from(Compartment),
        st.lists(_substance, max_size=3),
    ),
)
_label = st.builds(
    lambda label, value: f"{label}\n{_cell(value)}\n",
    st.sampled_from(
        ["Comment", "Geography", "Date", "Record", "Capital goods", "Status", "Process name", "Odd one"]
    ),
    _comment,
)


@st.composite
def _processes(draw: st.DrawFn) -> str:
    names = draw(st.lists(_name, min_size=1, max_size=4, unique=True))
    blocks = []
    for name in names:
        labels = draw(st.lists(_label, max_size=4, unique_by=lambda text: text.split("\n")[0]))
        share = draw(st.sampled_from(["100", "50", "33,3", "10*a"]))
        product = _row(name, draw(_unit), draw(_number), share, "not defined", draw(_word), draw(_comment))
        sections = draw(st.lists(_section, max_size=4))
        parameters = "Input parameters\na;1,5;Undefined;0;0;0;No;\n\nCalculated parameters\nb;a^2;\n"
        blocks.append(
            "\n".join(["Process", "", *labels, "Products", product, "", *sections, parameters, "End", ""])
        )
    return HEADER + "\n" + "\n".join(blocks)


@given(_processes())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_files_come_back(text: str) -> None:
    first = load(file(text))
    assert first.ledger.balanced
    written = dump(first.package)
    assert written.ledger.balanced
    assert written.content == dump(first.package).content
    assert load(written.content).package == first.package


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    _try(content)
    _try(file(HEADER) + content)


@given(
    st.lists(st.sampled_from(sorted({*WHOLE.split("\n"), "", "End", '"', ";;;", "Products;1"})), max_size=60)
)
@settings(max_examples=300, deadline=None)
def test_lines_in_any_order_are_read_or_refused(lines: list[str]) -> None:
    _try(file(HEADER + "\n".join(lines)))


@given(st.integers(0, len(WHOLE)), st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_a_damaged_file_is_read_or_refused(at: int, length: int) -> None:
    _try(file(WHOLE[:at] + WHOLE[at + length :]))


def _try(content: bytes) -> None:
    try:
        result = load(content)
    except ZujiError:
        return
    assert result.ledger.balanced
    assert dump(result.package).ledger.balanced
