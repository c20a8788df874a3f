"""How much of itself a loop consumes: the spectral radius, with bounds that are proven or named estimates."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import scipy.linalg
import scipy.sparse
import scipy.sparse.linalg

from zuji.lca.network.arrays import Floats
from zuji.lca.network.health.consumption import Matrix

DENSE = 600
"""Up to this size all eigenvalues are computed (0.3 s); beyond it power and Arnoldi iteration."""
FACTORISED = 5000
"""Up to this size a power iteration that stalls is finished by factorisations."""
PRECISION = 1e-9
ONE = 1 - 1e-10
"""A radius from here on cannot be told from 1 in double precision: the loop counts as non-productive."""


class Certainty(StrEnum):
    """How far a radius can be relied on."""

    PROVEN = "proven"
    """Bounds of Collatz and Wielandt: they hold for any positive vector, up to rounding."""
    COMPUTED = "computed"
    """All eigenvalues were computed; the error is that of the QR algorithm."""
    ESTIMATED = "estimated"
    """The largest eigenvalue that Arnoldi iteration found."""
    BOUNDED = "bounded"
    """Only bounds are known."""


@dataclass(frozen=True, slots=True)
class Radius:
    """A spectral radius between `low` and `high`."""

    value: float
    low: float
    high: float
    certainty: Certainty

    @property
    def productive(self) -> bool:
        """Whether a unit of product surely takes back less than a unit of it."""
        return self.high < ONE


@dataclass(frozen=True, slots=True, eq=False)
class Perron:
    """Radius of an irreducible nonnegative matrix with its right and left eigenvector, all positive."""

    radius: Radius
    right: Floats
    left: Floats


def perron(matrix: Matrix) -> Perron:
    """Spectral radius of an irreducible nonnegative matrix, between bounds that are proven.

    Power iteration on the balanced matrix, shifted so that periodic loops converge; where it stalls, Noda's
    inverse iteration. For every positive x: min (Ax)_i / x_i <= radius <= max (Ax)_i / x_i.
    """
    if matrix.shape[0] == 1:
        value = float(matrix[0, 0])
        return Perron(Radius(value, value, value, Certainty.PROVEN), np.ones(1), np.ones(1))
    balanced, scale = _balanced(matrix)
    low, high, right = _iterate(balanced)
    _, _, left = _iterate(balanced.T.tocsr())
    certainty = Certainty.PROVEN if high - low <= 1e-3 * high else Certainty.BOUNDED
    return Perron(Radius((low + high) / 2, low, high, certainty), right * scale, left / scale)


def signed_radius(matrix: Matrix, absolute: Radius) -> Radius:
    """Spectral radius of a matrix with credits; never above that of its absolute values, `absolute`."""
    if matrix.nnz == 0 or matrix.data.min() >= 0:
        return absolute
    balanced, _ = _balanced(matrix)
    if matrix.shape[0] <= DENSE:
        value = float(np.abs(scipy.linalg.eigvals(balanced.toarray())).max())
        error = 1e-12 * max(absolute.high, 1.0)
        return Radius(value, max(value - error, 0.0), value + error, Certainty.COMPUTED)
    try:
        start = np.ones(matrix.shape[0])
        found = scipy.sparse.linalg.eigs(balanced, k=3, v0=start, return_eigenvectors=False, maxiter=3000)
    except scipy.sparse.linalg.ArpackError:
        return Radius(absolute.high, 0.0, absolute.high, Certainty.BOUNDED)
    value = float(np.abs(found).max())
    return Radius(value, value, value, Certainty.ESTIMATED)


def is_productive(matrix: Matrix) -> bool:
    """Whether the radius of a strongly connected matrix is surely below one; quicker than the radius."""
    if matrix.shape[0] == 1:
        return abs(float(matrix[0, 0])) < ONE
    size = abs(matrix)
    low, high, _ = _iterate(_balanced(size)[0], decide=True)
    if high < ONE or matrix.data.min() >= 0:
        return high < ONE
    return signed_radius(matrix, Radius(high, low, high, Certainty.BOUNDED)).productive


def _balanced(matrix: Matrix) -> tuple[Matrix, Floats]:
    """d^-1 A d and d, so that rows and columns are alike in size (Osborne): units no longer matter."""
    scale = _balance(matrix)
    return (scipy.sparse.diags(1 / scale) @ matrix @ scipy.sparse.diags(scale)).tocsr(), scale


def _balance(matrix: Matrix, sweeps: int = 30) -> Floats:
    size = matrix.shape[0]
    off = abs(matrix - scipy.sparse.diags(matrix.diagonal())).tocoo()
    log, result = np.full(off.nnz, -np.inf), np.zeros(size)
    positive = off.data > 0
    log[positive] = np.log(off.data[positive])
    for _ in range(sweeps):
        scaled = log + result[off.col] - result[off.row]
        row, column = np.full(size, -np.inf), np.full(size, -np.inf)
        np.maximum.at(row, off.row, scaled)
        np.maximum.at(column, off.col, scaled)
        linked = np.isfinite(row) & np.isfinite(column)
        step = np.zeros(size)
        step[linked] = (row[linked] - column[linked]) / 4
        result += step
        if np.abs(step).max() < 0.1:
            break
    scale: Floats = np.exp(np.clip(result - result.mean(), -300, 300))
    return scale


def _iterate(matrix: Matrix, *, decide: bool = False) -> tuple[float, float, Floats]:
    """(lower bound, upper bound, positive vector) for an irreducible nonnegative matrix.

    With `decide` it ends as soon as the bounds tell on which side of one the radius lies.
    """
    x = np.ones(matrix.shape[0])
    low, high = 0.0, np.inf
    for _ in range(2000):
        y = matrix @ x
        ratio = y / x
        low, high = max(low, float(ratio.min())), min(high, float(ratio.max()))
        if high - low <= PRECISION * high or (decide and (high < ONE or low >= ONE)):
            return low, high, x
        x = y + high / 2 * x
        x = np.maximum(x / x.max(), 1e-280)
    if matrix.shape[0] <= FACTORISED:
        return _noda(matrix, x, low, high)
    return low, high, x


def _noda(matrix: Matrix, x: Floats, low: float, high: float) -> tuple[float, float, Floats]:
    """Inverse iteration from above: (high I - A)^-1 is positive as long as high exceeds the radius."""
    identity = scipy.sparse.identity(matrix.shape[0], format="csc")
    for _ in range(40):
        shift = high * (1 + 1e-12)
        try:
            y = scipy.sparse.linalg.splu((shift * identity - matrix).tocsc()).solve(x)
        except RuntimeError:  # exactly singular: the shift is the radius
            break
        if not (np.isfinite(y).all() and y.min() > 0):
            break
        x = np.maximum(y / y.max(), 1e-280)
        ratio = (matrix @ x) / x
        low, high = max(low, float(ratio.min())), min(high, float(ratio.max()))
        if high - low <= PRECISION * high:
            break
    return low, high, x
