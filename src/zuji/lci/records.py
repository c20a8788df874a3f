"""What is kept beside the arrays of a saved database: how it came about, and its footprints."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from zuji.lca.network import characterising, storage
from zuji.lca.network.arrays import Floats
from zuji.lca.network.certificates import Certificate, LoopReport
from zuji.lca.network.prepared import Prepared
from zuji.lci.tables import Table
from zuji.model.lci.ledger import Ledger

_RECORD, _RESULTS = "record.json", "results.json"
_VALUES, _ERROR = "results.values.npy", "results.error.npy"


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
                "first": [(reason["places"] or [""])[0] for reason in reasons],
                "code": [reason["code"] for reason in reasons],
            }
        )


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Kept footprints of all products for all categories: [n, k] memory maps, with their certificate."""

    values: Floats
    error: Floats
    certificate: Certificate


def ledger_as_data(ledger: Ledger) -> dict[str, Any]:
    """A ledger as plain data; places in words."""
    return {
        "counts": {str(kind): asdict(count) for kind, count in ledger.counts.items()},
        "reasons": [
            {
                "kind": str(reason.kind),
                "outcome": str(reason.outcome),
                "code": reason.code,
                "why": {"zh": reason.why.zh, "en": reason.why.en},
                "number": reason.number,
                "places": [str(place.text()) for place in reason.places],
            }
            for reason in ledger.reasons
        ],
    }


def save(prepared: Prepared, record: Record, folder: Path) -> None:
    """Writes the network, then its footprints in every category it brings, then the record."""
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
    """The record of a saved database; an empty one where none was written."""
    path = folder / _RECORD
    return Record(**json.loads(path.read_text("utf-8"))) if path.exists() else Record()


def kept_results(folder: Path) -> Results | None:
    """The footprints kept with a saved database, None where it has no category."""
    if not (folder / _RESULTS).exists():
        return None
    data = json.loads((folder / _RESULTS).read_text("utf-8"))
    loops = tuple(LoopReport(**loop) for loop in data.pop("loops"))
    return Results(
        np.load(folder / _VALUES, mmap_mode="r", allow_pickle=False),
        np.load(folder / _ERROR, mmap_mode="r", allow_pickle=False),
        Certificate(**data, loops=loops),
    )
