"""What workers are asked to do in the tests: importable, so that a fresh process finds it."""

import os
import signal
import time
from pathlib import Path

from zuji.errors import InvalidInput, problem


def squares(entries):
    return [entry * entry for entry in entries]


def slow_squares(entries):
    time.sleep(0.05)
    return squares(entries)


def killed_once(entries):
    """The first worker to see an entry (13, folder) is killed in the middle of its chunk."""
    for number, folder in entries:
        if number == 13:
            try:
                (Path(folder) / "killed").touch(exist_ok=False)
            except FileExistsError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)
    return [number * number for number, _ in entries]


def always_killed(entries):
    os.kill(os.getpid(), signal.SIGKILL)
    return entries


def announced(entries):
    """Leaves the process id of each worker in the folder of the entries, then takes its time."""
    for _, folder in entries:
        (Path(folder) / f"pid-{os.getpid()}").touch()
    time.sleep(0.05)
    return [number * number for number, _ in entries]


def refused(entries):
    if 7 in entries:
        raise InvalidInput(
            problem("test.seven", "七不行", "not seven", cure_zh="换一个", cure_en="take another")
        )
    return entries


def broken(entries):
    return [1 / entry for entry in entries]


def one_too_few(entries):
    return entries[1:]
