"""A process as an activity data set."""

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from zuji.formats.ecospold2.activity import CHILD
from zuji.formats.ecospold2.catalogue import Catalogue
from zuji.formats.ecospold2.changes import Change, conform, once
from zuji.formats.ecospold2.classes import write_classes
from zuji.formats.ecospold2.flows_written import write_exchange, write_indicator, write_parameter
from zuji.formats.ecospold2.identity import as_uuid, identity
from zuji.formats.ecospold2.nodes import LANGUAGE, append, append_words, extra, graft
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.people import author_of, year_of
from zuji.formats.ecospold2.schema import DATASET, NAMESPACE
from zuji.formats.ecospold2.shares import SHARES, follow, stated_shares
from zuji.formats.ecospold2.texts import write_story
from zuji.model.lci.flows import PropertyAmount
from zuji.model.lci.processes import AllocationMethod, Documentation, Process, ProcessType
from zuji.model.lci.references import Extra, Kind, Ref
from zuji.model.lci.wording import Wording

_MASTER = "activityDescription/activity/@masterAllocationPropertyId"
_NO_PLACE = (
    ("applicability", "适用范围", "technological applicability"),
    ("intended_use", "预期用途", "intended applications"),
    ("method", "方法说明", "the text on method"),
    ("method_principle", "方法原则", "the method principle"),
    ("method_approaches", "方法途径", "method approaches"),
    ("modelling_constants", "建模常数", "modelling constants"),
    ("completeness", "数据完整性", "the text on completeness"),
    ("selection", "数据选择", "the text on data selection"),
    ("collection", "数据收集", "the text on data collection"),
    ("use_advice", "使用建议", "use advice"),
    ("restrictions", "使用限制", "access and use restrictions"),
    ("project", "项目", "the project"),
    ("sources", "数据来源", "sources of the whole data set"),
    ("compliance", "符合性声明", "compliance declarations"),
    ("commissioner", "委托方", "the commissioner"),
    ("publication_status", "发布状态", "the publication status"),
    ("licence", "许可", "the licence"),
)


def write_activity(process: Process, catalogue: Catalogue, notes: Notes) -> etree._Element:
    """The `ecoSpold` element with the data set, fitted to the schema."""
    root = etree.Element(f"{{{NAMESPACE}}}ecoSpold", nsmap={None: NAMESPACE})
    inner = extra(process.extras, FORMAT, CHILD)
    dataset = append(root, "childActivityDataset" if _is_child(process) else "activityDataset")
    described = etree.SubElement(dataset, f"{{{inner or NAMESPACE}}}activityDescription")
    process = _with_shares(process, notes)
    _describe(described, process, catalogue)
    data = append(dataset, "flowData")
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
        write_exchange(data, process, exchange, catalogue, notes)
        notes.book.read(Kind.EXCHANGE)
        notes.mapped(Kind.EXCHANGE)
    for parameter in process.parameters:
        write_parameter(data, process, parameter, catalogue)
    for result in process.results:
        write_indicator(data, result, "")
        if result.module or result.scenario:
            notes.lost(
                Kind.FIELD,
                "no-place-for-module",
                "影响结果的模块和情景无处可写",
                "there is no place for the module and scenario of an impact result",
                str(result.indicator.name),
            )
    _validate(append(dataset, "modellingAndValidation"), process, catalogue)
    _administrate(append(dataset, "administrativeInformation"), process, catalogue)
    graft(dataset, [each for each in process.extras if each.place != CHILD], FORMAT)
    _tell_process(process, notes)
    tell_changes(conform(dataset, DATASET, lambda whole: once(whole, "variableName")), notes)
    return root


def _is_child(process: Process) -> bool:
    return any(each.place == CHILD and each.format == FORMAT for each in process.extras)


def _with_shares(process: Process, notes: Notes) -> Process:
    """Shares that no property gives, as a property of the co-products."""
    if not process.allocations or follow(process, extra(process.extras, FORMAT, _MASTER)):
        return process
    shares = stated_shares(process)
    amounts = {exchange.id: exchange.amount or 0.0 for exchange in process.exchanges if exchange.reference}
    if shares is None or not all(amount > 0 for amount in amounts.values()):
        for share in process.allocations:
            notes.lost(
                Kind.ALLOCATION,
                "shares-by-exchange",
                "按交换给出的分配比例无处可写",
                "there is no place for allocation shares of single exchanges",
                share.product,
            )
        return process
    methods = {share.method for share in process.allocations}
    method = methods.pop() if len(methods) == 1 else AllocationMethod.UNSTATED
    own = next(each for each, of in SHARES.items() if of is method)
    exchanges = tuple(
        exchange
        if exchange.id not in shares
        else replace(
            exchange,
            properties=(
                *(each for each in exchange.properties if each.property.id not in SHARES),
                PropertyAmount(
                    property=Ref(own, name=Wording.of("allocation share")),
                    amount=shares[exchange.id] / amounts[exchange.id],
                ),
            ),
        )
        for exchange in process.exchanges
    )
    extras = (*(each for each in process.extras if each.place != _MASTER), Extra(FORMAT, _MASTER, own))
    return replace(process, exchanges=exchanges, extras=extras)


def _describe(described: etree._Element, process: Process, catalogue: Catalogue) -> None:
    heading, documentation = process.heading, process.documentation
    activity = append(
        described,
        "activity",
        id=catalogue.activity(heading.id),
        activityNameId=identity("activity name", str(heading.name)),
        type="2" if process.type is ProcessType.RESULT else "1",
    )
    append_words(activity, "activityName", heading.name)
    append_words(activity, "synonym", heading.synonyms)
    append_words(activity, "includedActivitiesStart", documentation.starts_with)
    append_words(activity, "includedActivitiesEnd", documentation.includes)
    place = "activityDescription/activity/generalComment"
    write_story(activity, "generalComment", heading.comment, process.extras, place)
    for tag in heading.tags:
        append(activity, "tag", tag)
    write_classes(described, heading.categories)
    found = catalogue.locations.get(process.location)
    geography = append(described, "geography")
    if process.location:
        own = as_uuid(found.heading.id) if found else identity("geography", process.location)
        geography.set("geographyId", own)
        append(geography, "shortname", process.location).set(LANGUAGE, "en")
    technology = append(described, "technology")
    time = append(
        described, "timePeriod", startDate=documentation.valid_from, endDate=documentation.valid_until
    )
    for node, name, wording in (
        (geography, "geography", documentation.geography),
        (technology, "technology", documentation.technology),
        (time, "timePeriod", documentation.time),
    ):
        write_story(node, "comment", wording, process.extras, f"activityDescription/{name}/comment")


def _validate(validation: etree._Element, process: Process, catalogue: Catalogue) -> None:
    documentation = process.documentation
    if documentation.sampling or documentation.treatment:
        represented = append(validation, "representativeness")
        append_words(represented, "samplingProcedure", documentation.sampling)
        append_words(represented, "extrapolations", documentation.treatment)
    for review in documentation.reviews:
        node = append(validation, "review")
        if review.reviewers:
            _person(node, review.reviewers[0], catalogue, "reviewer")
        write_story(node, "details", review.details, review.extras, "details")
        graft(node, review.extras, FORMAT)


def _administrate(administration: etree._Element, process: Process, catalogue: Catalogue) -> None:
    documentation = process.documentation
    entry = append(administration, "dataEntryBy")
    if documentation.documentor is not None:
        _person(entry, documentation.documentor, catalogue, "person")
    made = append(administration, "dataGeneratorAndPublication")
    if documentation.generators:
        _person(made, documentation.generators[0], catalogue, "person")
    if documentation.publication is not None:
        source = catalogue.sources.get(documentation.publication.id)
        made.set("publishedSourceId", as_uuid(documentation.publication.id))
        if source is not None:
            for key, value in (("Year", year_of(source)), ("FirstAuthor", author_of(source))):
                if value:
                    made.set(f"publishedSource{key}", value)
    if documentation.owner is not None:
        company = catalogue.contacts.get(documentation.owner.id)
        made.set("companyId", as_uuid(documentation.owner.id))
        if company is not None and company.short_name:
            made.set("companyCode", str(company.short_name))
    if documentation.copyrighted is not None:
        made.set("isCopyrightProtected", "true" if documentation.copyrighted else "false")
    numbers = _numbers(process.heading.version)
    append(
        administration,
        "fileAttributes",
        lastEditTimestamp=process.heading.changed,
        creationTimestamp=documentation.created,
        **numbers,
    )


def _person(node: etree._Element, ref: Ref, catalogue: Catalogue, prefix: str) -> None:
    contact = catalogue.contacts.get(ref.id)
    node.set(f"{prefix}Id", as_uuid(ref.id))
    if contact is not None:
        for key, value in (("Name", str(contact.heading.name)), ("Email", contact.email)):
            if value:
                node.set(f"{prefix}{key}", value)


def _numbers(version: str) -> dict[str, str]:
    """Release and revision from a version: "3.8.1.0" in full, "01.00.002" as far as it goes."""
    parts = version.split(".")
    if not version or not all(part.isdecimal() for part in parts):
        return {}
    names = ("majorRelease", "minorRelease", "majorRevision", "minorRevision")
    padded = [str(int(part[:9])) for part in (*parts, "0", "0", "0")]
    return dict(zip(names, padded, strict=False))


def _tell_process(process: Process, notes: Notes) -> None:
    """What of the process the format has no place for."""
    where = str(process.heading.name)
    blank = Documentation()
    for name, zh, en in _NO_PLACE:
        if getattr(process.documentation, name) != getattr(blank, name):
            notes.lost(
                Kind.FIELD, f"no-place-for-{name}", f"{zh}无处可写", f"there is no place for {en}", where
            )
    for name, zh, en in (
        ("functional_unit", "功能单位说明", "the description of the functional unit"),
        ("production_volume_text", "产量说明", "the text on production volume"),
        ("name_parts", "名称的各部分", "parts of the name that are kept apart"),
        ("infrastructure", "基础设施标记", "the mark of infrastructure"),
    ):
        if getattr(process, name):
            notes.lost(
                Kind.FIELD, f"no-place-for-{name}", f"{zh}无处可写", f"there is no place for {en}", where
            )
    if process.type not in (ProcessType.UNIT, ProcessType.RESULT):
        notes.lost(
            Kind.FIELD,
            "process-type",
            f"数据集类型“{process.type}”写为单元过程",
            f"the type “{process.type}” is written as a unit process",
            where,
        )
    for format_name in {each.format for each in process.extras} - {FORMAT}:
        notes.lost(
            Kind.FIELD,
            "extras-of-other-format",
            f"{format_name} 格式特有的内容未写出",
            f"what only {format_name} knows was not written",
            where,
        )


def tell_changes(changes: Sequence[Change], notes: Notes) -> None:
    """Each change in the ledger."""
    for change in changes:
        if change.filled:
            notes.filled(
                "required-by-schema",
                "格式要求而数据集没有的内容，以占位值填写",
                "the format demands what the data set does not say; a placeholder was written",
                change.place,
            )
        else:
            notes.filled(
                "fitted-to-schema",
                "不符合格式规定的内容写为最接近的合格内容，原文附在数据集末尾",
                "what the schema forbids was written as the nearest it allows, with the original at the end",
                change.place,
            )
