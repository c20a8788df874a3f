"""Any function over a list of items, in chunks: what the platform uses to check studies anew."""

import functools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from zuji.batch.plans import Arrays, Work, digest_of
from zuji.errors import InvalidInput, problem


@dataclass(frozen=True, slots=True)
class Each:
    """`function` takes some of the `entries` and returns one result each, in their order.

    Entries and results are JSON data. The function is defined at the top of a module that workers can import;
    it must give the same answer for an item whatever else is in its chunk. `inputs` says what else the
    results rest on (a rule version, a database digest): another input is another plan.
    """

    function: Callable[[Sequence[Any]], Sequence[Any]]
    entries: tuple[Any, ...]
    inputs: dict[str, Any] = field(default_factory=dict)

    @property
    def items(self) -> int:
        return len(self.entries)

    def describe(self) -> dict[str, Any]:
        return {
            "kind": "each",
            "function": f"{self.function.__module__}:{self.function.__qualname__}",
            "entries": digest_of(self.entries),
            "inputs": self.inputs,
        }

    def work(self, first: int, last: int) -> Work:
        return functools.partial(_applied, self.function, self.entries[first:last])


def answers(arrays: Arrays) -> list[Any]:
    """The results of an `Each` plan, one an item, from the arrays of its `Results`."""
    ends = np.cumsum(arrays["length"]).tolist()
    block = arrays["json"].tobytes()
    return [json.loads(block[low:high]) for low, high in zip([0, *ends], ends, strict=False)]


def _applied(function: Callable[[Sequence[Any]], Sequence[Any]], entries: tuple[Any, ...]) -> Arrays:
    results = function(entries)
    if len(results) != len(entries):
        raise InvalidInput(
            problem(
                "batch.answers",
                f"函数对 {len(entries)} 项给出了 {len(results)} 个结果",
                f"the function gave {len(results)} results for {len(entries)} items",
                cure_zh="函数应为每一项返回一个结果",
                cure_en="it has to return one result for each item",
            )
        )
    texts = [json.dumps(result, ensure_ascii=False, sort_keys=True).encode() for result in results]
    return {
        "length": np.array([len(text) for text in texts], np.int64),
        "json": np.frombuffer(b"".join(texts), np.uint8),
    }
