"""Jobs: open studies checked again under a rule."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zuji_web.accounts.permissions import Permission
from zuji_web.checks.actions import running
from zuji_web.checks.models import Recheck
from zuji_web.jobs.actions import author
from zuji_web.jobs.models import Job
from zuji_web.jobs.registry import Progress, job


@job("checks.recheck", timeout=1200)
def recheck(job: Job, progress: Progress) -> str:
    """Checks the studies of a run and keeps what was found."""
    by = author(job)
    run = Recheck.objects.select_related("rule", "organisation").get(pk=job.arguments["recheck"])
    if run.organisation is None:
        by.require(Permission.RULE_ADOPT)
    progress(0.01, _("Looking for studies"))
    running.run(run, lambda share: progress(0.01 + 0.98 * share, _("Checking")))
    return reverse("checks:recheck", args=[run.pk])
