"""One data set as a process."""

from dataclasses import dataclass, field, replace

from zuji.formats.ecospold1.exchanges import FlowKey, Reading, flow_of, read_exchange
from zuji.formats.ecospold1.people import Numbers, read_person, read_source
from zuji.formats.ecospold1.shares import read_shares
from zuji.formats.ecospold1.words import FORMAT, Languages, category_of, read_categories
from zuji.formats.ecospold2.nodes import Node, number_of
from zuji.formats.ecospold2.notes import Notes
from zuji.formats.ecospold2.registry import Registry
from zuji.model.lci.processes import (
    AllocationShare,
    Direction,
    Documentation,
    Exchange,
    Process,
    ProcessType,
    Review,
)
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.wording import UNSAID, Wording
from zuji.text import Text

TYPES = {
    ProcessType.UNIT: "1",
    ProcessType.BLACK_BOX: "1",
    ProcessType.AVOIDED: "1",
    ProcessType.PARTLY_TERMINATED: "0",
    ProcessType.RESULT: "2",
}
MULTI_OUTPUT = "5"


@dataclass(slots=True)
class DatasetDraft:
    """A process before its flows are settled; `keys` by the index of the exchange."""

    process: Process
    keys: list[FlowKey] = field(default_factory=list)
    identity: tuple[str, ...] = ()


def type_code(process: Process) -> str:
    """The code of a data set's type; several products make a unit process a multi-output one."""
    several = sum(exchange.reference for exchange in process.exchanges) > 1
    return MULTI_OUTPUT if several and TYPES[process.type] == "1" else TYPES[process.type]


def read_dataset(node: Node, registry: Registry, notes: Notes) -> DatasetDraft:
    """The process that a `dataset` describes; its flows are known by their words so far."""
    information = node.down("metaInformation", "processInformation", "dataSetInformation")
    languages = Languages(
        (information.seen("languageCode") if information is not None else "") or "en",
        (information.seen("localLanguageCode") if information is not None else "") or "de",
    )
    numbers = _numbers(node, registry, languages)
    readings, shares = _flows(node, registry, notes, numbers, languages)
    function = node.down("metaInformation", "processInformation", "referenceFunction")
    place = node.down("metaInformation", "processInformation", "geography")
    location = "" if place is None else place.take("location")
    heading, words = _heading(function, languages)
    if function is not None:
        readings = _with_reference(function, words, location, readings, registry, notes, languages)
    exchanges = tuple(reading.exchange for reading in readings)
    documentation = _documented(node, numbers, languages, registry)
    if function is not None:
        documentation = replace(
            documentation, includes=Wording.of(function.take("includedProcesses"), languages.main)
        )
    represented = node.down("metaInformation", "modellingAndValidation", "representativeness")
    volume = "" if represented is None else represented.take("productionVolume")
    process = Process(
        heading=heading,
        location=location,
        exchanges=exchanges,
        allocations=shares,
        documentation=documentation,
        production_volume_text=Wording.of(volume, languages.main),
        infrastructure=bool(function.truth("infrastructureProcess")) if function is not None else False,
    )
    process = _typed(process, information)
    main = next((reading.key.unit for reading in readings if reading.exchange.reference), words[1])
    _keep_unused_persons(node, numbers, registry)
    return DatasetDraft(
        replace(process, extras=notes.kept(node.rest(FORMAT))),
        [reading.key for reading in readings],
        (words[0], main, *words[2:]),
    )


def _typed(process: Process, information: Node | None) -> Process:
    if information is None:
        return process
    kind = {"2": ProcessType.RESULT, "0": ProcessType.PARTLY_TERMINATED}.get(
        information.seen("type").strip(), ProcessType.UNIT
    )
    process = replace(
        process,
        type=kind,
        heading=replace(
            process.heading, version=information.take("version"), changed=information.take("timestamp")
        ),
    )
    information.take_if("type", type_code(process))
    information.take_if("impactAssessmentResult", "false")
    return process


def _heading(function: Node | None, languages: Languages) -> tuple[Heading, tuple[str, ...]]:
    """The heading, and the words a data set is known by."""
    if function is None:
        return Heading(id=""), ("", "", "")
    text = function.seen("name")
    name = languages.read(function, "name", "localName")
    path = read_categories(function)
    synonyms = tuple((languages.main, each.text()) for each in function.children("synonym"))
    heading = Heading(
        id="",
        name=name,
        synonyms=Wording(synonyms),
        categories=category_of(path),
        comment=Wording.of(function.take("generalComment"), languages.main),
    )
    built = "true" if function.seen("infrastructureProcess").strip() in ("true", "1") else ""
    words = (text, function.seen("unit"), built, *path)
    return heading, words


def _numbers(node: Node, registry: Registry, languages: Languages) -> Numbers:
    numbers = Numbers()
    model = node.down("metaInformation", "modellingAndValidation")
    for child in [] if model is None else model.children("source"):
        number, ref = read_source(child, registry, languages.main)
        numbers.sources.setdefault(number, ref)
    people = node.down("metaInformation", "administrativeInformation")
    for child in [] if people is None else people.children("person"):
        number, contact = read_person(child, languages.main)
        numbers.persons.setdefault(number, contact)
    return numbers


def _keep_unused_persons(node: Node, numbers: Numbers, registry: Registry) -> None:
    """A person that nothing refers to is a contact too, and is kept word for word in its data set."""
    for contact in numbers.persons.values():
        registry.contacts.setdefault(contact.heading.id, contact)
    people = node.down("metaInformation", "administrativeInformation")
    if people is None:
        return
    for child in people.taken("person"):
        if str(child.element.get("number", "")).strip() not in numbers.met:
            people.leave(child)


def _flows(
    node: Node, registry: Registry, notes: Notes, numbers: Numbers, languages: Languages
) -> tuple[list[Reading], tuple[AllocationShare, ...]]:
    readings: list[Reading] = []
    shares: list[AllocationShare] = []
    for data in node.children("flowData"):
        for child in data.children("exchange"):
            reading = read_exchange(child, registry, notes, numbers, languages)
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
            readings.append(reading)
        readings = _numbered(readings, notes)
        shares += read_shares(data, [reading.exchange for reading in readings], notes)
    return readings, tuple(shares)


def _numbered(readings: list[Reading], notes: Notes) -> list[Reading]:
    """Every exchange under a number of its own."""
    used: set[str] = set()
    largest = max((int(each.exchange.id) for each in readings if _is_number(each.exchange.id)), default=0)
    numbered = []
    for reading in readings:
        number = reading.exchange.id
        if not _is_number(number) or number in used:
            largest += 1
            number = str(largest)
            notes.filled(
                "number-given",
                "交换没有编号或编号重复，已给出新编号",
                "the exchange had no number, or one that occurs twice; it got a new one",
                str(reading.exchange.flow.name),
            )
        used.add(number)
        numbered.append(replace(reading, exchange=replace(reading.exchange, id=number)))
    return numbered


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 10 and int(text) > 0 and str(int(text)) == text


def _with_reference(
    function: Node,
    words: tuple[str, ...],
    location: str,
    readings: list[Reading],
    registry: Registry,
    notes: Notes,
    languages: Languages,
) -> list[Reading]:
    """The exchanges with the product of the reference function, which some files leave out."""
    products = [reading for reading in readings if reading.exchange.reference]
    amount = number_of(function.seen("amount"))
    if not products and words[0] and amount is not None:
        name, unit, built, *path = words
        key = FlowKey(
            elementary=False,
            name=name,
            path=tuple(path),
            unit=unit,
            location=location,
            infrastructure=bool(built),
        )
        draft = flow_of(registry, key, Wording.of(name, languages.main))
        number = max((int(each.exchange.id) for each in readings), default=0) + 1
        exchange = Exchange(
            id=str(number),
            flow=Ref(draft.id, name=draft.name, kind=Kind.FLOW),
            direction=Direction.OUTPUT,
            amount=amount,
            unit=draft.unit,
            reference=True,
            location=location,
            group="0",
        )
        draft.treated = draft.treated or amount < 0
        notes.filled(
            "reference-from-function",
            "没有基准产品的交换，由 referenceFunction 补出",
            "there is no exchange for the reference product; it was made from the reference function",
            words[0],
        )
        readings = [*readings, Reading(exchange, key)]
        products = readings[-1:]
    if products:
        main = products[0]
        draft = registry.flows[main.key.id]
        draft.cas = draft.cas or function.seen("CASNumber")
        draft.formula = draft.formula or function.seen("formula")
        function.take_if("CASNumber", draft.cas)
        function.take_if("formula", draft.formula)
        if amount is not None and amount == main.exchange.amount:
            function.take("amount")
        function.take_if("unit", main.key.unit)
    function.take_if("datasetRelatesToProduct", "true")
    return readings


def _documented(node: Node, numbers: Numbers, languages: Languages, registry: Registry) -> Documentation:
    """Place, technology, time, representativeness, review, people and publication."""
    where = ("metaInformation", "processInformation")
    texts: dict[str, Wording] = {}
    for name, path in (
        ("geography", (*where, "geography")),
        ("technology", (*where, "technology")),
        ("time", (*where, "timePeriod")),
    ):
        found = node.down(*path)
        texts[name] = UNSAID if found is None else Wording.of(found.take("text"), languages.main)
    time = node.down(*where, "timePeriod")
    represented = node.down("metaInformation", "modellingAndValidation", "representativeness")
    sampling = "" if represented is None else represented.take("samplingProcedure")
    extrapolations = "" if represented is None else represented.take("extrapolations")
    entry = node.down("metaInformation", "administrativeInformation", "dataEntryBy")
    made = node.down("metaInformation", "administrativeInformation", "dataGeneratorAndPublication")
    generator = None if made is None else numbers.person(made, "person", registry)
    return Documentation(
        geography=texts["geography"],
        technology=texts["technology"],
        time=texts["time"],
        valid_from=_time_point(time, "start"),
        valid_until=_time_point(time, "end"),
        sampling=Wording.of(sampling, languages.main),
        treatment=Wording.of(extrapolations, languages.main),
        sources=tuple(dict.fromkeys(numbers.sources.values())),
        reviews=_reviews(node, numbers, languages, registry),
        documentor=None if entry is None else numbers.person(entry, "person", registry),
        generators=() if generator is None else (generator,),
        publication=None if made is None else numbers.source(made, "referenceToPublishedSource"),
        copyrighted=None if made is None else made.truth("copyright"),
    )


def _time_point(time: Node | None, name: str) -> str:
    if time is None:
        return ""
    for suffix in ("Year", "YearMonth", "Date"):
        found = time.child(name + suffix)
        if found is not None:
            return found.text().strip()
    return ""


def _reviews(node: Node, numbers: Numbers, languages: Languages, registry: Registry) -> tuple[Review, ...]:
    validation = node.down("metaInformation", "modellingAndValidation", "validation")
    if validation is None:
        return ()
    reviewer: Ref | None = numbers.person(validation, "proofReadingValidator", registry)
    return (
        Review(
            details=Wording.of(validation.take("proofReadingDetails"), languages.main),
            reviewers=() if reviewer is None else (reviewer,),
            extras=validation.rest(FORMAT),
        ),
    )
