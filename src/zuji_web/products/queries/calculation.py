"""Live numbers of a draft: what can be counted is counted, what cannot is named."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem, ZujiError
from zuji.lca import footprint, prepare
from zuji.lca.electricity import location_based
from zuji.lca.preparation import PreparedSystem
from zuji.model.footprints import Footprint, LineResult
from zuji.model.lines import LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import Study
from zuji_web.factors.queries import Library, library
from zuji_web.products import drafts
from zuji_web.products.drafts import DraftProblem
from zuji_web.products.models import ProductStudy
from zuji_web.wording import said, told

# Where the calculation names a part of a line's detail, and where that stands in a draft.
_FIELDS_OF_DETAIL: Mapping[str, str] = {"gas": "gas", "distance": "distance", "process": "process"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """Results of a draft as it stands.

    `total` is kgCO2e per reference unit over the lines that can be counted, None where nothing can be;
    `complete` says whether that is all of them. `uncounted` lines have a problem.
    """

    total: float | None
    unit: str
    complete: bool
    uncounted: int
    footprint: Footprint | None
    problems: tuple[DraftProblem, ...]

    @property
    def lines(self) -> dict[str, LineResult]:
        return {result.line: result for result in self.footprint.lines} if self.footprint else {}

    @property
    def stages(self) -> tuple[tuple[Stage, float, float | None], ...]:
        """Every stage with its result and its share of the total."""
        if self.footprint is None:
            return ()
        return tuple(
            (stage, value, value / self.footprint.total if self.footprint.total else None)
            for stage, value in self.footprint.stages.items()
        )


def live(study: ProductStudy) -> Live:
    """Live numbers of a study; remembered by content, so that the same document is calculated once."""
    using = library(study.organisation_id)
    return _live(
        json.dumps(study.document, sort_keys=True, ensure_ascii=False), using.digest, study.organisation_id
    )


@lru_cache(maxsize=32)
def _live(document: str, _library_digest: str, of: UUID) -> Live:
    return calculate(json.loads(document), library(of))


def calculate(document: dict[str, Any], using: Library) -> Live:
    """Live numbers of a draft document. Raises nothing that a person's input can cause."""
    reading = drafts.read(document)
    result: Footprint | None = None
    refused: list[DraftProblem] = []
    if reading.countable:
        result, refused = _counted(reading.study, using)
    problems = (*reading.problems, *refused)
    listed = [line for _process, line in drafts.lines(document)]
    counted = (
        {line.line for line in result.lines} | {line.line for line in result.cut_offs} if result else set()
    )
    uncounted = sum(line["id"] not in counted for line in listed)
    return Live(
        total=result.total if result else None,
        unit=unit_text(reading.study.unit.quantity) if reading.countable else "",
        complete=result is not None and not uncounted and bool(listed),
        uncounted=uncounted,
        footprint=result,
        problems=problems,
    )


def unit_text(reference: Quantity) -> str:
    """kgCO2e/kWh, or kgCO2e/(10 kWh) where the reference unit is not one."""
    return f"kgCO2e/{reference.unit}" if reference.amount == 1 else f"kgCO2e/({reference})"


def _counted(study: Study, using: Library) -> tuple[Footprint | None, list[DraftProblem]]:
    """The footprint over the lines that resolve, and the problems of the others."""
    potentials = using.gwp.get(study.gwp)
    if potentials is None:
        return None, [_study_problem(_unknown_potentials(study.gwp, using.gwp), "gwp")]
    problems: list[DraftProblem] = []
    study = replace(study, scenarios=())
    while True:
        try:
            system = prepare(study, using.source, potentials, using.fuels)
            return _with_location(footprint(system), system, problems)
        except ZujiError as refusal:
            found = located(refusal, study)
            problems += found
            bad = {problem.line for problem in found if problem.line}
            if not bad:
                return None, problems
            study = _without(study, bad)


def _with_location(
    result: Footprint, system: PreparedSystem, problems: list[DraftProblem]
) -> tuple[Footprint, list[DraftProblem]]:
    """The result with the location-based one beside it; a location factor that is refused leaves it alone."""
    try:
        return replace(result, location_based=location_based(system)), problems
    except ZujiError as refusal:
        return result, [*problems, *located(refusal, system.study)]


def located(refusal: ZujiError, study: Study) -> list[DraftProblem]:
    """The problems of a calculation at the lines and fields of the draft that they speak of."""
    kinds = {line.id: line.kind for line in study.lines}
    return [_located(problem, kinds) for problem in refusal.problems]


def _without(study: Study, bad: Iterable[str]) -> Study:
    gone = set(bad)
    processes = tuple(
        replace(process, lines=tuple(line for line in process.lines if line.id not in gone))
        for process in study.processes
    )
    return replace(study, processes=processes)


def _located(problem: Problem, kinds: Mapping[str, LineKind]) -> DraftProblem:
    """The problem at the field of the draft that it speaks of."""
    line, field = problem.place.line, problem.place.field
    if line not in kinds:
        return _study_problem(problem, field)
    kind = kinds[line].value
    if field == "detail":
        field = kind
    elif field in _FIELDS_OF_DETAIL:
        field = f"{kind}.{_FIELDS_OF_DETAIL[field]}"
    return DraftProblem(line=line, field=field, problem=problem)


def _study_problem(problem: Problem, field: str) -> DraftProblem:
    return DraftProblem(line="", field=field, problem=problem)


def _unknown_potentials(name: str, known: Iterable[str]) -> Problem:
    return told(
        "unknown-gwp",
        said(_("There is no set of global warming potentials “%(name)s”"), name=name),
        said(_("Choose one of: %(names)s"), names=", ".join(known)),
        Place(field="gwp"),
    )
