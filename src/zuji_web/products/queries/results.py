"""The whole result of a study: of a draft as it stands, of a frozen study as it was frozen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from zuji.errors import Problem, ZujiError
from zuji.lca.published import published
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.report.material import Issue, Material
from zuji.trust.snapshot import Snapshot, freeze, from_bytes, recalculate, verify
from zuji_web.factors.queries import library
from zuji_web.products import drafts
from zuji_web.products.models import ProductStudy, StudySnapshot
from zuji_web.products.queries import calculation, simulations
from zuji_web.products.queries.simulations import Simulated
from zuji_web.products.refusals import other_digest, other_total


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A study with its result and the snapshot that both stand in."""

    study: Study
    footprint: Footprint
    snapshot: Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What there is to say about a study: its material, or the problems that stand in the way.

    `state` is the digest of what goes into the calculation; `simulation` is one of this very state.
    `agrees` is False where this software calculates other digits from a frozen study than were frozen.
    """

    study: ProductStudy
    evaluated: Evaluated | None
    problems: tuple[Problem, ...] = ()
    state: str = ""
    simulation: Simulated | None = None
    frozen: StudySnapshot | None = None
    agrees: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What recalculating a frozen study from its snapshot alone showed."""

    digest: str
    frozen_total: str
    recalculated_total: str
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        return not self.problems


def result(study: ProductStudy, *, chosen: tuple[int, int] | None = None) -> Result:
    """The result of a study in its present state.

    Its band is first-order, or that of the owner's last simulation, or of the one that `chosen`
    (runs and seed) names, where it has been made. A frozen study has the band it was frozen with.
    """
    if study.frozen:
        row = StudySnapshot.objects.select_related("frozen_by").get(study=study)
        return _frozen(study, row)
    of = study.organisation_id
    evaluated, problems = _evaluated(_canonical(study.document), library(of).digest, of)
    if evaluated is None:
        return Result(study=study, evaluated=None, problems=problems)
    state = evaluated.snapshot.input_digest
    made = simulations.find(study, state, chosen)
    if made is not None and made.uncertainty is not None:
        evaluated = _with_simulation(evaluated, made)
    return Result(study=study, evaluated=evaluated, state=state, simulation=made)


def simulate(evaluated: Evaluated, *, runs: int, seed: int) -> Simulated:
    """A simulation of an evaluated study from what its snapshot holds."""
    snapshot = evaluated.snapshot
    _footprint, made = simulations.simulated(
        evaluated.study, snapshot.factors, snapshot.gwp, snapshot.fuels, runs=runs, seed=seed
    )
    return made


def snapshot_of(study: ProductStudy) -> StudySnapshot | None:
    """The snapshot of a frozen study."""
    return StudySnapshot.objects.select_related("frozen_by").filter(study=study).first()


def content_of(row: StudySnapshot) -> Mapping[str, Any]:
    """What a snapshot holds, as plain JSON; empty where the stored bytes can no longer be read."""
    try:
        return from_bytes(bytes(row.content)).document
    except ZujiError:
        return {}


def material(found: Result, language: str = "") -> Material | None:
    """What report and page are made from, in `language` or that of the page."""
    if found.evaluated is None:
        return None
    return Material(
        study=found.evaluated.study,
        footprint=found.evaluated.footprint,
        snapshot=found.evaluated.snapshot,
        issue=issue(found),
        language=language or report_language(),
    )


def unit_of(study: Study) -> str:
    """kgCO2e per reference unit, in words of the field."""
    return calculation.unit_text(study.unit.quantity)


def report_language() -> str:
    """The report's language for the language of the page."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def issue(found: Result) -> Issue:
    """Who hands the report out: dated by the freezing, a draft by the day of its last change."""
    study, row = found.study, found.frozen
    moment = row.frozen_at if row else study.updated_at
    return Issue(
        date=timezone.localtime(moment).date().isoformat(),
        organisation=study.organisation.name,
        author=str(row.frozen_by) if row and row.frozen_by else "",
        version=str(study.version),
        draft=row is None,
        edition="" if row else library().edition,
    )


def verification(row: StudySnapshot) -> Verification:
    """Recalculates a frozen study from its stored bytes alone."""
    content = bytes(row.content)
    problems: list[Problem] = []
    total = ""
    try:
        snapshot = from_bytes(content)
        problems += verify(snapshot)
        total = published(recalculate(snapshot))["total"]
        digest = snapshot.digest
    except ZujiError as refusal:
        digest = ""
        problems += [problem for problem in refusal.problems if problem not in problems]
    if digest != row.digest or (total and total != row.published_total):
        problems += _row_problems(row, digest, total)
    return Verification(
        digest=digest, frozen_total=row.published_total, recalculated_total=total, problems=tuple(problems)
    )


def _row_problems(row: StudySnapshot, digest: str, total: str) -> list[Problem]:
    found = []
    if digest != row.digest:
        found.append(other_digest(row.digest, digest))
    if total and total != row.published_total:
        found.append(other_total(row.published_total, total))
    return found


def _frozen(study: ProductStudy, row: StudySnapshot) -> Result:
    try:
        evaluated, made = _thawed(bytes(row.content))
    except ZujiError as refusal:
        return Result(study=study, evaluated=None, problems=refusal.problems, frozen=row, agrees=False)
    agrees = published(evaluated.footprint) == evaluated.snapshot.published
    state = evaluated.snapshot.input_digest
    return Result(study=study, evaluated=evaluated, state=state, simulation=made, frozen=row, agrees=agrees)


@lru_cache(maxsize=16)
def _thawed(content: bytes) -> tuple[Evaluated, Simulated | None]:
    """A frozen study recalculated from its bytes."""
    snapshot = from_bytes(content)
    settings = snapshot.document["settings"]
    if settings["uncertainty"]:
        footprint, made = simulations.simulated(
            snapshot.study,
            snapshot.factors,
            snapshot.gwp,
            snapshot.fuels,
            runs=settings["uncertainty"],
            seed=settings["seed"],
        )
        return Evaluated(study=snapshot.study, footprint=footprint, snapshot=snapshot), made
    return Evaluated(study=snapshot.study, footprint=recalculate(snapshot), snapshot=snapshot), None


def _canonical(document: dict[str, Any]) -> str:
    return json.dumps(document, sort_keys=True, ensure_ascii=False)


@lru_cache(maxsize=32)
def _evaluated(document: str, _library_digest: str, of: UUID) -> tuple[Evaluated | None, tuple[Problem, ...]]:
    """A whole draft evaluated with its first-order band, or what is still missing."""
    content, using = json.loads(document), library(of)
    live = calculation.calculate(content, using)
    if not live.complete or live.problems:
        return None, tuple(found.problem for found in live.problems)
    study = drafts.read(content).study
    potentials = using.gwp[study.gwp]
    try:
        footprint = evaluate(study, using.source, potentials, using.fuels, uncertainty=0)
        snapshot = freeze(study, footprint, using.source, potentials, using.fuels)
    except ZujiError as refusal:
        return None, refusal.problems
    return Evaluated(study=study, footprint=footprint, snapshot=snapshot), ()


def _with_simulation(evaluated: Evaluated, made: Simulated) -> Evaluated:
    """The evaluation with its simulated band instead of the first-order one."""
    footprint = replace(
        evaluated.footprint,
        uncertainty=made.uncertainty,
        scenarios=made.scenarios,
        notices=made.notices,
        warnings=tuple(str(notice) for notice in made.notices),
    )
    old = evaluated.snapshot
    snapshot = freeze(evaluated.study, footprint, old.factors, old.gwp, old.fuels)
    return replace(evaluated, footprint=footprint, snapshot=snapshot)
