"""The front door: a study to its complete footprint, with quality, primary share and uncertainty."""

import math
from collections.abc import Iterable
from dataclasses import replace

from zuji import lca
from zuji.errors import Problem, problem
from zuji.lca import FuelTable, PreparedSystem
from zuji.lca.electricity import location_based
from zuji.model.factors import FactorSource
from zuji.model.footprints import Footprint, QualityResult
from zuji.model.gwp import GwpSet
from zuji.model.lines import Line, LineKind
from zuji.model.studies import Study
from zuji.quality.evidence import gather
from zuji.quality.pedigree import study_with_uncertainty, with_uncertainty
from zuji.quality.primary import primary_data_share
from zuji.quality.rating import rate
from zuji.quality.schemes import PACT_3, PEF, Scheme

DEFAULT_SCHEMES = (PEF, PACT_3)


def evaluate(
    study: Study,
    factors: FactorSource,
    gwp: GwpSet,
    fuels: FuelTable | None = None,
    *,
    uncertainty: int | None = 0,
    seed: int = 0,
    schemes: tuple[Scheme, ...] = DEFAULT_SCHEMES,
) -> Footprint:
    """Everything at once; what pages, interface and command line call.

    `uncertainty` is the number of Monte Carlo runs, 0 the first-order band, None no band. Lines without
    a stated uncertainty take one from their quality scores (`pedigree`); lines with neither are counted
    in a notice. Raises one `ZujiError` with all problems.
    """
    return analyse(prepare(study, factors, gwp, fuels), uncertainty=uncertainty, seed=seed, schemes=schemes)


def prepare(
    study: Study, factors: FactorSource, gwp: GwpSet, fuels: FuelTable | None = None
) -> PreparedSystem:
    """A prepared system whose lines carry uncertainties from their scores; for live editing."""
    return lca.prepare(study_with_uncertainty(study, factors), factors, gwp, fuels)


def edited(system: PreparedSystem, lines: Iterable[Line]) -> PreparedSystem:
    """The system with some lines edited; only these are looked at again."""
    return system.replacing(with_uncertainty(line, system.sources.factors) for line in lines)


def analyse(
    system: PreparedSystem,
    *,
    uncertainty: int | None = 0,
    seed: int = 0,
    schemes: tuple[Scheme, ...] = DEFAULT_SCHEMES,
) -> Footprint:
    """The complete footprint of a prepared system, its location-based result beside it where one is due."""
    bare = lca.analyse(system, uncertainty=uncertainty, seed=seed)
    bare = replace(bare, location_based=location_based(system))
    rated = assess(bare, system.study, system.sources.factors, schemes)
    if uncertainty is None:
        return rated
    notices = (*rated.notices, *_without_uncertainty(rated, system))
    return replace(rated, notices=notices, warnings=tuple(str(notice) for notice in notices))


def assess(
    footprint: Footprint,
    study: Study,
    factors: FactorSource,
    schemes: tuple[Scheme, ...] = DEFAULT_SCHEMES,
) -> Footprint:
    """The footprint with ratings and primary data share."""
    evidence = gather(study, factors)
    lines = {line.id: line for line in study.lines}
    return replace(
        footprint,
        quality=tuple(rate(scheme, footprint, evidence) for scheme in schemes),
        primary_data_share=primary_data_share(footprint, lines),
    )


def rated_under(footprint: Footprint, study: Study, factors: FactorSource, scheme: Scheme) -> QualityResult:
    """The rating under one more scheme, such as that of a rule's floor."""
    return rate(scheme, footprint, gather(study, factors))


def _without_uncertainty(footprint: Footprint, system: PreparedSystem) -> tuple[Problem, ...]:
    """How many lines have no uncertainty, and how much of the result they are."""
    certain = {
        prepared.line.id
        for prepared in system.lines
        if prepared.line.uncertainty is None
        and not any(part.uncertainty for part in (prepared.activity.parts if prepared.activity else ()))
    }
    whole = math.fsum(abs(result.total) for result in footprint.lines)
    silent = [
        result
        for result in footprint.lines
        if result.line in certain and result.kind is not LineKind.SUB_ASSEMBLY and result.total
    ]
    if not silent or not whole:
        return ()
    share = math.fsum(abs(result.total) for result in silent) / whole
    return (
        problem(
            "uncertainty.lines_without",
            f"{len(silent)} 行（占结果绝对值的 {share:.0%}）既没有不确定性也没有质量评分，未计入不确定性",
            f"{len(silent)} lines ({share:.0%} of the absolute result) have neither an uncertainty nor "
            "quality scores and vary by nothing",
            cure_zh="请填写这些行的数据质量评分或不确定性，先从贡献最大的行开始",
            cure_en="give them quality scores or an uncertainty, largest contributions first",
        ),
    )
