"""Rows of a process as exchanges."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from zuji.errors import InvalidInput, Place
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.blocks import Section
from zuji.formats.simapro.catalogue import Catalogue
from zuji.formats.simapro.identity import content_of, extra, rows_extra, wording
from zuji.formats.simapro.numbers import expression_in, number_in, written
from zuji.formats.simapro.table import Row
from zuji.formats.simapro.uncertainty import plain_cells, spread_in
from zuji.formats.simapro.words import Compartment
from zuji.model.lci.distributions import Spread
from zuji.model.lci.formulas import Dialect, Scope, evaluate, names_in
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.processes import AllocationShare, Direction, Exchange
from zuji.model.lci.references import Extra, Kind, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which cell of a row holds what; -1: the section has no such cell. The name is always the first."""

    unit: int = 1
    amount: int = 2
    comment: int
    kind: int = -1
    sub: int = -1
    share: int = -1
    waste: int = -1
    category: int = -1


PRODUCT = Columns(share=3, waste=4, category=5, comment=6)
STAGE_PRODUCT = Columns(category=3, comment=4)
WASTE = Columns(waste=3, category=4, comment=5)
LINK = Columns(kind=3, comment=7)
SUBSTANCE = Columns(sub=1, unit=2, amount=3, kind=4, comment=8)
FRACTION = Columns(unit=-1, waste=1, amount=2, comment=3)


def columns_of(section: str, *, stage: bool) -> Columns:
    """The cells of the rows of a section."""
    if section == words.PRODUCTS:
        return STAGE_PRODUCT if stage else PRODUCT
    if section in words.REFERENCES:
        return WASTE
    if section in words.FRACTIONS:
        return FRACTION
    return SUBSTANCE if section in words.ELEMENTARY else LINK


@dataclass(frozen=True, slots=True)
class _Target:
    """What a row leads to; `property` is set where its unit counts another quantity than the flow."""

    flow: Ref
    direction: Direction
    property: str = ""
    provider: Ref | None = None
    reference: bool = False


_OF_WASTE = frozenset({words.TO_TREATMENT, words.WASTE_TREATMENT, words.WASTE_SCENARIO, *words.FRACTIONS})


class ExchangeReader:
    """The exchanges and shares of one process; ids count the rows from 1."""

    def __init__(
        self,
        catalogue: Catalogue,
        names: Mapping[str, float],
        dialect: Dialect,
        book: LedgerBook,
        place: Place,
        *,
        stage: bool,
    ) -> None:
        self._catalogue = catalogue
        self._scope = Scope(names)
        self._dialect = dialect
        self._book = book
        self._place = place
        self._stage = stage
        self.exchanges: list[Exchange] = []
        self.shares: list[AllocationShare] = []

    def read(self, section: Section) -> None:
        """Adds what the rows of a section say."""
        columns = columns_of(section.label, stage=self._stage)
        for row in section.rows:
            place = Place(file=self._place.file, row=row.number, column=section.label, field=row.cell(0))
            item = Item(self._book, Kind.EXCHANGE, place)
            exchange = self._exchange(row, columns, item, place, section.label)
            if columns.share >= 0:
                self._share(row.cell(columns.share), exchange.id, place)
            self.exchanges.append(exchange)
            item.settle()

    def fractions(self) -> None:
        """Gives the fractions of a waste scenario amounts: percent of the waste it takes.

        What is separated of all wastes alike is a plain flow; what depends on the type of the waste cannot be
        told before a product is thrown away, and stays listed only.
        """
        taken = next((each for each in self.exchanges if each.group == words.WASTE_SCENARIO), None)
        percents = {
            each.id: float(content_of(each.extras, "percent") or "nan")
            for each in self.exchanges
            if each.group in words.FRACTIONS
        }
        typed = any(content_of(each.extras, "waste type") for each in self.exchanges if each.id in percents)
        if taken is None or taken.amount is None or typed or any(map(math.isnan, percents.values())):
            return
        separated = [percents[each.id] for each in self.exchanges if each.group == words.SEPARATED]
        left = max(0.0, 1 - math.fsum(separated) / 100)
        for index, each in enumerate(self.exchanges):
            if each.id in percents:
                part = percents[each.id] / 100 * (left if each.group == words.REMAINING else 1.0)
                amount = taken.amount * part
                self.exchanges[index] = replace(each, amount=amount, unit=taken.unit, reminder=False)

    def _exchange(self, row: Row, columns: Columns, item: Item, place: Place, section: str) -> Exchange:
        extras: list[Extra] = []
        amount, formula = self._amount(row.cell(columns.amount), item, place, extras)
        fraction = section in words.FRACTIONS
        if fraction and amount is not None:
            extras.append(extra("percent", written(amount)))
        comment = row.cell(columns.comment)
        if len(row.cells) > columns.comment + 1:
            extras.append(rows_extra("rest", [row.cells[columns.comment + 1 :]]))
        spread = self._spread(row, columns, comment, item, extras)
        self._labelled(row, columns, extras, section)
        unit = row.cell(columns.unit) if columns.unit >= 0 else ""
        if unit and not self._catalogue.units.known(unit):
            item.remark(
                "simapro.unit.unknown",
                "文件没有说明这个单位的含义，按独立单位处理",
                "nothing says what this unit measures; it stands for itself",
            )
        target = self._target(row, columns, section, unit, item)
        return Exchange(
            id=str(len(self.exchanges) + 1),
            flow=target.flow,
            direction=target.direction,
            amount=None if fraction else amount,
            unit=unit,
            property=target.property,
            formula="" if fraction else formula,
            spread=spread,
            reference=target.reference,
            avoided=section == words.AVOIDED,
            reminder=fraction or section in words.SCENARIO_LINKS,
            provider=target.provider,
            group=section,
            comment=wording(comment),
            extras=tuple(extras),
        )

    def _spread(
        self, row: Row, columns: Columns, comment: str, item: Item, extras: list[Extra]
    ) -> Spread | None:
        if columns.kind < 0:
            return None
        cells = tuple(row.cell(columns.kind + offset) for offset in range(4))
        spread, understood = spread_in(cells, comment, self._dialect)
        if not understood:
            extras.append(rows_extra("uncertainty", [plain_cells(cells, self._dialect)]))
            item.default(
                "simapro.uncertainty",
                "不确定度无法解读，已原样保留",
                "the uncertainty means no distribution; its cells are kept",
            )
        return spread

    def _target(self, row: Row, columns: Columns, section: str, unit: str, item: Item) -> _Target:
        """The flow of a row, its direction and its provider."""
        name = row.cell(0)
        if section in words.ELEMENTARY:
            flow = self._catalogue.elementary(Compartment(section), row.cell(columns.sub), name, unit)
            inward = section == Compartment.RESOURCES
            return _Target(flow, Direction.INPUT if inward else Direction.OUTPUT)
        flow = self._catalogue.product(name, unit or "kg", waste=section in _OF_WASTE)
        treated = self._catalogue.treated(name)
        property_ = ""
        if unit and self._catalogue.units.quantity(unit) != self._catalogue.quantity(name):
            property_ = self._catalogue.units.property(unit).id
            if section not in words.SCENARIO_LINKS:
                item.remark(
                    "simapro.unit.other_quantity",
                    "单位与产品的计量量不同，无法换算",
                    "the unit counts another quantity than the product, with nothing to convert by",
                )
        if section in words.SCENARIO_LINKS:
            item.remark(
                "simapro.scenario",
                "寿命结束情景只列出，不参与计算",
                "end-of-life scenarios are listed and not calculated",
            )
        if section in words.REFERENCES:
            direction = Direction.INPUT if treated else Direction.OUTPUT
            return _Target(flow, direction, property_, reference=True)
        # Handing over waste, or using a product or service, whatever the section is called.
        outward = treated or section == words.AVOIDED
        provider = self._catalogue.provider(name)
        return _Target(flow, Direction.OUTPUT if outward else Direction.INPUT, property_, provider)

    def _amount(self, cell: str, item: Item, place: Place, extras: list[Extra]) -> tuple[float | None, str]:
        if not cell:
            item.default("simapro.amount.empty", "没有数量", "there is no amount")
            return None, ""
        number = number_in(cell, self._dialect)
        if number is not None:
            return number, ""
        formula = expression_in(cell, self._dialect)
        try:
            return evaluate(formula, self._scope, dialect=Dialect.SIMAPRO), formula
        except InvalidInput as error:
            code = error.problems[0].code
            item.default(
                code,
                "数量的表达式无法计算，已保留，不参与计算",
                "the amount is an expression without a number; it is kept and not calculated with",
                replace(place, line=cell),
            )
        if not _well_formed(formula):
            extras.append(extra("amount", cell))
            formula = ""
        return None, formula

    def _share(self, cell: str, product: str, place: Place) -> None:
        item = Item(self._book, Kind.ALLOCATION, place)
        extras: list[Extra] = []
        percent, formula = self._amount(cell or "0", item, place, extras)
        if not cell:
            item.default(
                "simapro.share.empty", "没有分配比例，按 0", "there is no share of allocation; 0 is used"
            )
        if percent is None:
            percent = 0.0
        self.shares.append(
            AllocationShare(
                product=product,
                share=percent / 100,
                formula=f"({formula})/100" if formula else "",
            )
        )
        item.settle()

    def _labelled(self, row: Row, columns: Columns, extras: list[Extra], section: str) -> None:
        """Keeps a waste type and a folder that the package does not give back by itself."""
        waste = row.cell(columns.waste) if columns.waste >= 0 else ""
        general = (
            words.ALL_WASTE if section in words.FRACTIONS else {"", USUAL_WASTE.get(section, "").lower()}
        )
        if waste.lower() not in general:
            extras.append(extra("waste type", waste))
        if columns.category >= 0 and row.cell(columns.category) != self._catalogue.category(row.cell(0)):
            extras.append(extra("category", row.cell(columns.category)))


USUAL_WASTE = {
    words.PRODUCTS: "not defined",
    words.WASTE_TREATMENT: "All waste types",
    words.WASTE_SCENARIO: "All waste types",
    words.SEPARATED: "All waste types",
}
"""What the writer puts where nothing else is said."""


def _well_formed(formula: str) -> bool:
    try:
        names_in(formula, Dialect.SIMAPRO)
    except InvalidInput:
        return False
    return True
