"""Footprints from studies: `calculate` in one step, `prepare` and `analyse` for live editing.

Pages and commands call `zuji.quality.evaluate`, which adds data quality; this room knows nothing of it.
"""

from zuji.lca.calculation import analyse, calculate
from zuji.lca.footprints import footprint
from zuji.lca.fuels import Fuel, FuelTable
from zuji.lca.preparation import PreparedSystem, prepare

__all__ = ["Fuel", "FuelTable", "PreparedSystem", "analyse", "calculate", "footprint", "prepare"]
