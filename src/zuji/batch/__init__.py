"""Large amounts of work in chunks: one plan, three executors, the same bytes from each.

    plans       what is to be computed, in which chunks, and the digest that names it
    running     a plan from beginning to end: restart, progress, cancellation
    storing     finished chunks in a folder, written whole or not at all, each with its checksum
    executors   in this process, in worker processes, on a Dask cluster
    systems     many small product systems over the intensities of a database, and their tasks
    functions   any function over a list of items
    draws       Monte Carlo of a database, split by draws

A chunk's result depends on the plan and the chunk alone: not on workers, their number, or when they died.
"""

from zuji.batch.executors import Cluster, Executor, Processes, Serial
from zuji.batch.failures import Cancelled, ChunkFailed, WorkersLost
from zuji.batch.functions import Each
from zuji.batch.plans import Plan, Task
from zuji.batch.running import Results, run

__all__ = [
    "Cancelled",
    "ChunkFailed",
    "Cluster",
    "Each",
    "Executor",
    "Plan",
    "Processes",
    "Results",
    "Serial",
    "Task",
    "WorkersLost",
    "run",
]
