"""A strongly connected component that sweeps do not settle: solved directly, or refused."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.linalg
import scipy.sparse
import scipy.sparse.linalg

from zuji.lca.network.arrays import Floats
from zuji.lca.network.prepared import Prepared

DENSE = 600
"""Up to this many processes a dense factorisation is quicker than a sparse one."""
SPARSE = 60_000
"""Beyond this a factorisation fills up (n² to n³, measured); Krylov iterations carry on."""


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """(I - M) of positions low..high, its links to earlier positions, and a solver for it.

    `solve` takes and returns [size, k]; None where the loop consumes at least as much as it makes.
    """

    low: int
    high: int
    outside: scipy.sparse.csr_array
    inside: scipy.sparse.csr_array
    method: str
    solve: Callable[[Floats], Floats] | None

    def settle(self, w: Floats, y: Floats) -> None:
        """Solves the block for `w`[n, k] into `y`[n, k]; refined until the correction stops shrinking."""
        rows = slice(self.low, self.high)
        if self.solve is None:
            y[rows] = np.nan
            return
        right = w[rows] + self.outside @ y
        found = self.solve(right)
        last = np.inf
        for _ in range(5):
            correction = self.solve(right - self.inside @ found)
            found += correction
            with np.errstate(divide="ignore", invalid="ignore"):
                size = float(np.nanmax(np.abs(correction) / np.abs(found), initial=0.0))
            if not size < 0.5 * last or size < 1e-15:
                break
            last = size
        y[rows] = found


def factorised(prepared: Prepared, low: int, high: int, *, absolute: bool = False) -> Loop:
    """Factorises the component at positions low..high; with `absolute`, of |M| instead of M.

    The orientation is that of consumers in rows: its factors fill several times less than those of the
    transpose (brightway2-calc issue 176 and our own measurement).
    """
    inside, outside = _split(prepared, low, high, absolute=absolute)
    size = high - low
    matrix = (scipy.sparse.eye_array(size, format="csr") - inside).tocsr()
    method = "dense" if size <= DENSE else "sparse" if size <= SPARSE else "krylov"
    solve = _solver(matrix, method)
    if solve is not None and not _productive(solve, inside):
        solve = None
    return Loop(low, high, outside, matrix, method if solve else "refused", solve)


def _split(
    prepared: Prepared, low: int, high: int, *, absolute: bool
) -> tuple[scipy.sparse.csr_array, scipy.sparse.csr_array]:
    first, last = prepared.start[low], prepared.start[high]
    share = prepared.share[first:last]
    own = prepared.own[low:high]
    if absolute:
        share, own = np.abs(share), np.abs(own)
    shape = (high - low, len(prepared))
    start = prepared.start[low : high + 1] - first
    rows = scipy.sparse.csr_array((share, prepared.provider[first:last], start), shape=shape)
    inside = rows[:, low:high] + scipy.sparse.diags_array(own)
    provider = prepared.provider[first:last]
    kept = np.where((provider >= low) & (provider < high), 0.0, share)
    outside = scipy.sparse.csr_array((kept, provider, start), shape=shape)
    outside.eliminate_zeros()
    return scipy.sparse.csr_array(inside), outside


def _solver(matrix: scipy.sparse.csr_array, method: str) -> Callable[[Floats], Floats] | None:
    if method == "dense":
        with np.errstate(all="ignore"):
            lu, pivots, info = scipy.linalg.lapack.dgetrf(matrix.toarray())
        if info != 0:
            return None
        return lambda right: scipy.linalg.lu_solve((lu, pivots), right, check_finite=False)
    if method == "sparse":
        try:
            factors = scipy.sparse.linalg.splu(matrix.tocsc())
        except RuntimeError:  # exactly singular
            return None
        return lambda right: factors.solve(np.asfortranarray(right))
    return _krylov(matrix)


def _krylov(matrix: scipy.sparse.csr_array) -> Callable[[Floats], Floats]:
    """GMRES preconditioned by the triangle of earlier positions (one Gauss-Seidel pass)."""
    triangle = scipy.sparse.tril(matrix, format="csr")
    before = scipy.sparse.linalg.LinearOperator(
        matrix.shape, lambda r: scipy.sparse.linalg.spsolve_triangular(triangle, r), dtype=np.float64
    )

    def solve(right: Floats) -> Floats:
        columns = []
        for column in np.atleast_2d(right.T):
            found, info = scipy.sparse.linalg.gmres(
                matrix, column, rtol=1e-13, restart=60, maxiter=20, M=before
            )
            columns.append(found if info >= 0 else np.full_like(column, np.nan))
        return np.array(columns).T

    return solve


def _productive(solve: Callable[[Floats], Floats], inside: scipy.sparse.csr_array) -> bool:
    """Whether the loop makes more than it consumes.

    Without credits: (I - M)⁻¹ exists and is nonnegative if and only if (I - M) v = 1 has a solution v > 0
    (M-matrix, Berman and Plemmons). With credits: the spectral radius of M is below one.
    """
    size = inside.shape[0]
    if inside.nnz == 0 or inside.data.min() >= 0:
        v = solve(np.ones((size, 1)))
        if not (np.all(np.isfinite(v)) and np.all(v > 0)):
            return False
        left = v - inside @ v
        return bool(np.all(left > 0.5))
    return radius(inside) < 1.0


def radius(inside: scipy.sparse.csr_array) -> float:
    """The spectral radius of a square matrix: exact to rounding up to 600 rows, by Arnoldi above."""
    size = inside.shape[0]
    if size <= DENSE:
        return float(np.abs(np.linalg.eigvals(inside.toarray())).max(initial=0.0))
    seed = np.random.default_rng(0).random(size)
    try:
        values = scipy.sparse.linalg.eigs(inside, k=3, which="LM", v0=seed, return_eigenvectors=False)
        size_of = np.abs(values)
    except scipy.sparse.linalg.ArpackNoConvergence as stopped:
        size_of = np.abs(np.asarray(stopped.eigenvalues))
    return float(size_of.max()) if len(size_of) else np.inf
