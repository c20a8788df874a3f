"""Reads mutated files under limits of time and memory; run as a program, it prints what went wrong.

    python tests/formats/inventories/fuzzing.py FORMAT NUMBER SEED < seeds

Standard input: a pickled list of seed files. Standard output: a JSON list of failures.
"""

import json
import pickle
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from zuji.errors import ZujiError
from zuji.formats import inventories

MEMORY = 1024**3
"""Address space beyond what the interpreter and its libraries take."""
PATIENCE = 5.0
"""Seconds for one file of a few kilobytes."""


class HangError(Exception):
    """One file took too long."""


def failure(data: bytes, key: str, chance: random.Random) -> str:
    """What is wrong about how `data` is read (and written again); empty where nothing is."""
    try:
        stated = None if chance.random() < 0.1 else key
        loaded = inventories.load(data, format=stated, name="mutated")
    except ZujiError as error:
        return _unplaced(error)
    if not loaded.ledger.balanced:
        return f"unbalanced ledger: {loaded.ledger.counts}"
    target = key if chance.random() < 0.7 else chance.choice(list(inventories.FORMATS))
    if chance.random() < 0.25:
        try:
            written = inventories.dump(loaded.package, target)
        except ZujiError:
            return ""
        except ModuleNotFoundError:
            return ""
        if not written.ledger.balanced:
            return f"unbalanced ledger of the {target} writer: {written.ledger.counts}"
    return ""


def _unplaced(error: ZujiError) -> str:
    for problem in error.problems:
        place = problem.place
        if not (place.file or place.sheet or place.field or place.row):
            return f"a refusal without a place: {problem.code} {problem.what.en}"
        if not (problem.what.zh and problem.what.en and problem.cure.zh and problem.cure.en):
            return f"a refusal without words: {problem.code}"
    return "" if error.problems else "a refusal without a problem"


def run(key: str, number: int, seed: int, seeds: Sequence[bytes]) -> list[dict[str, str]]:
    """Failures of `number` mutations; each names the random seed that repeats it."""
    from tests.formats.inventories.mutations import mutated

    failures = []
    for at in range(number):
        chance = random.Random(f"{key}/{seed}/{at}")
        data = mutated(chance.choice(seeds), chance)
        started = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            wrong = failure(data, key, chance)
        except Exception:  # noqa: BLE001 - any other failure is what is looked for
            wrong = traceback.format_exc(limit=-6)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if wrong:
            seconds = f"{time.perf_counter() - started:.1f}"
            failures.append({"mutation": f"{key}/{seed}/{at}", "wrong": wrong, "seconds": seconds})
    return failures


def _ring(*_: object) -> NoReturn:
    raise HangError


def main() -> None:
    """Read seeds and arguments, set the limits, print the failures."""
    key, number, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    seeds = pickle.load(sys.stdin.buffer)
    for one in seeds:
        # whatever is loaded lazily is loaded before the limit is set
        inventories.load(one, format=key, name="seed")
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
    signal.signal(signal.SIGALRM, _ring)
    json.dump(run(key, number, seed, seeds), sys.stdout)


if __name__ == "__main__":
    main()
