"""One activity data set as a process: description, flows, validation, administration."""

from dataclasses import dataclass, replace

from zuji.formats.ecospold2.classes import read_classes
from zuji.formats.ecospold2.exchanges import read_exchange
from zuji.formats.ecospold2.formulas import check_formulas
from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import Node
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.people import read_company, read_person, read_place, read_source
from zuji.formats.ecospold2.quantities import read_indicator, read_parameter
from zuji.formats.ecospold2.registry import Registry
from zuji.formats.ecospold2.shares import read_shares
from zuji.formats.ecospold2.texts import read_story
from zuji.model.lci.processes import (
    Direction,
    Documentation,
    Exchange,
    IndicatorResult,
    Parameter,
    Process,
    ProcessType,
    Review,
)
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.model.lci.wording import UNSAID, Wording
from zuji.text import Text

CHILD = "child"
"""Place of the extra that marks a child data set; its content is the namespace of its elements."""
_VERSION = ("majorRelease", "minorRelease", "majorRevision", "minorRevision")
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class _Description:
    heading: Heading
    type: ProcessType
    location: str
    documentation: Documentation


def read_activity(node: Node, registry: Registry, notes: Notes, namespace: str) -> Process:
    """The process that an `activityDataset` or `childActivityDataset` describes."""
    attributes = node.down("administrativeInformation", "fileAttributes")
    language = (attributes.seen("defaultLanguage") if attributes is not None else "") or DEFAULT_LANGUAGE
    description = _describe(node, registry, language)
    exchanges = _exchanges(node, registry, notes, language)
    parameters = _parameters(node, registry, notes, language)
    results = _results(node, notes, language)
    shares = read_shares(node, exchanges, registry, notes)
    documentation = _documented(node, registry, language, description.documentation)
    check_formulas(exchanges, parameters, notes)
    volumes = [exchange.production_volume for exchange in exchanges if exchange.reference]
    marks: tuple[Extra, ...] = ()
    if node.kind == "childActivityDataset":
        marks = (Extra(FORMAT, CHILD, namespace),)
    return Process(
        heading=replace(
            description.heading,
            version=_version(attributes),
            changed=attributes.take("lastEditTimestamp") if attributes is not None else "",
        ),
        type=description.type,
        location=description.location,
        exchanges=exchanges,
        parameters=parameters,
        allocations=shares,
        results=results,
        documentation=replace(
            documentation, created=attributes.take("creationTimestamp") if attributes is not None else ""
        ),
        production_volume=volumes[0] if len(volumes) == 1 else None,
        extras=(*marks, *notes.kept(node.rest(FORMAT))),
    )


def _version(attributes: Node | None) -> str:
    """The four numbers of release and revision, joined by dots; "" where one is missing."""
    if attributes is None:
        return ""
    parts = [attributes.seen(name).strip() for name in _VERSION]
    if not all(part.isdecimal() and str(int(part[:9])) == part for part in parts):
        return ""
    for name in _VERSION:
        attributes.take(name)
    return ".".join(parts)


def _describe(node: Node, registry: Registry, language: str) -> _Description:
    described = node.met("activityDescription")
    if described is None:
        return _Description(Heading(id=""), ProcessType.UNIT, "", Documentation())
    heading, kind = Heading(id=""), ProcessType.UNIT
    starts = ends = UNSAID
    activity = described.child("activity")
    if activity is not None:
        if activity.seen("type").strip() == "2":
            kind = ProcessType.RESULT
        activity.take_if("type", "2" if kind is ProcessType.RESULT else "1")
        name = activity.words("activityName", language)
        activity.take_if("activityNameId", identity("activity name", str(name)))
        starts = activity.words("includedActivitiesStart", language)
        ends = activity.words("includedActivitiesEnd", language)
        heading = Heading(
            id=activity.take("id"),
            name=name,
            synonyms=activity.words("synonym", language),
            comment=read_story(activity, "generalComment", language),
            tags=tuple(tag.text() for tag in activity.children("tag")),
        )
    heading = replace(heading, categories=read_classes(described, language))
    geography, technology = described.child("geography"), described.child("technology")
    time = described.child("timePeriod")
    return _Description(
        heading,
        kind,
        "" if geography is None else read_place(geography, registry, language),
        Documentation(
            starts_with=starts,
            includes=ends,
            geography=UNSAID if geography is None else read_story(geography, "comment", language),
            technology=UNSAID if technology is None else read_story(technology, "comment", language),
            time=UNSAID if time is None else read_story(time, "comment", language),
            valid_from="" if time is None else time.take("startDate"),
            valid_until="" if time is None else time.take("endDate"),
        ),
    )


def _exchanges(node: Node, registry: Registry, notes: Notes, language: str) -> tuple[Exchange, ...]:
    """All exchanges, intermediate ones first as the schema has them."""
    data = node.met("flowData")
    if data is None:
        return ()
    activity = node.down("activityDescription", "activity")
    own = "" if activity is None else str(activity.element.get("id", ""))
    exchanges: list[Exchange] = []
    nodes = [*data.children("intermediateExchange"), *data.children("elementaryExchange")]
    for ordinal, child in enumerate(nodes, start=1):
        reading = read_exchange(child, registry, notes, (str(ordinal), own), language)
        if reading is None:
            data.leave(child)
            notes.dropped(
                Kind.EXCHANGE,
                "exchange-without-group",
                Text(
                    "交换没有格式规定的 inputGroup 或 outputGroup，方向不明",
                    "the exchange has no inputGroup or outputGroup that is known, so no direction",
                ),
                notes.at(child),
            )
            continue
        if reading.why is not None:
            notes.defaulted(Kind.EXCHANGE, reading.code, reading.why, notes.at(child))
        else:
            notes.mapped(Kind.EXCHANGE)
        exchanges.append(reading.exchange)
    return _with_references(exchanges, registry, notes)


def _with_references(exchanges: list[Exchange], registry: Registry, notes: Notes) -> tuple[Exchange, ...]:
    """Allocated data sets list the other products with an amount of 0: those are no products here."""
    supplied = any(exchange.reference and exchange.amount for exchange in exchanges)
    for index, exchange in enumerate(exchanges):
        if exchange.reference and exchange.amount == 0 and supplied:
            exchanges[index] = replace(exchange, reference=False)
            notes.detail(
                "co-product-of-zero",
                "数量为 0 的联产品：已分配的数据集只供应一种产品",
                "a co-product with amount 0: an allocated data set supplies one product only",
                field=str(exchange.flow.name),
            )
        if exchange.reference and (exchange.amount or 0.0) < 0:
            # a negative amount of a product is waste that is taken in and treated
            registry.flows[exchange.flow.id].treated = True
        if exchange.direction is Direction.OUTPUT and exchange.group == "2" and not exchange.reference:
            notes.detail(
                "by-product-unclassified",
                "副产品未分类为可分配产品：不作为联产品",
                "a by-product that no classification calls allocatable is not taken for a co-product",
                field=str(exchange.flow.name),
            )
    return tuple(exchanges)


def _parameters(node: Node, registry: Registry, notes: Notes, language: str) -> tuple[Parameter, ...]:
    data = node.met("flowData")
    nodes = [] if data is None else data.children("parameter")
    return tuple(read_parameter(child, registry, notes, language) for child in nodes)


def _results(node: Node, notes: Notes, language: str) -> tuple[IndicatorResult, ...]:
    data = node.met("flowData")
    nodes = [] if data is None else data.children("impactIndicator")
    return tuple(read_indicator(child, notes, language) for child in nodes)


def _documented(node: Node, registry: Registry, language: str, documentation: Documentation) -> Documentation:
    """Representativeness, reviews, who entered and generated the data, publication and owner."""
    sampling = extrapolations = UNSAID
    reviews: tuple[Review, ...] = ()
    validation = node.met("modellingAndValidation")
    if validation is not None:
        represented = validation.child("representativeness")
        if represented is not None:
            sampling = represented.words("samplingProcedure", language)
            extrapolations = represented.words("extrapolations", language)
        reviews = tuple(_review(child, registry, language) for child in validation.children("review"))
    entry = node.down("administrativeInformation", "dataEntryBy")
    made = node.down("administrativeInformation", "dataGeneratorAndPublication")
    generator = None if made is None else read_person(made, registry)
    return replace(
        documentation,
        sampling=sampling,
        treatment=extrapolations,
        reviews=reviews,
        documentor=None if entry is None else read_person(entry, registry),
        generators=() if generator is None else (generator,),
        publication=None if made is None else read_source(made, registry, "publishedSource"),
        owner=None if made is None else read_company(made, registry),
        copyrighted=None if made is None else made.truth("isCopyrightProtected"),
    )


def _review(node: Node, registry: Registry, language: str) -> Review:
    reviewer = read_person(node, registry, "reviewer")
    details: Wording = read_story(node, "details", language)
    return Review(
        details=details,
        reviewers=() if reviewer is None else (reviewer,),
        extras=node.rest(FORMAT),
    )


def provider_of(
    exchange: Exchange, owners: dict[tuple[str, str], str], names: dict[str, Wording]
) -> Exchange:
    """The exchange with its provider by the id the process has in the package."""
    if exchange.provider is None:
        return exchange
    target = owners.get((exchange.provider.id, exchange.flow.id)) or owners.get((exchange.provider.id, ""))
    if target is None:
        return exchange
    return replace(exchange, provider=Ref(target, name=names[target], kind=Kind.PROCESS))
