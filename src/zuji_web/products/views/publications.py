"""Opinions, filing, disclosure, withdrawal; and the page on which a disclosed study is read."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zuji.model.stages import STAGE_NAMES
from zuji.model.studies import BOUNDARY_NAMES
from zuji.report import amounts, figures
from zuji.report.impact import totals_table
from zuji.report.interpretation import level_name, scheme_name, score
from zuji.report.scope import partial
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.guards import actor_of, signed_in
from zuji_web.products.actions import opinions, publishing
from zuji_web.products.files import Exported
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import publications, results, reviews
from zuji_web.products.queries.publications import Published
from zuji_web.products.review_forms import DiscloseForm, FileForm, OpinionForm, ReasonForm
from zuji_web.products.views.results import dressed
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

    return carried_out(request, study_id, "withdraw", ReasonForm(request.POST), act, "standing")


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
    return render(request, "products/published.html", {"found": found} | _facts(found))


def _facts(found: Published) -> dict[str, Any]:
    """What the report says of the result, without anything of the inventory."""
    material = results.material(found.result) if found.result else None
    if material is None:
        return {}
    study, footprint = material.study, material.footprint
    return {
        "material": material,
        "total": amounts.typeset(found.snapshot.published_total),
        "unit": f"{footprint.unit} / {material.unit}",
        "boundary": material.words(BOUNDARY_NAMES[study.boundary.kind]),
        "partial": partial(material),
        "primary_share": amounts.share(footprint.primary_data_share),
        "stages": [
            (material.words(STAGE_NAMES[stage]), text, share)
            for stage, _value, text, share in material.stage_figures
        ],
        "chart": figures.stage_option(material),
        "totals": dressed(totals_table(material)),
        "ratings": [
            (scheme_name(rating, material), score(rating.score), level_name(rating.level, material))
            for rating in footprint.quality
            if rating.score is not None
        ],
    }
