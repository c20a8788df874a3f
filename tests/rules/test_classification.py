"""The product tree: what lies inside what, across CPC, HS and the shipped nodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import InvalidInput, Place
from zuji.formats import standards
from zuji.model.standards import Certainty, ProductCode, Scheme
from zuji.rules.classification import Node, Tree, code_of
from zuji.text import Text

TREE = standards.tree()
CODES = sorted({code for node in TREE for code in (node.code, *node.codes, *node.within)})
codes = st.sampled_from(CODES)


def node(node_id: str, parent: str = "", *, inside: str = "", within: str = "", beyond: str = "") -> Node:
    return Node(
        id=node_id,
        parent=parent,
        name=Text(node_id, node_id),
        codes=tuple(code_of(each) for each in inside.split()),
        within=tuple(code_of(each) for each in within.split()),
        open=frozenset(Scheme(each) for each in beyond.split()),
        certainty=Certainty.UNCONFIRMED,
    )


def covers(tree: Tree, scope: str, code: str) -> bool:
    return tree.covers(code_of(scope), code_of(code))


def test_prefixes_cover_inside_one_scheme():
    empty = Tree([])
    assert covers(empty, "hs:76", "hs:760110")
    assert covers(empty, "cpc:41", "cpc:41431")
    assert not covers(empty, "hs:760110", "hs:76")
    assert not covers(empty, "hs:41", "cpc:41431")


def test_a_node_covers_its_descendants_and_every_code_under_them():
    tree = Tree([node("metal"), node("zinc", "metal", inside="hs:7901 cpc:41442")])
    assert covers(tree, "zuji:metal", "zuji:zinc")
    assert covers(tree, "zuji:metal", "hs:790111")
    assert covers(tree, "zuji:zinc", "cpc:41442")
    assert not covers(tree, "zuji:zinc", "zuji:metal")
    assert not covers(tree, "zuji:zinc", "hs:79")


def test_codes_under_one_node_link_the_schemes():
    tree = Tree([node("zinc", inside="hs:7901 cpc:41442")])
    assert covers(tree, "cpc:41442", "hs:790111") is covers(tree, "cpc:41442", "zuji:zinc") is True
    assert covers(tree, "hs:79", "cpc:41442")


def test_a_product_within_a_code_lies_in_it_but_does_not_own_it():
    assert covers(TREE, "zuji:iron-steel", "zuji:steel-eaf")
    assert covers(TREE, "cpc:41", "zuji:steel-eaf")
    assert not covers(TREE, "zuji:steel-eaf", "hs:7208")
    assert TREE.overlap(code_of("zuji:steel-eaf"), code_of("hs:720810"))
    assert not TREE.overlap(code_of("zuji:steel-eaf"), code_of("zuji:steel-bf-bof"))


def test_an_open_scheme_claims_no_code_above_the_node():
    closed = Tree([node("salt", inside="hs:250100")])
    loose = Tree([node("salt", inside="hs:250100", beyond="hs")])
    assert covers(closed, "hs:25", "zuji:salt")
    assert not covers(loose, "hs:25", "zuji:salt")
    assert covers(loose, "zuji:salt", "hs:250100")


def test_several_codes_must_all_lie_in_a_scope():
    tree = Tree([node("pair", inside="hs:2501 hs:2601"), node("both", inside="hs:25 hs:26")])
    assert covers(tree, "zuji:both", "zuji:pair")
    assert not covers(tree, "hs:25", "zuji:pair")
    assert tree.overlap(code_of("hs:25"), code_of("zuji:pair"))


def test_nodes_of_a_code_come_narrowest_first():
    held = [each.id for each in TREE.nodes_of(code_of("hs:850760"))]
    assert held == ["lithium-ion-battery", "batteries", "machinery-electrical"]
    vanadium = [each.id for each in TREE.nodes_of(code_of("hs:720292"))]
    assert {"vanadium-products", "ferroalloy", "metals"} <= set(vanadium)


@given(code=codes)
def test_everything_covers_itself_and_overlaps_itself(code):
    assert TREE.covers(code, code)
    assert TREE.overlap(code, code)


@given(one=codes, two=codes, three=codes)
def test_covering_is_transitive(one, two, three):
    if TREE.covers(one, two) and TREE.covers(two, three):
        assert TREE.covers(one, three)


@given(one=codes, two=codes)
def test_what_covers_overlaps_and_overlap_is_mutual(one, two):
    assert TREE.overlap(one, two) == TREE.overlap(two, one)
    if TREE.covers(one, two):
        assert TREE.overlap(one, two)


@given(one=codes, two=codes, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(one, two, seed):
    shuffled = list(TREE)
    seed.shuffle(shuffled)
    assert Tree(shuffled).covers(one, two) == TREE.covers(one, two)


@pytest.mark.parametrize(
    ("written", "read"),
    [("hs:7601.10", "hs:760110"), (" CPC:41431 ", "cpc:41431"), ("zuji:cement", "zuji:cement")],
)
def test_codes_are_read_with_dots_and_blanks(written, read):
    assert str(TREE.parse(written)) == read


@pytest.mark.parametrize("written", ["7601", "hs:", "hs:760", "hs:76x1", "cpc:414311", "un:76", "zuji:水泥"])
def test_unreadable_codes_are_refused_with_an_example(written):
    with pytest.raises(InvalidInput, match="hs:760110"):
        TREE.parse(written)


def test_an_unknown_node_is_refused():
    with pytest.raises(InvalidInput, match="no-such-thing"):
        TREE.parse("zuji:no-such-thing")


def test_faulty_lists_are_refused_all_at_once_and_located():
    nodes = [node("a", "c"), node("b", "a"), node("c", "b"), node("d", "nowhere"), node("d")]
    with pytest.raises(InvalidInput) as refused:
        Tree(nodes, {"a": Place(file="products.csv", row=2)})
    assert [each.code for each in refused.value] == [
        "double-node",
        "circle",
        "circle",
        "circle",
        "unknown-parent",
    ]
    assert "products.csv" in str(refused.value)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("水泥", {"cement"}),
        ("Cement", {"cement"}),
        ("动力电池", {"battery-traction"}),
        ("锂电池", {"lithium-ion-battery"}),
    ],
)
def test_products_are_found_by_their_names(words, found):
    assert {each.id for each in TREE.find(words)} == found


def test_words_find_every_name_that_has_them():
    assert {"steel-eaf", "steel-bf-bof"} <= {each.id for each in TREE.find("steel")}
    assert TREE.find("没有这种产品") == ()


def test_names_are_told_for_nodes_and_codes():
    assert TREE.name(ProductCode(Scheme.ZUJI, "cement")).en == "Cement"
    assert TREE.name(ProductCode(Scheme.HS, "7601")).zh == "hs:7601"
