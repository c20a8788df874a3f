"""From a package in any format to a database, and back from a saved folder."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zuji.errors import InvalidInput, Place, Problem, problem
from zuji.lca.network import storage
from zuji.lca.network.prepared import prepare
from zuji.lci import records
from zuji.lci.database import Database

if TYPE_CHECKING:
    from zuji.lca.network.linking import LinkAccount, LinkOptions
    from zuji.model.lci.package import Loaded, Package


def load(
    source: Path | str | bytes,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    options: "LinkOptions | None" = None,
    name: str = "",
    totals: bool = True,
) -> Database:
    """Reads a package (file, folder or bytes) and links it.

    `format` is told by content where it is not given. `options` decide allocation and linking
    (docs/linking.md). `totals` adds the five greenhouse gas totals of ISO 14067 (GWP 100, IPCC AR6) as
    categories of the method "GWP100 AR6", mapped by CAS number and name. Raises `ZujiError` for what cannot
    be read at all; everything else is in the ledger and the health report.
    """
    from zuji.formats import inventories

    path = Path(source) if isinstance(source, str) else source
    told = name or (path.name or path.resolve().name if isinstance(path, Path) else "")  # "." has no name
    loaded = inventories.load(path, format=format, name=told)
    return link_package(loaded, options=options, about=_source_of(path, name), totals=totals)


def link_package(
    loaded: "Loaded | Package",
    *,
    options: "LinkOptions | None" = None,
    about: Mapping[str, str] | None = None,
    totals: bool = True,
) -> Database:
    """Links a package that is already read. Raises `InvalidInput` where it holds no process."""
    from zuji.lca.network.linking import LinkOptions, link
    from zuji.model.lci.package import Loaded, Package

    package = loaded if isinstance(loaded, Package) else loaded.package
    if not package.processes:
        raise InvalidInput(_no_process(package.name))
    linked = link(package, options or LinkOptions())
    network = replace(linked.network, about={**linked.network.about, **(about or {})})
    if totals:
        from zuji.lci.totals import with_totals

        network = with_totals(network)
    record = records.Record(linking=_account_as_data(linked.account))
    if isinstance(loaded, Loaded):
        record = replace(record, format=loaded.format, ledger=records.ledger_as_data(loaded.ledger))
    return Database(prepare(network), record)


def open_saved(folder: Path | str) -> Database:
    """The database in a folder; arrays stay on disk until they are touched."""
    path = Path(folder)
    return Database(storage.open_saved(path), records.kept_record(path), path)


def _no_process(name: str) -> Problem:
    return problem(
        "database.empty",
        "数据包里没有过程",
        "there is no process in the package",
        cure_zh="请确认选对了文件与格式；只有流或方法的数据包不能单独成为数据库",
        cure_en="check file and format; a package of flows or methods alone is no database",
        place=Place(file=name),
    )


def _source_of(source: Path | bytes, name: str) -> dict[str, str]:
    if isinstance(source, Path):
        said = {"name": name or source.resolve().stem}
        if source.is_file():
            said["digest"] = hashlib.sha256(source.read_bytes()).hexdigest()
        return said
    return {"name": name, "digest": hashlib.sha256(source).hexdigest()}


def _account_as_data(account: "LinkAccount") -> dict[str, Any]:
    data: dict[str, Any] = {}
    for field in fields(account):
        value = getattr(account, field.name)
        data[field.name] = (
            {getattr(key, "name", str(key)).lower(): number for key, number in value.items()}
            if isinstance(value, Mapping)
            else value
        )
    return data
