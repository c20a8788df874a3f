"""A saved database is the same database, and a damaged one is refused."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from tests.lca.network.networks import network
from tests.lca.network.test_solving import productive
from zuji.errors import FileRefused
from zuji.lca.network.arrays import Strings
from zuji.lca.network.prepared import prepare
from zuji.lca.network.solving import intensities
from zuji.lca.network.storage import digest, open_saved, save


def test_saved_and_opened_is_the_same(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    prepared = prepare(network(productive(random, 50, 0.1, 0.8, 4), random.random((50, 3))))
    save(prepared, tmp_path / "db")
    first = digest(tmp_path / "db")
    save(prepared, tmp_path / "db")
    assert digest(tmp_path / "db") == first
    again = open_saved(tmp_path / "db")
    assert isinstance(again.share, np.memmap)
    for field in dataclasses.fields(prepared.network):
        old, new = getattr(prepared.network, field.name), getattr(again.network, field.name)
        if field.name == "about":
            assert old == new
            continue
        for column in dataclasses.fields(old):
            one, other = getattr(old, column.name), getattr(new, column.name)
            if isinstance(one, Strings):
                assert list(one) == list(other)
            else:
                assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    weights = random.random(50)
    assert np.array_equal(intensities(prepared, weights).values, intensities(again, weights).values)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["db"]


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="import"):
        open_saved(tmp_path)
    save(prepare(network(np.zeros((2, 2)))), tmp_path / "db")
    (tmp_path / "db" / "edges.amount.npy").write_bytes(b"cut")
    with pytest.raises(FileRefused, match=r"edges\.amount"):
        open_saved(tmp_path / "db")
    (tmp_path / "db" / "network.json").write_text('{"version": 99}', "utf-8")
    with pytest.raises(FileRefused, match="99"):
        open_saved(tmp_path / "db")


def test_texts_in_one_block() -> None:
    texts = ["", "钢", "steel", "钢, steel"]
    packed = Strings.of(texts)
    assert list(packed) == texts
    assert [packed[i] for i in range(-4, 4)] == texts + texts
    assert packed[1:3] == texts[1:3]
    with pytest.raises(IndexError):
        packed[4]
