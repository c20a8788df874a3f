"""What a newer standard changes: withdrawals, differences by date, notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.standards.actions import notices as noting
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries import effects, registry
from zuji_web.standards.queries.supersession import Change, changes_of, stopped_by
from zuji_web.standards.templatetags.standards import level_name, product_words, region_words
from zuji_web.standards.views.frame import frame
from zuji_web.ui.templatetags.ui import when

PAGE_SIZE = 50


@require_GET
def withdrawals(request: HttpRequest) -> HttpResponse:
    """Standards that a newer one displaces, and by when each is to go."""
    today = registry.today()
    rows = [(task, not task.done and task.due is not None and task.due <= today) for task in effects.tasks()]
    return render(request, "standards/withdrawals.html", frame(request, "withdrawals") | {"rows": rows})


@require_GET
def changes(request: HttpRequest, standard_id: UUID) -> HttpResponse:
    """Before and after a standard, with dates, and what it set off."""
    by = actor_of(request)
    record = registry.record(standard_id, by=by)
    told, own = effects.told(record, by=by)
    found = changes_of(record)
    context = frame(request, "list") | {
        "record": record,
        "periods": [_Period.of(change, demonstrations=record.demonstration) for change in found.changes],
        "differences": [(old, list(_fields(old, record))) for old in found.displaced],
        "examined": found.examined,
        "preview": found.preview,
        "tasks": effects.tasks().filter(because_of=record),
        "blocking": found.blocks,
        "stopped": stopped_by(record, by=by),
        "told": told,
        "own_notices": own,
    }
    return render(request, "standards/changes.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    """A day from which another rule governs, with the addresses that answer for both sides."""

    code: str
    region: str
    day: date
    before: str
    after: str
    before_address: str
    after_address: str

    @classmethod
    def of(cls, change: Change, *, demonstrations: bool) -> "_Period":
        def address(on: date) -> str:
            asked = {"product": str(change.product), "on": on.isoformat(), "region": change.region}
            more = {"demonstrations": "1"} if demonstrations else {}
            return f"{reverse('standards:governing')}?{urlencode(asked | more)}"

        return cls(
            code=str(change.product),
            region=change.region,
            day=change.day,
            before=change.before,
            after=change.after,
            before_address=address(change.day - timedelta(days=1)),
            after_address=address(change.day),
        )


def _fields(old: StandardRecord, new: StandardRecord) -> Iterator[tuple[Any, str, str]]:
    """Facts of two standards side by side."""
    yield _("Name"), old.name, new.name
    yield _("Level"), level_name(old.level), level_name(new.level)
    yield _("Province"), region_words(old.region), region_words(new.region)
    yield _("Scope"), "; ".join(map(product_words, old.scope)), "; ".join(map(product_words, new.scope))
    yield _("Issue date"), when(old.issued), when(new.issued)
    yield _("In force from"), when(old.in_force), when(new.in_force)
    yield _("Withdrawn on"), _end(old, new), when(new.withdrawn)
    yield _("Machine-readable rule"), old.rule, new.rule


def _end(old: StandardRecord, new: StandardRecord) -> str:
    """The day on which the older one was ended, or on which it is due to end."""
    if old.withdrawn or new.in_force is None:
        return when(old.withdrawn)
    return gettext("due on %(day)s") % {"day": when(new.in_force)}


@require_GET
@needs(Permission.STUDY_VIEW)
def notices(request: HttpRequest) -> HttpResponse:
    """What the organisation was told about its open studies."""
    page = Paginator(effects.notices(by=actor_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "standards/notices.html", frame(request, "notices") | {"page": page})


@require_POST
@needs(Permission.STUDY_VIEW)
def note(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Take note of a notice."""
    by = actor_of(request)
    noting.read(notice=effects.notice(notice_id, by=by), by=by)
    return redirect("standards:notices")
