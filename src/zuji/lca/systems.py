"""The small technosphere of a study: products that consume products, solved exactly.

y = f + A y, where `inputs[k][j]` = A[j, k] is the amount of product j that one unit of product k
consumes and y the amounts needed for the demand f. Strongly connected groups are solved in order:
what is no loop by plain substitution, loops by elimination without pivoting. For A >= 0 all pivots
are positive exactly when the system is productive (Hawkins and Simon 1949), so elimination itself is
the check. Plain float arithmetic in a fixed order: the same digits on every machine.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from zuji.errors import NonProductiveSystem, problem
from zuji.model.footprints import FloatArray

Inputs = Sequence[Mapping[int, float]]
# Below this a pivot is rounding, and the loop makes nothing for outside.
_SMALLEST_PIVOT = 1e-9


def transposed(inputs: Inputs) -> list[dict[int, float]]:
    """Consumers of each product: result[j][k] = inputs[k][j]."""
    result: list[dict[int, float]] = [{} for _ in inputs]
    for k, needs in enumerate(inputs):
        for j, amount in needs.items():
            result[j][k] = amount
    return result


def groups(inputs: Inputs) -> list[list[int]]:
    """Strongly connected groups of products, consumers before what they consume (Tarjan 1972)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    waiting: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(inputs)):
        if root in index:
            continue
        work = [(root, iter(sorted(inputs[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        waiting.add(root)
        while work:
            node, children = work[-1]
            child = next(children, None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group: list[int] = []
                    while not group or group[-1] != node:
                        group.append(stack.pop())
                        waiting.discard(group[-1])
                    found.append(sorted(group))
            elif child not in index:
                index[child] = low[child] = len(index)
                stack.append(child)
                waiting.add(child)
                work.append((child, iter(sorted(inputs[child]))))
            elif child in waiting:
                low[node] = min(low[node], index[child])
    return found[::-1]


def amounts(inputs: Inputs, demand: Mapping[int, float], names: Sequence[str]) -> list[float]:
    """Amounts of all products needed for `demand`; raises `NonProductiveSystem` naming the loop."""
    needed = [demand.get(i, 0.0) for i in range(len(inputs))]
    for group in groups(inputs):
        if len(group) > 1 or group[0] in inputs[group[0]]:
            solution = _eliminate(inputs, group, [needed[i] for i in group])
            if solution is None:
                raise _non_productive(inputs, group, names)
            for i, value in zip(group, solution, strict=True):
                needed[i] = value
        inside = set(group)
        for k in group:
            for j, amount in inputs[k].items():
                if j not in inside:
                    needed[j] += amount * needed[k]
    return needed


def _eliminate(inputs: Inputs, group: Sequence[int], right: list[float]) -> list[float] | None:
    size = len(group)
    matrix = [
        [(1.0 if r == c else 0.0) - inputs[group[c]].get(group[r], 0.0) for c in range(size)]
        for r in range(size)
    ]
    for p in range(size):
        pivot = matrix[p][p]
        if not pivot > _SMALLEST_PIVOT:
            return None
        for r in range(p + 1, size):
            ratio = matrix[r][p] / pivot
            if ratio:
                row, above = matrix[r], matrix[p]
                for c in range(p + 1, size):
                    row[c] -= ratio * above[c]
                right[r] -= ratio * right[p]
    for p in range(size - 1, -1, -1):
        row = matrix[p]
        rest = right[p]
        for c in range(p + 1, size):
            rest -= row[c] * right[c]
        right[p] = rest / row[p]
    return right


def amounts_of_runs(
    inputs: Sequence[Mapping[int, FloatArray | float]], demand: Mapping[int, float], runs: int
) -> FloatArray:
    """The same for many runs at once, shape (products, runs); non-productive runs are NaN."""
    needed: list[FloatArray] = [np.full(runs, demand.get(i, 0.0)) for i in range(len(inputs))]
    structure = [dict.fromkeys(needs, 1.0) for needs in inputs]
    for group in groups(structure):
        if len(group) > 1 or group[0] in inputs[group[0]]:
            for i, value in zip(group, _eliminate_runs(inputs, group, needed, runs), strict=True):
                needed[i] = value
        inside = set(group)
        for k in group:
            for j, amount in inputs[k].items():
                if j not in inside:
                    needed[j] = needed[j] + amount * needed[k]
    return np.array(needed)


def _eliminate_runs(
    inputs: Sequence[Mapping[int, FloatArray | float]],
    group: Sequence[int],
    needed: Sequence[FloatArray],
    runs: int,
) -> FloatArray:
    size = len(group)
    matrix = np.zeros((size, size, runs))
    for c, k in enumerate(group):
        matrix[c, c] = 1.0
        for r, j in enumerate(group):
            if j in inputs[k]:
                matrix[r, c] -= inputs[k][j]
    right: FloatArray = np.array([needed[i] for i in group])
    productive = np.ones(runs, dtype=np.bool_)
    for p in range(size):
        productive &= matrix[p, p] > _SMALLEST_PIVOT
        matrix[p, p] = np.where(productive, matrix[p, p], 1.0)
        for r in range(p + 1, size):
            ratio = matrix[r, p] / matrix[p, p]
            matrix[r, p + 1 :] -= ratio * matrix[p, p + 1 :]
            right[r] -= ratio * right[p]
    for p in range(size - 1, -1, -1):
        for c in range(p + 1, size):
            right[p] -= matrix[p, c] * right[c]
        right[p] /= matrix[p, p]
    right[:, ~productive] = np.nan
    return right


def spectral_radius(inputs: Inputs, group: Sequence[int]) -> tuple[float, list[float]]:
    """How much one round through a group of loops multiplies, and the amounts that grow with it.

    Power iteration on (A + I), which is primitive for a strongly connected group.
    """
    vector = [1.0] * len(group)
    place = {k: i for i, k in enumerate(group)}
    gain = 0.0
    for _ in range(2000):
        following = list(vector)
        for k in group:
            for j, amount in inputs[k].items():
                if j in place:
                    following[place[j]] += amount * vector[place[k]]
        size = max(following)
        previous, gain = gain, size
        vector = [value / size for value in following]
        if abs(gain - previous) <= 1e-12 * gain:
            break
    return gain - 1.0, vector


def strongest_loop(inputs: Inputs, group: Sequence[int]) -> tuple[list[int], float]:
    """The loop that carries most in a group: products in the order of supply, and its gain."""
    _, flow = spectral_radius(inputs, group)
    place = {k: i for i, k in enumerate(group)}
    consumer = {
        j: max(
            (k for k in group if j in inputs[k]),
            key=lambda k, j=j: inputs[k][j] * flow[place[k]],  # type: ignore[misc]
        )
        for j in group
    }
    seen: dict[int, int] = {}
    path: list[int] = []
    node = group[0]
    while node not in seen:
        seen[node] = len(path)
        path.append(node)
        node = consumer[node]
    loop = path[seen[node] :]
    gain = 1.0
    for j in loop:
        gain *= inputs[consumer[j]][j]
    return loop, gain


def _non_productive(inputs: Inputs, group: Sequence[int], names: Sequence[str]) -> NonProductiveSystem:
    loop, gain = strongest_loop(inputs, group)
    radius, _ = spectral_radius(inputs, group)
    route = " → ".join(names[i] for i in (*loop, loop[0]))
    return NonProductiveSystem(
        problem(
            "system.non_productive",
            f"循环 {route} 消耗的不少于产出的：绕一圈乘以 {gain:.4g}（整组 {radius:.4g}），没有有限的结果",
            f"the loop {route} consumes at least what it makes: one round multiplies by {gain:.4g} "
            f"({radius:.4g} for the whole group), so that no finite footprint exists",
            cure_zh="请核对循环中各工序的产出量、消耗量及其单位，通常是其中一个数量差了数量级",
            cure_en="check amounts and units of outputs and inputs in the loop; usually one is off by "
            "an order of magnitude",
        )
    )
