"""How uncertain every product is: Monte Carlo for all of them at once, and first order for one in
milliseconds.

options        what is asked: draws, seed, method, correlations, presampled values
entries        what is uncertain, and what varies as one
randomness     a random number is a function of seed, draw and entry
distributions  inverses and moments of `Spreads`
plan           where every number goes
blocks         sixteen draws side by side (drawing, relaxation and lanes are compiled)
tally          statistics in constant memory
simulation     `simulate`
designs        Latin hypercube and Sobol for the entries that matter
first_order    `Propagation`: standard deviation and its contributors without a draw
comparing      `compare`: differences on common random numbers
"""

from zuji.lca.network.sampling.comparing import Difference, compare
from zuji.lca.network.sampling.first_order import FirstOrder, Propagation
from zuji.lca.network.sampling.options import (
    Amounts,
    Method,
    Presampled,
    Sampling,
    Together,
    UncertainFactors,
)
from zuji.lca.network.sampling.simulation import Account, Simulation, simulate

__all__ = [
    "Account",
    "Amounts",
    "Difference",
    "FirstOrder",
    "Method",
    "Presampled",
    "Propagation",
    "Sampling",
    "Simulation",
    "Together",
    "UncertainFactors",
    "compare",
    "simulate",
]
