"""The trail of studies, edits and matches, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zuji_web.audit.models import AuditEvent
from zuji_web.audit.presenters import presenter, say

say("study.create", gettext_lazy("created the study “%(name)s”"))
say("study.import", gettext_lazy("imported the study “%(name)s” from %(file)s (%(lines)s lines)"))
say("study.copy", gettext_lazy("copied a study as “%(name)s”"))
say("study.new_version", gettext_lazy("began a new version of the study “%(name)s”"))
say("study.delete", gettext_lazy("deleted the draft “%(name)s”"))
say("study.edit", gettext_lazy("edited a study (revision %(revision)s)"))
say("study.undo", gettext_lazy("took back an edit (revision %(revision)s)"))
say("study.freeze", gettext_lazy("froze the study “%(name)s” at %(total)s %(unit)s"))
say("study.redo", gettext_lazy("restored an edit (revision %(revision)s)"))

say("study.demonstrate", gettext_lazy("loaded the worked example “%(name)s”"))
say("organisation.demonstrate", gettext_lazy("set up the organisation of the worked examples"))


@presenter("match.confirm")
def _confirmed(event: AuditEvent) -> str:
    return _("confirmed factors for %(count)s lines") % {"count": len(event.payload["choices"])}
