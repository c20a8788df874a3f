"""What a batch computes: a task over items, cut into chunks, named by a digest."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from numpy.typing import NDArray

import zuji
from zuji.errors import InvalidInput, problem

Arrays: TypeAlias = Mapping[str, NDArray[Any]]
"""The result of a chunk. Arrays of the same name are joined along their first axis, in order of chunks."""

Work: TypeAlias = Callable[[], Arrays]
"""One chunk, ready to be sent to a worker: small when pickled; large inputs are opened from disk there."""


class Task(Protocol):
    """Something that is computed for items 0…`items`, any range of them apart from the others."""

    @property
    def items(self) -> int:
        """How many items there are."""

    def describe(self) -> dict[str, Any]:
        """JSON that says what is computed from which inputs (by their digests); equal means same results."""

    def work(self, first: int, last: int) -> Work:
        """The computation for items `first`…`last` - 1. Its result depends on nothing else."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A task and how many items make a chunk."""

    task: Task
    chunk: int

    def __post_init__(self) -> None:
        if self.chunk < 1:
            raise InvalidInput(
                problem(
                    "batch.chunk",
                    f"每块至少 1 项，收到 {self.chunk}",
                    f"a chunk has at least one item, got {self.chunk}",
                    cure_zh="请修改分块大小",
                    cure_en="change the chunk size",
                )
            )

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.task.items // self.chunk)

    def bounds(self, chunk: int) -> tuple[int, int]:
        """The items of a chunk: first, and one behind the last."""
        return chunk * self.chunk, min((chunk + 1) * self.chunk, self.task.items)

    def work(self, chunk: int) -> Work:
        """The computation of a chunk."""
        return self.task.work(*self.bounds(chunk))

    def describe(self) -> dict[str, Any]:
        """The task, the cut, and the software that computes it."""
        return {
            "task": self.task.describe(),
            "items": self.task.items,
            "chunk": self.chunk,
            "software": zuji.__version__,
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the description: equal digests, equal results."""
        return digest_of(self.describe())


def digest_of(description: Any) -> str:
    """SHA-256 of JSON data, keys sorted, no blanks."""
    text = json.dumps(description, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
