"""A peer that takes too long, too much memory or dies is a result, and the others go on."""

import os
import signal
import time

import pytest

from benchmarks.lca.confined import Confined, Limits, Stopped, installed


def counting(first):
    state = [first]

    def run():
        state[0] += 1
        return state[0]

    return run


def sleeping():
    return lambda: time.sleep(60)


def greedy(size):
    return lambda: len(bytearray(size))


def dying():
    return lambda: os.kill(os.getpid(), signal.SIGKILL)


def refusing():
    return lambda: {}["what is not there"]


def importing(name):
    return lambda: __import__(name).__name__


def test_what_was_built_stays_between_runs():
    with Confined(Limits(30)) as room:
        room.build(counting, 4)
        first, second = room(), room()
    assert (first.value, second.value) == (5, 6)
    assert 0 <= first.seconds < 1
    assert 1e6 < first.peak < 1e9


def test_time_and_memory_are_limited():
    with Confined(Limits(0.2)).build(sleeping) as room, pytest.raises(Stopped, match=r"> 0\.2 s"):
        room()
    limits = Limits(30, memory=500_000_000)
    with Confined(limits).build(greedy, 100_000_000) as room:
        assert room().peak > 100_000_000
    with Confined(limits).build(greedy, 600_000_000) as room, pytest.raises(Stopped, match=r"> 0\.5 GB"):
        room()


def test_death_and_errors_are_told():
    with Confined(Limits(30)).build(dying) as room, pytest.raises(Stopped, match="SIGKILL"):
        room()
    with Confined(Limits(30)).build(refusing) as room, pytest.raises(Stopped, match="KeyError: 'what is not"):
        room()


def test_a_hidden_module_cannot_be_imported():
    hidden = Confined(Limits(30), without=("wave",)).build(importing, "wave")
    with hidden as room, pytest.raises(Stopped, match="ModuleNotFoundError"):
        room()
    with Confined(Limits(30)).build(importing, "wave") as room:
        assert room().value == "wave"
    assert installed("wave")
    assert not installed("there.is.none")
