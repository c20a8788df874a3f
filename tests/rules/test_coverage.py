"""R03: products by kinds of standard, with every gap."""

from datetime import date

from hypothesis import given

from tests.rules.registers import STRONG, days, registries, standard
from zuji.formats import standards as shipped
from zuji.model.standards import Certainty, StandardKind
from zuji.rules.coverage import Cover, coverage

TREE = shipped.tree()
DAY = date(2026, 1, 1)
PRODUCT = StandardKind.PRODUCT


def cover(standards, product: str = STRONG, kind: StandardKind = PRODUCT, **options) -> Cover:
    node = TREE.node(product.removeprefix("zuji:"))
    (row,) = coverage(standards, TREE, options.pop("on", DAY), nodes=[node], **options).rows
    return next(cell.cover for cell in row.cells if cell.kind is kind)


def test_a_product_has_the_best_state_that_any_standard_gives_it():
    assert cover([]) is Cover.GAP
    assert cover([standard("GB")]) is Cover.IN_FORCE
    assert cover([standard("GB", in_force=date(2026, 6, 1))]) is Cover.COMING
    assert cover([standard("GB", in_force=None)]) is Cover.UNSURE
    assert cover([standard("T", "group", certainty=Certainty.UNCONFIRMED)]) is Cover.UNSURE
    assert cover([standard("D", demonstration=True)]) is Cover.UNSURE
    assert cover([standard("GB", scope=STRONG)], "zuji:baijiu") is Cover.PARTLY
    assert cover([standard("GB", scope=STRONG), standard("GB 2")], "zuji:baijiu") is Cover.IN_FORCE


def test_what_does_not_hold_here_or_no_longer_fills_no_gap():
    assert cover([standard("GB", withdrawn=DAY)]) is Cover.GAP
    assert cover([standard("DB", "local")]) is Cover.GAP
    assert cover([standard("DB", "local")], region="CN-SC") is Cover.IN_FORCE
    assert cover([standard("ISO", "international")]) is Cover.GAP
    assert cover([standard("GB", issued=date(2026, 2, 1), in_force=date(2026, 3, 1))]) is Cover.GAP


def test_a_general_standard_without_a_scope_covers_every_product_of_its_kind_only():
    general = standard("GB", scope="", kind=StandardKind.GENERAL)
    assert cover([general], kind=StandardKind.GENERAL) is Cover.IN_FORCE
    assert cover([general], kind=StandardKind.DATA_QUALITY) is Cover.GAP
    assert cover([standard("GB", scope="")]) is Cover.GAP


def test_the_shipped_matrix_shows_the_open_fields():
    matrix = coverage(shipped.registry(), TREE, DAY, region="CN-SC")
    missing = {node.id for node, kind in matrix.gaps if kind is PRODUCT}
    assert {"vanadium-titanium", "shale-gas", "cement", "battery-traction"} <= missing
    assert not missing & {"aluminium-primary", "livestock", "plastic-products", "baijiu-strong-aroma"}
    assert matrix.count(StandardKind.GENERAL, Cover.IN_FORCE) == len(TREE)


def test_the_table_for_export_has_a_line_for_each_product_in_both_languages():
    matrix = coverage(shipped.registry(), TREE, DAY)
    chinese, english = matrix.table(), matrix.table("en")
    assert len(chinese) == len(english) == len(TREE) + 1
    assert {len(line) for line in chinese} == {2 + 2 * len(StandardKind)}
    assert chinese[0][4] == "产品核算"
    line = next(line for line in english if line[0] == "aluminium-primary")
    assert line[1] == "Primary aluminium"
    assert line[4:6] == ("In force", "GB/T 44905-2024")


@given(rules=registries(), on=days)
def test_cells_and_gaps_agree_and_standards_are_named_unless_there_are_none(rules, on):
    matrix = coverage(rules, TREE, on, nodes=[TREE.node("baijiu"), TREE.node("cement")], region="CN-SC")
    gaps = set(matrix.gaps)
    for row in matrix.rows:
        for cell in row.cells:
            assert (cell.cover is Cover.GAP) == (not cell.standards) == ((row.node, cell.kind) in gaps)
            assert all(each.kind is cell.kind for each in cell.standards)
