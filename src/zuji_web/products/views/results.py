"""The result of a study: headline, where it comes from, how sure it is, and its files."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zuji.errors import ZujiError
from zuji.model.stages import STAGE_NAMES
from zuji.model.studies import BOUNDARY_NAMES
from zuji.report import amounts, figures
from zuji.report.certainty import band_figure, method_name, scenario_table, sensitivity_table
from zuji.report.document import Table
from zuji.report.impact import gas_table, supplier_table, totals_table
from zuji.report.interpretation import findings, indicator_name, level_name, scheme_name, score
from zuji.report.inventory import cut_off_table, process_table
from zuji.report.material import Material
from zuji.report.scope import partial
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.jobs.queries import job as find_job
from zuji_web.products import payload, result_files
from zuji_web.products.actions import reports as making
from zuji_web.products.forms_results import SimulationForm
from zuji_web.products.models import Conclusion, ProductStudy, StudyState
from zuji_web.products.queries import calculation, results, reviews, simulations
from zuji_web.products.queries import studies as reading
from zuji_web.products.queries.results import Result
from zuji_web.products.result_lines import stories, weaknesses
from zuji_web.products.views.workbench import answer, frame

HOT_SPOTS = 12
LINES_A_PAGE = 50


@require_GET
def page(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The result as it stands; what is missing where there is none yet."""
    actor = actor_of(request)
    study = reading.study(study_id, by=actor)
    found = results.result(study, chosen=_chosen(request))
    material = results.material(found)
    context = frame(request, study, "result") | {
        "found": found,
        "may_freeze": _may_freeze(study, actor),
        "may_simulate": study.state == StudyState.DRAFT and actor.may(Permission.STUDY_VIEW),
        "job": _job(request),
    }
    if material is None:
        context["rows"] = payload.problem_rows(calculation.live(study), study)
        context["problems"] = () if context["rows"] else found.problems
        return render(request, "products/result_incomplete.html", context)
    return render(request, "products/result.html", context | _shown(found, material))


def _may_freeze(study: ProductStudy, actor: Actor) -> bool:
    """Whether the actor may freeze it now: a draft, or a study whose review has passed."""
    if study.frozen or not actor.may(Permission.STUDY_FREEZE, study.organisation):
        return False
    review = reviews.current(study)
    return review is None or review.conclusion == Conclusion.PASSED


def _chosen(request: HttpRequest) -> tuple[int, int] | None:
    form = SimulationForm(request.GET)
    return (form.cleaned_data["runs"], form.cleaned_data["seed"]) if form.is_valid() else None


def _job(request: HttpRequest) -> Any:
    """The job that the page was opened with, to be watched here."""
    try:
        identity = UUID(request.GET.get("job", ""))
    except ValueError:
        return None
    return find_job(identity, by=actor_of(request))


def _shown(found: Result, material: Material) -> dict[str, Any]:
    footprint, band = material.footprint, material.footprint.uncertainty
    told = list(stories(material, found.study.organisation_id))
    return {
        "material": material,
        "total": amounts.typeset(found.frozen.published_total)
        if found.frozen
        else amounts.number(footprint.total),
        "unit": f"{footprint.unit} / {material.unit}",
        "band": band,
        "band_text": f"{amounts.band(band.low)} – {amounts.band(band.high)}" if band else "",
        "band_method": method_name(band, material) if band else "",
        "band_svg": band_figure(material, band) if band else "",
        "primary_share": amounts.share(footprint.primary_data_share),
        "partial": partial(material),
        "boundary": material.words(BOUNDARY_NAMES[material.study.boundary.kind]),
        "findings": findings(material),
        "stages": [
            (material.words(STAGE_NAMES[stage]), text, share)
            for stage, _value, text, share in material.stage_figures
        ],
        "totals": dressed(totals_table(material)),
        "side_tables": [dressed(table) for table in (gas_table(material), supplier_table(material)) if table],
        "processes": dressed(process_table(material) if len(footprint.processes) > 1 else None),
        "cut_offs": dressed(cut_off_table(material)),
        "scenarios": dressed(scenario_table(material)),
        "sensitivity": dressed(sensitivity_table(material)),
        "charts": _charts(found, material),
        "sankey_height": 240 + 16 * min(len(told), 16),
        "scenario_height": 120 + 52 * len(footprint.scenarios),
        "stories": told[:HOT_SPOTS],
        "more_lines": max(len(told) - HOT_SPOTS, 0),
        "ratings": [
            {
                "name": scheme_name(rating, material),
                "score": score(rating.score),
                "level": level_name(rating.level, material),
                "coverage": amounts.share(rating.coverage),
                "indicators": [
                    (indicator_name(rating, key, material), score(value))
                    for key, value in rating.indicators.items()
                ],
                "weaknesses": weaknesses(material, rating),
            }
            for rating in footprint.quality
        ],
        "notices": [notice.in_language(material.language) for notice in footprint.notices],
        "form": SimulationForm(initial=_initial(found)),
    }


def dressed(table: Table | None) -> dict[str, Any] | None:
    """A table of the report with each cell knowing whether it holds a number, as templates need it."""
    if table is None:
        return None
    rows = [
        {
            "kind": row.kind,
            "cells": [
                {"text": cell.text, "sub": cell.sub, "numeric": column.numeric, "words": column.title}
                for cell, column in zip(row.cells, table.columns, strict=True)
            ],
        }
        for row in table.rows
    ]
    return {"caption": table.caption, "columns": table.columns, "rows": rows, "note": table.note}


def _initial(found: Result) -> dict[str, int]:
    made = found.simulation
    return {"runs": made.runs, "seed": made.seed} if made else {"runs": simulations.RUNS, "seed": 1}


def _charts(found: Result, material: Material) -> dict[str, Any]:
    made = found.simulation
    charts: dict[str, Any] = {
        "stages": figures.stage_option(material),
        "sankey": figures.sankey_option(material),
    }
    if made and made.uncertainty and made.edges:
        charts["histogram"] = figures.histogram_option(material, made.uncertainty, made.edges, made.counts)
    if material.footprint.scenarios:
        charts["scenarios"] = figures.scenario_option(material)
    return charts


@require_GET
def lines(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Every line with the way to its number."""
    study = reading.study(study_id, by=actor_of(request))
    found = results.result(study)
    material = results.material(found)
    if material is None:
        return redirect("products:result", study.pk)
    paginator = Paginator(list(stories(material, study.organisation_id)), LINES_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = frame(request, study, "result") | {"page": page, "material": material}
    return render(request, "products/result_lines.html", context)


@require_POST
@needs(Permission.STUDY_VIEW)
def simulate(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Starts a simulation and shows how far it is."""
    study = reading.study(study_id, by=actor_of(request))
    form = SimulationForm(request.POST)
    problems: tuple[object, ...] = ()
    if form.is_valid():
        runs, seed = form.cleaned_data["runs"], form.cleaned_data["seed"]
        try:
            job = making.simulate(study=study, runs=runs, seed=seed, by=actor_of(request))
        except ZujiError as refusal:
            problems = refusal.problems
        else:
            if job.result_url:
                return redirect(job.result_url)
            address = reverse("products:result", args=[study.pk])
            return redirect(f"{address}?runs={runs}&seed={seed}&job={job.pk}#uncertainty")
    context = frame(request, study, "result") | {"form": form, "problems": problems}
    return answer(request, "products/result_simulate.html", context, wrong=True)


@require_GET
def download_json(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The result as JSON, the same that the interface and the command line give."""
    return _file(request, study_id, "json")


@require_GET
def download_excel(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The result as an Excel workbook."""
    return _file(request, study_id, "xlsx")


def _file(request: HttpRequest, study_id: UUID, ending: str) -> HttpResponse:
    study = reading.study(study_id, by=actor_of(request))
    evaluated = results.result(study).evaluated
    if evaluated is None:
        return redirect("products:result", study.pk)
    write = result_files.as_json if ending == "json" else result_files.as_excel
    return write(study, evaluated).response()
