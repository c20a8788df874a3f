"""What a simulation is asked to do."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from zuji.errors import InvalidInput, Problem, problem, raise_all
from zuji.lca.network.arrays import Floats, Ints, Longs, Spreads

MOST_DRAWS = 1 << 30


class Method(StrEnum):
    """How the draws of the entries that matter most are spread; all other entries are always plain."""

    RANDOM = "random"
    LATIN_HYPERCUBE = "latin_hypercube"
    SOBOL = "sobol"


class Amounts(StrEnum):
    """Which array of the network an entry belongs to."""

    EDGES = "edges"
    INTERVENTIONS = "interventions"
    FACTORS = "factors"


@dataclass(frozen=True, slots=True, eq=False)
class Presampled:
    """Values drawn elsewhere: correlated inputs, scenarios, measured series.

    `values`[p, draws], float32 or float64 and possibly a memory map, is read where it lies: draw i of
    the simulation uses column i for `entry`[p] of `of`, in the unit and with the sign of that array. What is
    presampled is not drawn again from its spread.
    """

    of: Amounts
    entry: Longs
    values: NDArray[np.floating]


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Entries of `of` that share one random number a draw: all of them are high at once, or low at once."""

    of: Amounts
    entry: Longs


@dataclass(frozen=True, slots=True, eq=False)
class UncertainFactors:
    """Spread of characterisation factors.

    `value`[f] are the factors as the method states them, `spreads` index them; `used`[i, k] is the place in
    `value` of the factor of intervention i in category k, or -1. In a draw, a factor is multiplied by what
    was drawn over `value`, wherever it is used.
    """

    value: Floats
    spreads: Spreads
    used: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sampling:
    """A request for a simulation; the same request gives the same bits on any number of threads.

    `draws`: how many. `seed`: 0 or any whole number below 2⁶⁴; entries, draws and seed alone determine every
    random number, so two networks, two products or two scenarios simulated with one seed are compared draw by
    draw. `products`: indices of processes whose draws are all kept; their quantiles are exact and their
    convergence is shown. `quantiles` are estimated for every product from a histogram, each with its bound of
    error. `method` applies to the `designed` entries that matter most to `products` (to all products where
    none is named). `threads` 0: one a core. `tolerance`: largest estimated error of a draw, relative to the
    gross flow through a product. `double`: everything in float64, many times slower, for reference. `passes`:
    a draw whose loops have not converged after so many is solved by itself. `standard_error`: stop early once
    every one of `products` has this relative standard error of its mean, 0 for never.
    """

    draws: int = 1000
    seed: int = 0
    method: Method = Method.RANDOM
    designed: int = 300
    products: tuple[int, ...] = ()
    quantiles: tuple[float, ...] = (0.025, 0.25, 0.5, 0.75, 0.975)
    threads: int = 0
    tolerance: float = 3e-6
    double: bool = False
    passes: int = 300
    standard_error: float = 0.0
    presampled: tuple[Presampled, ...] = ()
    together: tuple[Together, ...] = ()
    factors: UncertainFactors | None = field(default=None)

    def __post_init__(self) -> None:
        raise_all(_wrong(self), InvalidInput)


def _wrong(asked: Sampling) -> list[Problem]:
    found = []
    if not 1 <= asked.draws <= MOST_DRAWS:
        found.append(
            _outside("draws", asked.draws, f"应在 1 到 {MOST_DRAWS} 之间", f"lies between 1 and {MOST_DRAWS}")
        )
    if not 0 <= asked.seed < 1 << 64:
        found.append(_outside("seed", asked.seed, "应为 0 到 2⁶⁴-1 的整数", "is a whole number below 2⁶⁴"))
    least = 1e-13 if asked.double else 1e-6
    if not least <= asked.tolerance < 1:
        found.append(
            _outside(
                "tolerance",
                asked.tolerance,
                "单精度时不小于 1e-6，双精度（double）时不小于 1e-13",
                "is at least 1e-6 in single precision and 1e-13 in double",
            )
        )
    found += [
        _outside("quantiles", q, "应在 0 与 1 之间", "lies between 0 and 1")
        for q in asked.quantiles
        if not 0 < q < 1
    ]
    if asked.method is Method.SOBOL and asked.draws & (asked.draws - 1):
        found.append(
            _outside(
                "draws", asked.draws, "用 Sobol 序列时应为 2 的幂", "is a power of two with Sobol's sequence"
            )
        )
    for given in asked.presampled:
        shape = given.values.shape
        if len(shape) != 2 or shape[0] != len(given.entry) or shape[1] < asked.draws:
            found.append(
                _outside(
                    "presampled",
                    str(shape),
                    f"应为 [{len(given.entry)}, 至少 {asked.draws}]",
                    f"has shape [{len(given.entry)}, at least {asked.draws}]",
                )
            )
    return found


def _outside(name: str, value: object, zh: str, en: str) -> Problem:
    return problem(
        "sampling.option",
        f"模拟选项 {name} 为 {value}，{zh}",
        f"the option {name} of the simulation is {value}, but it {en}",
        cure_zh="请改正该选项",
        cure_en="give another value",
    )
