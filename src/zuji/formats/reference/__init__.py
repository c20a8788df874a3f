"""The shipped reference data: factors, characterisation sets and the fuel table.

The CSV files are described in data/README.md. Loading uses nothing but the csv module, so that a
command line that needs one factor starts quickly.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zuji.formats.reference.catalogue import Catalogue
from zuji.formats.reference.fuels import fuel_table
from zuji.formats.reference.gwp import gwp_set
from zuji.formats.reference.rows import missing_file, read_factors, read_sources, read_table
from zuji.lca.fuels import FuelTable
from zuji.model.factors import Factor
from zuji.model.gwp import GwpSet

GWP_FILES = {"AR4": "ar4.csv", "AR5": "ar5.csv", "AR6": "ar6.csv", "AR6-GWP20": "ar6_gwp20.csv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceData:
    """Everything shipped, at one edition.

    `digest` is the SHA-256 over names and contents of the files that were read; equal digests mean
    equal factors.
    """

    catalogue: Catalogue
    gwp: Mapping[str, GwpSet]
    fuels: FuelTable
    edition: str
    digest: str


def default_directory() -> Path:
    """`zuji/_data` of an installed wheel, otherwise `data/` of the checkout."""
    here = Path(__file__).resolve()
    packaged = here.parents[2] / "_data"
    return packaged if packaged.is_dir() else here.parents[4] / "data"


def load(directory: Path | None = None) -> ReferenceData:
    """The reference data of `directory`; loaded once per process and directory.

    Raises `InvalidInput` naming file and row where a file is missing or damaged.
    """
    return _load(directory or default_directory())


@cache
def _load(directory: Path) -> ReferenceData:
    digest = hashlib.sha256()

    def content(path: Path) -> bytes:
        try:
            data = path.read_bytes()
        except FileNotFoundError as absent:
            raise missing_file(path) from absent
        digest.update(f"{path.relative_to(directory).as_posix()}\n{len(data)}\n".encode())
        digest.update(data)
        return data

    edition = content(directory / "EDITION").decode("utf-8").strip()
    sources = read_sources(content(directory / "sources.csv"))
    factors: list[Factor] = []
    for path in sorted((directory / "factors").glob("*.csv")):
        factors += read_factors(path, content(path), sources)
    sets = {}
    for set_id, name in GWP_FILES.items():
        path = directory / "gwp" / name
        rows = read_factors(path, content(path), sources)
        sets[set_id] = gwp_set(set_id, edition, rows)
        factors += rows
    catalogue = Catalogue(factors)
    fuels = fuel_table(read_table(content(directory / "fuels.csv")), catalogue)
    return ReferenceData(
        catalogue=catalogue, gwp=sets, fuels=fuels, edition=edition, digest=digest.hexdigest()
    )
