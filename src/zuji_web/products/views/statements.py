"""What people state about a study beside its inventory."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zuji.errors import InvalidInput, Problem
from zuji.formats.excel import words
from zuji.model.category_rules import STANDING_NAMES, ProductCategoryRule, RuleStanding
from zuji.model.lines import LineKind
from zuji.model.standards import Governing
from zuji.rules.checks.ruled_frame import codes_of
from zuji.units import UNITS
from zuji_web.accounts.guards import actor_of
from zuji_web.factors.queries import library
from zuji_web.products import drafts, rules_in_force
from zuji_web.products.forms import in_words
from zuji_web.products.models import ProductStudy
from zuji_web.products.places import question_of
from zuji_web.products.queries import studies as reading
from zuji_web.products.queries.requirements import Requirements, requirements
from zuji_web.products.statements_cells import Cell, Group
from zuji_web.products.statements_form import Choices, StatementsForm
from zuji_web.products.statements_questions import EXCLUDED, GROUPS, QUESTIONS
from zuji_web.products.statements_tables import TITLES
from zuji_web.products.views.workbench import Problems, answer, frame, save
from zuji_web.products.vocabulary import spoken


@require_GET
def goal(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The goal is asked among the statements."""
    study = reading.study(study_id, by=actor_of(request))
    return redirect(f"{reverse('products:statements', args=[study.pk])}#goal.reason")


@require_http_methods(["GET", "POST"])
def statements(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Every statement, grouped, with what the rule of the study asks for."""
    study = reading.study(study_id, by=actor_of(request))
    today = timezone.localdate()
    governs = _governing(study, today)
    form = StatementsForm(request.POST or None, document=study.document, choices=_choices(study, governs))
    problems: Problems = ()
    if request.method == "POST" and form.is_valid():
        operations = form.operations()
        if not form.overtaken:
            problems = save(request, study, operations)
            if not problems:
                return redirect(_back_to(request, study))
    asked = requirements(study, today)
    wrong = bool(problems or form.overtaken) or (form.is_bound and not form.is_valid())
    context = frame(request, study, "statements") | {
        "form": form,
        "problems": problems,
        "asked": asked,
        "governs": _told(governs),
        "groups": [_group(group, form, asked, study) for group in GROUPS],
        "units": UNITS,
        "wrong": wrong,
    }
    return answer(request, "products/workbench_statements.html", context, wrong=wrong)


def _back_to(request: HttpRequest, study: ProductStudy) -> str:
    """The page again, at the question where the person was."""
    at = question_of(request.POST.get("at", ""))
    return reverse("products:statements", args=[study.pk]) + (f"#{at}" if at else "")


def _governing(study: ProductStudy, on: date) -> Governing | None:
    code = drafts.text_at(study.document, "product", "code")
    if not codes_of(code):
        return None
    return rules_in_force.governing_standard(code, on, drafts.text_at(study.document, "geography"))


def _told(governs: Governing | None) -> str:
    """Which rule governs, or what is needed to find out."""
    if governs is None:
        return _(
            "Enter the product code with its scheme, such as hs:850760, under “Product and boundary”, "
            "and the rule that governs is found."
        )
    return governs.reason.in_language(get_language() or "zh")


def _choices(study: ProductStudy, governs: Governing | None) -> Choices:
    using = library(study.organisation_id)
    profiles = _profiles(study)
    gwp = drafts.text_at(study.document, "gwp") or "AR6"
    gases = using.gwp[gwp].values if gwp in using.gwp else using.gwp["AR6"].values
    return {
        "rules": _rules(governs),
        "gwp": [(key, spoken(each.name)) for key, each in using.gwp.items()],
        "gases": [(gas, gas) for gas in gases],
        "procedures": [("", "—"), *in_words(words.PROCEDURES)],
        "scenarios": [
            (each["id"], str(each.get("name") or each["id"])) for each in study.document.get("scenarios", ())
        ],
        **profiles,
    }


def _rules(governs: Governing | None) -> list[tuple[str, Any]]:
    """Every rule, the one that governs first, demonstrations last and called so."""
    first = rules_in_force.rule_following(governs) if governs else None
    others = [rule for rule in rules_in_force.book() if first is None or rule.key != first.key]
    shown = [rule for rule in others if rule.standing is not RuleStanding.DEMONSTRATION]
    demonstrations = [rule for rule in others if rule.standing is RuleStanding.DEMONSTRATION]
    listed: list[tuple[str, Any]] = [("", _("None named: the general rule is applied"))]
    for title, rules in (
        (_("Governs this product"), [first] if first else []),
        (_("Other rules"), shown),
        (_("Demonstrations, not standards"), demonstrations),
    ):
        if rules:
            listed.append((title, [(rule.key, _rule_name(rule)) for rule in rules]))
    return listed


def _rule_name(rule: ProductCategoryRule) -> str:
    english = (get_language() or "zh").startswith("en")
    name = rule.name_en if english and rule.name_en else rule.name
    return f"{name} ({rule.key}) · {spoken(STANDING_NAMES[rule.standing])}"


def _profiles(study: ProductStudy) -> dict[str, Sequence[tuple[str, Any]]]:
    """What the study's rule offers for use and end of life; anything already stated stays a choice."""
    try:
        rule = rules_in_force.rule_of(drafts.text_at(study.document, "rule"))
    except InvalidInput:
        rule = rules_in_force.rule_of("")
    english = (get_language() or "zh").startswith("en")
    return {
        key: [
            ("", "—"),
            *(
                (each.id, each.name_en if english and each.name_en else each.name)
                for each in offered.profiles
            ),
        ]
        for key, offered in (("use", rule.use), ("end_of_life", rule.end_of_life))
    }


def _group(group: Group, form: StatementsForm, asked: Requirements, study: ProductStudy) -> dict[str, Any]:
    """A group with its questions in order, how many of those asked for are answered, and its tables."""
    paths = [question.path for question in group.questions]
    own = {*paths, *group.tables, *([EXCLUDED] if group.key == "boundary" else [])}
    return {
        "key": group.key,
        "title": group.title,
        "lead": group.lead,
        "asked": len(own & asked.asked),
        "answered": len((own & asked.asked) - asked.open.keys()),
        "questions": [_row(path, form, asked) for path in paths],
        "excluded": _excluded(form, asked) if group.key == "boundary" else None,
        "tables": [_table(path, form, asked) for path in group.tables],
        "lines": list(_electricity(study)) if group.key == "electricity" else None,
    }


def _row(path: str, form: StatementsForm, asked: Requirements) -> dict[str, Any]:
    cell = QUESTIONS[path].cell
    empty = cell is Cell.SEVERAL and not form.fields[path].choices  # type: ignore[attr-defined]
    return {
        "path": path,
        "cell": cell.value,
        "field": form[path],
        "empty": empty,
        **_notes(path, form, asked),
    }


def _notes(path: str, form: StatementsForm, asked: Requirements) -> dict[str, Any]:
    """Whether the rule asks, what is open, and what somebody else wrote meanwhile."""
    record = next((whole for whole in form.overtaken if path == f"{whole}.product"), "")
    record = record or next((whole for whole in form.overtaken if path == f"{whole}.period"), "")
    return {
        "asked": path in asked.asked,
        "open": [_sentence(problem) for problem in asked.open.get(path, ())],
        "overtaken": form.overtaken.get(path, "") or form.overtaken.get(record, ""),
    }


def _sentence(problem: Problem) -> str:
    language = get_language() or "zh"
    what, cure = problem.what.in_language(language), problem.cure.in_language(language)
    return _("%(what)s. %(cure)s.") % {"what": what.rstrip(".。"), "cure": cure.rstrip(".。")}


def _excluded(form: StatementsForm, asked: Requirements) -> dict[str, Any]:
    fields = [form[f"{EXCLUDED}.{stage.value}"] for stage in form.outside]
    return {"path": EXCLUDED, "fields": fields, **_notes(EXCLUDED, form, asked)}


def _table(path: str, form: StatementsForm, asked: Requirements) -> dict[str, Any]:
    title, lead = TITLES[path]
    rows = form.tables[path]
    return {"path": path, "title": title, "lead": lead, "rows": rows, **_notes(path, form, asked)}


def _electricity(study: ProductStudy) -> Iterator[dict[str, str]]:
    """Lines of electricity with how they are treated, to be opened in the inventory."""
    for _process, line in drafts.lines(study.document):
        if line.get("kind") != LineKind.ELECTRICITY:
            continue
        treatment = drafts.text_at(line, "electricity", "treatment") or "grid"
        name = words.TREATMENTS.get(treatment)
        yield {
            "id": str(line["id"]),
            "item": str(line.get("item") or line["id"]),
            "treatment": spoken(name) if name else treatment,
        }
