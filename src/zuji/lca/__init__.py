"""Footprints from studies: `calculate` in one step, `prepare` and `analyse` for live editing.

Pages and commands call `zuji.quality.evaluate`, which adds data quality; this room knows nothing of it.
Whole inventory databases are next door, in `zuji.lca.network`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zuji.lca.calculation import analyse, calculate
    from zuji.lca.footprints import footprint
    from zuji.lca.fuels import Fuel, FuelTable
    from zuji.lca.preparation import PreparedSystem, prepare

__all__ = ["Fuel", "FuelTable", "PreparedSystem", "analyse", "calculate", "footprint", "prepare"]

_ROOMS = {
    "Fuel": "fuels",
    "FuelTable": "fuels",
    "PreparedSystem": "preparation",
    "analyse": "calculation",
    "calculate": "calculation",
    "footprint": "footprints",
    "prepare": "preparation",
}


def __getattr__(name: str) -> Any:
    """Loads a name when it is first used: databases need none of this, and start faster without."""
    import importlib

    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"zuji.lca.{_ROOMS[name]}"), name)
