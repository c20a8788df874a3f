"""Checking all open studies under a rule again: when a version is adopted, or when somebody asks."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.checks.models import Recheck
from zuji_web.checks.refusals import not_adopted
from zuji_web.gateway import Conflict
from zuji_web.jobs.actions import enqueue
from zuji_web.jobs.models import Job
from zuji_web.rulebook.models import RuleState, RuleVersion
from zuji_web.rulebook.queries import book


@transaction.atomic
def begin(*, rule: RuleVersion, by: Actor, everywhere: bool = False) -> Recheck:
    """The run that checks open studies under this rule, and under its earlier versions, again.

    It is over the actor's organisation, or `everywhere` for those who adopt rules, who see its counts only.
    """
    home = by.require(Permission.RULE_ADOPT if everywhere else Permission.STUDY_VIEW)
    if rule.state != RuleState.ADOPTED:
        raise Conflict(not_adopted())
    # A rule that this software cannot read is refused here, not in the job.
    book.resolved(rule.key)
    run = Recheck.objects.create(rule=rule, organisation=None if everywhere else home, home=home)
    run.job = _job(run, by)
    run.save(update_fields=["job"])
    # A job that ran at once has written its counts meanwhile.
    run.refresh_from_db()
    return run


def _job(run: Recheck, by: Actor) -> Job:
    return enqueue(
        kind="checks.recheck",
        title=_("Check again: %(key)s") % {"key": run.rule.key},
        arguments={"recheck": str(run.pk)},
        by=by,
    )


def after_adoption(*, rule: RuleVersion, by: Actor, **_signal: Any) -> None:
    """A new version concerns every open study under the rule, whoever's it is."""
    if by.may(Permission.STUDY_VIEW):
        begin(rule=rule, by=by, everywhere=True)
