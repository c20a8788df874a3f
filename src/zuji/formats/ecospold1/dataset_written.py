"""A process as a data set of EcoSpold 1."""

import re
from collections.abc import Iterator

from lxml import etree

from zuji.formats.ecospold1.datasets import type_code
from zuji.formats.ecospold1.exchanges import key_of
from zuji.formats.ecospold1.people import Numbering, taken_numbers, write_person, write_source
from zuji.formats.ecospold1.shares import write_shares
from zuji.formats.ecospold1.uncertainty import spread_attributes, with_pedigree
from zuji.formats.ecospold1.words import FORMAT, Languages, written_categories
from zuji.formats.ecospold2.catalogue import Catalogue
from zuji.formats.ecospold2.changes import Change, path_of
from zuji.formats.ecospold2.flows_written import is_elementary, scaled_spread
from zuji.formats.ecospold2.nodes import append, content_of, digits, graft, local
from zuji.formats.ecospold2.notes import Notes
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.processes import Direction, Exchange, Process
from zuji.model.lci.references import Kind
from zuji.model.lci.wording import Wording

_YEAR, _MONTH = re.compile(r"\d{4}"), re.compile(r"\d{4}-\d\d")


def write_dataset(
    root: etree._Element, process: Process, number: int, catalogue: Catalogue, notes: Notes
) -> etree._Element:
    """The `dataset` element; it is not fitted to the schema yet."""
    wordings = (process.heading.name, process.heading.comment)
    languages = Languages.of(process.extras, *wordings)
    dataset = append(root, "dataset", number=str(number))
    information = append(append(dataset, "metaInformation"), "processInformation")
    model = append(dataset[0], "modellingAndValidation")
    administration = append(dataset[0], "administrativeInformation")
    _describe(information, process, languages, catalogue)
    sources = Numbering()
    for each in process.documentation.sources:
        sources.of(each.id)
    _administrate(administration, model, process, languages, sources, catalogue)
    data = append(dataset, "flowData")
    numbers = _numbers(process)
    for exchange in process.exchanges:
        if exchange.reminder:
            notes.lost(
                Kind.EXCHANGE,
                "reminder-flow",
                "提醒流不属于清单，未写出",
                "a reminder flow is no part of the inventory; it was not written",
                str(exchange.flow.name),
            )
            continue
        _write_exchange(data, process, exchange, numbers[exchange.id], languages, sources, catalogue)
        notes.book.read(Kind.EXCHANGE)
        notes.mapped(Kind.EXCHANGE)
    written = {each.id: numbers[each.id] for each in process.exchanges if not each.reminder}
    for share in write_shares(data, process.allocations, written):
        notes.lost(
            Kind.ALLOCATION,
            "share-without-exchange",
            "分配比例所指的交换不存在，未写出",
            "an allocation share names an exchange that is not there; it was not written",
            share.product,
        )
    for identifier, own in sources.all():
        source = catalogue.sources.get(identifier)
        if source is not None:
            write_source(model, source, own)
    graft(dataset, [each for each in process.extras if each.place != "@number"], FORMAT)
    return dataset


def _numbers(process: Process) -> dict[str, int]:
    """The number of each exchange: its id where that is one, else a free one."""
    numbers: dict[str, int] = {}
    used = {int(each.id) for each in process.exchanges if _is_number(each.id)}
    free = 1
    for each in process.exchanges:
        if _is_number(each.id):
            numbers[each.id] = int(each.id)
            continue
        while free in used:
            free += 1
        used.add(free)
        numbers[each.id] = free
    return numbers


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 10 and int(text) > 0 and str(int(text)) == text


def _describe(
    information: etree._Element, process: Process, languages: Languages, catalogue: Catalogue
) -> None:
    documentation, heading = process.documentation, process.heading
    name, local_name = languages.written(heading.name)
    category, sub = written_categories(heading.categories[0].path if heading.categories else ())
    main = next((each for each in process.exchanges if each.reference), None)
    flow = None if main is None else catalogue.flows.get(main.flow.id)
    measure = None if main is None else catalogue.measure(main)
    factor = 0.0 if main is None or measure is None else _sign(main) * measure.factor
    amount = None if main is None or main.amount is None else main.amount * factor
    function = append(
        information,
        "referenceFunction",
        datasetRelatesToProduct="true",
        name=name,
        localName=local_name,
        infrastructureProcess="true" if process.infrastructure else "false",
        amount=digits(amount),
        unit="" if measure is None else measure.name,
        category=category,
        subCategory=sub,
        localCategory=category,
        localSubCategory=sub,
        includedProcesses=documentation.includes.in_language(languages.main),
        generalComment=heading.comment.in_language(languages.main),
        CASNumber="" if flow is None else flow.cas,
        formula="" if flow is None else flow.formula,
    )
    for _, synonym in heading.synonyms:
        append(function, "synonym", synonym)
    place = append(information, "geography", text=documentation.geography.in_language(languages.main))
    place.set("location", process.location)
    append(information, "technology", text=documentation.technology.in_language(languages.main))
    time = append(information, "timePeriod", text=documentation.time.in_language(languages.main))
    for point, text in (("start", documentation.valid_from), ("end", documentation.valid_until)):
        if text:
            suffix = "Year" if _YEAR.fullmatch(text) else "YearMonth" if _MONTH.fullmatch(text) else "Date"
            append(time, point + suffix, text)
    native = any(each.format == FORMAT for each in process.extras)
    append(
        information,
        "dataSetInformation",
        type=type_code(process),
        impactAssessmentResult="false",
        timestamp=heading.changed,
        version=heading.version,
        languageCode="" if native else languages.main,
        localLanguageCode="" if native else languages.local,
    )


def _administrate(
    administration: etree._Element,
    model: etree._Element,
    process: Process,
    languages: Languages,
    sources: Numbering,
    catalogue: Catalogue,
) -> None:
    documentation = process.documentation
    represented = {
        "productionVolume": process.production_volume_text.in_language(languages.main),
        "samplingProcedure": documentation.sampling.in_language(languages.main),
        "extrapolations": documentation.treatment.in_language(languages.main),
    }
    if not represented["productionVolume"] and process.production_volume is not None:
        represented["productionVolume"] = digits(process.production_volume)
    if any(represented.values()):
        append(model, "representativeness", **represented)
    people = Numbering(taken_numbers(process.extras))
    entry = append(administration, "dataEntryBy")
    if documentation.documentor is not None:
        entry.set("person", str(people.of(documentation.documentor.id)))
    made = append(administration, "dataGeneratorAndPublication")
    if documentation.generators:
        made.set("person", str(people.of(documentation.generators[0].id)))
    if documentation.publication is not None:
        made.set("referenceToPublishedSource", str(sources.of(documentation.publication.id)))
    if documentation.copyrighted is not None:
        made.set("copyright", "true" if documentation.copyrighted else "false")
    for review in documentation.reviews[:1]:
        node = append(model, "validation", proofReadingDetails=review.details.in_language(languages.main))
        if review.reviewers:
            node.set("proofReadingValidator", str(people.of(review.reviewers[0].id)))
        graft(node, review.extras, FORMAT)
    for identifier, number in people.all():
        contact = catalogue.contacts.get(identifier)
        if contact is not None:
            write_person(administration, contact, number)


def _sign(exchange: Exchange) -> float:
    """-1 for waste that is taken in and treated: a negative reference product."""
    return -1.0 if exchange.reference and exchange.direction is Direction.INPUT else 1.0


def side_of(exchange: Exchange, flow: Flow | None) -> tuple[str, str]:
    """The element and the number of the group."""
    incoming = exchange.direction is Direction.INPUT
    if is_elementary(exchange, flow):
        return ("inputGroup" if incoming else "outputGroup"), "4"
    if exchange.avoided:
        return "outputGroup", "1"
    if exchange.reference:
        return "outputGroup", exchange.group if exchange.group in ("0", "2") and not incoming else "0"
    if incoming:
        return "inputGroup", exchange.group if exchange.group in ("1", "2", "3", "5") else "5"
    return "outputGroup", "3"


def _write_exchange(
    data: etree._Element,
    process: Process,
    exchange: Exchange,
    number: int,
    languages: Languages,
    sources: Numbering,
    catalogue: Catalogue,
) -> None:
    flow = catalogue.flows.get(exchange.flow.id)
    measure = catalogue.measure(exchange)
    factor = _sign(exchange) * measure.factor
    amount = exchange.amount if exchange.amount is None or factor == 1.0 else exchange.amount * factor
    spread = exchange.spread
    if spread is not None and factor != 1.0:
        spread = scaled_spread(spread, factor)
    names = exchange.flow.name or (flow.heading.name if flow is not None else Wording())
    name, local_name = languages.written(names)
    comment = exchange.comment.in_language(languages.main)
    if spread is not None:
        comment = with_pedigree(comment, spread.pedigree)
    attributes = _flow_attributes(process, exchange, flow, measure.name, catalogue)
    node = append(
        data,
        "exchange",
        number=str(number),
        name=name,
        localName=local_name if local_name != name else "",
        unit=measure.name,
        meanValue=digits(amount),
        generalComment=comment,
        **attributes,
        **spread_attributes(spread, exchange.extras),
    )
    if exchange.sources:
        node.set("referenceToSource", str(sources.of(exchange.sources[0].id)))
    side, group = side_of(exchange, flow)
    append(node, side, group)
    graft(node, exchange.extras, FORMAT)


def _flow_attributes(
    process: Process, exchange: Exchange, flow: Flow | None, unit: str, catalogue: Catalogue
) -> dict[str, str]:
    if flow is None:
        return {"location": exchange.location}
    key = key_of(flow, unit)
    elementary = is_elementary(exchange, flow)
    native = key.id == flow.heading.id
    path = key.path if native or flow.type is not FlowType.ELEMENTARY else key.path[-2:]
    category, sub = written_categories(path)
    location = exchange.location
    if not location and not native and not elementary:
        location = _place(process, exchange, flow, catalogue)
    return {
        "category": category,
        "subCategory": sub,
        "CASNumber": flow.cas,
        "formula": flow.formula,
        "location": location,
        "infrastructureProcess": "" if elementary else "true" if flow.infrastructure else "false",
    }


def _place(process: Process, exchange: Exchange, flow: Flow, catalogue: Catalogue) -> str:
    """The place that tells a product from others of its name: that of the process that makes it."""
    if exchange.reference:
        return process.location
    maker = None if exchange.provider is None else catalogue.processes.get(exchange.provider.id)
    return flow.location if maker is None else maker.location


def loose_ends(dataset: etree._Element) -> Iterator[Change]:
    """References to numbers that the data set does not list are cut, or led to the first there is."""
    listed: dict[str, list[str]] = {"person": [], "source": [], "exchange": []}
    for element in dataset.iter():
        name = local(str(element.tag))
        parent = element.getparent()
        within = "" if parent is None else local(str(parent.tag))
        if _LISTS.get(name) == within and element.get("number") is not None:
            listed[name].append(str(element.get("number")))
    for element in list(dataset.iter()):
        name = local(str(element.tag))
        for attribute, kind, needed in _REFERENCES.get(name, ()):
            value = element.get(attribute)
            if value is None or value in listed[kind]:
                continue
            place = path_of(dataset, element)
            now = listed[kind][0] if needed and listed[kind] else None
            if now is None:
                del element.attrib[attribute]
            else:
                element.set(attribute, now)
            yield Change(f"{place}@{attribute}", value, now)
    yield from _loose_allocations(dataset, set(listed["exchange"]))


_LISTS = {
    "person": "administrativeInformation",
    "source": "modellingAndValidation",
    "exchange": "flowData",
}
_REFERENCES = {
    "dataEntryBy": (("person", "person", True),),
    "dataGeneratorAndPublication": (
        ("person", "person", True),
        ("referenceToPublishedSource", "source", False),
    ),
    "validation": (("proofReadingValidator", "person", True),),
    "exchange": (("referenceToSource", "source", False),),
}


def _loose_allocations(dataset: etree._Element, exchanges: set[str]) -> Iterator[Change]:
    for element in list(dataset.iter()):
        if local(str(element.tag)) != "allocation":
            continue
        targets = {(child.text or "").strip() for child in element}
        parent = element.getparent()
        if parent is None or (element.get("referenceToCoProduct") in exchanges and targets <= exchanges):
            continue
        place, index = path_of(dataset, parent), parent.index(element)
        parent.remove(element)
        yield Change(place, content_of(element), None, index)
