"""Footprints from studies: `calculate` in one step, `prepare` and `footprint` for live editing."""

from zuji.lca.calculation import calculate
from zuji.lca.footprints import footprint
from zuji.lca.fuels import Fuel, FuelTable
from zuji.lca.preparation import PreparedSystem, prepare

__all__ = ["Fuel", "FuelTable", "PreparedSystem", "calculate", "footprint", "prepare"]
