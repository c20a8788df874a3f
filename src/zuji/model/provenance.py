"""What a published number leads back to."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The four things that make a result repeatable, and the snapshot that holds them.

    `input_digest` is the SHA-256 of the canonical study document, `factor_versions` version by factor
    id ("v1, v2" where lines use several), `gwp` the id of the characterisation set, `snapshot` the
    SHA-256 of the frozen snapshot or "" where the study is not frozen.
    """

    input_digest: str
    factor_versions: Mapping[str, str]
    gwp: str
    gwp_version: str
    software_version: str
    snapshot: str = ""
