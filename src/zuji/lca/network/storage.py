"""A network on disk: one folder, one file an array, opened as a memory map."""

import dataclasses
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any, cast

import numpy as np

from zuji.errors import FileRefused, Place, problem
from zuji.lca.network.arrays import (
    CutOffs,
    Edges,
    Factors,
    Flows,
    Interventions,
    Network,
    Processes,
    Spreads,
    Strings,
)
from zuji.lca.network.prepared import Prepared

VERSION = 1
_HEAD = "network.json"
_TABLES: dict[str, type[Any]] = {
    "processes": Processes,
    "edges": Edges,
    "flows": Flows,
    "interventions": Interventions,
    "factors": Factors,
    "cut_offs": CutOffs,
    "edge_spreads": Spreads,
    "intervention_spreads": Spreads,
}


def save(prepared: Prepared, folder: Path) -> None:
    """Writes a prepared network. The folder appears whole or not at all; an older one is replaced."""
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for table, kind in _TABLES.items():
        _write(new, table, getattr(prepared.network, table), kind)
    for field in dataclasses.fields(prepared):
        if field.name != "network":
            np.save(new / f"prepared.{field.name}.npy", getattr(prepared, field.name), allow_pickle=False)
    head = {"version": VERSION, "about": dict(prepared.network.about)}
    (new / _HEAD).write_text(json.dumps(head, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    if folder.exists():
        old = folder.with_name(folder.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old)
    else:
        new.rename(folder)


def open_saved(folder: Path) -> Prepared:
    """The prepared network in a folder; arrays are read from disk when they are first touched.

    Raises `FileRefused` where the folder holds no network, or one of another version.
    """
    head = _head(folder)
    tables = {table: _read(folder, table, kind) for table, kind in _TABLES.items()}
    network = Network(**tables, about=dict(head["about"]))
    fields = [field.name for field in dataclasses.fields(Prepared) if field.name != "network"]
    arrays = {name: _array(folder, f"prepared.{name}") for name in fields}
    return Prepared(network=network, **arrays)


def digest(folder: Path) -> str:
    """SHA-256 over every array of a saved network: what a result says it was computed from."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.npy")):
        whole.update(path.name.encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _head(folder: Path) -> dict[str, Any]:
    try:
        head = json.loads((folder / _HEAD).read_text("utf-8"))
    except (OSError, ValueError):
        raise FileRefused(
            problem(
                "network.folder",
                "这个文件夹里没有数据库",
                "there is no database in this folder",
                cure_zh="先用 zuji lci import 数据包 --to 文件夹 导入",
                cure_en="import one first: zuji lci import PACKAGE --to FOLDER",
                place=Place(file=str(folder)),
            )
        ) from None
    if head.get("version") != VERSION:
        raise FileRefused(
            problem(
                "network.version",
                f"数据库的存储版本是 {head.get('version')}，本软件读 {VERSION}",
                f"the database is stored in version {head.get('version')}, this software reads {VERSION}",
                cure_zh="从原始数据包重新导入",
                cure_en="import it again from its package",
                place=Place(file=str(folder)),
            )
        )
    return cast("dict[str, Any]", head)


def _write(folder: Path, name: str, table: Any, kind: type[Any]) -> None:
    for field in dataclasses.fields(kind):
        value = getattr(table, field.name)
        if isinstance(value, Strings):
            np.save(folder / f"{name}.{field.name}.start.npy", value.start, allow_pickle=False)
            np.save(folder / f"{name}.{field.name}.data.npy", value.data, allow_pickle=False)
        else:
            np.save(folder / f"{name}.{field.name}.npy", value, allow_pickle=False)


def _read(folder: Path, name: str, kind: type[Any]) -> Any:
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        key = f"{name}.{field.name}"
        if field.type is Strings:
            values[field.name] = Strings(_array(folder, f"{key}.start"), _array(folder, f"{key}.data"))
        else:
            values[field.name] = _array(folder, key)
    return kind(**values)


def _array(folder: Path, key: str) -> Any:
    try:
        return np.load(folder / f"{key}.npy", mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        raise FileRefused(
            problem(
                "network.array",
                f"数据库缺少或损坏了 {key}",
                f"{key} of the database is missing or damaged",
                cure_zh="从原始数据包重新导入",
                cure_en="import it again from its package",
                place=Place(file=str(folder / f"{key}.npy")),
            )
        ) from None
