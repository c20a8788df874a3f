"""A package as a zip of EcoSpold 2: a .spold for each process, master data, impact methods."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from lxml import etree

from zuji.errors import Place
from zuji.formats.archive import write_archive
from zuji.formats.ecospold2.activity_written import write_activity
from zuji.formats.ecospold2.catalogue import Catalogue, unit_uuid
from zuji.formats.ecospold2.classes import write_classes, write_compartment
from zuji.formats.ecospold2.flows_written import write_property
from zuji.formats.ecospold2.identity import as_uuid, identity
from zuji.formats.ecospold2.impacts import write_method
from zuji.formats.ecospold2.master import FILES
from zuji.formats.ecospold2.nodes import append, append_words, element_of, graft, local
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.formats.ecospold2.people import write_contact, write_place, write_source
from zuji.formats.ecospold2.reading import MASTER, activity_name
from zuji.formats.ecospold2.registry import COMPANY, property_id
from zuji.formats.ecospold2.schema import NAMESPACE
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.impacts import ImpactCategory, ImpactMethod
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Package, Written
from zuji.model.lci.processes import Process
from zuji.model.lci.publications import Contact
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit
from zuji.model.lci.wording import Wording


def dump(package: Package) -> Written:
    """The package as bytes, identical on repeat, with a ledger of what EcoSpold 2 has no place for."""
    book = LedgerBook()
    catalogue = Catalogue(package)
    entries = [*_activities(package, catalogue, book), *_master(package, catalogue, book)]
    entries += _methods(package, catalogue, book)
    for model in package.models:
        Notes(book, Place()).lost(
            Kind.MODEL,
            "no-place-for-models",
            "EcoSpold 2 没有生命周期模型",
            "EcoSpold 2 has no life cycle models",
            str(model.heading.name),
        )
    for parameter in package.parameters:
        Notes(book, Place()).lost(
            Kind.PARAMETER,
            "no-place-for-global-parameters",
            "EcoSpold 2 没有全局参数",
            "EcoSpold 2 has no parameters outside data sets",
            parameter.name,
        )
    written = {name for name, _ in entries}
    entries += [(name, content) for name, content in package.files if name not in written]
    return Written(content=write_archive(entries), ledger=book.ledger())


def _activities(package: Package, catalogue: Catalogue, book: LedgerBook) -> Iterable[tuple[str, bytes]]:
    taken: set[str] = set()
    for process in package.processes:
        name = _file_name(process, catalogue, taken)
        book.read(Kind.PROCESS)
        yield name, serialised(write_activity(process, catalogue, Notes(book, Place(file=name))))
        book.mapped(Kind.PROCESS)


def _file_name(process: Process, catalogue: Catalogue, taken: set[str]) -> str:
    product = next((each.flow.id for each in process.exchanges if each.reference), "")
    stem = catalogue.activity(process.heading.id)
    stem = f"{as_uuid(stem)}_{as_uuid(product)}" if product else as_uuid(stem)
    name, number = f"datasets/{stem}.spold", 1
    while name in taken:
        number += 1
        name = f"datasets/{stem}_{number}.spold"
    taken.add(name)
    return name


def serialised(root: etree._Element) -> bytes:
    """The document, indented where only own elements stand."""
    _indent(root, "\n")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _indent(element: etree._Element, blank: str) -> None:
    """A line for each element. Elements of other namespaces are left exactly as they are."""
    if not len(element) or local(str(element.tag)).startswith("{"):
        return
    inner = blank + "  "
    if not (element.text or "").strip():
        element.text = inner
    for child in element:
        child.tail = inner
        _indent(child, inner)
    element[-1].tail = blank


def _master(package: Package, catalogue: Catalogue, book: LedgerBook) -> Iterable[tuple[str, bytes]]:
    """The files of the master data that have entries."""
    notes = Notes(book, Place(file=MASTER))
    owners = _owners(package)
    writers: dict[str, Callable[[etree._Element], None]] = {
        "unit": lambda root: _units(root, package),
        "property": lambda root: _properties(root, package, catalogue),
        "intermediateExchange": lambda root: _flows(root, catalogue, notes, elementary=False),
        "elementaryExchange": lambda root: _flows(root, catalogue, notes, elementary=True),
        "geography": lambda root: _places(root, package),
        "company": lambda root: _contacts(root, package, owners, company=True),
        "person": lambda root: _contacts(root, package, owners, company=False),
        "source": lambda root: _sources(root, package),
        "activityName": lambda root: _names(root, package),
    }
    for entry, (file, root_name) in FILES.items():
        root = etree.Element(f"{{{NAMESPACE}}}{root_name}", nsmap={None: NAMESPACE})
        writers[entry](root)
        name = MASTER + file
        for each in package.extras:
            if each.format == FORMAT and each.place == name:
                root.append(element_of(each.content, NAMESPACE))
            elif each.format == FORMAT and each.place.startswith(f"{name}/@"):
                root.set(each.place.removeprefix(f"{name}/@"), each.content)
        if len(root) or root.attrib:
            yield name, serialised(root)
    others = etree.Element(f"{{{NAMESPACE}}}ecoSpold", nsmap={None: NAMESPACE})
    for each in package.extras:
        if each.format == FORMAT and each.place.startswith(("usedUserMasterData", "ecoSpold/")):
            beside = others if each.place.startswith("ecoSpold/") else _beside(others)
            beside.append(element_of(each.content, NAMESPACE))
    if len(others):
        yield f"{MASTER}Others.xml", serialised(others)


def _owners(package: Package) -> set[str]:
    """Contacts that own data sets and do nothing else."""
    documented = [process.documentation for process in package.processes]
    owners = {each.owner.id for each in documented if each.owner is not None}
    for each in documented:
        people = (
            each.documentor,
            *each.generators,
            *(who for review in each.reviews for who in review.reviewers),
        )
        owners -= {ref.id for ref in people if ref is not None}
    return owners


def _beside(root: etree._Element) -> etree._Element:
    """The element for master data that are written beside data sets."""
    found = next((child for child in root if local(str(child.tag)) == "usedUserMasterData"), None)
    return append(root, "usedUserMasterData") if found is None else found


def _units(root: etree._Element, package: Package) -> None:
    written: dict[str, Unit] = {}
    for group in package.unit_groups:
        for unit in group.units:
            written.setdefault(unit_uuid(unit), unit)
    for identifier, unit in written.items():
        if not unit.id and not unit.name:
            continue
        node = append(root, "unit", id=identifier)
        append_words(node, "name", [("en", unit.name)] if unit.name else [])
        append_words(node, "comment", unit.comment)
        graft(node, unit.extras, FORMAT)


def _properties(root: etree._Element, package: Package, catalogue: Catalogue) -> None:
    used = {each.property.id for flow in package.flows for each in flow.properties[1:]}
    used |= {
        each.property.id
        for process in package.processes
        for exchange in process.exchanges
        for each in exchange.properties
    }
    references = {flow.reference for flow in package.flows}
    for each in package.flow_properties:
        if each.heading.id in used or not _counts(each, references, package):
            unit = catalogue.unit_of_property(each.heading.id)
            node = append(root, "property", id=as_uuid(each.heading.id), unitId=unit.id)
            append_words(node, "name", each.heading.name)
            if unit.name:
                append_words(node, "unitName", [("en", unit.name)])
            append_words(node, "comment", each.heading.comment)
            graft(node, each.extras, FORMAT)


def _counts(each: FlowProperty, references: set[str], package: Package) -> bool:
    """Whether the property is only what amounts are counted in, which the unit says here."""
    own = {property_id(group.reference) for group in package.unit_groups}
    return each.heading.id in references or each.heading.id in own


def _flows(root: etree._Element, catalogue: Catalogue, notes: Notes, *, elementary: bool) -> None:
    for flow in catalogue.flows.values():
        if (flow.type is FlowType.ELEMENTARY) is not elementary:
            continue
        notes.book.read(Kind.FLOW)
        notes.book.mapped(Kind.FLOW)
        unit = catalogue.unit_of_property(flow.reference)
        node = append(
            root,
            "elementaryExchange" if elementary else "intermediateExchange",
            id=as_uuid(flow.heading.id),
            unitId=unit.id,
            casNumber=flow.cas,
            formula=flow.formula,
        )
        append_words(node, "name", flow.heading.name)
        if unit.name:
            append_words(node, "unitName", [("en", unit.name)])
        if elementary:
            write_compartment(node, flow)
        else:
            write_classes(node, catalogue.categories_of(flow))
        append_words(node, "comment", flow.heading.comment)
        append_words(node, "synonym", flow.heading.synonyms)
        for each in flow.properties:
            if each.property.id != flow.reference:
                write_property(node, each, catalogue)
        graft(node, flow.extras, FORMAT)
        _tell_flow(flow, notes)


def _tell_flow(flow: Flow, notes: Notes) -> None:
    for name, zh, en in (
        ("location", "流的地点", "the location of a flow"),
        ("infrastructure", "基础设施标记", "the mark of infrastructure"),
        ("name_parts", "名称的各部分", "parts of the name that are kept apart"),
    ):
        if getattr(flow, name):
            notes.lost(
                Kind.FIELD,
                f"no-place-for-{name}",
                f"{zh}无处可写",
                f"there is no place for {en}",
                str(flow.heading.name),
            )
    if len(flow.compartment) > 2:
        notes.lost(
            Kind.FIELD,
            "compartment-levels",
            "环境介质只写最后两级",
            "only the last two levels of the compartment are written",
            "/".join(flow.compartment),
        )


def _places(root: etree._Element, package: Package) -> None:
    for place in package.locations:
        node = write_place(root, place)
        node.set("id", as_uuid(place.heading.id))
        graft(node, place.extras, FORMAT)


def _contacts(root: etree._Element, package: Package, owners: set[str], *, company: bool) -> None:
    for contact in package.contacts:
        if is_company(contact, owners) is company:
            node = write_contact(root, contact, company=company)
            node.set("id", as_uuid(contact.heading.id))
            graft(node, [each for each in contact.extras if each != COMPANY], FORMAT)


def is_company(contact: Contact, owners: set[str]) -> bool:
    """Whether a contact is filed under companies: it was, or it is nothing but an owner of data."""
    return COMPANY in contact.extras or contact.heading.id in owners


def _sources(root: etree._Element, package: Package) -> None:
    for source in package.sources:
        node = write_source(root, source)
        node.set("id", as_uuid(source.heading.id))
        graft(node, source.extras, FORMAT)


def _names(root: etree._Element, package: Package) -> None:
    for content in dict.fromkeys(activity_name(process) for process in package.processes):
        root.append(element_of(content, NAMESPACE))


def _methods(package: Package, catalogue: Catalogue, book: LedgerBook) -> Iterable[tuple[str, bytes]]:
    """Each impact method in a file; categories that no method names are filed by the name they give."""
    categories = {each.heading.id: each for each in package.impact_categories}
    unit_name = {
        key: unit.name
        for group in package.unit_groups
        for unit in group.units
        for key in (unit_uuid(unit), unit.id)
    }
    named = {ref.id for method in package.impact_methods for ref in method.categories}
    methods = list(package.impact_methods)
    homeless: dict[str, list[ImpactCategory]] = {}
    for category in package.impact_categories:
        if category.heading.id not in named:
            homeless.setdefault(category.method, []).append(category)
    for name, found in homeless.items():
        refs = tuple(Ref(each.heading.id, name=each.heading.name) for each in found)
        heading = Heading(id=identity("impact method", name), name=Wording.of(name))
        methods.append(ImpactMethod(heading=heading, categories=refs))
    notes = Notes(book, Place())
    for method in methods:
        root = etree.Element(f"{{{NAMESPACE}}}ecoSpold", nsmap={None: NAMESPACE})
        own = [categories[ref.id] for ref in method.categories if ref.id in categories]
        write_method(root, method, [_global(each, notes) for each in own], catalogue.flows, unit_name)
        _tell_method(method, notes)
        yield f"impacts/{as_uuid(method.heading.id)}.xml", serialised(root)


def _global(category: ImpactCategory, notes: Notes) -> ImpactCategory:
    """The category without the factors of single places, for which there is no place."""
    kept = []
    for factor in category.factors:
        if factor.location:
            notes.lost(
                Kind.FACTOR,
                "regional-factor",
                "地区特征化因子无处可写",
                "there is no place for characterisation factors of single places",
                f"{factor.flow.name}, {factor.location}",
            )
        else:
            notes.book.read(Kind.FACTOR)
            notes.book.mapped(Kind.FACTOR)
            kept.append(factor)
    return replace(category, factors=tuple(kept))


def _tell_method(method: ImpactMethod, notes: Notes) -> None:
    notes.book.read(Kind.IMPACT_METHOD)
    notes.book.mapped(Kind.IMPACT_METHOD)
    for each in method.weighting_sets:
        notes.lost(
            Kind.FIELD,
            "no-place-for-weighting",
            "归一化和加权系数无处可写",
            "there is no place for normalisation and weighting",
            str(each.name),
        )
