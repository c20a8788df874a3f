"""Signs of life while a package is read, so that a page can show them and a person can stop it.

A `Progress` is told shares of the work from 0 to 1 that never fall. Whatever it raises ends the reading and
reaches the caller of `load` as it is: that is how an import is cancelled in the middle of a package.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Progress = Callable[[float], None]
_Item = TypeVar("_Item")


def silent(share: float) -> None:
    """Tells nobody."""


def part(progress: Progress, low: float, high: float) -> Progress:
    """What a piece of the work reports as 0 to 1 becomes `low` to `high` of the whole."""
    return lambda share: progress(low + (high - low) * share)


def parts(items: Sequence[_Item], progress: Progress) -> Iterator[tuple[_Item, Progress]]:
    """Each item with what reports on the work it takes; every item counts alike."""
    size = len(items)
    for number, item in enumerate(items):
        own = part(progress, number / size, (number + 1) / size)
        own(0.0)
        yield item, own
    progress(1.0)


def told(items: Sequence[_Item], progress: Progress) -> Iterator[_Item]:
    """The items, with a report before each and after the last."""
    for item, _ in parts(items, progress):
        yield item
