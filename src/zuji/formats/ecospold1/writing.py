"""A package as EcoSpold 1: one file of processes; a zip where there are impact categories or files too."""

from collections.abc import Mapping

from lxml import etree

from zuji.errors import Place
from zuji.formats.archive import write_archive
from zuji.formats.ecospold1.dataset_written import loose_ends, write_dataset
from zuji.formats.ecospold1.impacts import write_category
from zuji.formats.ecospold1.people import kept_persons
from zuji.formats.ecospold1.reading import NUMBER
from zuji.formats.ecospold1.schema import DATASET, IMPACT_DATASET, IMPACT_NAMESPACE, NAMESPACE
from zuji.formats.ecospold1.words import FORMAT, Languages
from zuji.formats.ecospold2.activity_written import tell_changes
from zuji.formats.ecospold2.catalogue import Catalogue
from zuji.formats.ecospold2.changes import conform
from zuji.formats.ecospold2.nodes import element_of, extra
from zuji.formats.ecospold2.notes import Notes
from zuji.formats.ecospold2.writing import serialised
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Package, Written
from zuji.model.lci.processes import Documentation, Process, ProcessType
from zuji.model.lci.references import Kind, Ref

PROCESSES, IMPACTS = "processes.xml", "impacts.xml"
_NO_PLACE = (
    ("starts_with", "起点说明", "where the included activities start"),
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
    ("compliance", "符合性声明", "compliance declarations"),
    ("commissioner", "委托方", "the commissioner"),
    ("owner", "所有者", "the owner"),
    ("publication_status", "发布状态", "the publication status"),
    ("created", "创建时间", "when it was created"),
    ("licence", "许可", "the licence"),
)


def dump(package: Package) -> Written:
    """The package as bytes, identical on repeat, with a ledger of what EcoSpold 1 has no place for.

    An XML file where there are only processes, else a zip with a file of processes, one of impact
    categories, and the package's own files.
    """
    book = LedgerBook()
    catalogue = Catalogue(package)
    entries = []
    if package.processes or not package.impact_categories:
        entries.append((PROCESSES, _processes(package, catalogue, Notes(book, Place(file=PROCESSES)))))
    if package.impact_categories:
        entries.append((IMPACTS, _categories(package, catalogue, Notes(book, Place(file=IMPACTS)))))
    _tell_package(package, Notes(book, Place()))
    if len(entries) == 1 and not package.files:
        return Written(content=entries[0][1], ledger=book.ledger())
    taken = {name for name, _ in entries}
    entries += [(name, content) for name, content in package.files if name not in taken]
    return Written(content=write_archive(entries), ledger=book.ledger())


def _processes(package: Package, catalogue: Catalogue, notes: Notes) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}ecoSpold", nsmap={None: NAMESPACE})
    free = _free_numbers([extra(each.extras, FORMAT, NUMBER) for each in package.processes])
    for process, number in zip(package.processes, free, strict=True):
        dataset = write_dataset(root, process, number, catalogue, notes)
        notes.book.read(Kind.PROCESS)
        notes.book.mapped(Kind.PROCESS)
        _tell_process(process, catalogue.flows, notes)
        tell_changes(conform(dataset, DATASET, loose_ends), notes)
    _around(root, package)
    return serialised(root)


def _categories(package: Package, catalogue: Catalogue, notes: Notes) -> bytes:
    root = etree.Element(f"{{{IMPACT_NAMESPACE}}}ecoSpold", nsmap={None: IMPACT_NAMESPACE})
    flows = {
        key: (flow, catalogue.unit_of_property(flow.reference).name) for key, flow in catalogue.flows.items()
    }
    free = _free_numbers([extra(each.extras, FORMAT, NUMBER) for each in package.impact_categories])
    for category, number in zip(package.impact_categories, free, strict=True):
        dataset = write_category(root, category, number, flows, notes)
        for kind, count in ((Kind.IMPACT_CATEGORY, 1), (Kind.FACTOR, len(category.factors))):
            notes.book.read(kind, count)
            notes.book.mapped(kind, count)
        tell_changes(conform(dataset, IMPACT_DATASET, loose_ends), notes)
    if not package.processes:
        _around(root, package)
    return serialised(root)


def _around(root: etree._Element, package: Package) -> None:
    for each in package.extras:
        if each.format == FORMAT and each.place.startswith("ecoSpold/@"):
            root.set(each.place.removeprefix("ecoSpold/@"), each.content)
        elif each.format == FORMAT and each.place.startswith("ecoSpold/{"):
            root.append(element_of(each.content, NAMESPACE))


def _free_numbers(stated: list[str]) -> list[int]:
    """The number of each data set: its own where it has one, else the next that is free."""
    used = {int(each) for each in stated if each.isdecimal()}
    numbers, following = [], 1
    for each in stated:
        if each.isdecimal():
            numbers.append(int(each))
            continue
        while following in used:
            following += 1
        used.add(following)
        numbers.append(following)
    return numbers


def _tell_process(process: Process, flows: Mapping[str, Flow], notes: Notes) -> None:
    """What of the process the format has no place for."""
    where = str(process.heading.name)
    blank = Documentation()
    for name, zh, en in _NO_PLACE:
        if getattr(process.documentation, name) != getattr(blank, name):
            notes.lost(
                Kind.FIELD, f"no-place-for-{name}", f"{zh}无处可写", f"there is no place for {en}", where
            )
    languages = Languages.of(process.extras, process.heading.name, process.heading.comment)
    if languages.lost(process.heading.name):
        notes.lost(
            Kind.FIELD,
            "third-language",
            "名称只能有两种语言",
            "a name can have two languages only",
            where,
        )
    for name, zh, en in (
        ("functional_unit", "功能单位说明", "the description of the functional unit"),
        ("name_parts", "名称的各部分", "parts of the name that are kept apart"),
        ("parameters", "参数", "parameters"),
        ("results", "影响结果", "stated impact results"),
    ):
        if getattr(process, name):
            kind = {"parameters": Kind.PARAMETER, "results": Kind.RESULT}.get(name, Kind.FIELD)
            for _ in getattr(process, name) if kind is not Kind.FIELD else (0,):
                notes.lost(
                    kind, f"no-place-for-{name}", f"{zh}无处可写", f"there is no place for {en}", where
                )
    if process.type in (ProcessType.BLACK_BOX, ProcessType.AVOIDED):
        notes.lost(
            Kind.FIELD,
            "process-type",
            f"数据集类型“{process.type}”写为单元过程",
            f"the type “{process.type}” is written as a unit process",
            where,
        )
    for format_name in sorted({each.format for each in process.extras} - {FORMAT}):
        notes.lost(
            Kind.FIELD,
            "extras-of-other-format",
            f"{format_name} 格式特有的内容未写出",
            f"what only {format_name} knows was not written",
            where,
        )
    _tell_exchanges(process, flows, notes)


def _tell_exchanges(process: Process, flows: Mapping[str, Flow], notes: Notes) -> None:
    for exchange in process.exchanges:
        where = str(exchange.flow.name)
        flow = flows.get(exchange.flow.id)
        if exchange.reference and flow is not None and flow.type is FlowType.ELEMENTARY:
            notes.detail(
                "elementary-reference",
                "基准流是基本流，写为产品",
                "the reference flow is an elementary flow; it is written as a product",
                field=where,
            )
        for name, zh, en in (
            ("formula", "公式", "formulas"),
            ("properties", "流的特性", "properties of a flow"),
            ("cost", "费用", "costs"),
            ("quality", "数据质量评分", "data quality scores"),
            ("provider", "指定的供应方（只写其地点）", "the named provider (its place is written)"),
        ):
            if getattr(exchange, name) not in (None, "", ()):
                notes.lost(
                    Kind.FIELD, f"no-place-for-{name}", f"{zh}无处可写", f"there is no place for {en}", where
                )
        if exchange.production_volume is not None and not exchange.reference:
            notes.lost(
                Kind.FIELD,
                "no-place-for-production-volume",
                "副产品的产量无处可写",
                "there is no place for the production volume of a by-product",
                where,
            )


def _tell_package(package: Package, notes: Notes) -> None:
    for kind, found in ((Kind.MODEL, package.models), (Kind.PARAMETER, package.parameters)):
        for _ in found:
            notes.lost(
                kind,
                f"no-place-for-{kind}",
                "EcoSpold 1 没有生命周期模型和全局参数",
                "EcoSpold 1 has no life cycle models and no parameters",
            )
    written = {ref.id for process in package.processes for ref in _written_people(process.documentation)}
    written.update(*(kept_persons(process.extras) for process in package.processes))
    for contact in package.contacts:
        if contact.heading.id not in written:
            notes.lost(
                Kind.CONTACT,
                "contact-of-no-process",
                "只有录入、生成或审核数据集的人有处可写",
                "only who entered, generated or reviewed a data set has a place",
                str(contact.heading.name),
            )
    for method in package.impact_methods:
        for each in method.weighting_sets:
            notes.lost(
                Kind.FIELD,
                "no-place-for-weighting",
                "归一化和加权系数无处可写",
                "there is no place for normalisation and weighting",
                str(each.name),
            )


def _written_people(documentation: Documentation) -> list[Ref]:
    """Whom a data set names as a person."""
    reviewers = [ref for review in documentation.reviews[:1] for ref in review.reviewers[:1]]
    entered = [documentation.documentor] if documentation.documentor else []
    return [*entered, *documentation.generators[:1], *reviewers]
