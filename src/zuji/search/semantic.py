"""Names compared by meaning: a dot product over vectors computed beforehand."""

from collections.abc import Sequence

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
        rows = vectors.rows(names)
        self._size = len(names)
        self._known = np.flatnonzero(rows >= 0)
        self._matrix = np.asarray(vectors.vectors[rows[self._known]], dtype=np.float32)
        self._embedder = embedder

    def scores(self, text: str) -> FloatArray:
        """How near each name is in meaning, 0 to 1, shape (names,); the first call loads the encoder."""
        result = np.zeros(self._size)
        if len(self._known):
            cosines = self._matrix @ self._embedder.encode([text])[0]
            result[self._known] = np.clip((cosines - _UNRELATED) / (_SAME - _UNRELATED), 0.0, 1.0)
        return result
