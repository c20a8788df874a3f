"""From a study to its footprint in one call."""

from dataclasses import replace

from zuji.errors import Problem, problem
from zuji.lca import montecarlo, scenarios
from zuji.lca.footprints import footprint
from zuji.lca.fuels import FuelTable
from zuji.lca.preparation import PreparedSystem, prepare
from zuji.lca.uncertainty import first_order
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
    """The footprint of a study, kgCO2e per functional or declared unit, with its scenarios.

    `uncertainty` is the number of Monte Carlo runs; 0 gives the first-order band, None no band. Where
    nothing is uncertain there is no band either. Quality and
    primary data share are `zuji.quality`'s. Raises one `ZujiError` with all problems.
    """
    return analyse(prepare(study, factors, gwp, fuels), uncertainty=uncertainty, seed=seed)


def analyse(system: PreparedSystem, *, uncertainty: int | None = None, seed: int = 0) -> Footprint:
    """The same from a prepared system."""
    base = footprint(system)
    # without any stated uncertainty there is no band: a width of zero would claim certainty
    band = None if uncertainty is None else first_order(system)
    if not uncertainty or band is None:
        return replace(base, uncertainty=band, scenarios=scenarios.compare(system, base))
    simulation = montecarlo.simulate(system, uncertainty, seed)
    notices = (*base.notices, *_failed(simulation))
    return replace(
        base,
        uncertainty=montecarlo.summary(system, simulation),
        scenarios=scenarios.compare(system, base, simulation),
        notices=notices,
        warnings=tuple(str(notice) for notice in notices),
    )


def _failed(simulation: montecarlo.Simulation) -> tuple[Problem, ...]:
    if not simulation.failed:
        return ()
    return (
        problem(
            "uncertainty.failed_runs",
            f"有 {simulation.failed} 次模拟因内部循环没有有限结果而未计入",
            f"{simulation.failed} runs without a finite result, because of an internal loop, are left out",
            cure_zh="请核对循环中数量的不确定性",
            cure_en="check the uncertainty of the amounts in the loop",
        ),
    )
