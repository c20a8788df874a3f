"""The sample store for officers: what there is, entering declarations, confirming verifications."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of, needs, signed_in
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.accounts.views.refusals import show_in_form
from zuji_web.grades.actions import samples as acting
from zuji_web.grades.declaration_forms import DeclarationForm
from zuji_web.grades.forms import FindingForm, ReasonForm
from zuji_web.grades.models import StoredSample
from zuji_web.grades.queries import samples, sets
from zuji_web.grades.views.frame import answered, frame


def _officer(request: HttpRequest) -> None:
    if not sets.officer(actor_of(request)):
        raise Denied(Permission.THRESHOLD_DERIVE)


@require_GET
@signed_in
def sample_list(request: HttpRequest) -> HttpResponse:
    """What there is by product and rule; with a product chosen, its samples under aliases."""
    _officer(request)
    today = sets.today()
    rule, product = request.GET.get("rule", "")[:200], request.GET.get("product", "")[:80]
    context = frame(request, "samples") | {
        "collected": samples.collected(today),
        "fewest_firms": samples.FEWEST_FIRMS,
        "waiting": samples.waiting().select_related("firm"),
        "chosen_rule": rule,
        "chosen_product": product,
    }
    if rule and product:
        rows, shown = samples.anonymous(rule, product, today)
        context |= {"rows": rows, "shown": shown}
    return render(request, "grades/samples.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.THRESHOLD_DERIVE)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a verified declaration as a sample."""
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sample = acting.enter(declared=form.declaration(), by=actor_of(request))
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            told = _("Entered as %(alias)s. Somebody else confirms its verification.")
            messages.success(request, told % {"alias": sample.alias})
            return redirect("grades:samples")
    status = 422 if form.errors else 200
    return render(request, "grades/enter.html", frame(request, "samples") | {"form": form}, status=status)


@require_POST
@needs(Permission.THRESHOLD_DERIVE)
def examine(request: HttpRequest, stored_id: UUID) -> HttpResponse:
    """Say whether the verification behind a sample is confirmed."""
    sample = get_object_or_404(samples.visible(by=actor_of(request)), pk=stored_id)
    form = FindingForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        confirmed = given["finding"] == "yes"
        answered(request, acting.examine, sample=sample, confirmed=confirmed, reason=given["reason"])
    else:
        messages.error(request, _("A finding needs its reason."))
    return redirect("grades:samples")


@require_POST
@needs(Permission.THRESHOLD_DERIVE)
def retire(request: HttpRequest, stored_id: UUID) -> HttpResponse:
    """Take an entered declaration out of use."""
    rows = StoredSample.objects.filter(organisation=None)
    sample = get_object_or_404(rows, pk=stored_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        answered(request, acting.revoke, sample=sample, **form.cleaned_data)
    else:
        messages.error(request, _("Say why the sample no longer counts."))
    return redirect("grades:samples")
