"""How far a solution may be from the truth, proved where it can be proved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from zuji.lca.network.arrays import Floats
from zuji.lca.network.prepared import Prepared
from zuji.text import Text

_WAYS: Mapping[str, Text] = MappingProxyType(
    {
        "substitution": Text("逐级代入", "substitution"),
        "sweeps": Text("循环清扫", "sweeps of loops"),
        "dense": Text("稠密分解", "dense factors"),
        "sparse": Text("稀疏分解", "sparse factors"),
        "krylov": Text("Krylov 迭代", "Krylov iteration"),
    }
)


@dataclass(frozen=True, slots=True)
class LoopReport:
    """How one strongly connected component was solved: by sweeps, dense, sparse, krylov, or refused."""

    first: int
    size: int
    method: str
    sweeps: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a result is worth.

    `error` bounds the relative error of every product's intensity (the worst product counts); `proved` says
    whether the bound is a proof or an estimate. `residual` is the largest residual relative to the size of
    the terms it is made of; `condition` how much larger than that an error can be. `unsolved` products have
    no number because they depend on a loop that consumes as much as it makes. `loops` names the method for
    each strongly connected component of several processes; everything else is plain substitution.

    The proof: with s[j] = Σ|terms of row j| and a vector u > 0 that satisfies u - |M| u ≥ θ s, θ > 0, the
    error obeys |e| ≤ max(|r| / s) · u / θ, since (I - |M|)⁻¹ is then nonnegative; rounding is counted in r.
    """

    method: str
    sweeps: int
    residual: float
    error: float
    condition: float
    proved: bool
    unsolved: int
    loops: tuple[LoopReport, ...] = ()

    def ways(self, language: str) -> str:
        """The methods in words."""
        ways = [_WAYS.get(way, Text(way, way)) for way in self.method.split("+") if way != "refused"]
        return ("、" if language.startswith("zh") else ", ").join(way.in_language(language) for way in ways)

    def in_words(self, language: str) -> str:
        """One line for a page or a terminal: it speaks of the arithmetic, not of the data."""
        method = self.ways(language)
        if language.startswith("zh"):
            kind = "已证明的上界" if self.proved else "估计值"
            unsolved = f"；{self.unsolved} 个产品没有足迹" if self.unsolved else ""
            return (
                f"计算的相对误差不超过 {self.error:.1e}（{kind}；残差 {self.residual:.1e}，"
                f"条件数 {self.condition:.3g}），解法：{method}{unsolved}"
            )
        proof = "proved bound" if self.proved else "estimate"
        unsolved = f"; {self.unsolved} products have no footprint" if self.unsolved else ""
        return (
            f"relative error of the arithmetic at most {self.error:.1e} ({proof}; residual "
            f"{self.residual:.1e}, condition {self.condition:.3g}), solved by {method}{unsolved}"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """Numbers of one certificate: `bound`[n, k] on the absolute error, and what it came from.

    `terms`[n, k] is s, `error` the largest bound relative to its value.
    """

    bound: Floats
    terms: Floats
    residual: float
    error: float
    condition: float
    proved: bool


Bounding = Callable[[Floats], tuple[Floats, float]]


def prove(prepared: Prepared, w: Floats, y: Floats, bounding: Bounding) -> Proof:
    """Bounds the error of `y`[n, k] for direct intensities `w`[n, k], all in positions.

    `bounding(s)` returns u and θ with u - |M| u ≥ θ s, θ not above zero where it found none.
    """
    from zuji.lca.network import sweeps

    start, provider = prepared.start.view(np.uint64), prepared.provider.view(np.uint32)
    rows = (start, provider, prepared.share, prepared.own)
    s, rho = np.empty_like(y), np.zeros(y.shape[1])
    if y.shape[1] == 1:
        rho[0] = sweeps.residual_of_one(*rows, w.reshape(-1), y.reshape(-1), s.reshape(-1))
    else:
        sweeps.residual(*rows, w, y, s, rho)
    u, theta = bounding(s)
    usable = np.isfinite(u)
    proved = theta > 0.0 and bool(np.array_equal(usable, np.isfinite(s))) and not np.any(u < 0.0)
    theta = theta if theta > 0.0 else 1.0
    u /= theta
    amplified = sweeps.largest(u, y)
    bound = u * rho
    bound[~usable] = 0.0
    return Proof(
        bound,
        s,
        float(rho.max(initial=0.0)),
        float((amplified * rho).max(initial=0.0)),
        float(amplified.max(initial=0.0)),
        proved,
    )


def rounding(prepared: Prepared, proof: Proof) -> Floats:
    """[n, k]: what the residual of each row may hide."""
    links = np.diff(prepared.start)[:, None] + 4
    return np.where(np.isfinite(proof.terms), links * 2.3e-16 * proof.terms, 0.0)
