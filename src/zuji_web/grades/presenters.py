"""The trail of samples and thresholds, in words."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zuji_web.audit.models import AuditEvent
from zuji_web.audit.presenters import presenter, say
from zuji_web.grades import states


@presenter("grades.set.step")
def _stepped(event: AuditEvent) -> str:
    language = get_language() or "zh"
    return _("took thresholds %(number)s of %(product)s to the state “%(state)s”") % {
        "number": event.payload["number"],
        "product": event.payload["product"],
        "state": states.name(event.payload["after"]).in_language(language),
    }


say("grades.sample.offer", gettext_lazy("offered “%(study)s” as sample %(alias)s"))
say("grades.sample.enter", gettext_lazy("entered sample %(alias)s from %(source)s"))
say("grades.sample.examine", gettext_lazy("examined the verification of sample %(alias)s: %(reason)s"))
say("grades.sample.revoke", gettext_lazy("revoked the consent to sample %(alias)s"))
say(
    "grades.set.derive",
    gettext_lazy("derived thresholds %(number)s of %(product)s from %(samples)s samples"),
)
say("grades.set.comment", gettext_lazy("commented on thresholds %(number)s of %(product)s"))
say("grades.set.answer", gettext_lazy("answered comment %(comment)s on thresholds %(number)s of %(product)s"))
