"""The check of a study, one inventory under several rules, and a study begun from a rule."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zuji.errors import InvalidInput, ZujiError
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import Outcome, Severity
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.checks import presenting
from zuji_web.checks.actions import studies as acting
from zuji_web.checks.forms import BeginForm
from zuji_web.checks.labels import SEVERITIES
from zuji_web.checks.models import StudyCheck
from zuji_web.checks.queries import checking, columns
from zuji_web.checks.queries import offers as offering
from zuji_web.checks.queries.checking import Registry
from zuji_web.checks.queries.offers import Offers
from zuji_web.products import drafts
from zuji_web.products.models import ProductStudy, StudyConformity
from zuji_web.products.queries import calculation
from zuji_web.products.queries import conformity as kept_with
from zuji_web.products.queries import studies as reading
from zuji_web.products.views.workbench import frame
from zuji_web.rulebook.queries import book, versions

_SHOWN_FIRST = 2


@require_GET
def check(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Every item with its outcome, every shortcoming with the way to the place that mends it."""
    study = reading.study(study_id, by=actor_of(request))
    registry = Registry(checking.today())
    found = offering.of_study(study, registry)
    frozen_with = kept_with.kept(study)
    asked = request.GET.get("rule", "")[:200]
    problems: tuple[object, ...] = () if asked else offering.unheld(found)
    try:
        rule = offering.chosen(asked or _rule_of(frozen_with), found)
    except InvalidInput as refusal:
        rule, problems = found.first.rule, refusal.problems
    outcome, severity = request.GET.get("outcome", ""), request.GET.get("severity", "")
    outcome = outcome if outcome in set(Outcome) else ""
    severity = severity if severity in set(Severity) else ""
    checked = checking.check(study, rule, registry=registry)
    conformity = checked.conformity
    context = {
        "checked": checked,
        "conformity": conformity,
        "rule": rule,
        "offers": found,
        "reason": next((each.reason for each in found.offers if each.rule.key == rule.key), None),
        "problems": problems,
        "items": presenting.shown(
            conformity, study.pk, rows_in_words(study), outcome=outcome, severity=severity
        ),
        "outcome": outcome,
        "severity": severity,
        "counts": presenting.counts(conformity),
        "severities": [
            (item.value, name, conformity.count(item), presenting.SEVERITY_TONES[item])
            for item, name in SEVERITIES.items()
        ],
        "unit": calculation.unit_text(checked.examined.study.unit.quantity),
        "kept": _kept(request, study, rule),
        "frozen_with": kept_with.beside(frozen_with, conformity) if frozen_with else None,
    }
    if request.headers.get("X-Zuji-Part") == "check":
        return render(request, "checks/items.html", context | {"study": study})
    return render(request, "checks/check.html", frame(request, study, "check") | context)


def _rule_of(frozen_with: StudyConformity | None) -> str:
    """The rule under which a study was frozen, so that today's check compares like with like."""
    return frozen_with.rule if frozen_with is not None and book.known(frozen_with.rule) else ""


def _kept(request: HttpRequest, study: ProductStudy, rule: ProductCategoryRule) -> StudyCheck | None:
    """What the last run over many studies found, for the study's own organisation."""
    by = actor_of(request)
    if by.organisation is None or by.organisation.pk != study.organisation_id:
        return None
    return StudyCheck.objects.filter(study=study, rule=rule.key).first()


def rows_in_words(study: ProductStudy) -> dict[str, str]:
    """The lines of the inventory by id: Row 3 Cement."""
    return {
        line.get("id", ""): (
            _("Row %(number)s %(item)s") % {"number": number, "item": line.get("item") or ""}
        ).strip()
        for number, (_process, line) in enumerate(drafts.lines(dict(study.document)), 1)
    }


@require_GET
def several(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The inventory counted under several rules, with what each item of them does to the number."""
    study = reading.study(study_id, by=actor_of(request))
    registry = Registry(checking.today())
    found = offering.of_study(study, registry)
    asked = [key[:200] for key in request.GET.getlist("rule")]
    rules: list[ProductCategoryRule] = []
    problems: tuple[object, ...] = ()
    made = None
    try:
        rules = [book.resolved(key) for key in asked if key] or _first(found)
        made = columns.several(study, rules, registry=registry)
    except ZujiError as refusal:
        problems = refusal.problems
    context = frame(request, study, "check") | {
        "offers": found,
        "chosen": {rule.key for rule in rules},
        "made": made,
        "most": columns.MOST_RULES,
        "problems": problems,
        "rows": rows_in_words(study),
        "unit": calculation.unit_text(made.comparison.study.unit.quantity) if made else "",
    }
    return render(request, "checks/several.html", context)


def _first(found: Offers) -> list[ProductCategoryRule]:
    """What is compared when nothing is chosen: the first rule that is offered and the general one."""
    general = book.resolved()
    listed = [offer.rule for offer in found.offers[:_SHOWN_FIRST]]
    return listed if any(rule.key == general.key for rule in listed) else [*listed[:1], general]


@require_http_methods(["GET", "POST"])
@needs(Permission.STUDY_CREATE)
def begin(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """A study whose lines are what the rule asks for."""
    by = actor_of(request)
    organisation = by.require(Permission.STUDY_CREATE)
    row = versions.version(rule_id, by=by)
    whole = versions.whole(row)
    if whole is None:
        # Its page says why it cannot be read.
        return redirect("rulebook:rule", row.pk)
    form = BeginForm(request.POST or None, organisation=organisation, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        study = acting.begin(rule=whole, by=by, **form.cleaned_data)
        return redirect("products:workbench", study.pk)
    context: dict[str, Any] = {"row": row, "rule": whole, "form": form}
    return render(request, "checks/begin.html", context, status=422 if form.errors else 200)
