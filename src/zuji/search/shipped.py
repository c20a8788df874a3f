"""The shipped aliases, qualifiers and vectors of names, from `data/search`."""

import csv
from functools import cache
from pathlib import Path

from zuji.search.embed import NameVectors
from zuji.search.wording import Alias


def directory() -> Path:
    """`zuji/_data/search` of an installed wheel, otherwise `data/search` of the checkout."""
    here = Path(__file__).resolve()
    packaged = here.parents[1] / "_data" / "search"
    return packaged if packaged.is_dir() else here.parents[3] / "data" / "search"


@cache
def aliases() -> tuple[Alias, ...]:
    """Curated aliases, see docs/matching.md."""
    with (directory() / "aliases.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Alias(**row) for row in csv.DictReader(file))


@cache
def qualifiers() -> tuple[str, ...]:
    """Words on factory lists that say nothing about what a thing is."""
    with (directory() / "qualifiers.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["word"] for row in csv.DictReader(file))


@cache
def lookalikes() -> tuple[tuple[str, str], ...]:
    """Characters often written for another: (written, meant)."""
    with (directory() / "lookalikes.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["written"], row["meant"]) for row in csv.DictReader(file))


@cache
def name_vectors() -> NameVectors | None:
    """Vectors of the shipped factor names as a memory map; None where they are not installed."""
    return NameVectors.open(directory())
