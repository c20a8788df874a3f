"""Opinions, filing, disclosure, withdrawal; and the page on which a disclosed study is read."""

from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zuji_web.accounts.actors import Actor
from zuji_web.accounts.guards import actor_of, signed_in
from zuji_web.products.actions import opinions, publishing
from zuji_web.products.files import Exported
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import publications, reviews
from zuji_web.products.review_forms import DiscloseForm, FileForm, OpinionForm, ReasonForm
from zuji_web.products.views.reviews import carried_out, own_study


@require_POST
@signed_in
def attach(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Attaches an opinion."""

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        upload = form.cleaned_data["file"]
        given = form.opinion()  # type: ignore[attr-defined]
        opinions.attach(study=study, opinion=given, name=upload.name or "", content=upload.read(), by=by)
        return _("The opinion is attached.")

    return carried_out(
        request, study_id, "opinion", OpinionForm(request.POST, request.FILES), act, "standing"
    )


@require_POST
@signed_in
def file(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Keeps a filing."""

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        publishing.file(study=study, by=by, **form.cleaned_data)
        return _("The filing is kept.")

    return carried_out(request, study_id, "file", FileForm(request.POST), act, "standing")


@require_POST
@signed_in
def disclose(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Discloses a study."""

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        given = form.cleaned_data
        made = publishing.disclose(
            study=study,
            audience=given["audience"],
            readers=given["codes"],
            valid_until=given["valid_until"],
            by=by,
        )
        return _("Disclosed under the number %(number)s.") % {"number": made.number}

    return carried_out(request, study_id, "disclose", DiscloseForm(request.POST), act, "standing")


@require_POST
@signed_in
def supersede(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Gives the study's place to its later version."""

    def act(study: ProductStudy, _form: Form, by: Actor) -> str:
        publishing.supersede(study=study, by=by)
        return _("The later version has taken this one's place.")

    return carried_out(request, study_id, "supersede", Form(request.POST), act, "standing")


@require_POST
@signed_in
def withdraw(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Withdraws a study that is wrong."""

    def act(study: ProductStudy, form: Form, by: Actor) -> str:
        publishing.withdraw(study=study, reason=form.cleaned_data["reason"], by=by)
        return _("The study is withdrawn; its certificates can be used again.")

    form = ReasonForm(request.POST, auto_id="withdraw_%s")
    return carried_out(request, study_id, "withdraw", form, act, "standing")


@require_GET
@signed_in
def opinion_file(request: HttpRequest, study_id: UUID, opinion_id: int) -> HttpResponse:
    """The document of an opinion as it came."""
    row = reviews.opinion(own_study(request, study_id), opinion_id)
    found = Exported(name=row.name, content=bytes(row.content), media_type="application/pdf")
    return found.response()


@require_GET
def published(request: HttpRequest, number: str) -> HttpResponse:
    """A disclosed study, for everybody or for the organisations that may read it."""
    found = publications.disclosed(number, by=actor_of(request))
    if found is None:
        raise Http404
    return render(request, "products/published.html", {"found": found})
