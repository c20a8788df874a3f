"""The provenance of a result that is not frozen."""

from collections.abc import Iterable

import zuji
from zuji.lca.fuels import FuelTable
from zuji.lca.used import used_factors
from zuji.model.factors import Factor, FactorSource
from zuji.model.gwp import GwpSet
from zuji.model.provenance import Provenance
from zuji.model.studies import Study
from zuji.trust.canonical import study_digest


def provenance(
    study: Study, factors: FactorSource, gwp: GwpSet, fuels: FuelTable | None = None
) -> Provenance:
    """What a result of `study` with these factors leads back to."""
    return Provenance(
        input_digest=study_digest(study),
        factor_versions=versions(used_factors(study, factors, fuels)),
        gwp=gwp.id,
        gwp_version=gwp.version,
        software_version=zuji.__version__,
    )


def versions(factors: Iterable[Factor]) -> dict[str, str]:
    """Version by factor id, all versions where several are used, sorted by id."""
    found: dict[str, list[str]] = {}
    for factor in factors:
        found.setdefault(factor.id, []).append(factor.version)
    return {factor_id: ", ".join(found[factor_id]) for factor_id in sorted(found)}
