"""Reading without passes of the garbage collector."""

import gc

import pytest

from tests.formats.inventories.samples import PLAIN
from zuji.errors import ZujiError
from zuji.formats import inventories
from zuji.formats.collecting import no_collections


def test_the_collector_is_on_again_after_an_error() -> None:
    def fail() -> None:
        assert not gc.isenabled()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), no_collections():
        fail()
    assert gc.isenabled()


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    try:
        with no_collections():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_packages_are_read_without_it_and_refused_files_leave_it_on() -> None:
    seen: list[bool] = []
    content = inventories.dump(PLAIN, "ecospold2").content
    inventories.load(content, format="ecospold2", progress=lambda _: seen.append(gc.isenabled()))
    assert seen
    assert not any(seen)
    with pytest.raises(ZujiError):
        inventories.load(b"<nothing/>", format="ecospold2")
    assert gc.isenabled()
