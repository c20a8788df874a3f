"""The code in docs/databases.md runs, block after block, as a reader would type it."""

import re
from pathlib import Path

import pytest

from tests.lci.worlds import world
from zuji.formats import inventories

PAGE = Path(__file__).parents[2] / "docs" / "databases.md"


def test_every_block_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) >= 5
    (tmp_path / "database.zip").write_bytes(inventories.dump(world(), "ilcd").content)
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), known)
    assert (tmp_path / "saved" / "network.json").exists()
    assert known["low"] < known["high"]  # type: ignore[operator]
