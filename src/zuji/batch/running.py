"""A plan from beginning to end."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.batch.executors import Executor, Serial
from zuji.batch.plans import Plan
from zuji.batch.storing import Folder, packed, unpacked

Progress = Callable[[int, int], None]
"""Called with (chunks done, chunks in all) at the start and after every chunk."""


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """What a plan gave: `arrays` joined along their first axis in the order of items.

    `digest` is the SHA-256 over the chunks' checksums: equal digests are equal bytes. `reused` chunks were
    found finished, from an earlier run.
    """

    plan: str
    arrays: dict[str, NDArray[Any]]
    digest: str
    reused: int


def run(
    plan: Plan,
    executor: Executor | None = None,
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Results:
    """Computes what is missing of a plan and returns all of it.

    With a `folder`, finished chunks are kept there and a later run of the same plan goes on where this one
    ended, for whatever reason. Raises `Cancelled` soon after `cancelled()` is true, `WorkersLost`, a chunk's
    own `ZujiError`, `ChunkFailed` for other errors, and `FileRefused` for the folder of another plan.
    """
    executor = executor or Serial()
    kept = Folder.of(plan, folder) if folder is not None else None
    found = kept.finished(plan) if kept else {}
    reused = len(found)
    missing = [chunk for chunk in range(plan.chunks) if chunk not in found]
    if progress:
        progress(len(found), plan.chunks)
    computed = executor.compute(plan.work, missing, cancelled or _never)
    try:
        for chunk, arrays in computed:
            content = packed(arrays)
            if kept:
                kept.keep(chunk, content)
            found[chunk] = content
            if progress:
                progress(len(found), plan.chunks)
    finally:
        computed.close()
    checksums = [hashlib.sha256(found[chunk]).hexdigest() for chunk in range(plan.chunks)]
    if kept:
        kept.close(plan, checksums)
    digest = hashlib.sha256("".join(checksums).encode()).hexdigest()
    return Results(
        plan.digest, _joined([unpacked(found[chunk]) for chunk in range(plan.chunks)]), digest, reused
    )


def _joined(parts: list[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    if not parts:
        return {}
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _never() -> bool:
    return False
