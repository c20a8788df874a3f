"""A small library for tests, made by the same action that loads the shipped one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from zuji.formats import reference
from zuji.formats.reference import ReferenceData
from zuji.formats.reference.catalogue import Catalogue
from zuji.model.factors import Confidence, Factor, FactorKind, Source
from zuji.text import Text
from zuji_web.factors.actions import load_edition
from zuji_web.factors.models import LibraryEdition


@dataclass(frozen=True, slots=True)
class Loader:
    """Whoever loads in a test."""

    name: str = "loader"
    identity: str = "test:loader"
    organisation_key: str = ""


def factor(factor_id: str = "mat_test", **given: Any) -> Factor:
    """A made-up dataset; what is not given is plain."""
    values: dict[str, Any] = {
        "id": factor_id,
        "version": "1.0",
        "kind": FactorKind.PRODUCT_FOOTPRINT,
        "name": Text("试验材料", "Test material"),
        "category": "材料 / material",
        "value": 2.0,
        "unit": "kgCO2e/kg",
        "per": "kg",
        "totals": (2.0, 0.0, 0.0, 0.0, 0.0),
        "year": "2024",
        "geography": "CN",
        "boundary": "摇篮到大门 / cradle to gate",
        "source": Source(title="A test"),
        "confidence": Confidence.MEDIUM,
    }
    return Factor(**{**values, **given})


def edition(factors: Iterable[Factor], *, name: str = "2026.1", digest: str = "") -> ReferenceData:
    """Reference data with only these factors; the digest stands for their content."""
    held = tuple(factors)
    shipped = reference.load()
    return replace(
        shipped, catalogue=Catalogue(held), edition=name, digest=digest or f"{hash(held) & (2**64 - 1):064x}"
    )


def load(*factors: Factor, name: str = "2026.1") -> LibraryEdition:
    """A library with only these factors."""
    return load_edition(data=edition(factors, name=name), by=Loader())[0]


def load_shipped() -> LibraryEdition:
    """The library as it is shipped."""
    return load_edition(data=reference.load(), by=Loader())[0]
