"""A package read: files sorted, schemas brought up to date, items counted, then every data set mapped."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from zuji.errors import Place
from zuji.formats.archive import open_archive
from zuji.formats.jsonld.contents import Contents, read_contents
from zuji.formats.jsonld.counts import count
from zuji.formats.jsonld.layout import APP_MARKER, FORMAT, KEPT, KINDS
from zuji.formats.jsonld.places import Places, currency_codes
from zuji.formats.jsonld.read_impacts import read_category, read_method
from zuji.formats.jsonld.read_models import read_model
from zuji.formats.jsonld.read_parameters import read_parameters
from zuji.formats.jsonld.read_processes import Surroundings, read_process
from zuji.formats.jsonld.read_publications import read_contact, read_location, read_source
from zuji.formats.jsonld.read_quantities import (
    Strangers,
    complete_groups,
    complete_properties,
    read_flow,
    read_flow_property,
    read_unit_group,
    used_properties,
)
from zuji.formats.jsonld.reasons import REASONS
from zuji.formats.jsonld.record import Account, Record, json_text, pointer
from zuji.formats.jsonld.reference import flow_properties, unit_groups
from zuji.formats.jsonld.unsaid import Units
from zuji.formats.jsonld.upgrade import DataSet, upgrade
from zuji.formats.progress import Progress, part, silent
from zuji.model.lci.package import Loaded, Package
from zuji.model.lci.references import Extra, Kind

_Noun = TypeVar("_Noun")


def load(source: Path | bytes, *, name: str = "", progress: Progress = silent) -> Loaded:
    """Reads a zip, a folder or one JSON file of openLCA data sets, schema 1 to 5.

    Raises FileRefused for what is no such package or is unsafe. Single files that are no JSON, and items
    that no noun can hold, are told in the ledger and kept for writing the package again.
    """
    archive = open_archive(source, name=name)
    account = Account()
    contents = read_contents(archive, account.book, part(progress, 0.0, 0.4))
    used, inlined = upgrade(contents.data_sets)
    leftover_sets = _settle_old_kinds(contents, account, used, inlined)
    package = _Reading(contents, account, part(progress, 0.4, 1.0)).package(
        name or archive.name, leftover_sets
    )
    return Loaded(package=package, ledger=account.book.ledger(), format=FORMAT)


class _Reading:
    """The data sets by type, and the account they are entered into."""

    def __init__(self, contents: Contents, account: Account, progress: Progress) -> None:
        self._contents = contents
        self._account = account
        self._progress = progress
        self._done = 0
        self._sets: dict[str, list[DataSet]] = {}
        for one in contents.data_sets:
            self._sets.setdefault(one.type, []).append(one)
        account.present |= {(one.type, one.id) for one in contents.data_sets}
        account.present |= {("UnitGroup", id_) for id_ in unit_groups()}
        account.present |= {("FlowProperty", id_) for id_ in flow_properties()}

    def package(self, name: str, sets: list[DataSet]) -> Package:
        account = self._account
        strangers = Strangers(account)
        strangers.gather((one.type, one.file, one.value) for one in self._contents.data_sets)
        count(((one.type, one.value) for one in self._contents.data_sets), account)
        places = Places(account)
        for place in self._each("Location", read_location):
            places.add(place)
        files = frozenset(path for path, _ in self._contents.files)
        parameters, names = read_parameters(
            (Record(one.value, account, one.file) for one in self._of("Parameter")), "GLOBAL_SCOPE", {}
        )
        currencies = currency_codes({**one.value, "@id": one.id} for one in self._of("Currency"))
        around = Surroundings(places, currencies, names)
        flows = list(self._each("Flow", lambda record, id_: read_flow(record, id_, places)))
        processes = tuple(self._each("Process", lambda record, id_: read_process(record, id_, around)))
        categories = tuple(
            self._each("ImpactCategory", lambda record, id_: read_category(record, id_, places, names))
        )
        given_properties = list(self._each("FlowProperty", read_flow_property))
        given_groups = list(self._each("UnitGroup", read_unit_group))
        properties = complete_properties(
            account, given_properties, used_properties(flows, processes, categories)
        )
        groups = complete_groups(account, given_groups, properties)
        made = strangers.flows(
            {one.heading.id: one for one in properties}, {one.heading.id: one for one in groups}
        )
        if made:
            flows += made
            properties = complete_properties(account, properties, used_properties(made, (), ()))
            groups = complete_groups(account, groups, properties)
        units = Units(account, flows, properties, groups)
        by_id = {one.heading.id: one for one in processes}
        return Package(
            name=name,
            processes=tuple(units.of_process(one) for one in processes),
            flows=tuple(flows),
            flow_properties=tuple(properties),
            unit_groups=tuple(groups),
            impact_methods=tuple(self._each("ImpactMethod", read_method)),
            impact_categories=tuple(units.of_category(one) for one in categories),
            models=tuple(units.of_model(one, by_id) for one in self._each("ProductSystem", read_model)),
            sources=tuple(self._each("Source", lambda record, id_: read_source(record, id_, files))),
            contacts=tuple(self._each("Actor", read_contact)),
            locations=tuple(places.found),
            parameters=parameters,
            files=tuple(self._contents.files),
            extras=tuple(self._extras(sets)),
        )

    def _of(self, type_: str) -> list[DataSet]:
        return self._sets.get(type_, [])

    def _each(self, type_: str, read: Callable[[Record, str], _Noun]) -> Iterator[_Noun]:
        for one in self._of(type_):
            self._progress(self._done / len(self._contents.data_sets))
            self._done += 1
            yield read(Record(one.value, self._account, one.file), one.id)

    def _extras(self, sets: Iterable[DataSet]) -> Iterator[Extra]:
        """Whole data sets that no noun stands for, and what the marker says besides the version."""
        for type_ in KEPT:
            for one in self._of(type_):
                yield Extra(FORMAT, one.file, json_text(one.value))
        for one in sets:
            yield Extra(FORMAT, one.file, json_text(one.value))
        for key, value in self._contents.app_marker.items():
            if key != "schemaVersion":
                yield Extra(FORMAT, f"{APP_MARKER}#/{pointer(key)}", json_text(value))


def _settle_old_kinds(
    contents: Contents, account: Account, used: set[str], inlined: set[str]
) -> list[DataSet]:
    """Accounts for the files of schema 1 that went into others; returns nw sets that belong to no method."""
    book = account.book
    left = []
    for one in contents.data_sets:
        place = Place(file=one.file)
        if one.type == "Category":
            if one.id not in used:
                book.dropped(Kind.FILE, "category-unused", REASONS["category-unused"], place)
            elif one.value.get("description"):
                book.remarked(Kind.FILE, "category-described", REASONS["category-described"], place)
            else:
                book.mapped(Kind.FILE)
        elif one.type == "NwSet":
            book.mapped(Kind.FILE)
            if one.id not in inlined:
                left.append(one)
    contents.data_sets = [one for one in contents.data_sets if one.type in KINDS or one.type in KEPT]
    return left
