"""In a process of its own: `worker_order start KIND FOLDER` or `worker_order state ID`; answers as JSON."""

import json
import sys

import django

django.setup()

from tests.web.factories import accounts  # noqa: E402  after the set-up
from zuji_web.accounts.models import Organisation  # noqa: E402
from zuji_web.jobs import actions  # noqa: E402
from zuji_web.jobs.models import Job  # noqa: E402

if sys.argv[1] == "start":
    kind, folder = sys.argv[2:]
    home = Organisation.objects.first() or accounts.organisation()
    by = accounts.owner(home)
    made = actions.enqueue(kind=kind, title="Work", arguments={"folder": folder}, by=by)
else:
    made = Job.objects.get(pk=sys.argv[2])
told = {"id": str(made.pk), "state": made.state, "attempts": made.attempts, "problems": made.problems}
print(json.dumps(told))
