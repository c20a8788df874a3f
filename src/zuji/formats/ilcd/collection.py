"""Data sets as they come in, seen together: duplicates, dangling references, methods, units."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from lxml import etree

from zuji.errors import Place
from zuji.formats.ilcd.datasets import Dataset, prepared
from zuji.formats.ilcd.parameters import differs
from zuji.formats.ilcd.surroundings import Surroundings
from zuji.formats.ilcd.values import nearest
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.impacts import ImpactCategory, ImpactMethod
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.models import LifeCycleModel
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Direction, Exchange, Process
from zuji.model.lci.publications import Contact, Location, Source
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, UnitGroup
from zuji.model.lci.wording import Wording
from zuji.text import Text

Key: TypeAlias = tuple[Kind, str, str]
Noun = TypeVar("Noun", bound=Dataset)


@dataclass(slots=True)
class Collection:
    """Reads data sets one after the other, and makes the package of them.

    collection = Collection(book)
    for each document: collection.add(root, file)
    package = collection.package(name="…", files=…)
    """

    book: LedgerBook
    _datasets: dict[Key, Dataset] = field(default_factory=dict)
    _places: dict[Key, Place] = field(default_factory=dict)
    _resulting: dict[Key, dict[str, float]] = field(default_factory=dict)

    def add(self, root: etree._Element, file: str) -> Dataset | None:
        """The data set of a root element; None where it is none of ILCD's. `root` is used up.

        A second data set of the same (id, version) is dropped as a whole, and said so.
        """
        found = prepared(root)
        if found is None:
            return None
        kind = found.kind.kind
        self.book.read(kind)
        key = (kind, *found.identity)
        if key in self._datasets:
            dataset, _ = found.read(LedgerBook(), file)
            why = _SAME if self._datasets[key] == dataset else _OTHER
            self.book.dropped(kind, "ilcd.duplicate", why, Place(file=file, field=dataset.heading.id))
            return dataset
        dataset, reading = found.read(self.book, file)
        if not dataset.heading.id:
            reading.remark("ilcd.no-id", _NO_ID, reading.place)
        self._datasets[key] = dataset
        self._places[key] = reading.place
        if reading.resulting:
            self._resulting[key] = reading.resulting
        return dataset

    def package(
        self,
        *,
        name: str = "",
        files: Iterable[tuple[str, bytes]] = (),
        locations: Iterable[Location] = (),
    ) -> Package:
        """Everything added, with the remarks that need the whole: enters each data set into the ledger."""
        flows = self._of(Kind.FLOW, Flow)
        package = Package(
            name=name,
            processes=self._of(Kind.PROCESS, Process),
            flows=flows,
            flow_properties=self._of(Kind.FLOW_PROPERTY, FlowProperty),
            unit_groups=self._of(Kind.UNIT_GROUP, UnitGroup),
            impact_categories=self._of(Kind.IMPACT_CATEGORY, ImpactCategory),
            models=self._of(Kind.MODEL, LifeCycleModel),
            sources=self._of(Kind.SOURCE, Source),
            contacts=self._of(Kind.CONTACT, Contact),
            locations=tuple(locations),
            files=tuple(files),
        )
        surroundings = Surroundings.of(package)
        categories = tuple(_with_unit(one, surroundings) for one in package.impact_categories)
        self._enter_processes(surroundings)
        for kind, _, _ in self._datasets:
            if kind is not Kind.PROCESS:
                self.book.mapped(kind)
        return replace(package, impact_categories=categories, impact_methods=methods_of(categories))

    def _of(self, kind: Kind, noun: type[Noun]) -> tuple[Noun, ...]:
        return tuple(
            one for (of, _, _), one in self._datasets.items() if of is kind and isinstance(one, noun)
        )

    def _enter_processes(self, surroundings: Surroundings) -> None:
        for key, process in self._datasets.items():
            if not isinstance(process, Process):
                continue
            place = self._places[key]
            notes = [
                (code, why)
                for code, why, holds in (
                    ("ilcd.no-reference", _NO_REFERENCE, not any(one.reference for one in process.exchanges)),
                    ("ilcd.no-allocation", _NO_ALLOCATION, _lacks_allocation(process, surroundings)),
                )
                if holds
            ]
            if notes:
                self.book.remarked(Kind.PROCESS, *notes[0], place)
                self._also(notes[1:], place)
            else:
                self.book.mapped(Kind.PROCESS)
            self._check_exchanges(process, self._resulting.get(key, {}), surroundings, place)

    def _check_exchanges(
        self, process: Process, resulting: dict[str, float], surroundings: Surroundings, place: Place
    ) -> None:
        for exchange in process.exchanges:
            dangling = exchange.flow.id and exchange.flow.id not in surroundings.flows
            stated = resulting.get(exchange.id)
            if not dangling and stated is None:
                continue
            here = replace(place, field=f"exchange {exchange.id}: {exchange.flow.id}")
            if dangling:
                self._also([("ilcd.dangling-flow", _DANGLING)], here)
            if stated is None or exchange.amount is None:
                continue
            units = surroundings.units(exchange)
            if units is None:
                self._also([("ilcd.unknown-unit", _UNKNOWN_UNIT)], here)
            elif differs(exchange.amount * units, stated):
                self._also([("ilcd.openlca-amount", _DISAGREES)], here)

    def _also(self, notes: Iterable[tuple[str, Text]], place: Place) -> None:
        for code, why in notes:
            self.book.read(Kind.FIELD)
            self.book.remarked(Kind.FIELD, code, why, place)


def methods_of(categories: Iterable[ImpactCategory]) -> tuple[ImpactMethod, ...]:
    """The methods that categories say they belong to. ILCD has no data set for one, so its id is derived."""
    found: dict[str, list[Ref]] = {}
    for category in categories:
        if category.method:
            ref = Ref(*category.heading.identity, category.heading.name, Kind.IMPACT_CATEGORY)
            found.setdefault(category.method, []).append(ref)
    return tuple(
        ImpactMethod(heading=Heading(id=method_id(name), name=Wording.of(name)), categories=tuple(refs))
        for name, refs in found.items()
    )


def method_id(name: str) -> str:
    """The id of the method called `name`."""
    return nearest(f"ILCD methodology: {name}", "uuid") or ""


def _with_unit(category: ImpactCategory, surroundings: Surroundings) -> ImpactCategory:
    """The unit as the reference to the quantity words it, else the reference unit of the quantity."""
    if category.unit or category.unit_property is None:
        return category
    return replace(category, unit=unit_of_quantity(category.unit_property, surroundings))


def unit_of_quantity(quantity: Ref, surroundings: Surroundings) -> str:
    """The unit of an indicator that is counted in `quantity`.

    Some refer to plain mass and write "kg CO2-Equivalents" beside it: what differs from the property's own
    name is the unit that is meant.
    """
    found = surroundings.properties.get(quantity.id)
    said = str(quantity.name)
    if said and (found is None or said not in {text for _, text in found.heading.name}):
        return said
    return surroundings.reference_unit(quantity.id)


def _lacks_allocation(process: Process, surroundings: Surroundings) -> bool:
    """Whether several products leave the process and nothing says how they share it."""
    if process.allocations:
        return False
    return sum(_is_product(one, surroundings) for one in process.exchanges) > 1


def _is_product(exchange: Exchange, surroundings: Surroundings) -> bool:
    flow = surroundings.flows.get(exchange.flow.id)
    made = exchange.direction is Direction.OUTPUT and not exchange.reminder
    return made and flow is not None and flow.type is FlowType.PRODUCT


_SAME = Text("同一数据集（编号与版本相同）重复出现，内容相同", "the same data set (id and version) once more")
_OTHER = Text(
    "编号与版本相同但内容不同的数据集，保留先出现的",
    "another data set of the same id and version; the first is kept",
)
_NO_ID = Text("数据集没有编号", "the data set has no id")
_NO_REFERENCE = Text(
    "过程没有可用的参考流，不作猜测", "the process has no usable reference flow; nothing is guessed"
)
_NO_ALLOCATION = Text(
    "过程有多个产品输出，但没有分配系数",
    "several products leave the process, and nothing says how they share it",
)
_DANGLING = Text(
    "交换引用的流不在数据包内，保留名称作为占位",
    "the flow of the exchange is not in the package; its name is kept as a stub",
)
_UNKNOWN_UNIT = Text(
    "openLCA 数量的单位在数据包内查不到，无法与 resultingAmount 核对",
    "the unit of openLCA's amount is not in the package; it cannot be checked with resultingAmount",
)
_DISAGREES = Text(
    "resultingAmount 与 openLCA 的数量不一致，采用 openLCA 的数量（它在非参考流属性时写错前者）",
    "resultingAmount disagrees with openLCA's own amount, which is used (openLCA writes the former wrongly)",
)
