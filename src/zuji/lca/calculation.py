"""From a study to its footprint in one call."""

from zuji.lca.footprints import footprint
from zuji.lca.fuels import FuelTable
from zuji.lca.preparation import prepare
from zuji.model.factors import FactorSource
from zuji.model.footprints import Footprint
from zuji.model.gwp import GwpSet
from zuji.model.studies import Study


def calculate(
    study: Study,
    factors: FactorSource,
    gwp: GwpSet,
    fuels: FuelTable | None = None,
    *,
    uncertainty: int | None = None,
    seed: int = 0,
) -> Footprint:
    """The footprint of a study, kgCO2e per functional or declared unit."""
    return footprint(prepare(study, factors, gwp, fuels))
