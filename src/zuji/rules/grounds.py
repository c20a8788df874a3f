"""What a conformity check looks at. Nothing is fetched and no clock is read: the caller brings it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from zuji.errors import Problem
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorSource
from zuji.model.footprints import Footprint
from zuji.model.gwp import GwpSet
from zuji.model.standards import Governing
from zuji.model.studies import Study
from zuji.rules.classification import Tree


class CertificateClaims(Protocol):
    """What other studies have taken of energy certificates."""

    def claimed(self, number: str) -> float:
        """kWh of a certificate that other frozen studies use; 0 where none does."""
        ...


class NoClaims:
    """A ledger without entries, for a study looked at alone."""

    def claimed(self, number: str) -> float:  # noqa: ARG002 - the protocol's name
        return 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A study with its rule, its result and everything else that an item may ask for.

    `rule` is resolved: what it extends is filled in. `footprint` is None where the study cannot be
    calculated; `problems` then says why. `on` is the day of the check; `governing` the answer of the
    registry for the product, None where no registry was asked. `tree` tells what a product code belongs to;
    without it codes are compared by their beginnings.
    """

    study: Study
    rule: ProductCategoryRule
    footprint: Footprint | None
    factors: FactorSource
    gwp: Mapping[str, GwpSet]
    on: date
    problems: tuple[Problem, ...] = ()
    governing: Governing | None = None
    claims: CertificateClaims = field(default_factory=NoClaims)
    tree: Tree | None = None
