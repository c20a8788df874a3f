"""Static files with content hashes, compressed once with gzip."""

from typing import Any

from whitenoise.compress import Compressor  # type: ignore[import-untyped]  # it has no stubs
from whitenoise.storage import (  # type: ignore[import-untyped]  # it has no stubs
    CompressedManifestStaticFilesStorage,
)


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # its base has no types
    """Brotli is left out: it takes forty seconds at set-up for a tenth of the bytes."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return Compressor(**{**kwargs, "use_brotli": False})
