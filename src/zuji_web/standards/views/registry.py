"""The registry, one standard, and entering one."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zuji.errors import InvalidInput, ZujiError
from zuji.formats.standards import tree
from zuji.model.regions import REGIONS
from zuji.model.standards import KIND_NAMES, LEVEL_NAMES, ProductCode, Scheme
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_in_form
from zuji_web.standards import states
from zuji_web.standards.actions import registry as acting
from zuji_web.standards.actions.steps import broken_steps
from zuji_web.standards.forms import BodyFormSet, EntryForm, as_number, region_choices
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries import governing as questions
from zuji_web.standards.queries import procedures, registry
from zuji_web.standards.views.frame import frame, sent_by

PAGE_SIZE = 100
# GB/T24067 is looked for as GB/T and 24067.
_GLUED = re.compile(r"\b([A-Za-z]+(?:/[A-Za-z]+)?)(?=\d)")


def _wanted(request: HttpRequest) -> registry.Wanted:
    """What the address asks for; what cannot be meant is left out."""
    given = {name: request.GET.get(name, "").strip()[:80] for name in ("level", "kind", "state", "product")}
    if given["level"] not in {level.value for level in LEVEL_NAMES}:
        given["level"] = ""
    if given["kind"] not in {kind.value for kind in KIND_NAMES}:
        given["kind"] = ""
    try:
        given["product"] = str(tree().parse(given["product"])) if given["product"] else ""
    except InvalidInput:
        given["product"] = ""
    return registry.Wanted(
        text=_GLUED.sub(r"\1 ", as_number(request.GET.get("q", "")[:200].replace("\0", ""))),
        demonstrations=request.GET.get("demonstrations") == "1",
        **given,
    )


@require_GET
def standard_list(request: HttpRequest) -> HttpResponse:
    """Every registered standard, narrowed by words, level, kind, state and product."""
    wanted = _wanted(request)
    found = registry.found(wanted, by=actor_of(request))
    context = frame(request, "list") | {
        "wanted": wanted,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "levels": [(level.value, name) for level, name in LEVEL_NAMES.items()],
        "kinds": [(kind.value, name) for kind, name in KIND_NAMES.items()],
        "states": [(state, states.name(state)) for state in states.REGISTERED],
        "nodes": registry.nodes(),
    }
    return render(request, "standards/list.html", context)


@require_GET
def standard(request: HttpRequest, standard_id: UUID) -> HttpResponse:
    """Everything about one standard: facts, scope, bodies, procedure, history."""
    by = actor_of(request)
    record = registry.record(standard_id, by=by)
    context = frame(request, "list" if record.number else "board") | {
        "record": record,
        "scope": [(code, _path(code)) for code in record.codes],
        "history": record.transitions.select_related("file").order_by("-number"),
        "broken": broken_steps(record),
        "names": registry.in_office(by)
        or (by.organisation is not None and by.organisation.pk == record.submitter_id),
        "may_amend": bool(record.number) and by.may(Permission.STANDARD_REGISTER),
        "moves": procedures.moves(record, by=by),
        "tasks": record.withdrawal_tasks.filter(done_at=None).select_related("because_of"),
        "displaced": record.displaces.count(),
        **_relations(record, request),
    }
    if record.working_number:
        context |= procedures.procedure(record, by=by)
    return render(request, "standards/standard.html", context)


def _path(code: ProductCode) -> tuple[Any, ...]:
    products = tree()
    if code.scheme is Scheme.ZUJI and code.code in products:
        return products.path(code.code)
    holders = products.nodes_of(code)
    return products.path(holders[0].id) if holders else ()


def _relations(record: StandardRecord, request: HttpRequest) -> dict[str, Any]:
    """What it replaces and came from, and what replaces it or came of it."""
    held = registry.visible(by=actor_of(request))
    named = {row.number: row for row in held.filter(number__in=[*record.replaces, record.converted_from])}
    others = [row for row in held.exclude(pk=record.pk) if record.label in row.replaces]
    return {
        "replaces": [(number, named.get(number)) for number in record.replaces],
        "replaced_by": others,
        "origin": named.get(record.converted_from),
        "conversions": held.filter(converted_from=record.number) if record.number else (),
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.STANDARD_REGISTER)
def register(request: HttpRequest) -> HttpResponse:
    """Enter a standard that was issued elsewhere, with what it sets off."""
    return _enter(request, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.STANDARD_REGISTER)
def amend(request: HttpRequest, standard_id: UUID) -> HttpResponse:
    """Correct or complete an entry, for a reason."""
    return _enter(request, registry.record(standard_id, by=actor_of(request)))


def _enter(request: HttpRequest, record: StandardRecord | None) -> HttpResponse:
    by = actor_of(request)
    initial = EntryForm.initial_of(record) if record else None
    form = EntryForm(sent_by(request), initial=initial, amending=record is not None)
    rows = [
        {name: getattr(body, name) for name in ("name", "role", "region", "credit_code", "evidence")}
        for body in (record.bodies.all() if record else ())
    ]
    bodies = BodyFormSet(sent_by(request), initial=rows, prefix="bodies")
    if request.method == "POST" and form.is_valid() and bodies.is_valid():
        written = form.standard(tuple(body for each in bodies if (body := each.body()) is not None))
        try:
            if record is None:
                entered = acting.register(standard=written, by=by)
            else:
                entered = acting.amend(
                    record=record, standard=written, reason=form.cleaned_data["reason"], by=by
                )
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("%(number)s is in the registry") % {"number": entered.number})
            changed = entered.displaces.exists() and record is None
            return redirect("standards:changes" if changed else "standards:standard", entered.pk)
    status = 422 if request.method == "POST" else 200
    # Errors of a drafting body stand in a table far below.
    if bodies.is_bound and not bodies.is_valid():
        messages.error(request, _("A drafting body has a mistake; it is marked in the table below."))
    context = frame(request, "list") | {"form": form, "bodies": bodies, "record": record}
    return render(request, "standards/entry.html", context, status=status)


def asked_day(request: HttpRequest) -> date:
    """The day of the address; today where none is written, or none that the calendar has."""
    return _written_day(request) or registry.today()


def no_day(request: HttpRequest) -> str:
    """What is written as the day and is none; empty where all is well."""
    written = request.GET.get("on", "").strip()[:40]
    return written if written and _written_day(request) is None else ""


def _written_day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("on", "").strip())
    except ValueError:
        return None


@require_GET
def governing(request: HttpRequest) -> HttpResponse:
    """One answer or none for a product, a day and a province."""
    written = request.GET.get("product", "").strip()[:120].replace("\0", "")
    region = request.GET.get("region", "")
    region = region if region in REGIONS else ""
    on = asked_day(request)
    demonstrations = request.GET.get("demonstrations") == "1"
    context = frame(request, "governing") | {
        "written": written,
        "on": on,
        "region": region,
        "regions": region_choices(_("National (no local standards)")),
        "nodes": registry.nodes(),
        "demonstrations": demonstrations,
        "no_day": no_day(request),
    }
    if written and not context["no_day"]:
        asked = questions.asked(written)
        context |= {"asked": asked, "problem": asked.problem}
        if asked.code is not None:
            address = f"?product={asked.code}&on={on.isoformat()}&region={region}"
            context["answer"] = questions.answer(asked.code, on, region, demonstrations=demonstrations)
            context["permalink"] = request.build_absolute_uri(
                request.path + address + ("&demonstrations=1" if demonstrations else "")
            )
    return render(request, "standards/governing.html", context)
