"""Jobs: the report as a file, and simulations with many runs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zuji.errors import IncompleteStudy
from zuji_web.jobs.actions import author
from zuji_web.jobs.models import Job
from zuji_web.jobs.registry import Progress, job
from zuji_web.products.queries import reports, results, simulations, studies
from zuji_web.products.refusals import empty_study


@job("products.report", timeout=600)
def report(job: Job, progress: Progress) -> str:
    """Makes the PDF or Word document of a study's present state and keeps it."""
    language, form = job.arguments["language"], job.arguments.get("form", "pdf")
    study = studies.study(job.arguments["study"], by=author(job))
    progress(0.05, _("Calculating"))
    found = results.result(study)
    material = reports.material(found, language)
    if material is None:
        raise IncompleteStudy(*(found.problems or (empty_study(),)))
    if reports.made(study, material, form) is None:
        progress(0.2, _("Writing the report"))
        content = reports.written(material, form)
        progress(0.95, _("Keeping it"))
        reports.keep(study, material, form, content)
    return f"{reverse(f'products:report_{form}', args=[study.pk])}?language={language}"


@job("products.simulate", timeout=1200)
def simulate(job: Job, progress: Progress) -> str:
    """Simulates a study's present state and keeps the result for its page."""
    by = author(job)
    study = studies.study(job.arguments["study"], by=by)
    runs, seed = job.arguments["runs"], job.arguments["seed"]
    progress(0.05, _("Calculating"))
    found = results.result(study)
    if found.evaluated is None:
        raise IncompleteStudy(*(found.problems or (empty_study(),)))
    progress(0.15, _("Simulating"))
    made = results.simulate(found.evaluated, runs=runs, seed=seed)
    progress(0.95, _("Keeping it"))
    simulations.keep(study, found.state, made, own=by.organisation == study.organisation)
    return f"{reverse('products:result', args=[study.pk])}?runs={runs}&seed={seed}#uncertainty"
