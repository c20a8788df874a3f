"""The real command, as a person's shell starts it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMAND = Path(sys.executable).parent / "zuji"


@pytest.fixture
def zuji(tmp_path: Path) -> Run:
    """Runs `zuji` with arguments in an empty folder."""

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [COMMAND, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "COLUMNS": "160"},
            timeout=120,
            check=False,
        )

    return run
