"""Inventory databases in a notebook: load, examine, solve, explain.

    from zuji import lci

    db = lci.load("tiangong.zip")                 # any format: ILCD, TIDAS, openLCA, EcoSpold, SimaPro
    print(db.ledger_table().to_polars())          # what was read, and what became of it
    print([str(f.what) for f in db.health().findings])  # what is wrong with it, before any number
    y = db.intensities("Climate change")          # every product at once
    steel = db.find("steel")[0]
    print(db.footprint(steel, amount=1000))
    print(db.contributions(steel).to_polars())

`load` reads and links a package, `open_saved` maps a saved database into memory.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zuji.lci.database import Database
    from zuji.lci.loading import load, open_saved
    from zuji.lci.results import Footprint, Intensity
    from zuji.lci.tables import Table

__all__ = ["Database", "Footprint", "Intensity", "Table", "load", "open_saved"]

_ROOMS = {
    "Database": "database",
    "Footprint": "results",
    "Intensity": "results",
    "Table": "tables",
    "load": "loading",
    "open_saved": "loading",
}


def __getattr__(name: str) -> Any:
    """Loads a name when it is first used, so that importing this package costs nothing."""
    import importlib

    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"zuji.lci.{_ROOMS[name]}"), name)
