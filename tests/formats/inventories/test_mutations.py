"""Ten thousand damaged files: each is read with a balanced account, or refused with a place."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from tests.formats.inventories.samples import HAND_MADE, PLAIN, RICH
from zuji.formats import inventories
from zuji.formats.inventories import FORMATS

ROOT = Path(__file__).resolve().parents[3]
NUMBER = 10_000
"""Mutations over all formats."""


def seeds(key: str) -> list[bytes]:
    """Small files of a format: as we write them, and as others might."""
    return [*(inventories.dump(package, key).content for package in (PLAIN, RICH)), *HAND_MADE[key]]


@pytest.mark.parametrize("key", FORMATS)
def test_damaged_files_are_read_or_refused(key: str) -> None:
    number = str(-(-NUMBER // len(FORMATS)))
    done = subprocess.run(
        [sys.executable, ROOT / "tests/formats/inventories/fuzzing.py", key, number, "1"],
        input=pickle.dumps(seeds(key)),
        capture_output=True,
        timeout=300,
        check=False,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    failures = json.loads(done.stdout)
    assert not failures, f"{len(failures)} failures, the first: {failures[:5]}"


@pytest.mark.parametrize("key", FORMATS)
def test_the_seeds_are_sound(key: str) -> None:
    for data in seeds(key):
        loaded = inventories.load(data, name="seed")
        assert loaded.format == key
        assert loaded.package.processes
        assert loaded.ledger.balanced
