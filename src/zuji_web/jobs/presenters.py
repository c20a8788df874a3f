"""The trail of jobs, in words."""

from django.utils.translation import gettext_lazy as _

from zuji_web.audit.presenters import say

say("job.start", _("started the job “%(title)s”"))
say("job.cancel", _("cancelled a job"))
