"""Finished chunks in a folder: each file whole or absent, each with its checksum, found again at a restart.

`manifest.json` names the plan from the start and, when all is done, lists the checksum of every chunk. A
chunk file is one line of JSON (plan digest, chunk, SHA-256) and the arrays in NumPy's own format. It holds no
clock and no host name: the same plan leaves the same bytes.
"""

import hashlib
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.batch.plans import Arrays, Plan
from zuji.errors import FileRefused, Place, problem

_MANIFEST = "manifest.json"


def packed(arrays: Arrays) -> bytes:
    """Arrays as bytes: their names as a line of JSON, then each in the .npy format."""
    out = io.BytesIO()
    names = sorted(arrays)
    out.write(json.dumps(names).encode() + b"\n")
    for name in names:
        np.lib.format.write_array(out, np.ascontiguousarray(arrays[name]), (1, 0), allow_pickle=False)
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, NDArray[Any]]:
    """The inverse of `packed`."""
    source = io.BytesIO(content)
    names = json.loads(source.readline())
    return {name: np.lib.format.read_array(source, allow_pickle=False) for name in names}


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the chunks of one plan are kept."""

    path: Path
    digest: str

    @classmethod
    def of(cls, plan: Plan, path: Path) -> "Folder":
        """The folder of a plan, made if it is not there.

        Raises `FileRefused` where another plan lives there, or files that are no batch at all.
        """
        path.mkdir(parents=True, exist_ok=True)
        manifest = path / _MANIFEST
        description = plan.describe() | {"plan": plan.digest, "chunks": plan.chunks}
        if manifest.exists():
            if _read_manifest(manifest).get("plan") != plan.digest:
                raise FileRefused(_other_plan(path))
        elif any(path.glob("chunk-*")):
            raise FileRefused(_other_plan(path))
        else:
            _write(manifest, _as_json(description))
        return cls(path, plan.digest)

    def finished(self, plan: Plan) -> dict[int, bytes]:
        """The chunks that are there and whole; a damaged file is taken away and computed again."""
        found: dict[int, bytes] = {}
        for chunk in range(plan.chunks):
            file = self._file(chunk)
            if not file.exists():
                continue
            content = self._checked(file, chunk)
            if content is None:
                file.unlink()
            else:
                found[chunk] = content
        return found

    def keep(self, chunk: int, content: bytes) -> None:
        """Writes a finished chunk; after this it survives anything."""
        head = {"plan": self.digest, "chunk": chunk, "sha256": hashlib.sha256(content).hexdigest()}
        _write(self._file(chunk), json.dumps(head, sort_keys=True).encode() + b"\n" + content)

    def close(self, plan: Plan, checksums: list[str]) -> None:
        """All is done: the manifest lists the checksums."""
        description = plan.describe() | {"plan": plan.digest, "chunks": plan.chunks, "checksums": checksums}
        _write(self.path / _MANIFEST, _as_json(description))

    def _file(self, chunk: int) -> Path:
        return self.path / f"chunk-{chunk:07d}"

    def _checked(self, file: Path, chunk: int) -> bytes | None:
        head, _, content = file.read_bytes().partition(b"\n")
        try:
            stated = json.loads(head)
        except ValueError:
            return None
        expected = {"plan": self.digest, "chunk": chunk, "sha256": hashlib.sha256(content).hexdigest()}
        return content if stated == expected else None


def _write(file: Path, content: bytes) -> None:
    """Under another name first, on the disk before it gets its own."""
    new = file.with_name(f".{file.name}.{os.getpid()}")
    with new.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


def _as_json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _read_manifest(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def _other_plan(path: Path) -> Any:
    return problem(
        "batch.folder_taken",
        "该文件夹保存的是另一个批量计划的结果",
        "this folder holds the results of another plan",
        cure_zh="请换一个空文件夹，或确认输入、分块和软件版本都没有改变",
        cure_en="choose an empty folder, or make sure that inputs, chunks and software are the same",
        place=Place(file=str(path)),
    )
