"""The footprint of every product in one solve, and the supply of one product; each with its certificate."""

import math
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from zuji.errors import InvalidInput, NonProductiveSystem, Problem, problem
from zuji.lca.network.arrays import Floats, Truths
from zuji.lca.network.certificates import Certificate, Proof, prove, rounding
from zuji.lca.network.courses import Course, product
from zuji.lca.network.prepared import Prepared

WANTED = 1e-9
"""Relative error of every product that is asked for; beyond it loops are factorised, whatever it costs."""
_WIDE = 6_000_000  # numbers side by side in one solve; more categories are taken in turns


@dataclass(frozen=True, slots=True, eq=False)
class Intensities:
    """`values`[n] or [n, k]: indicator units per unit of each product, cradle to gate, NaN where unsolved.

    In the order of the network's processes; `error` has the same shape: a bound of the absolute error.
    """

    values: Floats
    error: Floats
    certificate: Certificate

    @property
    def solved(self) -> Truths:
        """bool[n]: which products have a number."""
        return np.isfinite(self.values if self.values.ndim == 1 else self.values[:, 0])


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """`values`[n]: units of each product that a demand needs in total, itself included."""

    values: Floats
    certificate: Certificate


def intensities(
    prepared: Prepared,
    weights: Floats,
    *,
    partial: bool = False,
    start: Floats | None = None,
    threads: int | None = None,
    idle: bool = False,
) -> Intensities:
    """Solves y = w + M y for all products at once, for one or k categories.

    `weights`[n] or [n, k]: direct intensity per unit of product (`characterising.weights`). `start` of the
    same shape is a solution nearby, which saves sweeps after an edit. Every strongly connected component is
    swept in order; one that contracts too slowly is factorised instead, and the certificate says so.

    `idle` leaves loops unexamined that no burden reaches (their zero is then a convention).

    Raises `NonProductiveSystem` where a loop consumes at least as much as it makes, and `InvalidInput` where
    a process supplies no positive amount, unless `partial`: then the products that depend on them have NaN,
    and all others their number.
    """
    flat = weights.ndim == 1
    wide = weights[:, None] if flat else weights
    if wide.shape[0] != len(prepared):
        raise InvalidInput(_wrong_length(wide.shape[0], len(prepared)))
    first = None if start is None else (start[:, None] if flat else start)
    turns = _turns(prepared, wide.shape[1], threads)

    def solved(turn: slice) -> tuple[Floats, Floats, Certificate]:
        return _solve(prepared, wide[:, turn], None if first is None else first[:, turn], idle=idle)

    if len(turns) == 1:
        parts = [solved(turns[0])]
    else:
        with ThreadPoolExecutor(min(len(turns), threads or _cores())) as pool:
            parts = list(pool.map(solved, turns))
    if len(parts) == 1:
        values, error, certificate = parts[0]
    else:
        values = np.concatenate([part[0] for part in parts], axis=1)
        error = np.concatenate([part[1] for part in parts], axis=1)
        certificate = _joined([part[2] for part in parts])
    if certificate.unsolved and not partial:
        if any(loop.method == "refused" for loop in certificate.loops):
            raise NonProductiveSystem(_sick(prepared, certificate))
        raise InvalidInput(_no_product(prepared, certificate))
    if flat:
        values, error = values[:, 0], error[:, 0]
    return Intensities(values, error, certificate)


def supply(prepared: Prepared, demand: Mapping[int, float], *, partial: bool = False) -> Supply:
    """The total supply x = d + Mᵀ x for a demand: {process index: amount of its product}.

    Raises as `intensities` does for what the demand reaches; products that it never reaches have exactly 0.
    """
    from zuji.lca.network.paths.zeros import needed

    backward = transposed(prepared)
    idle = ~needed(prepared, demand)[backward.order] & ~(backward.own < 1.0)
    if idle.any():  # nobody asks for what these cannot supply
        own = np.where(idle, 0.0, backward.own)
        pivot = np.where(idle, 1.0, backward.pivot)
        backward = replace(backward, own=own, pivot=pivot)
    wanted = np.zeros(len(prepared))
    for process, amount in demand.items():
        wanted[process] += amount
    found = intensities(backward, wanted, partial=partial, threads=1, idle=True)
    return Supply(found.values, found.certificate)


def transposed(prepared: Prepared) -> Prepared:
    """The same links seen from the suppliers: rows are providers, in the opposite order."""
    import scipy.sparse

    n = len(prepared)
    rows = scipy.sparse.csr_array((prepared.share, prepared.provider, prepared.start), shape=(n, n))
    turned = rows.tocsc()
    size = np.diff(turned.indptr)[::-1]
    start = np.zeros(n + 1, np.int64)
    np.cumsum(size, out=start[1:])
    last = turned.indptr[-1]
    return replace(
        prepared,
        order=np.ascontiguousarray(prepared.order[::-1]),
        position=np.int32(n - 1) - prepared.position,
        start=start,
        provider=np.ascontiguousarray((n - 1 - turned.indices[:last])[::-1]).astype(np.int32),
        share=np.ascontiguousarray(turned.data[:last][::-1]),
        own=np.ascontiguousarray(prepared.own[::-1]),
        pivot=np.ascontiguousarray(prepared.pivot[::-1]),
        link=np.zeros(0, np.int32),
        block=np.ascontiguousarray(n - prepared.block[::-1]),
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _turns(prepared: Prepared, categories: int, threads: int | None) -> list[slice]:
    """Categories in groups: one a core from eight on, and none wider than memory likes."""
    groups = min(threads or _cores(), categories // 8) or 1
    groups = max(groups, math.ceil(categories * len(prepared) / _WIDE))
    bounds = np.linspace(0, categories, min(groups, max(categories, 1)) + 1).astype(int)
    return [slice(low, high) for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]


def _solve(
    prepared: Prepared, weights: Floats, start: Floats | None, *, idle: bool
) -> tuple[Floats, Floats, Certificate]:
    """One group of categories: (values, error bound, certificate), in the order of processes."""
    w = np.take(np.asarray(weights, np.float64), prepared.order, axis=0)
    y = np.zeros_like(w) if start is None else np.nan_to_num(np.take(start, prepared.order, axis=0))
    course = Course(prepared, w.shape[1], idle=idle)
    course.run(w, y)
    proof = prove(prepared, w, y, course.bounding)
    if proof.error > WANTED and course.harder():
        course.run(w, y)
        proof = prove(prepared, w, y, course.bounding)
    if not proof.proved:
        proof = _estimated(course, w, y, proof)
    certificate = Certificate(
        method=course.method,
        sweeps=course.sweeps,
        residual=proof.residual,
        error=proof.error,
        condition=proof.condition,
        proved=proof.proved,
        unsolved=int(np.count_nonzero(~np.isfinite(y[:, 0]))) if y.shape[1] else 0,
        loops=tuple(course.reports),
    )
    back = prepared.position
    return np.take(y, back, axis=0), np.take(proof.bound, back, axis=0), certificate


def _estimated(course: Course, w: Floats, y: Floats, proof: Proof) -> Proof:
    """Where nothing is proved (credits in strong loops): one correction, and what rounding may hide of it.

    Rounding is sent through the system with two patterns of signs; both are taken fourfold.
    """
    prepared = course.prepared

    def answer(right: Floats) -> Floats:
        found = np.zeros_like(y)
        Course(prepared, y.shape[1], course.loops, idle=True).run(right, found)
        return found

    correction = answer(w - y + prepared.own[:, None] * y + product(prepared, y))
    signs = np.where(np.random.default_rng(0).random(len(prepared)) < 0.5, -1.0, 1.0)
    lost = rounding(prepared, proof)
    hidden = np.maximum(np.abs(answer(lost)), np.abs(answer(lost * signs[:, None])))
    y += correction
    bound = np.nan_to_num(4 * np.abs(correction) + 4 * hidden + 4e-16 * np.abs(y))
    return replace(proof, bound=bound, error=_worst(bound, y), proved=False)


def _worst(bound: Floats, y: Floats) -> float:
    size = np.abs(y)
    shown = np.isfinite(size) & (size > 0)
    return float(np.divide(bound, size, out=np.zeros_like(size), where=shown).max(initial=0.0))


def _joined(parts: list[Certificate]) -> Certificate:
    """The certificate of several groups of categories: the worst of each number."""
    first = parts[0]
    return replace(
        first,
        sweeps=max(part.sweeps for part in parts),
        residual=max(part.residual for part in parts),
        error=max(part.error for part in parts),
        condition=max(part.condition for part in parts),
        proved=all(part.proved for part in parts),
        unsolved=max(part.unsolved for part in parts),
    )


def _sick(prepared: Prepared, certificate: Certificate) -> Problem:
    refused = [loop for loop in certificate.loops if loop.method == "refused"]
    name = prepared.network.processes.name
    names = [name[int(prepared.order[loop.first])] for loop in refused[:3]]
    return problem(
        "network.non_productive",
        f"{len(refused)} 个循环消耗的不少于产出的（例如含“{'”“'.join(names)}”的循环），"
        f"{certificate.unsolved} 个产品依赖它们，没有有限的足迹",
        f"{len(refused)} loops consume at least as much as they make (for example around "
        f"“{'”, “'.join(names)}”); {certificate.unsolved} products depend on them and have no footprint",
        cure_zh="运行健康检查（zuji lci health）看是哪条关系，改正或切断它；或只求其余产品（partial）",
        cure_en="run the health check (zuji lci health) to see which link it is, then mend or cut it; "
        "or solve the other products only (partial)",
    )


def _no_product(prepared: Prepared, certificate: Certificate) -> Problem:
    processes = prepared.network.processes
    wrong = np.flatnonzero(~((processes.production > 0) & np.isfinite(processes.share)))
    name = processes.name[int(wrong[0])] if wrong.size else ""
    return problem(
        "network.production",
        f"{len(wrong)} 个过程没有可用的参考产品或分配，第一个是“{name}”；"
        f"{certificate.unsolved} 个产品因此没有足迹",
        f"{len(wrong)} processes have no usable product or allocation, the first is “{name}”; "
        f"{certificate.unsolved} products have no footprint because of that",
        cure_zh="运行健康检查（zuji lci health），补上数量；或只求其余产品（partial）",
        cure_en="run the health check (zuji lci health) and give the amount; "
        "or solve the other products only (partial)",
    )


def _wrong_length(given: int, wanted: int) -> Problem:
    return problem(
        "network.weights",
        f"给了 {given} 个直接强度，而数据库有 {wanted} 个过程",
        f"{given} direct intensities were given for {wanted} processes",
        cure_zh="用同一数据库计算出的权重",
        cure_en="use weights made from the same database",
    )
