"""Packages as another format would bring them: amounts in any unit of a group, co-products, treatment."""

from hypothesis import strategies as st

from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.package import Package
from zuji.model.lci.processes import (
    AllocationMethod,
    AllocationShare,
    Direction,
    Documentation,
    Exchange,
    Parameter,
    Process,
)
from zuji.model.lci.references import Category, Heading, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording

MASS = UnitGroup(
    heading=Heading(id="mass units", name=Wording.of("Units of mass")),
    units=(
        Unit(id="0", name="kg", factor=1.0),
        Unit(id="1", name="g", factor=0.001),
        Unit(id="2", name="t", factor=1000.0),
    ),
    reference="0",
)
ENERGY = UnitGroup(
    heading=Heading(id="energy units", name=Wording.of("Units of energy")),
    units=(Unit(id="0", name="MJ", factor=1.0), Unit(id="1", name="kWh", factor=3.6)),
    reference="0",
)
PROPERTIES = (
    FlowProperty(heading=Heading(id="mass", name=Wording.of("Mass")), unit_group=Ref("mass units")),
    FlowProperty(heading=Heading(id="energy", name=Wording.of("Energy")), unit_group=Ref("energy units")),
)
FACTORS = {"mass": {"": 1.0, "0": 1.0, "1": 0.001, "2": 1000.0}, "energy": {"": 1.0, "0": 1.0, "1": 3.6}}

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"),
    max_size=60,
)
names = texts.map(str.strip).filter(bool)
amounts = st.floats(1e-9, 1e9) | st.floats(-1e6, -1e-6)
wordings = st.builds(Wording.of, names)
long_names = st.builds(lambda name, times: Wording.of(name * times), names, st.integers(1, 8))


def flow(identifier: str, kind: FlowType, name: Wording, reference: str = "mass") -> Flow:
    """A flow of a kind, counted in mass or energy; both are known of it (20 MJ a kg)."""
    other = "energy" if reference == "mass" else "mass"
    return Flow(
        heading=Heading(id=identifier, name=name, categories=(Category(("materials", "metals")),)),
        type=kind,
        properties=(
            PropertyAmount(property=Ref(reference), amount=1.0),
            PropertyAmount(property=Ref(other), amount=20.0 if reference == "mass" else 0.05),
        ),
        reference=reference,
        compartment=("Emissions", "air", "urban air") if kind is FlowType.ELEMENTARY else (),
        cas="000124-38-9" if kind is FlowType.ELEMENTARY else "",
        location="",
    )


@st.composite
def spreads(draw: st.DrawFn, amount: float) -> Spread | None:
    """Any uncertainty of an amount, with or without its pedigree."""
    pedigree = draw(st.sampled_from(((), (1, 2, 3, 4, 5), (5, 5, 5, 5, 5))))
    shape = draw(st.sampled_from((None, *Shape)))
    width = draw(st.floats(0.001, 2))
    if shape is Shape.LOGNORMAL:
        return Spread(shape=shape, scale=width, pedigree=pedigree)
    if shape is Shape.NORMAL:
        return Spread(shape=shape, scale=width * abs(amount), pedigree=pedigree)
    low, high = sorted((amount * (1 - width), amount * (1 + width)))
    if shape is Shape.TRIANGULAR:
        return Spread(shape=shape, low=low, centre=amount, high=high, pedigree=pedigree)
    if shape is Shape.UNIFORM:
        return Spread(shape=shape, low=low, high=high, pedigree=pedigree)
    return None


@st.composite
def exchanges(draw: st.DrawFn, number: int, flows: tuple[Flow, ...], providers: tuple[str, ...]) -> Exchange:
    """An exchange that is no reference: any flow in any unit that it is known in."""
    chosen = draw(st.sampled_from(flows))
    used = draw(st.sampled_from(("", "mass", "energy")))
    unit = draw(st.sampled_from(sorted(FACTORS[used or chosen.reference])))
    amount = draw(amounts)
    technosphere = chosen.type is not FlowType.ELEMENTARY
    incoming = draw(st.booleans())
    provider = draw(st.sampled_from(providers)) if providers and technosphere and incoming else ""
    return Exchange(
        id=str(number),
        flow=Ref(chosen.heading.id),
        direction=Direction.INPUT if incoming else Direction.OUTPUT,
        amount=amount,
        unit=unit,
        property=used,
        spread=draw(spreads(amount)),
        provider=Ref(provider) if provider else None,
        avoided=technosphere and incoming and draw(st.booleans()),
        comment=Wording.of(draw(texts)),
    )


@st.composite
def processes(draw: st.DrawFn, number: int, flows: tuple[Flow, ...], providers: tuple[str, ...]) -> Process:
    """A process with one to three products, or one that treats waste."""
    products = [each for each in flows if each.type is FlowType.PRODUCT]
    wastes = [each for each in flows if each.type is FlowType.WASTE]
    treats = bool(wastes) and draw(st.booleans())
    made = (
        [draw(st.sampled_from(wastes))]
        if treats
        else draw(
            st.lists(
                st.sampled_from(products), min_size=1, max_size=3, unique_by=lambda each: each.heading.id
            )
        )
    )
    references = [
        Exchange(
            id=f"p{place}",
            flow=Ref(each.heading.id),
            direction=Direction.INPUT if treats else Direction.OUTPUT,
            amount=draw(st.floats(1e-3, 1e3)),
            reference=True,
        )
        for place, each in enumerate(made)
    ]
    count = draw(st.integers(0, 4))
    others = [draw(exchanges(place, flows, providers)) for place in range(1, count + 1)]
    shares: tuple[AllocationShare, ...] = ()
    if len(references) > 1:
        weights = [draw(st.floats(0.1, 1)) for _ in references]
        shares = tuple(
            AllocationShare(product=each.id, share=weight / sum(weights), method=AllocationMethod.ECONOMIC)
            for each, weight in zip(references, weights, strict=True)
        )
    return Process(
        heading=Heading(
            id=f"process {number}",
            version=draw(st.sampled_from(("", "01.00.002", "3.8.1.0"))),
            name=draw(long_names),
            synonyms=draw(wordings),
            comment=draw(wordings),
            changed=draw(st.sampled_from(("", "2024-01-02T03:04:05Z", "2024-01-02"))),
        ),
        location=draw(st.sampled_from(("CN-SC", "CN", "", "a very long name of a place"))),
        exchanges=(*references, *others),
        parameters=tuple(
            Parameter(name=f"p_{place}", value=draw(amounts), unit="kg")
            for place in range(draw(st.integers(0, 2)))
        ),
        allocations=shares,
        documentation=Documentation(
            valid_from=draw(st.sampled_from(("", "2015", "2015-06", "2015-06-07"))),
            valid_until=draw(st.sampled_from(("", "2020", "2020-12-31"))),
            technology=draw(wordings),
        ),
    )


@st.composite
def packages(draw: st.DrawFn) -> Package:
    """A package of a format with unit groups and flow properties."""
    kinds = [FlowType.PRODUCT, FlowType.PRODUCT, FlowType.PRODUCT, FlowType.WASTE, FlowType.ELEMENTARY]
    flows = tuple(
        flow(
            f"flow {place}",
            kind,
            Wording.of(f"{draw(names)} {place}"),
            draw(st.sampled_from(("mass", "energy"))),
        )
        for place, kind in enumerate(kinds)
    )
    count = draw(st.integers(1, 3))
    ids = tuple(f"process {number}" for number in range(count))
    return Package(
        name="made",
        processes=tuple(draw(processes(number, flows, ids)) for number in range(count)),
        flows=flows,
        flow_properties=PROPERTIES,
        unit_groups=(MASS, ENERGY),
    )


def in_reference_units(package: Package, exchange: Exchange) -> float:
    """The amount in the reference unit of the flow, computed without the writer."""
    chosen = next(each for each in package.flows if each.heading.id == exchange.flow.id)
    used = exchange.property or chosen.reference
    per_unit = next(each.amount for each in chosen.properties if each.property.id == used)
    assert exchange.amount is not None
    return exchange.amount * FACTORS[used][exchange.unit] / per_unit
