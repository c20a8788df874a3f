"""Electricity on the basis of the place where it is used, beside whatever treatment a study chose.

A line of electricity may be own generation, a direct line, a contract over the grid or the residual mix
(ISO 14067:2018, electricity). The location-based result counts each of these at the life-cycle grid factor
of the consuming region, which the line states as its `location_factor`; it stands beside the result and
never replaces it. A grid CO2 factor is refused here as everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zuji.errors import Problem, ZujiError
from zuji.lca.footprints import footprint
from zuji.lca.preparation import PreparedSystem
from zuji.model.footprints import LocationBased
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, Line, LineKind
from zuji.model.studies import Study

LOCATION_FIELD = "electricity.location_factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationLines:
    """Counted lines of electricity with another treatment than grid: those that can be recounted, by their
    id, and the ids of those without a location factor."""

    recounted: dict[str, Line]
    unknown: tuple[str, ...]


def treatment_of(line: Line) -> ElectricityTreatment | None:
    """How a line of electricity is treated, grid where nothing is said; None for other kinds."""
    if line.kind is not LineKind.ELECTRICITY:
        return None
    if isinstance(line.detail, ElectricityDetail):
        return line.detail.treatment
    return ElectricityTreatment.GRID


def treated(study: Study) -> Iterator[tuple[Line, ElectricityDetail]]:
    """Every counted line of electricity with another treatment than grid, with its detail."""
    for line in study.lines:
        if line.kind is LineKind.ELECTRICITY and not line.cut_off:
            detail = line.detail
            if isinstance(detail, ElectricityDetail) and detail.treatment is not ElectricityTreatment.GRID:
                yield line, detail


def location_lines(study: Study) -> LocationLines:
    """The study's treated lines at their location factors."""
    recounted, unknown = {}, []
    for line, detail in treated(study):
        if detail.location_factor:
            recounted[line.id] = replace(line, factor=detail.location_factor, factor_version="", stated=None)
        else:
            unknown.append(line.id)
    return LocationLines(recounted=recounted, unknown=tuple(unknown))


def at_location(study: Study) -> Study:
    """The study with every treated line at its `location_factor`, newest version.

    Grid lines stay as they are, and so do treated lines without a location factor: `location_lines` names
    them. Nothing is looked up, so that a factor of the wrong kind is refused when the study is calculated.
    """
    recounted = location_lines(study).recounted
    if not recounted:
        return study
    processes = tuple(
        replace(process, lines=tuple(recounted.get(line.id, line) for line in process.lines))
        for process in study.processes
    )
    return replace(study, processes=processes)


def location_based(system: PreparedSystem) -> LocationBased | None:
    """The location-based result of a prepared system, None where every line is of the grid.

    Raises what resolving a factor raises, located at the line's `electricity.location_factor`.
    """
    lines = location_lines(system.study)
    if not lines.recounted and not lines.unknown:
        return None
    try:
        located = system.replacing(lines.recounted.values())
    except ZujiError as error:
        raise type(error)(*map(_at_location_factor, error.problems)) from error
    return LocationBased(total=footprint(located).total, lines=tuple(lines.recounted), unknown=lines.unknown)


def _at_location_factor(problem: Problem) -> Problem:
    """The problem of a factor at the field that names it; any other stays where it is."""
    if problem.place.field != "factor":
        return problem
    return replace(problem, place=replace(problem.place, field=LOCATION_FIELD))
