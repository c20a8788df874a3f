"""Exchanges as rows of the sections of a SimaPro process."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zuji.errors import Place
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.exchanges import USUAL_WASTE, columns_of
from zuji.formats.simapro.expressions_out import comment_out, expression_out, gives, uncertainty_cells
from zuji.formats.simapro.identity import content_of, rows_of
from zuji.formats.simapro.labels import Labels
from zuji.formats.simapro.measures import Measure, Measures
from zuji.formats.simapro.numbers import written
from zuji.formats.simapro.places import spot_of
from zuji.model.lci.distributions import Shape
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.formulas import Scope
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.processes import Direction, Exchange, Process
from zuji.model.lci.references import Category, Kind
from zuji.text import Text


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What rows are written with: the flows of a package, their names and units."""

    flows: Mapping[str, Flow]
    labels: Labels
    measures: Measures


def is_ours(process: Process) -> bool:
    """Whether the process was read from SimaPro, and is written as it was."""
    return content_of(process.extras, words.CATEGORY_TYPE) is not None


class ExchangeWriter:
    """The rows of one process by section; `shares` are percentages by exchange id."""

    def __init__(
        self,
        process: Process,
        lexicon: Lexicon,
        names: Mapping[str, float],
        shares: Mapping[str, str],
        book: LedgerBook,
    ) -> None:
        self._process = process
        self._lexicon = lexicon
        self._scope = Scope(names)
        self._shares = shares
        self._book = book
        self._ours = is_ours(process)
        self._stage = content_of(process.extras, "block") == words.STAGE
        self._supplied: set[str] = set()
        self.rows: dict[str, list[tuple[str, ...]]] = {}

    def write(self, exchanges: Sequence[tuple[Exchange, str]]) -> None:
        """Adds a row for each exchange with the section it belongs to; an empty section drops it."""
        for exchange, section in exchanges:
            place = Place(
                line=str(self._process.heading.name), field=str(exchange.flow.name) or exchange.flow.id
            )
            if section in _REFUSED:
                self._book.dropped(Kind.EXCHANGE, section, _REFUSED[section], place)
                continue
            item = Item(self._book, Kind.EXCHANGE, place)
            row = self._row(exchange, section, item)
            if isinstance(row, str):
                self._book.dropped(Kind.EXCHANGE, row, _REFUSED[row], place)
                continue
            self.rows.setdefault(section, []).append(row)
            item.settle()

    def _row(self, exchange: Exchange, section: str, item: Item) -> tuple[str, ...] | str:
        """The cells, or the code of why there can be none."""
        flow = self._lexicon.flows.get(exchange.flow.id)
        columns = columns_of(section, stage=self._stage)
        measure = self._measure(exchange)
        if measure is None:
            return "simapro.no_unit"
        if measure.unsure and not self._ours:
            item.default(
                "simapro.unit.unsure",
                "单位没有定义，按原名写出",
                "nothing defines the unit; it is written by its name",
            )
        cells = [""] * (columns.comment + 1)
        cells[0] = self._name(exchange, section, item)
        if columns.unit >= 0:
            cells[columns.unit] = measure.unit
        cells[columns.amount] = self._amount(exchange, measure, section, item)
        cells[columns.comment] = comment_out(exchange.comment, exchange.spread)
        if columns.kind >= 0:
            cells[columns.kind : columns.kind + 4] = self._uncertainty(exchange, measure, section, item)
        if columns.sub >= 0 and flow is not None:
            spot = spot_of(flow, exchange.direction)
            cells[columns.sub] = spot.sub if spot else ""
            if spot is not None and spot.coarser:
                item.default(
                    "simapro.compartment.coarser",
                    "SimaPro 没有这么细的环境分区",
                    "SimaPro has no compartment as fine as that",
                )
        if columns.share >= 0:
            cells[columns.share] = self._shares.get(exchange.id, "100")
        if columns.waste >= 0:
            kept = content_of(exchange.extras, "waste type")
            cells[columns.waste] = USUAL_WASTE.get(section, "") if kept is None else kept
        if columns.category >= 0:
            cells[columns.category] = self._category(exchange, flow)
        self._say_what_is_lost(exchange, item)
        rest = rows_of(content_of(exchange.extras, "rest"))
        return (*cells, *(rest[0] if rest else ()))

    def _measure(self, exchange: Exchange) -> Measure | None:
        if self._ours:
            return Measure(exchange.unit)
        return self._lexicon.measures.of(exchange.flow.id, exchange.property, exchange.unit)

    def _name(self, exchange: Exchange, section: str, item: Item) -> str:
        labels = self._lexicon.labels
        if section in words.ELEMENTARY:
            name = exchange.flow.name.in_language("en")
            flow = self._lexicon.flows.get(exchange.flow.id)
            return (flow.heading.name.in_language("en") if flow else "") or name
        first = exchange.flow.id not in self._supplied or self._ours
        if exchange.reference and first and section in words.REFERENCES:
            self._supplied.add(exchange.flow.id)
            if labels.renamed(self._process, exchange.flow):
                item.default(
                    "simapro.name.told_apart",
                    "产品重名，名称后加了地点、过程或版本",
                    "products of the same name; place, process or version were added to the name",
                )
            return labels.supply(self._process, exchange.flow)
        if section in words.REFERENCES:
            return labels.co_product(self._process, exchange.flow)
        use = labels.use(exchange)
        if use.open:
            item.default(
                "simapro.supplier.open",
                "有几个过程供应这个产品而数据没有指明是哪一个；写出的行没有供应者",
                "several processes supply it and the data name none; the row is written without a supplier",
            )
        return use.name

    def _amount(self, exchange: Exchange, measure: Measure, section: str, item: Item) -> str:
        raw = content_of(exchange.extras, "amount")
        if raw is not None:
            return raw
        percent = content_of(exchange.extras, "percent")
        if section in words.FRACTIONS and percent is not None:
            return percent
        sign = -1.0 if self._turned(exchange, section) else 1.0
        factor = sign * measure.factor
        if exchange.formula:
            expression = expression_out(exchange.formula)
            if factor != 1:
                expression = f"{written(factor)}*({expression})"
            value = None if exchange.amount is None else exchange.amount * factor
            if gives(expression, value, self._scope):
                return expression
            item.default(
                "simapro.expression",
                "表达式在 SimaPro 中得不到同样的数，写成了数值",
                "SimaPro would not get the same number from the expression; the number is written",
            )
        return "" if exchange.amount is None else written(exchange.amount * factor)

    def _turned(self, exchange: Exchange, section: str) -> bool:
        """Whether the row counts the other way: waste taken in without being what the process is for, or a
        treated waste that the source writes as a negative product."""
        if self._ours:
            return False
        if section == words.WASTE_TREATMENT:
            return exchange.direction is Direction.OUTPUT
        return (
            section == words.TO_TREATMENT
            and exchange.direction is Direction.INPUT
            and self._is_waste(exchange)
        )

    def _is_waste(self, exchange: Exchange) -> bool:
        flow = self._lexicon.flows.get(exchange.flow.id)
        return flow is not None and flow.type is FlowType.WASTE

    def _uncertainty(self, exchange: Exchange, measure: Measure, section: str, item: Item) -> tuple[str, ...]:
        spread = exchange.spread
        sign = -1.0 if self._turned(exchange, section) else 1.0
        cells, said = uncertainty_cells(spread, sign * measure.factor, exchange.extras)
        centre = spread.centre if spread else None
        shifted = (
            spread is not None
            and spread.shape is not Shape.UNIFORM
            and centre is not None
            and exchange.amount is not None
            and not math.isclose(centre, exchange.amount, rel_tol=1e-6)
        )
        if not said or shifted:
            item.default(
                "simapro.uncertainty",
                "SimaPro 无法写出这种分布，或其中心不是数量本身",
                "SimaPro cannot hold this distribution, or its centre is not the amount",
            )
        return cells

    def _category(self, exchange: Exchange, flow: Flow | None) -> str:
        kept = content_of(exchange.extras, "category")
        if kept is None and flow is not None:
            kept = content_of(flow.extras, "category")
        if kept is not None:
            return kept
        categories = flow.heading.categories if flow else ()
        path = path_of(categories or (() if self._ours else self._process.heading.categories))
        return path or ("" if self._ours else "Others")

    def _say_what_is_lost(self, exchange: Exchange, item: Item) -> None:
        if exchange.location and exchange.location != self._process.location:
            item.default(
                "simapro.exchange.location",
                "SimaPro 的交换没有自己的地点",
                "in SimaPro an exchange has no place of its own",
            )
        if exchange.properties:
            item.default(
                "simapro.exchange.properties",
                "SimaPro 的交换没有流的属性",
                "in SimaPro an exchange states no properties of its flow",
            )
        if exchange.sources or exchange.quality:
            item.default(
                "simapro.exchange.sources",
                "SimaPro 的交换没有自己的来源和质量等级",
                "in SimaPro an exchange has no sources or quality of its own",
            )
        if exchange.cost is not None:
            item.default(
                "simapro.exchange.cost", "SimaPro 的交换没有价格", "in SimaPro an exchange has no price"
            )


def path_of(categories: Sequence[Category]) -> str:
    r"""The first classification as a folder path such as Metals\Ferrous."""
    if not categories:
        return ""
    return "\\".join(name.replace("\\", "/").strip() for name in categories[0].path)


_REFUSED = {
    "simapro.no_unit": Text("单位无法确定，未写出", "its unit cannot be told; it is left out"),
    "simapro.no_compartment": Text(
        "无法判断属于哪个环境分区，未写出", "which compartment it belongs to cannot be told; it is left out"
    ),
    "simapro.no_flow": Text("流不在数据包里，未写出", "its flow is not in the package; it is left out"),
    "simapro.beside_treatment": Text(
        "处理废物的过程在 SimaPro 里不能另有产品，未写出",
        "in SimaPro a process that treats waste has no product beside it; it is left out",
    ),
    "simapro.elementary_reference": Text(
        "基本流不能是产品，未写出", "an elementary flow cannot be a product; it is left out"
    ),
    "simapro.reminder": Text(
        "来源说明这不属于清单，未写出", "the source says it is no part of the inventory; it is left out"
    ),
    "simapro.no_amount": Text("没有数量，未写出", "it has no amount; it is left out"),
}


def section_of(exchange: Exchange, lexicon: Lexicon, *, ours: bool, treats: bool, product: bool) -> str:
    """The section that an exchange belongs to, or the code of why it belongs to none.

    `treats`: the process is a treatment of waste; `product`: the exchange is what it is there for.
    """
    if ours and exchange.group in words.PROCESS_SECTIONS:
        return exchange.group
    flow = lexicon.flows.get(exchange.flow.id)
    if exchange.reminder:
        return "simapro.reminder"
    if exchange.amount is None:
        return "simapro.no_amount"
    if flow is not None and flow.type is FlowType.ELEMENTARY:
        if exchange.reference:
            return "simapro.elementary_reference"
        spot = spot_of(flow, exchange.direction)
        return "simapro.no_compartment" if spot is None else spot.compartment.value
    if flow is None and not exchange.flow.name:
        return "simapro.no_flow"
    if lexicon.measures.of(exchange.flow.id, exchange.property, exchange.unit) is None:
        return "simapro.no_unit"
    if product:
        return words.WASTE_TREATMENT if treats else words.PRODUCTS
    waste = flow is not None and flow.type is FlowType.WASTE
    if exchange.avoided:
        return words.AVOIDED
    if waste:
        return words.TO_TREATMENT
    if exchange.direction is Direction.OUTPUT:
        return "simapro.beside_treatment" if treats else words.PRODUCTS
    return words.MATERIALS
