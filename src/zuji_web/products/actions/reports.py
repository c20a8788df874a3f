"""Having reports and simulations made: as jobs, once for each state of a study."""

from django.utils.translation import gettext as _

from zuji.errors import IncompleteStudy, InvalidInput
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.gateway import Conflict
from zuji_web.jobs.actions import enqueue
from zuji_web.jobs.models import Job
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import reports, results, simulations
from zuji_web.products.queries.results import Result
from zuji_web.products.refusals import already_frozen, empty_study, runs_out_of_range, seed_out_of_range

MOST_SEED = 2**53 - 1


def make_report(*, study: ProductStudy, language: str, form: reports.Form = "pdf", by: Actor) -> Job:
    """The job that makes the file of the study's present state in "zh" or "en"; done at once if it exists.

    Raises `IncompleteStudy` where there is no result to report.
    """
    by.require(Permission.REPORT_MAKE)
    found = results.result(study)
    material = reports.material(found, language)
    if material is None:
        raise IncompleteStudy(*(found.problems or (empty_study(),)))
    return enqueue(
        kind="products.report",
        title=_("Report: %(name)s") % {"name": study.name},
        arguments={"study": str(study.pk), "language": language, "form": form},
        by=by,
        idempotency_key=f"{study.pk}:{reports.key(material, form)}",
    )


def simulate(*, study: ProductStudy, runs: int, seed: int, by: Actor) -> Job:
    """The job that simulates a study's present state with so many runs.

    Raises `IncompleteStudy` where there is no result, `InvalidInput` for runs or seeds out of range.
    """
    check_simulation(study=study, runs=runs, seed=seed, by=by)
    return enqueue(
        kind="products.simulate",
        title=_("Uncertainty: %(name)s") % {"name": study.name},
        arguments={"study": str(study.pk), "runs": runs, "seed": seed},
        by=by,
    )


def check_simulation(*, study: ProductStudy, runs: int, seed: int, by: Actor) -> Result:
    """The present result; refuses what cannot be simulated."""
    by.require(Permission.STUDY_VIEW)
    if study.frozen:
        raise Conflict(already_frozen())
    problems = []
    if not simulations.FEWEST_RUNS <= runs <= simulations.MOST_RUNS:
        problems.append(runs_out_of_range(simulations.FEWEST_RUNS, simulations.MOST_RUNS))
    if not 0 <= seed <= MOST_SEED:
        problems.append(seed_out_of_range(MOST_SEED))
    if problems:
        raise InvalidInput(*problems)
    found = results.result(study)
    _complete(found)
    return found


def _complete(found: Result) -> results.Evaluated:
    if found.evaluated is None:
        raise IncompleteStudy(*(found.problems or (empty_study(),)))
    return found.evaluated
