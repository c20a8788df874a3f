"""The workbench: inventory grid and the forms beside it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zuji.errors import Problem, ZujiError
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.products import drafts, payload, vocabulary
from zuji_web.products.actions import edits
from zuji_web.products.forms import ExclusionForm, ProductForm
from zuji_web.products.inventory_forms import (
    ChangeForms,
    OutputForms,
    ProcessForm,
    ScenarioForm,
    list_operation,
    outputs_of,
    rows,
)
from zuji_web.products.models import ProductStudy
from zuji_web.products.operations import Operation
from zuji_web.products.queries import calculation, scenarios
from zuji_web.products.queries import studies as reading

Problems = tuple[Problem, ...]


@require_GET
def inventory(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The inventory as a grid; on a phone as cards."""
    actor = actor_of(request)
    study = reading.study(study_id, by=actor)
    live = calculation.live(study)
    undo, redo = reading.steps(study)
    context = frame(request, study, "inventory") | {
        "live": live,
        "data": {
            "study": {"id": str(study.pk), "revision": study.revision},
            "editable": reading.editable(study, by=actor),
            "document": study.document,
            "live": payload.live_data(live, study),
            "comments": payload.comment_data(study) if _sees_comments(study, actor) else [],
            "icons": static("ui/icons.svg"),
            "undo": undo is not None,
            "redo": redo is not None,
            "api": f"/api/v1/studies/{study.pk}",
            "vocabulary": vocabulary.vocabulary(),
            "strings": vocabulary.strings(),
        },
    }
    return render(request, "products/workbench.html", context)


def _sees_comments(study: ProductStudy, actor: Actor) -> bool:
    """Whoever may open the page of reviews, where comments are answered."""
    return actor.may(Permission.STUDY_VIEW, study.organisation)


@require_http_methods(["GET", "POST"])
def product(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Product, unit, boundary, period, region and method."""
    study = reading.study(study_id, by=actor_of(request))
    form = ProductForm(request.POST or None, document=study.document)
    exclusions = ExclusionForm(request.POST or None, document=study.document)
    problems: Problems = ()
    if request.method == "POST" and form.is_valid() and exclusions.is_valid():
        stages = form.cleaned_data["boundary__stages"]
        problems = save(request, study, [*form.operations(), *exclusions.operations(stages)])
        if not problems:
            return redirect("products:product", study.pk)
    context = frame(request, study, "product") | {
        "form": form,
        "exclusions": exclusions,
        "problems": problems,
    }
    return answer(request, "products/workbench_product.html", context, wrong=bool(form.errors or problems))


@require_http_methods(["GET", "POST"])
def processes(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Processes with their products and how these share burdens."""
    study = reading.study(study_id, by=actor_of(request))
    problems: Problems = ()
    cards = [_process_card(request, study, process) for process in study.document["processes"]]
    if request.method == "POST":
        operations = _process_operations(request, study, cards)
        if operations is not None:
            problems = save(request, study, operations)
            if not problems:
                return redirect("products:processes", study.pk)
    wrong = bool(problems) or any(card["wrong"] for card in cards)
    context = frame(request, study, "processes") | {"cards": cards, "problems": problems}
    return answer(request, "products/workbench_processes.html", context, wrong=wrong)


def _process_card(request: HttpRequest, study: ProductStudy, process: dict[str, Any]) -> dict[str, Any]:
    mine = request.method == "POST" and request.POST.get("save") == process["id"]
    data = request.POST if mine else None
    base = ("processes", process["id"])
    form = ProcessForm(data, document=study.document, base=base, prefix=process["id"])
    outputs = OutputForms(
        data,
        initial=outputs_of(process),
        prefix=f"{process['id']}-outputs",
        form_kwargs={"of": study.organisation_id},
    )
    wrong = mine and not (form.is_valid() and outputs.is_valid())
    return {"process": process, "form": form, "outputs": outputs, "wrong": wrong, "mine": mine}


def _process_operations(
    request: HttpRequest, study: ProductStudy, cards: list[dict[str, Any]]
) -> list[Operation] | None:
    """What a button on the page of processes means; None where a form has mistakes."""
    last = study.document["processes"][-1]["id"] if study.document["processes"] else None
    if "add" in request.POST:
        name = _("New process")
        value = {"id": f"p{uuid4().hex[:6]}", "name": name, "outputs": [], "lines": []}
        return [{"op": "insert", "path": ["processes"], "value": value, "after": last}]
    if "remove" in request.POST:
        return [{"op": "remove", "path": ["processes", request.POST["remove"]]}]
    if "first" in request.POST:
        return [{"op": "move", "path": ["processes", request.POST["first"]], "after": None}]
    card = next((card for card in cards if card["mine"]), None)
    if card is None or card["wrong"]:
        return None
    process = card["process"]
    path = ("processes", process["id"], "outputs")
    return [*card["form"].operations(), *list_operation(path, rows(card["outputs"]), process.get("outputs"))]


@require_http_methods(["GET", "POST"])
def scenario_page(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Scenarios: named changes to lines, with their result beside the base."""
    study = reading.study(study_id, by=actor_of(request))
    problems: Problems = ()
    cards = [_scenario_card(request, study, scenario) for scenario in study.document["scenarios"]]
    if request.method == "POST":
        operations = _scenario_operations(request, study, cards)
        if operations is not None:
            problems = save(request, study, operations)
            if not problems:
                return redirect("products:scenarios", study.pk)
    wrong = bool(problems) or any(card["wrong"] for card in cards)
    context = frame(request, study, "scenarios") | {
        "cards": cards,
        "problems": problems,
        "comparison": _comparison(study),
    }
    return answer(request, "products/workbench_scenarios.html", context, wrong=wrong)


def _comparison(study: ProductStudy) -> dict[str, Any]:
    found = scenarios.comparison(study)
    items = {line["id"]: line.get("item", "") for _process, line in drafts.lines(study.document)}
    problems = [
        {"item": items.get(problem.line, ""), **payload.problem_data(problem)} for problem in found.problems
    ]
    return {"base": found.base, "unit": found.unit, "results": found.results, "problems": problems}


def _scenario_card(request: HttpRequest, study: ProductStudy, scenario: dict[str, Any]) -> dict[str, Any]:
    mine = request.method == "POST" and request.POST.get("save") == scenario["id"]
    data = request.POST if mine else None
    base = ("scenarios", scenario["id"])
    form = ScenarioForm(data, document=study.document, base=base, prefix=scenario["id"])
    changes = ChangeForms(
        data,
        initial=scenario.get("changes", []),
        prefix=f"{scenario['id']}-changes",
        form_kwargs={"document": study.document, "of": study.organisation_id},
    )
    wrong = mine and not (form.is_valid() and changes.is_valid())
    return {"scenario": scenario, "form": form, "changes": changes, "wrong": wrong, "mine": mine}


def _scenario_operations(
    request: HttpRequest, study: ProductStudy, cards: list[dict[str, Any]]
) -> list[Operation] | None:
    """What a button on the page of scenarios means; None where a form has mistakes."""
    last = study.document["scenarios"][-1]["id"] if study.document["scenarios"] else None
    if "add" in request.POST:
        value = {"id": f"s{uuid4().hex[:6]}", "name": _("New scenario"), "changes": []}
        return [{"op": "insert", "path": ["scenarios"], "value": value, "after": last}]
    if "remove" in request.POST:
        return [{"op": "remove", "path": ["scenarios", request.POST["remove"]]}]
    card = next((card for card in cards if card["mine"]), None)
    if card is None or card["wrong"]:
        return None
    scenario = card["scenario"]
    path = ("scenarios", scenario["id"], "changes")
    return [*card["form"].operations(), *list_operation(path, rows(card["changes"]), scenario.get("changes"))]


def save(request: HttpRequest, study: ProductStudy, operations: list[Operation]) -> Problems:
    """Carries out what a form means; the problems where somebody else was faster."""
    if not operations:
        return ()
    try:
        edits.edit(study=study, operations=operations, by=actor_of(request))
    except ZujiError as refusal:
        return refusal.problems
    messages.success(request, _("Saved."))
    return ()


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, wrong: bool) -> HttpResponse:
    """The page; with 422 where something has to be mended."""
    return render(request, template, context, status=422 if wrong else 200)


def frame(request: HttpRequest, study: ProductStudy, active: str) -> dict[str, Any]:
    """What every page of the workbench shows: the study, its tabs, its live total."""
    actor = actor_of(request)
    names = {
        "inventory": ("products:workbench", _("Inventory")),
        "processes": ("products:processes", _("Processes")),
        "scenarios": ("products:scenarios", _("Scenarios")),
        "product": ("products:product", _("Product and boundary")),
        "statements": ("products:statements", _("Statements")),
        "result": ("products:result", _("Result")),
        "check": ("checks:check", _("Conformity")),
        "report": ("products:report", _("Report")),
    }
    if study.frozen:
        names["snapshot"] = ("products:snapshot", _("Snapshot"))
    if actor.may(Permission.STUDY_VIEW, study.organisation):
        names["review"] = ("products:review", _("Review and versions"))
    live = calculation.live(study)
    return {
        "study": study,
        "editable": reading.editable(study, by=actor),
        "own": actor.organisation is not None and study.organisation_id == actor.organisation.pk,
        "live": live,
        "gaps": [payload.problem_data(problem) for problem in live.problems if not problem.line],
        "tabs": [
            {"url": reverse(name, args=[study.pk]), "label": label, "active": key == active}
            for key, (name, label) in names.items()
        ],
    }
