"""What goes without saying is said: units of amounts, what a system delivers, which exchange a link feeds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from zuji.errors import Place
from zuji.formats.jsonld.reasons import REASONS
from zuji.formats.jsonld.record import Account
from zuji.model.lci.flows import Flow
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory
from zuji.model.lci.models import Connection, LifeCycleModel
from zuji.model.lci.processes import Direction, Exchange, Process
from zuji.model.lci.references import Kind
from zuji.model.lci.units import FlowProperty, UnitGroup

_Amount = TypeVar("_Amount", Exchange, CharacterisationFactor)


class Units:
    """Fills in what amounts leave out, where the flow and its reference property are known."""

    def __init__(
        self,
        account: Account,
        flows: Iterable[Flow],
        properties: Sequence[FlowProperty],
        groups: Sequence[UnitGroup],
    ) -> None:
        self._account = account
        by_id = {group.heading.id: group for group in groups}
        self._known = {
            (one.heading.id, unit.id)
            for one in properties
            if one.unit_group and one.unit_group.id in by_id
            for unit in by_id[one.unit_group.id].units
        }
        references = {group.heading.id: group.reference for group in groups}
        self._references: Mapping[str, str] = {
            one.heading.id: references.get(one.unit_group.id, "") for one in properties if one.unit_group
        }
        self._properties: dict[str, str] = {}
        self._measured: dict[str, frozenset[str]] = {}
        for flow in flows:
            self._properties[flow.heading.id] = flow.reference
            self._measured[flow.heading.id] = frozenset(one.property.id for one in flow.properties)

    def of_process(self, process: Process) -> Process:
        if not all(one.unit and one.property for one in process.exchanges):
            process = replace(process, exchanges=tuple(self._filled(one) for one in process.exchanges))
        self._check(process.exchanges, f"processes/{process.heading.id}.json", "exchanges")
        return process

    def of_category(self, category: ImpactCategory) -> ImpactCategory:
        if not all(one.unit and one.property for one in category.factors):
            category = replace(category, factors=tuple(self._filled(one) for one in category.factors))
        self._check(category.factors, f"lcia_categories/{category.heading.id}.json", "impactFactors")
        return category

    def of_model(self, model: LifeCycleModel, processes: Mapping[str, Process]) -> LifeCycleModel:
        """A product system that leaves it out delivers the reference of its process, in the flow's units."""
        process = processes.get(model.reference)
        wanted = model.reference_exchange
        exchange = next(
            (
                one
                for one in (process.exchanges if process else ())
                if (one.id == wanted if wanted else one.reference)
            ),
            None,
        )
        connections = tuple(_said(one, processes) for one in model.connections)
        if exchange is None:
            return replace(model, connections=connections)
        property_ = model.target_property or self._properties.get(exchange.flow.id, "")
        unit = model.target_unit or self._references.get(property_, "")
        return replace(
            model,
            connections=connections,
            reference_exchange=exchange.id,
            target_property=property_,
            target_unit=unit,
        )

    def _check(self, amounts: Sequence[Exchange | CharacterisationFactor], file: str, field: str) -> None:
        """Tells of amounts that cannot be converted: the unit is unknown, or the flow lacks the property."""
        for number, one in enumerate(amounts):
            if one.property and (one.property, one.unit) not in self._known:
                code = "unknown-unit"
            elif one.property and one.property not in self._measured.get(one.flow.id, {one.property}):
                code = "foreign-property"
            else:
                continue
            book = self._account.book
            book.read(Kind.FIELD)
            book.remarked(Kind.FIELD, code, REASONS[code], Place(file=file, field=f"{field}[{number}].unit"))

    def _filled(self, amount: _Amount) -> _Amount:
        property_ = amount.property or self._properties.get(amount.flow.id, "")
        unit = amount.unit or self._references.get(property_, "")
        if (unit, property_) == (amount.unit, amount.property):
            return amount
        return replace(amount, unit=unit, property=property_)


def linked_exchange(link: Connection, consumer: Process) -> str:
    """The exchange that a link feeds: the one it names, else the consumer's only use of the flow."""
    if link.exchange:
        return link.exchange
    wanted = link.target_flow or link.flow
    uses = [one for one in consumer.exchanges if one.flow.id == wanted and not one.reference]
    if len(uses) > 1:
        uses = [one for one in uses if one.direction is Direction.INPUT]
    return uses[0].id if len(uses) == 1 else ""


def _said(link: Connection, processes: Mapping[str, Process]) -> Connection:
    consumer = processes.get(link.target)
    if link.exchange or consumer is None:
        return link
    return replace(link, exchange=linked_exchange(link, consumer))
