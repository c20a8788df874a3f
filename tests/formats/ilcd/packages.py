"""Generated packages: anything the nouns can say, whether or not ILCD has an element for it."""

import string
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy, composite

from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory
from zuji.model.lci.models import Connection, LifeCycleModel, ProcessInstance
from zuji.model.lci.package import Package
from zuji.model.lci.processes import (
    AllocationMethod,
    AllocationShare,
    Direction,
    Documentation,
    Exchange,
    IndicatorResult,
    Parameter,
    Process,
    ProcessType,
    Review,
)
from zuji.model.lci.publications import Contact, Location, Source
from zuji.model.lci.references import Category, Extra, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording

_LETTERS = string.ascii_letters + string.digits + " <&>\"';:#%[]{}.,-_足迹ßé²"
texts = st.text(_LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
long_texts = st.one_of(texts, texts.map(lambda text: text * 120))
optional = st.one_of(st.just(""), texts)
numbers = st.floats(allow_nan=False, allow_infinity=False)
positive = st.floats(1e-6, 1e6)
ids = st.one_of(st.uuids().map(str), texts)
versions = st.sampled_from(["", "00.00.001", "01.02", "7.1", "2024-05"])
dates = st.sampled_from(["", "2024-05-01T10:00:00+08:00", "2024-02-30", "2015-01-01", "spring"])
wordings = st.lists(st.tuples(st.sampled_from(["en", "zh", "de", ""]), long_texts), max_size=3).map(
    lambda pairs: Wording(tuple(pairs))
)


def refs(kind: Kind) -> SearchStrategy[Ref]:
    """References of one kind that say something."""
    return st.builds(Ref, id=ids, version=versions, name=wordings, kind=st.just(kind), uri=optional)


def tuples(of: SearchStrategy[Any], most: int = 3) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


@composite
def categories(draw: Any) -> Category:
    path = draw(st.lists(texts, min_size=1, max_size=3))
    codes = draw(st.one_of(st.just([]), st.lists(texts, min_size=len(path), max_size=len(path))))
    return Category(tuple(path), tuple(codes), draw(optional))


headings = st.builds(
    Heading,
    id=ids,
    version=versions,
    name=wordings,
    synonyms=wordings,
    categories=tuples(categories(), 2),
    comment=wordings,
    changed=dates,
    uri=optional,
    tags=tuples(texts, 2),
)


@composite
def spreads(draw: Any) -> Spread | None:
    shape = draw(st.sampled_from([None, *Shape]))
    low, high = draw(st.one_of(st.none(), numbers)), draw(st.one_of(st.none(), numbers))
    scale = draw(st.one_of(st.none(), st.floats(0, 5))) if shape in (Shape.LOGNORMAL, Shape.NORMAL) else None
    spread = Spread(
        shape=shape,
        centre=draw(st.one_of(st.none(), numbers)),
        scale=scale,
        low=low,
        high=high,
        pedigree=draw(st.sampled_from([(), (1, 2, 3, 4, 5)])),
        base=draw(st.one_of(st.none(), st.floats(0, 2))),
    )
    return None if spread == Spread() else spread


def distinct(of: SearchStrategy[Any], most: int = 3) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most, unique_by=lambda one: one.id).map(tuple)


exchanges = st.builds(
    Exchange,
    id=st.one_of(st.integers(0, 99).map(str), texts),
    flow=refs(Kind.FLOW),
    direction=st.sampled_from(Direction),
    amount=st.one_of(st.none(), numbers),
    unit=optional,
    property=optional,
    formula=optional,
    spread=spreads(),
    reference=st.booleans(),
    avoided=st.booleans(),
    reminder=st.booleans(),
    provider=st.one_of(st.none(), refs(Kind.PROCESS)),
    location=optional,
    production_volume=st.one_of(st.none(), numbers),
    group=optional,
    quality=st.sampled_from([(), (1, 2, 3, 4, 5)]),
    comment=wordings,
    sources=tuples(refs(Kind.SOURCE), 2),
    cost=st.one_of(st.none(), numbers),
    currency=optional,
    properties=tuples(
        st.builds(PropertyAmount, property=refs(Kind.FLOW_PROPERTY), amount=numbers, id=optional), 2
    ),
)
parameters = st.builds(
    Parameter,
    name=texts,
    value=numbers,
    spread=spreads(),
    unit=optional,
    comment=wordings,
    id=optional,
    hidden=st.booleans(),
)
results = st.builds(
    IndicatorResult,
    indicator=refs(Kind.IMPACT_CATEGORY),
    amount=st.one_of(st.none(), numbers),
    module=st.sampled_from(["", "A1-A3", "D"]),
    scenario=optional,
    unit=optional,
    spread=spreads(),
    comment=wordings,
)
contact = st.one_of(st.none(), refs(Kind.CONTACT))
documentations = st.builds(
    Documentation,
    valid_from=st.sampled_from(["", "2015", "2015-01-01", "then"]),
    time=wordings,
    geography=wordings,
    technology=wordings,
    includes=wordings,
    method=wordings,
    method_principle=st.sampled_from(["", "Attributional", "my own"]),
    method_approaches=tuples(st.sampled_from(["Allocation - mass", "by weight"]), 2),
    completeness=wordings,
    collection=wordings,
    project=wordings,
    sources=tuples(refs(Kind.SOURCE), 2),
    reviews=tuples(
        st.builds(
            Review,
            type=st.sampled_from(["", "Not reviewed", "a look"]),
            details=wordings,
            reviewers=tuples(refs(Kind.CONTACT), 2),
            report=st.one_of(st.none(), refs(Kind.SOURCE)),
        ),
        2,
    ),
    compliance=tuples(refs(Kind.SOURCE), 2),
    commissioner=contact,
    generators=tuples(refs(Kind.CONTACT), 2),
    documentor=contact,
    owner=contact,
    publication=st.one_of(st.none(), refs(Kind.SOURCE)),
    publication_status=optional,
    created=dates,
    copyrighted=st.sampled_from([None, True, False]),
    licence=optional,
)


@composite
def processes(draw: Any) -> Process:
    inside = draw(distinct(exchanges))
    names = [exchange.id for exchange in inside]
    shares = (
        tuples(
            st.builds(
                AllocationShare,
                product=st.sampled_from(names),
                share=st.floats(0, 1),
                method=st.sampled_from(AllocationMethod),
                exchange=st.sampled_from(["", *names]),
                formula=optional,
            )
        )
        if names
        else st.just(())
    )
    return draw(
        st.builds(
            Process,
            heading=headings,
            type=st.sampled_from(ProcessType),
            location=optional,
            exchanges=st.just(inside),
            parameters=st.lists(parameters, max_size=2, unique_by=lambda one: one.name.lower()).map(tuple),
            allocations=shares,
            allocation_method=st.sampled_from(AllocationMethod),
            results=tuples(results),
            documentation=documentations,
            production_volume=st.one_of(st.none(), numbers),
            production_volume_text=wordings,
            infrastructure=st.booleans(),
            functional_unit=wordings,
            name_parts=tuples(st.tuples(st.sampled_from(["mixAndLocationTypes", "else"]), wordings), 2),
            extras=st.sampled_from(
                [(), (Extra("ilcd", "processInformation/technology", '<n0:x xmlns:n0="urn:x">1</n0:x>'),)]
            ),
        )
    )


@composite
def flows(draw: Any) -> Flow:
    amounts = draw(
        st.lists(
            st.builds(PropertyAmount, property=refs(Kind.FLOW_PROPERTY), amount=numbers, id=optional),
            max_size=3,
            unique_by=lambda one: one.property.id,
        )
    )
    numbered = [
        amount
        for n, amount in enumerate(amounts)
        if amount.id not in [a.id for a in amounts[:n]] or not amount.id
    ]
    return draw(
        st.builds(
            Flow,
            heading=headings,
            type=st.sampled_from(FlowType),
            properties=st.just(tuple(numbered)),
            reference=st.sampled_from(["", *(amount.property.id for amount in numbered)]),
            compartment=tuples(texts),
            cas=st.sampled_from(["", "124-38-9", "000124-38-9", "none"]),
            formula=optional,
            location=optional,
            infrastructure=st.booleans(),
            name_parts=tuples(st.tuples(st.sampled_from(["flowProperties", "else"]), wordings), 2),
        )
    )


@composite
def unit_groups(draw: Any) -> UnitGroup:
    units = draw(
        distinct(
            st.builds(
                Unit,
                id=st.one_of(st.integers(0, 99).map(str), texts),
                name=texts,
                factor=numbers,
                comment=wordings,
                synonyms=tuples(texts, 2),
            )
        )
    )
    return draw(
        st.builds(
            UnitGroup,
            heading=headings,
            units=st.just(units),
            reference=st.sampled_from(["", *(unit.id for unit in units)]),
            default_property=st.one_of(st.none(), refs(Kind.FLOW_PROPERTY)),
        )
    )


impact_categories = st.builds(
    ImpactCategory,
    heading=headings,
    unit=optional,
    unit_property=st.none(),
    factors=tuples(
        st.builds(
            CharacterisationFactor,
            flow=refs(Kind.FLOW),
            value=st.one_of(st.none(), numbers),
            direction=st.sampled_from([None, *Direction]),
            location=optional,
            unit=optional,
            property=optional,
            formula=optional,
            spread=spreads(),
            comment=wordings,
        )
    ),
    method=optional,
)


@composite
def models(draw: Any) -> LifeCycleModel:
    groups = draw(
        st.lists(st.tuples(st.integers(0, 9).map(str), wordings), max_size=2, unique_by=lambda one: one[0])
    )
    instances = draw(
        distinct(
            st.builds(
                ProcessInstance,
                id=st.one_of(st.integers(0, 9).map(str), texts),
                process=refs(Kind.PROCESS),
                scaling=st.one_of(st.none(), numbers),
                groups=tuples(st.sampled_from([*(group for group, _ in groups), "elsewhere"]), 2),
                parameters=tuples(st.tuples(texts, st.sampled_from(["1.5", "a+1"])), 2),
            )
        )
    )
    names = [instance.id for instance in instances]
    links = tuples(
        st.builds(
            Connection,
            source=st.sampled_from(names),
            target=st.sampled_from([*names, "nowhere"]),
            flow=ids,
            target_flow=optional,
            exchange=optional,
            location=optional,
            dominant=st.sampled_from([None, True, False]),
        ).filter(lambda link: link.target_flow != link.flow)
    )
    return draw(
        st.builds(
            LifeCycleModel,
            heading=headings,
            instances=st.just(instances),
            # a document lists connections under the instance they leave
            connections=links.map(lambda found: tuple(sorted(found, key=lambda one: names.index(one.source))))
            if names
            else st.just(()),
            reference=st.sampled_from(["", *names]),
            reference_exchange=optional,
            target_amount=st.one_of(st.none(), numbers),
            target_unit=optional,
            target_property=optional,
            groups=st.just(tuple(groups)),
            results=tuples(refs(Kind.PROCESS), 2),
        )
    )


sources = st.builds(
    Source,
    heading=headings,
    citation=long_texts,
    type=st.sampled_from(["", "Monograph", "tweet"]),
    description=wordings,
    files=tuples(texts, 2),
    url=st.sampled_from(["", "https://example.org/a b"]),
    year=st.one_of(st.none(), st.integers(1900, 2100)),
    contacts=tuples(refs(Kind.CONTACT), 2),
)
contacts = st.builds(
    Contact,
    heading=headings,
    short_name=wordings,
    address=wordings,
    email=optional,
    telephone=optional,
    telefax=optional,
    website=optional,
)
flow_properties = st.builds(
    FlowProperty,
    heading=headings,
    unit_group=st.one_of(st.none(), refs(Kind.UNIT_GROUP)),
    economic=st.booleans(),
)
locations = st.builds(
    Location,
    heading=headings,
    code=texts,
    latitude=st.one_of(st.none(), st.floats(-90, 90)),
    longitude=st.one_of(st.none(), st.floats(-180, 180)),
)


def one_each(of: SearchStrategy[Any], least: int = 0) -> SearchStrategy[tuple[Any, ...]]:
    by_identity = st.lists(of, min_size=least, max_size=1, unique_by=lambda one: one.heading.identity)
    return by_identity.map(tuple)


packages = st.builds(
    Package,
    name=st.just("generated"),
    processes=one_each(processes()),
    flows=one_each(flows()),
    flow_properties=one_each(flow_properties),
    unit_groups=one_each(unit_groups()),
    models=one_each(models()),
    sources=one_each(sources),
    contacts=st.lists(contacts, min_size=1, max_size=2, unique_by=lambda one: one.heading.identity).map(
        tuple
    ),
    impact_categories=one_each(impact_categories),
    locations=one_each(locations),
    files=st.sampled_from([(), (("external_docs/a.pdf", b"%PDF"), ("README", b"read me"))]),
)
