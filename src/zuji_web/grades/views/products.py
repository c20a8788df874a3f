"""An organisation's own products: their grades, and what it lends as samples."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_in_form
from zuji_web.grades.actions import samples as acting
from zuji_web.grades.forms import OfferForm, ReasonForm
from zuji_web.grades.models import Purpose
from zuji_web.grades.queries import samples, sets
from zuji_web.grades.queries.grading import grade_of
from zuji_web.grades.queries.products import frozen
from zuji_web.grades.views.frame import answered, frame
from zuji_web.products.queries import studies


@require_GET
@needs(Permission.STUDY_VIEW)
def product_list(request: HttpRequest) -> HttpResponse:
    """Frozen studies with their grade, and the samples that the organisation lends."""
    by, today = actor_of(request), sets.today()
    offered = list(samples.offered(by=by))
    context = frame(request, "products") | {
        "grades": [grade_of(study, today) for study in frozen(by=by)[:50]],
        "offered": [(sample, *samples.standing(sample, today)) for sample in offered],
        "may_offer": by.may(Permission.STUDY_FREEZE),
    }
    return render(request, "grades/products.html", context)


@require_GET
@needs(Permission.STUDY_VIEW)
def product(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The grade of one study, with every condition of the gate."""
    by = actor_of(request)
    study = studies.study(study_id, by=by)
    context = frame(request, "products") | {
        "told": grade_of(study, sets.today()),
        "study": study,
        "lent": samples.offered(by=by).filter(study=study, revoked_at=None).first(),
        "may_offer": by.may(Permission.STUDY_FREEZE),
    }
    return render(request, "grades/product.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.STUDY_FREEZE)
def offer(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Lend the result of a frozen, verified study as a sample."""
    by = actor_of(request)
    study = studies.study(study_id, by=by)
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            sample = acting.offer(
                study=study,
                purpose=given["purpose"],
                until=given["until"],
                production=form.quantity(),
                by=by,
            )
        except ZujiError as refusal:
            show_in_form(refusal, form)
        else:
            told = _("Lent as %(alias)s. It counts as soon as its verification is confirmed.")
            messages.success(request, told % {"alias": sample.alias})
            return redirect("grades:sample", sample.pk)
    status = 422 if form.errors else 200
    context = frame(request, "products") | {
        "form": form,
        "study": study,
        "fewest_firms": samples.FEWEST_FIRMS,
    }
    return render(request, "grades/offer.html", context, status=status)


@require_GET
@needs(Permission.STUDY_VIEW)
def sample(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """A sample as its owner sees it: what is kept, for what, until when, and every use."""
    by = actor_of(request)
    row = samples.own(sample_id, by=by)
    reason, counts = samples.standing(row, sets.today())
    kept = samples.read([row])[0]
    context = frame(request, "products") | {
        "sample": row,
        "kept": kept,
        "standing": reason,
        "counts": counts,
        "purpose": Purpose(row.purpose).label,
        "uses": samples.uses(row),
        "may_offer": by.may(Permission.STUDY_FREEZE),
    }
    return render(request, "grades/sample.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.STUDY_FREEZE)
def revoke(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Take the consent back, after reading what that does."""
    row = samples.own(sample_id, by=actor_of(request))
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        answered(request, acting.revoke, sample=row, **form.cleaned_data)
        return redirect("grades:sample", row.pk)
    context = frame(request, "products") | {
        "form": form,
        "sample": row,
        "effects": samples.effects(row),
    }
    return render(request, "grades/revoke.html", context)
