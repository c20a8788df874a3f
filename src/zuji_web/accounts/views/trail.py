"""The audit trail of the organisation."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zuji_web.accounts import queries
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.navigation import tabs
from zuji_web.audit.presenters import sentence

PAGE_SIZE = 50
# The first part of an action's name, and what it is about.
SUBJECTS: dict[str, Promise] = {
    "study.": _("Studies"),
    "match.": _("Factor matches"),
    "job.": _("Jobs"),
    "member.": _("Members"),
    "invitation.": _("Invitations"),
    "client.": _("API clients"),
    "organisation.": _("Organisation"),
}


@require_GET
@needs(Permission.AUDIT_VIEW)
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    actor = actor_of(request)
    subject = request.GET.get("subject", "")
    who = request.GET.get("who", "")
    found = queries.events(by=actor, action=subject if subject in SUBJECTS else "", actor_id=who[:64])
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "events": [(event, sentence(event)) for event in page],
        "subject": subject,
        "subjects": SUBJECTS.items(),
        "who": who,
        "people": queries.who_acted(by=actor),
        "tabs": tabs(request, "trail"),
    }
    return render(request, "accounts/trail.html", context)
