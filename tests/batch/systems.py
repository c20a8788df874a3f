"""Product systems made up at random, and their results by dense algebra."""

import numpy as np

from zuji.batch.systems import Systems, assemble
from zuji.lca.network.arrays import Spreads

N = 40
"""Background products."""


def made_up(seed: int, count: int, *, loops: bool = True, uncertain: bool = False) -> Systems:
    """Systems of one to six nodes with credits, own consumption and (if wanted) loops, all productive."""
    random = np.random.default_rng(seed)
    nodes, lines, item, amount = [0], [0], [], []
    for _ in range(count):
        size = int(random.integers(1, 7))
        for node in range(size):
            for _ in range(int(random.integers(0, 6))):
                item.append(int(random.integers(0, N)))
                amount.append(float(random.normal(1.0, 1.0)))
            others = [i for i in range(size) if loops or i > node]
            for other in random.permutation(others)[:2].tolist():
                item.append(-1 - other)
                amount.append(float(random.uniform(0.0, 0.4)))
            lines.append(len(item))
        nodes.append(len(lines) - 1)
    amounts = np.array(amount)
    spreads = Spreads.none()
    if uncertain:
        entry = np.flatnonzero((random.random(len(amounts)) < 0.8) & (amounts != 0.0))
        centre = amounts[entry]
        width = np.abs(centre) * random.uniform(0.05, 0.3, len(entry))
        spreads = Spreads(
            entry,
            (1 + np.arange(len(entry)) % 4).astype(np.uint8),
            centre,
            np.where(np.arange(len(entry)) % 4 == 0, 0.2, width),
            centre - width,
            centre + 2 * width,
        )
    return assemble(np.array(nodes), np.array(lines), np.array(item), amounts, spreads, N)


def dense(systems: Systems, y, amount=None):
    """Each system's result by numpy.linalg.solve, for the amounts given (else the systems' own)."""
    amount = systems.amount if amount is None else amount
    found = []
    for s in range(len(systems)):
        base, end = systems.node_start[s], systems.node_start[s + 1]
        matrix = np.eye(end - base)
        right = np.zeros((end - base, *y.shape[1:]))
        for node in range(base, end):
            for line in range(systems.line_start[node], systems.line_start[node + 1]):
                if systems.item[line] >= 0:
                    right[node - base] += amount[line] * y[systems.item[line]]
                else:
                    matrix[node - base, -1 - systems.item[line]] -= amount[line]
        found.append(np.linalg.solve(matrix, right)[0])
    return np.array(found)
