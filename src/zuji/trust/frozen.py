"""What a snapshot is, and its bytes.

A snapshot holds everything its published number follows from, and nothing that is elsewhere. It is
written as canonical JSON, so that equal snapshots are equal bytes.
"""

from dataclasses import dataclass, fields
from typing import Any

from zuji.lca.digits import PublishedDigits
from zuji.lca.fuels import Fuel, FuelTable
from zuji.model import documents
from zuji.model.factors import Factor
from zuji.model.gwp import GwpSet
from zuji.model.provenance import Provenance
from zuji.model.records import write_record, write_value
from zuji.model.studies import Study
from zuji.trust.canonical import canonical, sha256
from zuji.trust.frozen_factors import FrozenFactors
from zuji.trust.provenance import versions

SCHEMA = "zuji-snapshot/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRecord:
    """A factor as it was used, and its SHA-256; `newest` marks what a line without version means."""

    record: Factor
    sha256: str
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GwpRecord:
    """The characterisation set with all its values, and its SHA-256."""

    record: GwpSet
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelRecord:
    """A row of the fuel table as it was used, and its SHA-256."""

    record: Fuel
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertaintyRecord:
    """How the band was made: `runs` None no band, 0 first order, otherwise simulations with `seed`."""

    runs: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A frozen study. `frozen_at` (ISO 8601) and `frozen_by` are as stated by whoever froze it."""

    schema: str
    software_version: str
    input_digest: str
    study: Study
    factors: tuple[FactorRecord, ...]
    gwp: GwpRecord
    fuels: tuple[FuelRecord, ...]
    uncertainty: UncertaintyRecord
    published: PublishedDigits
    frozen_at: str = ""
    frozen_by: str = ""

    @property
    def author(self) -> str:
        """Who made the study, as the study states it."""
        return self.study.goal.author

    @property
    def factor_source(self) -> FrozenFactors:
        """The factors inside, as a calculation asks for them."""
        return FrozenFactors((each.record, each.newest) for each in self.factors)

    @property
    def fuel_table(self) -> FuelTable:
        """The fuels inside."""
        return FuelTable({each.record.id: each.record for each in self.fuels})

    @property
    def provenance(self) -> Provenance:
        """What the published number leads back to."""
        return Provenance(
            input_digest=self.input_digest,
            factor_versions=versions(each.record for each in self.factors),
            gwp=self.gwp.record.id,
            gwp_version=self.gwp.record.version,
            software_version=self.software_version,
            snapshot=digest(self),
        )


def to_bytes(snapshot: Snapshot) -> bytes:
    """The snapshot as canonical JSON (RFC 8785)."""
    return canonical(to_document(snapshot))


def digest(snapshot: Snapshot) -> str:
    """The SHA-256 of the snapshot's bytes; kept elsewhere, it shows any change of them."""
    return sha256(to_bytes(snapshot))


def to_document(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as a plain dictionary: records by their field names, the study as its files are."""
    document = {
        field.name: write_value(getattr(snapshot, field.name))
        for field in fields(snapshot)
        if field.name != "study"
    }
    return {**document, "study": documents.to_dict(snapshot.study)}


def record_digest(record: Factor | GwpSet | Fuel) -> str:
    """The SHA-256 of one record's canonical JSON."""
    return sha256(canonical(write_record(record)))
