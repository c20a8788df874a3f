"""Packages as ILCD zips: valid against the schema, the same bytes every time, with an account of the rest."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from zuji.errors import Place
from zuji.formats.archive import write_archive
from zuji.formats.ilcd.collection import methods_of, unit_of_quantity
from zuji.formats.ilcd.datasets import Dataset, content, kind_to_write, write_dataset
from zuji.formats.ilcd.fitting import fit
from zuji.formats.ilcd.locations import LOCATIONS_FILE, write_locations
from zuji.formats.ilcd.names import COMMON, FORMAT
from zuji.formats.ilcd.surroundings import Surroundings
from zuji.model.lci.flows import Flow
from zuji.model.lci.impacts import ImpactCategory
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.models import LifeCycleModel
from zuji.model.lci.package import Package, Written
from zuji.model.lci.processes import Process
from zuji.model.lci.references import Extra, Kind
from zuji.model.lci.units import UnitGroup
from zuji.text import Text

_ROOT = "ILCD"
_INSIDE = ("external_docs", "schemas", "stylesheets")


def dump(package: Package) -> Written:
    """The package as a zip. Every data set is valid against the schema of ILCD 1.1 and eILCD.

    What the schema demands and the package does not have is filled neutrally and entered as defaulted; what
    ILCD cannot hold at all is entered as dropped.
    """
    book = LedgerBook()
    surroundings = Surroundings.of(package)
    entries: dict[str, bytes] = {}
    for dataset in _in_order(package, surroundings):
        name, document = _document(dataset, surroundings, book, entries)
        entries[name] = document
    for path, bytes_ in package.files:
        entries.setdefault(_path(path), bytes_)
    book.read(Kind.FILE, len(package.files))
    book.mapped(Kind.FILE, len(package.files))
    _write_locations(package, entries, book)
    _leave_out(package, book)
    return Written(content=write_archive(entries.items()), ledger=book.ledger())


def _in_order(package: Package, surroundings: Surroundings) -> Iterator[Dataset]:
    methods = {
        ref.id: str(method.heading.name) for method in package.impact_methods for ref in method.categories
    }
    yield from package.processes
    yield from package.flows
    yield from package.flow_properties
    yield from package.unit_groups
    for category in package.impact_categories:
        known = category.unit_property and category.unit == unit_of_quantity(
            category.unit_property, surroundings
        )
        yield replace(
            category,
            unit="" if known else category.unit,
            method=category.method or methods.get(category.heading.id, ""),
        )
    yield from package.models
    yield from package.sources
    yield from package.contacts


def _document(
    dataset: Dataset, surroundings: Surroundings, book: LedgerBook, taken: dict[str, bytes]
) -> tuple[str, bytes]:
    kind = kind_to_write(dataset)
    place = Place(file=f"{kind.folder}/{dataset.heading.id}")
    book.read(kind.kind)
    book.mapped(kind.kind)
    _account(dataset, surroundings, book, place)
    root = write_dataset(dataset, surroundings)

    def filled(path: str) -> None:
        book.read(Kind.FIELD)
        book.defaulted(Kind.FIELD, "ilcd.filled", _FILLED, replace(place, field=path))

    fit(root, filled)
    stem = "_".join(_identity(root))
    numbers = (f"_{n}" if n else "" for n in range(len(taken) + 1))
    name = next(
        path for number in numbers if (path := f"{_ROOT}/{kind.folder}/{stem}{number}.xml") not in taken
    )
    return name, content(root)


def _identity(root: etree._Element) -> tuple[str, str]:
    """(id, version) as the fitted document states them."""
    id_ = root.findtext(f"{{*}}*/{{*}}dataSetInformation/{{{COMMON}}}UUID") or ""
    version = root.findtext(f"{{*}}*/{{*}}publicationAndOwnership/{{{COMMON}}}dataSetVersion") or ""
    return id_, version


def _account(dataset: Dataset, surroundings: Surroundings, book: LedgerBook, place: Place) -> None:
    """What of a data set can be written, piece by piece."""
    left = 0
    for part, extras in _pieces(dataset):
        left += sum(extra.format != FORMAT for extra in extras)
        if part is not None:
            book.read(part)
            book.mapped(part)
    for _ in range(left):
        book.read(Kind.FIELD)
        book.dropped(Kind.FIELD, "ilcd.other-format", _OTHER_FORMAT, place)
    match dataset:
        case Process():
            book.read(Kind.ALLOCATION, len(dataset.allocations))
            book.mapped(Kind.ALLOCATION, len(dataset.allocations))
            unknown = [one.id for one in dataset.exchanges if surroundings.units(one) is None]
        case ImpactCategory():
            unknown = [one.flow.id for one in dataset.factors if surroundings.units(one) is None]
            for parameter in dataset.parameters:
                book.read(Kind.PARAMETER)
                where = replace(place, field=parameter.name)
                book.dropped(Kind.PARAMETER, "ilcd.no-place", _NO_PLACE, where)
        case LifeCycleModel():
            unknown = []
            known = {instance.id for instance in dataset.instances}
            for connection in dataset.connections:
                if connection.source not in known:
                    book.read(Kind.FIELD)
                    where = replace(place, field=f"{connection.source} → {connection.target}")
                    book.dropped(Kind.FIELD, "ilcd.no-source", _NO_SOURCE, where)
        case _:
            unknown = []
    for item in unknown:
        book.read(Kind.FIELD)
        book.defaulted(Kind.FIELD, "ilcd.unknown-unit", _UNKNOWN_UNIT, replace(place, field=item))


def _pieces(dataset: Dataset) -> Iterator[tuple[Kind | None, tuple[Extra, ...]]]:
    """Every noun inside a data set as (kind that the ledger counts, its extras)."""
    yield None, dataset.extras
    match dataset:
        case Process():
            yield from ((Kind.EXCHANGE, exchange.extras) for exchange in dataset.exchanges)
            yield from ((Kind.PARAMETER, parameter.extras) for parameter in dataset.parameters)
            yield from ((Kind.RESULT, result.extras) for result in dataset.results)
            yield from ((None, review.extras) for review in dataset.documentation.reviews)
        case ImpactCategory():
            yield from ((Kind.FACTOR, factor.extras) for factor in dataset.factors)
        case LifeCycleModel():
            yield from ((None, instance.extras) for instance in dataset.instances)
            yield from ((None, connection.extras) for connection in dataset.connections)
        case Flow():
            yield from ((None, amount.extras) for amount in dataset.properties)
        case UnitGroup():
            yield from ((None, unit.extras) for unit in dataset.units)


def _path(path: str) -> str:
    """Where a document lies: beside the data sets that refer to it, or beside the package's own folder."""
    inside = path.split("/")[0].lower() in _INSIDE or (path.startswith("ILCD") and path.endswith(".xml"))
    return f"{_ROOT}/{path}" if inside else path


def _write_locations(package: Package, entries: dict[str, bytes], book: LedgerBook) -> None:
    path = _path(LOCATIONS_FILE)
    book.read(Kind.LOCATION, len(package.locations))
    if path not in entries:
        if package.locations:
            entries[path] = write_locations(package.locations)
        book.mapped(Kind.LOCATION, len(package.locations))
        return
    for location in package.locations:
        book.dropped(Kind.LOCATION, "ilcd.locations", _TWO_LISTS, Place(field=location.code))


def _leave_out(package: Package, book: LedgerBook) -> None:
    """What ILCD has no data set for: methods as such, weighting, parameters of the whole package."""
    derived = methods_of(package.impact_categories)
    for method in package.impact_methods:
        book.read(Kind.IMPACT_METHOD)
        where = Place(field=method.heading.id)
        if method in derived:
            book.mapped(Kind.IMPACT_METHOD)
        elif method.weighting_sets:
            book.dropped(Kind.IMPACT_METHOD, "ilcd.weighting", _WEIGHTING, where)
        else:
            book.defaulted(Kind.IMPACT_METHOD, "ilcd.method", _METHOD, where)
    for parameter in package.parameters:
        book.read(Kind.PARAMETER)
        book.dropped(Kind.PARAMETER, "ilcd.no-place", _NO_PLACE, Place(field=parameter.name))
    foreign = [extra for extra in package.extras if extra.format != FORMAT]
    for extra in foreign:
        book.read(Kind.FIELD)
        book.dropped(Kind.FIELD, "ilcd.other-format", _OTHER_FORMAT, Place(field=extra.place))


_FILLED = Text(
    "ILCD 要求而数据没有的内容，以中性值填充并注明",
    "ILCD demands it and the data do not have it; filled neutrally and marked as such",
)
_OTHER_FORMAT = Text("其他格式特有的内容，ILCD 不写", "a piece of another format, which ILCD does not hold")
_NO_PLACE = Text("ILCD 没有存放这种参数的位置", "ILCD has no place for this parameter")
_NO_SOURCE = Text("连接的起点不在模型里", "the connection leaves a process that is not in the model")
_UNKNOWN_UNIT = Text(
    "数据包里查不到单位的换算，按参考单位写出并保留原单位",
    "the package does not tell how the unit converts; written as if in reference units, the unit beside it",
)
_TWO_LISTS = Text("已有 ILCDLocations.xml 文件，位置不另写", "there is a file ILCDLocations.xml already")
_WEIGHTING = Text(
    "ILCD 不能存放归一化和加权集，各类别照写", "ILCD holds no weighting sets; the categories are written"
)
_METHOD = Text(
    "ILCD 只在各类别里写方法名称，方法自身的编号和说明不写",
    "ILCD names the method in each category; its own id and remarks are not written",
)
