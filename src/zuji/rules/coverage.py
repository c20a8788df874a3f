"""The standards framework: products by kinds of standard, what there is, and the gaps (SN 二（二）3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuji.model.standards import KIND_NAMES, Certainty, Standard, StandardKind
from zuji.rules.classification import Node, Tree
from zuji.rules.governing import ABROAD, applies_in
from zuji.text import Text


class Cover(StrEnum):
    """How well a product has a kind of standard, the best first."""

    IN_FORCE = "in_force"
    COMING = "coming"
    UNSURE = "unsure"
    PARTLY = "partly"
    GAP = "gap"


COVER_NAMES: dict[Cover, Text] = {
    Cover.IN_FORCE: Text("已实施", "In force"),
    Cover.COMING: Text("已发布，未实施", "Issued, not yet in force"),
    Cover.UNSURE: Text("待确认", "To be confirmed"),
    Cover.PARTLY: Text("部分覆盖", "In part"),
    Cover.GAP: Text("空缺", "Gap"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCell:
    """One product and one kind: the standards that give the state, the surest first."""

    kind: StandardKind
    cover: Cover
    standards: tuple[Standard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One product with a cell for each kind, in the order of `StandardKind`."""

    node: Node
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The matrix on a day in a region."""

    on: date
    region: str
    rows: tuple[CoverageRow, ...]

    @property
    def gaps(self) -> tuple[tuple[Node, StandardKind], ...]:
        """Products and kinds for which there is nothing at all."""
        return tuple(
            (row.node, cell.kind) for row in self.rows for cell in row.cells if cell.cover is Cover.GAP
        )

    def count(self, kind: StandardKind, cover: Cover) -> int:
        return sum(cell.kind is kind and cell.cover is cover for row in self.rows for cell in row.cells)

    def table(self, language: str = "zh") -> tuple[tuple[str, ...], ...]:
        """Rows for export: a heading, then product id and name, and for each kind its state and numbers."""
        heads = [Text("产品编号", "Product id"), Text("产品", "Product")]
        for name in KIND_NAMES.values():
            heads += [name, Text(f"{name.zh}：标准", f"{name.en}: standards")]
        lines = [tuple(head.in_language(language) for head in heads)]
        for row in self.rows:
            line = [row.node.id, row.node.name.in_language(language)]
            for cell in row.cells:
                line.append(COVER_NAMES[cell.cover].in_language(language))
                line.append("; ".join(each.number for each in cell.standards))
            lines.append(tuple(line))
        return tuple(lines)


def coverage(
    standards: Iterable[Standard],
    tree: Tree,
    on: date,
    *,
    nodes: Sequence[Node] | None = None,
    region: str = "",
) -> Coverage:
    """The matrix for `nodes`, or for the whole tree.

    A standard of another kind than product accounting without a scope is taken to cover every product. One
    of a wider product covers the narrower; the reverse is only partial. International and foreign standards
    fill no gap. Unconfirmed, demonstration and undated standards leave a product "to be confirmed".
    """
    listed = sorted(
        (
            each
            for each in standards
            if each.level not in ABROAD
            and applies_in(each, region)
            and (each.withdrawn is None or on < each.withdrawn)
        ),
        key=lambda each: each.number,
    )
    chosen = tuple(tree) if nodes is None else tuple(nodes)
    rows = tuple(
        CoverageRow(node=node, cells=tuple(_cell(node, kind, listed, tree, on) for kind in StandardKind))
        for node in chosen
    )
    return Coverage(on=on, region=region, rows=rows)


def _cell(
    node: Node, kind: StandardKind, standards: Sequence[Standard], tree: Tree, on: date
) -> CoverageCell:
    found: dict[Cover, list[Standard]] = {}
    for each in standards:
        if each.kind is kind:
            found.setdefault(_cover(each, node, tree, on), []).append(each)
    found.pop(Cover.GAP, None)
    best = min(found, key=list(Cover).index, default=Cover.GAP)
    listed = tuple(each for cover in Cover for each in found.get(cover, ()))
    return CoverageCell(kind=kind, cover=best, standards=listed)


def _cover(standard: Standard, node: Node, tree: Tree, on: date) -> Cover:
    general = not standard.scope and standard.kind is not StandardKind.PRODUCT
    if not general and not tree.covers_any(standard.scope, (node.code,)):
        overlapping = any(tree.overlap(scope, node.code) for scope in standard.scope)
        return Cover.PARTLY if overlapping else Cover.GAP
    if standard.certainty is Certainty.UNCONFIRMED or standard.demonstration:
        return Cover.UNSURE
    if standard.holds(on):
        return Cover.IN_FORCE
    if standard.in_force is not None and standard.issued is not None and standard.issued <= on:
        return Cover.COMING
    return Cover.UNSURE if standard.in_force is None else Cover.GAP
