"""Names compared by meaning: a dot product over vectors computed beforehand."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zuji.search.embed import Embedder, NameVectors

FloatArray = NDArray[np.float64]

# Cosines of this encoder on short names: unrelated things reach the first, the same thing said
# otherwise reaches the second (development half of the benchmark).
_UNRELATED = 0.3
_SAME = 0.95


class MeaningIndex:
    """Vectors of names; names without one are left to the lexical index."""

    def __init__(self, names: Sequence[str], embedder: Embedder, vectors: NameVectors) -> None:
        self._names, self._embedder, self._vectors = names, embedder, vectors

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        return self._vectors.rows(self._names)

    @cached_property
    def _matrix(self) -> NDArray[np.float32]:
        """Vectors of the names that have one, read from the memory map at the first question."""
        return np.asarray(self._vectors.vectors[self._rows[self._rows >= 0]], dtype=np.float32)

    def scores(self, text: str) -> FloatArray:
        """How near each name is in meaning, 0 to 1, shape (names,); the first call loads the encoder."""
        result = np.zeros(len(self._names))
        if len(self._matrix):
            cosines = self._matrix @ self._embedder.encode([text])[0]
            result[self._rows >= 0] = np.clip((cosines - _UNRELATED) / (_SAME - _UNRELATED), 0.0, 1.0)
        return result
