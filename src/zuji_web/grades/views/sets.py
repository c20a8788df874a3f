"""Threshold sets: list, one set, deriving, steps, trials, comments, papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of, needs, signed_in
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.accounts.views.refusals import show_in_form
from zuji_web.grades import charts, guards, states
from zuji_web.grades.actions import sets as acting
from zuji_web.grades.actions.steps import broken_steps
from zuji_web.grades.forms import PlanForm, StepForm, TrialForm
from zuji_web.grades.models import SetDerivation, ThresholdSet
from zuji_web.grades.moves import move as find_move
from zuji_web.grades.moves import moves
from zuji_web.grades.queries import samples, simulations
from zuji_web.grades.queries import sets as reading
from zuji_web.grades.queries.rules import rule, rule_names
from zuji_web.grades.views.frame import frame
from zuji_web.ui.templatetags.ui import current_language


def found(request: HttpRequest, set_id: UUID) -> ThresholdSet:
    """The set of the address, where whoever asks may read it."""
    return reading.threshold_set(set_id, by=actor_of(request))


@require_GET
def set_list(request: HttpRequest) -> HttpResponse:
    """Thresholds in force, before the public, and for officers those in preparation."""
    today = reading.today()
    rows = [(one, states.on(one, today)) for one in reading.listed(by=actor_of(request))]
    names = rule_names(one.rule for one, _state in rows)
    groups = [
        (
            _("Thresholds in force"),
            [one for one, state in rows if state in (states.IN_FORCE, states.PUBLISHED)],
        ),
        (_("In consultation"), [one for one, state in rows if state == states.CONSULTED]),
        (_("In preparation"), [one for one, state in rows if state in (states.SAMPLED, states.PROPOSED)]),
        (_("Revised"), [one for one, state in rows if state == states.REVISED]),
    ]
    context = frame(request, "list") | {
        "groups": [
            (title, [(one, reading.thresholds_of(one), names[one.rule]) for one in held])
            for title, held in groups
            if held
        ]
    }
    return render(request, "grades/list.html", context)


@require_GET
def threshold_set(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """A set: its values, terms, checks, samples in number, comments and history."""
    by = actor_of(request)
    one = found(request, set_id)
    row = reading.derivation_of(one)
    comments = list(one.comments.all())
    context = frame(request, "list") | {
        "set": one,
        "rule": rule(one.rule),
        "method": reading.method_of(one),
        "derivation": row,
        "enough_firms": enough_firms(row),
        "thresholds": reading.thresholds_of(one),
        "moves": moves(states.on(one, reading.today()), by=by),
        "open": states.open_for_comments(one, reading.today()),
        "comment_count": len(comments),
        "unanswered": sum(not each.answer for each in comments),
        "history": one.transitions.select_related("file"),
        "broken": broken_steps(one),
        "names": reading.officer(by),
        "public": states.public(one),
        "decided": one.state in states.DECIDED,
        "sampled": one.state == states.SAMPLED,
        "fewest_firms": samples.FEWEST_FIRMS,
        "replaced_by": ThresholdSet.objects.filter(replaces=one).first(),
    }
    return render(request, "grades/set.html", context)


def enough_firms(row: SetDerivation | None) -> bool:
    """Whether enough firms stand behind a derivation to show what it holds."""
    if row is None:
        return False
    return len(set(row.uses.values_list("sample__firm_id", flat=True))) >= samples.FEWEST_FIRMS


@require_http_methods(["GET", "POST"])
@needs(Permission.THRESHOLD_DERIVE)
def begin(request: HttpRequest) -> HttpResponse:
    """Derive thresholds for a product under a rule."""
    initial = {"pair": request.GET.get("pair", "")}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            one = acting.begin(plan=form.plan(), by=actor_of(request))
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            return redirect("grades:set", one.pk)
    status = 422 if form.errors else 200
    context = frame(request, "list") | {"form": form}
    return render(request, "grades/begin.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.THRESHOLD_DERIVE)
def derive(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """Derive a set again, from the samples that count now."""
    one = found(request, set_id)
    method = reading.method_of(one)
    initial = {
        "method": method.key.rstrip("+"),
        "applies_from": one.applies_from,
        "applies_until": one.applies_until,
    }
    form = PlanForm(request.POST or None, initial=initial, fixed=True)
    if request.method == "POST" and form.is_valid():
        try:
            acting.derive_again(one=one, plan=form.plan(one.rule, one.product), by=actor_of(request))
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("Derived again."))
            return redirect("grades:set", one.pk)
    status = 422 if form.errors else 200
    context = frame(request, "list") | {"form": form, "set": one}
    return render(request, "grades/begin.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def step(request: HttpRequest, set_id: UUID, after: str) -> HttpResponse:
    """Take a step of the table, with its reason and its paper."""
    by = actor_of(request)
    one = found(request, set_id)
    known = find_move(states.on(one, reading.today()), after)
    if known is None:
        messages.error(request, _("This step is not open; the thresholds have moved on meanwhile."))
        return redirect("grades:set", one.pk)
    if not by.may(known.right):
        raise Denied(known.right)
    form = StepForm(request.POST or None, request.FILES or None, facts=known.facts)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        file = (upload.name or "", upload.read()) if upload else None
        brought = guards.Given(on=reading.today(), has_file=file is not None, **given)
        try:
            acting.step(one=one, after=after, by=by, given=brought, file=file)
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            messages.success(request, _("Done."))
            return redirect("grades:set", one.pk)
    status = 422 if form.errors else 200
    context = frame(request, "list") | {"form": form, "set": one, "move": known}
    return render(request, "grades/step.html", context, status=status)


@require_POST
@signed_in
def recompute(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """Derive once more from the stored samples and compare every byte."""
    row = reading.derivation_of(found(request, set_id))
    if row is None:
        raise Http404
    outcome = reading.recomputed(row)
    if outcome.same:
        told = _("The same bytes again from %(count)s stored samples: %(digest)s")
        messages.success(request, told % {"count": outcome.samples, "digest": outcome.recomputed_digest})
    else:
        told = _("Other bytes: stored %(before)s, now %(after)s")
        values = {"before": outcome.stored_digest, "after": outcome.recomputed_digest}
        messages.error(request, told % values)
    return redirect("grades:set", set_id)


@require_GET
@signed_in
def derivation_file(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """The derivation with its results under aliases, for officers."""
    one = found(request, set_id)
    row = reading.derivation_of(one)
    if not reading.officer(actor_of(request)):
        raise Denied(Permission.THRESHOLD_DERIVE)
    if row is None or not enough_firms(row):
        raise Http404
    answer = HttpResponse(reading.anonymous_file(row), content_type="application/json")
    name = f"thresholds-{one.product.replace(':', '-')}-{one.number}.json"
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return answer


@require_GET
@signed_in
def simulation(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """How many products would pass, for the set's values, for others, and by each method."""
    by = actor_of(request)
    one = found(request, set_id)
    if not reading.officer(by):
        raise Denied(Permission.THRESHOLD_DERIVE)
    wanted = TrialForm(request.GET).wanted()
    tried = simulations.trial(one, reading.today(), wanted)
    context: dict[str, Any] = frame(request, "list") | {
        "set": one,
        "trial": tried,
        "fewest_firms": samples.FEWEST_FIRMS,
    }
    if tried is not None:
        names = {
            "products": _("Products at or below"),
            "value": f"kgCO2e / {tried.thresholds.unit}",
        }
        context["chart"] = charts.distribution(tried.results, tried.thresholds, current_language(), names)
    name = "grades/simulated.html" if request.headers.get("HX-Request") else "grades/simulation.html"
    return render(request, name, context)


@require_GET
def paper(request: HttpRequest, set_id: UUID, paper_id: int) -> HttpResponse:
    """A paper as it came; a browser saves it and does not open it."""
    held = get_object_or_404(found(request, set_id).papers, pk=paper_id)
    answer = HttpResponse(bytes(held.content), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=held.name) or "attachment"
    )
    return answer
