"""The trail of standards, in words."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zuji_web.audit.models import AuditEvent
from zuji_web.audit.presenters import presenter, say
from zuji_web.standards import states


@presenter("standard.step")
def _stepped(event: AuditEvent) -> str:
    language = get_language() or "zh"
    return _("took %(number)s “%(name)s” to the state “%(state)s”") % {
        "number": event.payload["number"],
        "name": event.payload["name"],
        "state": states.name(event.payload["after"]).in_language(language),
    }


say("standards.load", gettext_lazy("loaded the shipped registry of standards (%(added)s new)"))
say("standard.amend", gettext_lazy("amended %(number)s “%(name)s” (%(fields)s): %(reason)s"))
say(
    "standard.supersede",
    gettext_lazy("%(number)s displaces %(displaced)s; %(studies)s open studies were told"),
)
say("standard.comment", gettext_lazy("commented on %(number)s “%(name)s”"))
say("standard.answer", gettext_lazy("answered comment %(comment)s on %(number)s “%(name)s”: %(reason)s"))
say("standard.review.assign", gettext_lazy("asked %(reviewer)s to review %(number)s “%(name)s”"))
say("standard.review.declare", gettext_lazy("declared interests before reviewing %(number)s “%(name)s”"))
say("standard.review.give", gettext_lazy("gave an opinion on %(number)s “%(name)s”"))
say("standard.notice.read", gettext_lazy("took note that %(number)s concerns the study “%(study)s”"))
say("selection.begin", gettext_lazy("opened the selection of key products of %(year)s"))
say("selection.enter", gettext_lazy("entered %(code)s as a candidate of %(year)s"))
say("selection.score", gettext_lazy("scored the candidate %(code)s of %(year)s"))
say("selection.decide", gettext_lazy("decided on the candidate %(code)s of %(year)s: %(reason)s"))
say("selection.close", gettext_lazy("closed the selection of %(year)s: %(chosen)s"))
