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


say("study.submit", gettext_lazy("submitted the study “%(name)s” for internal review"))
say("study.back_to_draft", gettext_lazy("the study “%(name)s” became a draft again: %(reason)s"))
say("study.review_assign", gettext_lazy("asked %(reviewer)s to review a study"))
say("study.review_pass", gettext_lazy("passed the review of the study “%(name)s”"))
say("study.comment", gettext_lazy("commented on a study"))
say("study.comment_answer", gettext_lazy("answered a comment on a study"))
say("study.comment_settle", gettext_lazy("settled a comment on a study"))
say("study.opinion", gettext_lazy("attached the opinion of %(body)s on the study “%(name)s”"))
say("study.file", gettext_lazy("filed the study “%(name)s”"))
say("study.disclose", gettext_lazy("disclosed the study “%(name)s”"))
say("study.supersede", gettext_lazy("superseded the study “%(name)s” by a later version"))
say("study.withdraw", gettext_lazy("withdrew the study “%(name)s”: %(reason)s"))


@presenter("study.review_declare")
def _declared(event: AuditEvent) -> str:
    if event.payload["conflict"]:
        return _("declared a conflict of interest as reviewer")
    return _("declared to be free of conflicts of interest as reviewer")
