"""One draw alone, in double precision and with every means of the ordinary solver.

For draws whose loops come so near to consuming all they make that sixteen side by side in single precision
cannot tell whether they do: some draws in a thousand where loops are strong.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import Floats
from zuji.lca.network.prepared import Prepared
from zuji.lca.network.sampling import distributions, randomness
from zuji.lca.network.sampling.plan import Plan, Sums


def solved(plan: Plan, draw: int) -> tuple[Floats, float] | None:
    """(`u`[k, n], bound or estimate of the relative error) of one draw; None where it has no footprint."""
    from zuji.lca.network.solving import intensities

    prepared, w = perturbed(plan, draw)
    found = intensities(prepared, w[prepared.position], partial=True, threads=1)
    if not np.isfinite(found.values).all():
        return None
    return found.values[prepared.order].T, found.certificate.error


def perturbed(plan: Plan, draw: int) -> tuple[Prepared, Floats]:
    """The network of one draw in the scaled units of the plan: (prepared, `w`[n, k] in positions)."""
    m = len(plan.share)
    x = np.ones(plan.rows)
    x[:m] = plan.share
    drawn = plan.drawn
    u = randomness.uniforms(drawn.key, np.array([draw]))
    x[drawn.target] = distributions.inverse(drawn.spreads, u)[:, 0] * drawn.factor
    for given in plan.given:
        used = given.target >= 0
        column = min(draw, given.values.shape[1] - 1)
        x[given.target[used]] = given.values[used, column] * given.factor[used]
    x[plan.shares.row] = _added(plan.shares, x[plan.shares.source])
    own = np.where(plan.dead, 0.0, plan.prepared.own)
    own[plan.own.row] = _added(plan.own, x[plan.own.source])
    w = plan.w.copy()
    for c, direct in enumerate(plan.directs):
        parts = x[direct.sums.source] * x[direct.by] * direct.coefficient
        w[direct.sums.row, c] = _added(direct.sums, parts)
    with np.errstate(divide="ignore"):
        pivot = 1.0 / (1.0 - own)
    return replace(plan.prepared, share=x[:m].copy(), own=own, pivot=pivot), w


def _added(sums: Sums, parts: NDArray[np.float64]) -> Floats:
    """Every sum has a part at least."""
    return sums.base + np.add.reduceat(parts, sums.start[:-1]) if len(parts) else sums.base
