"""Results, freezing and reports over the API: the same actions as the pages."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema, Status

from zuji.errors import IncompleteStudy
from zuji.model.footprints import UncertaintyResult
from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.gateway import Conflict, ProblemDetail, described
from zuji_web.jobs.api import JobOut
from zuji_web.jobs.models import Job
from zuji_web.products import result_files
from zuji_web.products.actions import reports as making
from zuji_web.products.actions import snapshots as acting
from zuji_web.products.models import ProductStudy, StudySnapshot
from zuji_web.products.queries import reports, results, simulations
from zuji_web.products.queries import studies as reading
from zuji_web.products.refusals import empty_study, not_frozen, not_made

router = gateway.router("studies", public=True)
# Up to so many line evaluations a simulation is answered at once; beyond, it becomes a job.
AT_ONCE = 2_000_000


class SensitivityOut(Schema):
    """How much a line matters: its share of the variance, and kgCO2e by which +10 % moves the total."""

    line: str
    item: str
    variance_share: float
    plus_ten_percent: float


class UncertaintyOut(Schema):
    """A 95 % band around the total, kgCO2e per reference unit."""

    method: Literal["monte_carlo", "first_order"]
    mean: float
    sd: float
    low: float
    median: float
    high: float
    runs: int
    seed: int
    sensitivity: list[SensitivityOut]


class UncertaintyIn(Schema):
    """The same study, runs and seed give the same numbers on any machine."""

    runs: int = Field(simulations.RUNS, ge=simulations.FEWEST_RUNS, le=simulations.MOST_RUNS)
    seed: int = Field(1, ge=0, le=making.MOST_SEED)


class SimulatedOut(Schema):
    """The simulated band at once, or the job that makes it."""

    uncertainty: UncertaintyOut | None = None
    job: JobOut | None = None


class SnapshotOut(Schema):
    """A frozen study: SHA-256 of its canonical bytes, published digits, who and when."""

    study: UUID
    digest: str
    input_digest: str
    published_total: str
    published_unit: str
    software_version: str
    frozen_at: str
    frozen_by: str
    content: dict[str, Any]


class VerificationOut(Schema):
    """What recalculating from the snapshot alone showed; `problems` is empty where everything holds."""

    holds: bool
    digest: str
    published_total: str
    recalculated_total: str
    problems: list[ProblemDetail]


class ReportIn(Schema):
    language: Literal["zh", "en"] = "zh"
    form: reports.Form = "pdf"


def _study(request: HttpRequest, study_id: UUID) -> ProductStudy:
    return reading.study(study_id, by=actor_of(request))


def _evaluated(study: ProductStudy) -> results.Evaluated:
    """The result; refuses with everything that is missing where there is none."""
    found = results.result(study)
    if found.evaluated is None:
        raise IncompleteStudy(*(found.problems or (empty_study(),)))
    return found.evaluated


def _row(study: ProductStudy) -> StudySnapshot:
    row = results.snapshot_of(study)
    if row is None:
        raise Conflict(not_frozen())
    return row


@router.get("/{uuid:study_id}/footprint", response=dict[str, Any], summary="Read the result")
def footprint(request: HttpRequest, study_id: UUID) -> dict[str, Any]:
    """The whole result, the same JSON as `zuji footprint --json`; 422 names what is missing."""
    return result_files.as_dict(_evaluated(_study(request, study_id)))


@router.post(
    "/{uuid:study_id}/uncertainty",
    response={200: SimulatedOut, 202: SimulatedOut},
    summary="Simulate uncertainty",
)
def simulate(request: HttpRequest, study_id: UUID, given: UncertaintyIn) -> Status[Any]:
    """Monte Carlo with a seed: small ones are answered at once (200), large ones become a job (202)."""
    study, by = _study(request, study_id), actor_of(request)
    found = making.check_simulation(study=study, runs=given.runs, seed=given.seed, by=by)
    evaluated = found.evaluated
    if evaluated is None or given.runs * len(evaluated.study.lines) > AT_ONCE:
        job = making.simulate(study=study, runs=given.runs, seed=given.seed, by=by)
        return Status(202, {"job": job})
    made = results.simulate(evaluated, runs=given.runs, seed=given.seed)
    return Status(200, {"uncertainty": _band(made.uncertainty)})


def _band(band: UncertaintyResult | None) -> dict[str, Any] | None:
    if band is None:
        return None
    names = ("method", "mean", "sd", "low", "median", "high", "runs", "seed")
    fields = ("line", "item", "variance_share", "plus_ten_percent")
    items = [{name: getattr(item, name) for name in fields} for item in band.sensitivity]
    return {**{name: getattr(band, name) for name in names}, "sensitivity": items}


@router.post("/{uuid:study_id}/freeze", response={201: SnapshotOut}, summary="Freeze a study")
def freeze(request: HttpRequest, study_id: UUID) -> Status[Any]:
    """Freezes a complete study for good; 422 names what is missing, 409 where it is frozen already."""
    row = acting.freeze(study=_study(request, study_id), by=actor_of(request))
    return Status(201, _snapshot(row))


@router.get("/{uuid:study_id}/snapshot", response=SnapshotOut, summary="Read the snapshot")
def snapshot(request: HttpRequest, study_id: UUID) -> dict[str, Any]:
    """The snapshot of a frozen study; 409 where it is a draft."""
    return _snapshot(_row(_study(request, study_id)))


def _snapshot(row: StudySnapshot) -> dict[str, Any]:
    content = results.content_of(row)
    return {
        "study": row.study_id,
        "digest": row.digest,
        "input_digest": content.get("input_digest", ""),
        "published_total": row.published_total,
        "published_unit": row.published_unit,
        "software_version": row.software_version,
        "frozen_at": row.frozen_at.isoformat(),
        "frozen_by": str(row.frozen_by or ""),
        "content": content,
    }


@router.post("/{uuid:study_id}/verify", response=VerificationOut, summary="Verify the snapshot")
def verify(request: HttpRequest, study_id: UUID) -> dict[str, Any]:
    """Recalculates a frozen study from its snapshot alone and compares bytes and published digits."""
    checked = results.verification(_row(_study(request, study_id)))
    return {
        "holds": checked.holds,
        "digest": checked.digest,
        "published_total": checked.frozen_total,
        "recalculated_total": checked.recalculated_total,
        "problems": [described(problem) for problem in checked.problems],
    }


@router.post("/{uuid:study_id}/report", response={202: JobOut}, summary="Make the report")
def make_report(request: HttpRequest, study_id: UUID, given: ReportIn) -> Status[Job]:
    """Has the PDF or Word document made; asking again for the same state gives the same job."""
    study, by = _study(request, study_id), actor_of(request)
    return Status(202, making.make_report(study=study, language=given.language, form=given.form, by=by))


@router.get("/{uuid:study_id}/report.pdf", response={200: None}, summary="Download the report")
def report(request: HttpRequest, study_id: UUID, language: Literal["zh", "en"] = "zh") -> HttpResponse:
    """The report as PDF/A-3 with the snapshot inside; 409 where it has not been made for this state."""
    return _report(request, study_id, language, "pdf")


@router.get("/{uuid:study_id}/report.docx", response={200: None}, summary="Download the report for Word")
def word_report(request: HttpRequest, study_id: UUID, language: Literal["zh", "en"] = "zh") -> HttpResponse:
    """The report as a Word document with the snapshot inside; 409 where it has not been made."""
    return _report(request, study_id, language, "docx")


def _report(request: HttpRequest, study_id: UUID, language: str, form: reports.Form) -> HttpResponse:
    study = _study(request, study_id)
    _evaluated(study)
    material = reports.material(results.result(study), language)
    content = reports.made(study, material, form) if material else None
    if content is None:
        raise Conflict(not_made())
    return result_files.report(study, content, language, form).response()


@router.get("/{uuid:study_id}/result.xlsx", response={200: None}, summary="Download the result as Excel")
def excel(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The result as an Excel workbook."""
    study = _study(request, study_id)
    return result_files.as_excel(study, _evaluated(study)).response()
