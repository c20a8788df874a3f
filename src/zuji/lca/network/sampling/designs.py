"""Stratified and quasi-random draws for the entries that matter most."""

import numpy as np

from zuji.lca.network.arrays import Floats
from zuji.lca.network.prepared import Prepared
from zuji.lca.network.sampling import distributions
from zuji.lca.network.sampling.entries import Uncertain
from zuji.lca.network.sampling.options import Method, Presampled, Sampling


def design(
    prepared: Prepared,
    factors: Floats | None,
    nominal: Floats,
    found: Uncertain,
    asked: Sampling,
) -> tuple[Presampled, ...]:
    """The values of the `asked.designed` most important entries under Latin hypercube or Sobol sampling.

    Importance is first-order: the variance of Σ ln y over `asked.products` (all products where none is named)
    that an entry brings. Entries that vary as one share one column of the design; what was presampled stays.
    """
    if asked.method is Method.RANDOM or asked.designed < 1:
        return ()
    from scipy.stats import qmc

    from zuji.lca.network.sampling.first_order import ranked

    groups = ranked(prepared, factors, nominal, found, asked)
    if not groups:
        return ()
    seed = np.random.default_rng([asked.seed, 0x44])
    if asked.method is Method.SOBOL:
        points = qmc.Sobol(len(groups), rng=seed).random(asked.draws)
    else:
        points = qmc.LatinHypercube(len(groups), rng=seed).random(asked.draws)
    columns = np.clip(points, 2.0**-33, 1 - 2.0**-33).T
    chosen = []
    for part in found.parts():
        which = [(entry, column) for column, group in enumerate(groups) for entry in group.get(part.of, ())]
        if which:
            places = np.searchsorted(part.spreads.entry, [entry for entry, _ in which])
            spreads = distributions.chosen(part.spreads, places)
            u = columns[[column for _, column in which]]
            chosen.append(Presampled(part.of, spreads.entry, distributions.inverse(spreads, u)))
    return tuple(chosen)
