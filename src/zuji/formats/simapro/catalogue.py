"""Flows of a SimaPro file: products by name, elementary flows by compartment, name and quantity."""

from dataclasses import dataclass, field

from zuji.formats.simapro.identity import category_of, extra, id_of, rows_extra, wording
from zuji.formats.simapro.units import Units
from zuji.formats.simapro.words import NO_SUBCOMPARTMENT, Compartment
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.model.lci.wording import UNSAID, Wording

_ORDER = {compartment: index for index, compartment in enumerate(Compartment)}


@dataclass(slots=True)
class _Product:
    unit: str
    waste: bool
    category: str = ""
    ref: Ref | None = None
    providers: list[Ref] = field(default_factory=list)


@dataclass(slots=True)
class _Substance:
    unit: str
    cas: str = ""
    comment: Wording = UNSAID
    extras: tuple[Extra, ...] = ()


class Catalogue:
    """Every flow that a file names, with the process that supplies it where one does."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self._products: dict[str, _Product] = {}
        self._substances: dict[tuple[Compartment, str, str], _Substance] = {}
        self._elementary: dict[tuple[Compartment, str, str, str], Ref] = {}

    def define(self, name: str, unit: str, category: str, process: Ref, *, waste: bool) -> bool:
        """`process` supplies the product, or treats the waste; False where another does so already."""
        product = self._products.setdefault(name, _Product(unit, waste, category))
        product.providers.append(process)
        return len(product.providers) == 1

    def category(self, name: str) -> str:
        """The folder of a product as its first supplier says it."""
        return self._products[name].category

    def product(self, name: str, unit: str, *, waste: bool) -> Ref:
        """A product or waste by name; `waste` decides only where no process supplies it."""
        product = self._products.get(name)
        if product is None:
            product = self._products[name] = _Product(unit, waste)
        if product.ref is None:
            product.ref = Ref(product_id(name), name=wording(name), kind=Kind.FLOW)
        return product.ref

    def treated(self, name: str) -> bool:
        """Whether it is a waste: consuming it means handing it over."""
        return self._products[name].waste

    def provider(self, name: str) -> Ref | None:
        """The process that supplies it, where exactly one does."""
        providers = self._products[name].providers
        return providers[0] if len(providers) == 1 else None

    def quantity(self, name: str) -> str:
        """What amounts of a product count."""
        return self.units.quantity(self._products[name].unit)

    def list_substance(
        self, compartment: Compartment, name: str, unit: str, cas: str, comment: str, rest: tuple[str, ...]
    ) -> bool:
        """A row of a substance list; False where it was listed before."""
        key = compartment, name, self.units.quantity(unit)
        new = key not in self._substances
        if new:
            extras = (rows_extra("rest", [rest]),) if rest else ()
            if unit != self.units.reference(unit):
                extras = (extra("unit", unit), *extras)
            self._substances[key] = _Substance(unit, cas, wording(comment), extras)
        self.elementary(compartment, "", name, unit)
        return new

    def elementary(self, compartment: Compartment, sub: str, name: str, unit: str, cas: str = "") -> Ref:
        """An elementary flow; the flow without a sub-compartment always comes with it."""
        quantity = self.units.quantity(unit)
        sub = "" if sub.lower() in NO_SUBCOMPARTMENT else sub
        substance = self._substances.setdefault((compartment, name, quantity), _Substance(unit))
        substance.cas = substance.cas or cas
        for each in ("", sub):
            if (compartment, name, quantity, each) not in self._elementary:
                identity = _elementary_id(compartment, each, name, quantity)
                ref = Ref(identity, name=wording(name), kind=Kind.FLOW)
                self._elementary[compartment, name, quantity, each] = ref
        return self._elementary[compartment, name, quantity, sub]

    def cas(self, compartment: Compartment, name: str, unit: str) -> str:
        """The CAS number of a substance as first written."""
        return self._substances[compartment, name, self.units.quantity(unit)].cas

    def flows(self) -> tuple[Flow, ...]:
        """Products as they were met, then elementary flows in a fixed order."""
        products = [self._product_flow(name, product) for name, product in self._products.items()]
        keys = sorted(self._elementary, key=lambda key: (_ORDER[key[0]], *key[1:]))
        return (*products, *(self._elementary_flow(*key) for key in keys))

    def _product_flow(self, name: str, product: _Product) -> Flow:
        property_ = self.units.property(product.unit)
        return Flow(
            heading=Heading(
                id=product_id(name), name=wording(name), categories=category_of(product.category)
            ),
            type=FlowType.WASTE if product.waste else FlowType.PRODUCT,
            properties=(PropertyAmount(property=property_, amount=1.0),),
            reference=property_.id,
            extras=_unusual_path(product.category),
        )

    def _elementary_flow(self, compartment: Compartment, name: str, quantity: str, sub: str) -> Flow:
        substance = self._substances[compartment, name, quantity]
        property_ = self.units.property(substance.unit)
        return Flow(
            heading=Heading(
                id=_elementary_id(compartment, sub, name, quantity),
                name=wording(name),
                comment=UNSAID if sub else substance.comment,
            ),
            type=FlowType.ELEMENTARY,
            properties=(PropertyAmount(property=property_, amount=1.0),),
            reference=property_.id,
            compartment=(compartment.value, sub) if sub else (compartment.value,),
            cas=substance.cas,
            extras=() if sub else substance.extras,
        )


def _unusual_path(category: str) -> tuple[Extra, ...]:
    r"""A folder path that its parts do not give back, such as Biowaste\ with nothing after it."""
    plain = "\\".join(part for each in category_of(category) for part in each.path)
    return (extra("category", category),) if plain != category else ()


def product_id(name: str) -> str:
    return id_of("product", name)


def _elementary_id(compartment: Compartment, sub: str, name: str, quantity: str) -> str:
    return id_of("elementary", compartment.value, sub, name, quantity)
