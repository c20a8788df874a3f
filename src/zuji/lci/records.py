"""What is kept beside the arrays of a saved database: how it came about, and its footprints."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from zuji.errors import FileRefused, Place, problem
from zuji.lca.network import characterising, storage
from zuji.lca.network.arrays import Floats
from zuji.lca.network.certificates import Certificate, LoopReport
from zuji.lca.network.prepared import Prepared
from zuji.lci.tables import Table

if TYPE_CHECKING:
    from zuji.model.lci.ledger import Ledger

_RECORD, _RESULTS = "record.json", "results.json"
_VALUES, _ERROR = "results.values.npy", "results.error.npy"
_HEAD, _OURS = "network.json", (".npy", ".json")


@dataclass(frozen=True, slots=True)
class Record:
    """How a database came about, as plain data: the reader's ledger and the account of linking.

    `ledger`: {"counts": {kind: {read, mapped, defaulted, dropped}}, "reasons": […]}; `linking`: numbers by
    name. Both are empty for a network that was not read from a package.
    """

    format: str = ""
    ledger: dict[str, Any] = field(default_factory=dict)
    linking: dict[str, Any] = field(default_factory=dict)

    def ledger_table(self) -> Table:
        """One row a kind: read, mapped, defaulted, dropped."""
        counts = self.ledger.get("counts", {})
        names = ("read", "mapped", "defaulted", "dropped")
        return Table(
            {"kind": list(counts)} | {name: [row[name] for row in counts.values()] for name in names}
        )

    def reasons_table(self, language: str = "zh") -> Table:
        """One row a reason: what was defaulted or dropped, why, how often, and the first place."""
        reasons = self.ledger.get("reasons", [])
        lang = "zh" if language.startswith("zh") else "en"
        return Table(
            {
                "kind": [reason["kind"] for reason in reasons],
                "outcome": [reason["outcome"] for reason in reasons],
                "number": [reason["number"] for reason in reasons],
                "why": [reason["why"][lang] or reason["why"]["zh"] for reason in reasons],
                "first": [next(iter(said_places(reason, language)), "") for reason in reasons],
                "code": [reason["code"] for reason in reasons],
            }
        )


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Kept footprints of all products for all categories: [n, k] memory maps, with their certificate."""

    values: Floats
    error: Floats
    certificate: Certificate


def said_places(reason: Mapping[str, Any], language: str = "zh") -> list[str]:
    """The places of a reason of `ledger_as_data` in words; ledgers kept earlier have them in Chinese only."""
    lang = "zh" if language.startswith("zh") else "en"
    return [place if isinstance(place, str) else place[lang] or place["zh"] for place in reason["places"]]


def ledger_as_data(ledger: "Ledger") -> dict[str, Any]:
    """A ledger as plain data; reasons and places in words of both languages."""
    return {
        "counts": {str(kind): asdict(count) for kind, count in ledger.counts.items()},
        "reasons": [
            {
                "kind": str(reason.kind),
                "outcome": str(reason.outcome),
                "code": reason.code,
                "why": {"zh": reason.why.zh, "en": reason.why.en},
                "number": reason.number,
                "places": [{"zh": text.zh, "en": text.en} for text in map(Place.text, reason.places)],
            }
            for reason in ledger.reasons
        ],
    }


def repairs_made(about: Mapping[str, str]) -> list[dict[str, Any]]:
    """The repairs a network carries: every link that was cut, with names, amounts and exchange."""
    return list(json.loads(about.get("repairs", "[]")))


def check_folder(folder: Path) -> None:
    """Raises `FileRefused` where saving would replace anything but a database."""
    if not folder.exists():
        return
    if folder.is_dir():
        inside = list(folder.iterdir())
        ours = all(each.is_file() and each.suffix in _OURS for each in inside)
        if not inside or (ours and (folder / _HEAD).is_file()):
            return
    raise FileRefused(
        problem(
            "database.occupied",
            "这里有不属于数据库的文件，不会被覆盖",
            "there are files here that are no database; they are not overwritten",
            cure_zh="请给出新的或空的文件夹",
            cure_en="name a new or an empty folder",
            place=Place(file=str(folder)),
        )
    )


def save(prepared: Prepared, record: Record, folder: Path) -> None:
    """Writes the network, its footprints in every category it brings, and the record.

    The folder appears whole or not at all; a database that is there is replaced when the new one is whole.
    Raises `FileRefused` where the folder holds anything else.
    """
    target = folder.resolve()
    check_folder(target)
    new = target.with_name(target.name + ".saving")
    try:
        _write(prepared, record, new)
        _put(new, target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(new.with_name(new.name + ".new"), ignore_errors=True)
        raise


def _put(new: Path, target: Path) -> None:
    """Moves a finished folder to its place, and the one that was there back if that fails."""
    if not target.exists():
        new.rename(target)
        return
    old = target.with_name(target.name + ".replaced")
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old)


def _write(prepared: Prepared, record: Record, folder: Path) -> None:
    from zuji.lca.network import solving

    storage.save(prepared, folder)
    if prepared.network.factors.categories:
        chosen = list(range(prepared.network.factors.categories))
        found = solving.intensities(prepared, characterising.weights(prepared.network, chosen), partial=True)
        np.save(folder / _VALUES, found.values, allow_pickle=False)
        np.save(folder / _ERROR, found.error, allow_pickle=False)
        (folder / _RESULTS).write_text(json.dumps(asdict(found.certificate)), "utf-8")
    (folder / _RECORD).write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), "utf-8")


def kept_record(folder: Path) -> Record:
    """The record of a saved database; an empty one where none was written. Raises `FileRefused`."""
    path = folder / _RECORD
    if not path.exists():
        return Record()
    try:
        return Record(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        raise _damaged(path) from None


def kept_results(folder: Path) -> Results | None:
    """The footprints kept with a saved database, None where it has no category. Raises `FileRefused`."""
    path = folder / _RESULTS
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
        loops = tuple(LoopReport(**loop) for loop in data.pop("loops"))
        certificate = Certificate(**data, loops=loops)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise _damaged(path) from None
    return Results(_array(folder / _VALUES), _array(folder / _ERROR), certificate)


def _array(path: Path) -> Floats:
    try:
        return cast("Floats", np.load(path, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError, EOFError):
        raise _damaged(path) from None


def _damaged(path: Path) -> FileRefused:
    return FileRefused(
        problem(
            "database.damaged",
            f"数据库缺少或损坏了 {path.name}",
            f"{path.name} of the database is missing or damaged",
            cure_zh="从原始数据包重新导入",
            cure_en="import it again from its package",
            place=Place(file=str(path)),
        )
    )
