"""Finished chunks in a folder: each file whole or absent, each with its checksum, found again at a restart.

`manifest.json` names the plan from the start and, when all is done, lists the checksum of every chunk. A
chunk file is one line of JSON (plan digest, chunk, SHA-256) and the arrays in NumPy's own format. It holds no
clock and no host name: the same plan leaves the same bytes.
"""

import contextlib
import errno
import hashlib
import io
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.batch.plans import Arrays, Plan
from zuji.errors import FileRefused, Place, Problem, problem

_MANIFEST = "manifest.json"
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
"""What file systems say that know no second name of a file, such as shares of other systems."""


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

        Raises `FileRefused` where another plan lives there, or files that are no batch at all, and where
        nothing can be written.
        """
        manifest = path / _MANIFEST
        if not manifest.exists():
            if any(path.glob("chunk-*")):
                raise FileRefused(_other_plan(path))
            description = plan.describe() | {"plan": plan.digest, "chunks": plan.chunks}
            keep(manifest, _as_json(description), claim=True)
        if _read_manifest(manifest).get("plan") != plan.digest:
            raise FileRefused(_other_plan(path))
        return cls(path, plan.digest)

    def finished(self, plan: Plan) -> dict[int, bytes]:
        """The chunks that are there and whole; a damaged file is taken away and computed again."""
        found: dict[int, bytes] = {}
        for chunk in range(plan.chunks):
            file = self._file(chunk)
            try:
                content = self._checked(file, chunk)
            except FileNotFoundError:
                continue
            if content is None:
                file.unlink(missing_ok=True)  # another run of this plan may have taken it away just now
            else:
                found[chunk] = content
        return found

    def keep(self, chunk: int, content: bytes) -> None:
        """Writes a finished chunk; after this it survives anything."""
        head = {"plan": self.digest, "chunk": chunk, "sha256": hashlib.sha256(content).hexdigest()}
        keep(self._file(chunk), json.dumps(head, sort_keys=True).encode() + b"\n" + content)

    def close(self, plan: Plan, checksums: list[str]) -> None:
        """All is done: the manifest lists the checksums."""
        description = plan.describe() | {"plan": plan.digest, "chunks": plan.chunks, "checksums": checksums}
        keep(self.path / _MANIFEST, _as_json(description))

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


def keep(file: Path, content: bytes, *, claim: bool = False) -> None:
    """Writes a file under another name first, on the disk before it gets its own; nothing half written stays.

    Its folder is made if it is not there. With `claim`, a file that somebody else made in the meantime stays
    as it is. Raises `FileRefused` where it cannot be written.
    """
    new = file.with_name(f".{file.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with new.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if claim:
            _claim(file, new)
        else:
            new.replace(file)
    except OSError as error:
        raise FileRefused(_unwritable(file, error)) from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink()


def _claim(file: Path, new: Path) -> None:
    """Gives `new` the name of `file` unless that is taken."""
    try:
        file.hardlink_to(new)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        new.replace(file)


def _as_json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _read_manifest(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def _unwritable(file: Path, error: OSError) -> Problem:
    return problem(
        "batch.unwritable",
        f"无法保存计算结果：{error.strerror}",
        f"results cannot be kept: {error.strerror}",
        cure_zh="请腾出磁盘空间或检查文件夹权限，再次运行即可继续；已保存的块不会重算",
        cure_en="make room on the disk or check the folder's rights, then run again to go on; "
        "chunks that are kept are not computed anew",
        place=Place(file=str(file)),
    )


def _other_plan(path: Path) -> Problem:
    return problem(
        "batch.folder_taken",
        "该文件夹保存的是另一个批量计划的结果",
        "this folder holds the results of another plan",
        cure_zh="请换一个空文件夹，或确认输入、分块和软件版本都没有改变",
        cure_en="choose an empty folder, or make sure that inputs, chunks and software are the same",
        place=Place(file=str(path)),
    )
