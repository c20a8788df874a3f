"""Live numbers, factors and candidates as plain data for pages and the API, in the language in force."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zuji.errors import UnknownFactor
from zuji.lca.publishing import publish
from zuji.model.factors import Factor
from zuji.model.footprints import Footprint
from zuji.model.lines import LineKind
from zuji.model.stages import TOTAL_KINDS
from zuji.search.rank import FLAG_NAMES, Candidate, ReasonKind
from zuji_web.factors.labels import CONFIDENCES, region_name
from zuji_web.factors.queries import library
from zuji_web.products import drafts, labels
from zuji_web.products.drafts import DraftProblem
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import certificates, reviews
from zuji_web.products.queries.calculation import Live
from zuji_web.products.queries.matching import RECYCLING_ROLES, LineCandidates
from zuji_web.ui.numbers import shown

# A field that is merely empty; its label says more than its key.
_EMPTY = frozenset({"missing", "detail-missing"})
_LEADING = ("amount", "gas", "process", "removal")
# The grid offers these in lists, in words; the values behind them mean nothing to people.
_CHOSEN = frozenset({"stage", "kind", "data_source", "electricity.treatment"})


def live_data(live: Live, study: ProductStudy) -> dict[str, Any]:
    """Totals, contributions and located problems."""
    result = live.footprint
    return {
        "total": live.total,
        # Nothing countable yet is not a footprint of zero.
        "total_text": publish(live.total) if live.total is not None and (live.complete or live.total) else "",
        "unit": live.unit,
        "complete": live.complete,
        "uncounted": live.uncounted,
        "stages": [
            {"stage": stage.value, "total": total, "share": share} for stage, total, share in live.stages
        ],
        "totals": {kind.value: value for kind, value in zip(TOTAL_KINDS, result.totals, strict=True)}
        if result
        else {},
        "lines": {
            line.line: {
                "total": line.total,
                "share": line.share,
                "formula": line.formula,
                "primary": line.primary,
                # A product of another process carries nothing itself: its lines there do.
                "passed_on": line.kind is LineKind.SUB_ASSEMBLY,
                "stage": line.stage.value,
            }
            for line in (result.lines if result else ())
        },
        "problems": [problem_data(problem) for problem in live.problems],
        "doubts": [problem_data(problem) for problem in certificates.doubts(study, timezone.localdate())],
        "location": _location(result),
        "factors": dict(_factors(study.document, study.organisation_id)),
    }


def _location(result: Footprint | None) -> dict[str, Any] | None:
    """The location-based result, where electricity counts otherwise than at the grid."""
    found = result.location_based if result else None
    if found is None:
        return None
    return {"total": found.total, "total_text": publish(found.total), "unknown": list(found.unknown)}


def problem_data(found: DraftProblem) -> dict[str, str]:
    """A problem of a draft: where, what, and what to do."""
    language = get_language() or "zh"
    what, cure = found.problem.what.in_language(language), found.problem.cure.in_language(language)
    label = _label(found.field)
    if label is not None and found.problem.code in _EMPTY:
        what, cure = _("“%(field)s” is still empty") % {"field": label}, _("Fill it in")
    elif found.field in _CHOSEN:
        cure = _("Choose one from the list")
    return {
        "line": found.line,
        "field": found.field,
        "code": found.problem.code,
        "what": what,
        "cure": cure,
        "text": _("%(what)s. %(cure)s.") % {"what": what.rstrip("。."), "cure": cure.rstrip("。.")},
    }


def comment_data(study: ProductStudy) -> list[dict[str, Any]]:
    """Open comments of reviews on lines of a study, with where each is answered."""
    page = reverse("products:review", args=[study.pk])
    return [
        {
            "line": thread.comment.line,
            "author": thread.comment.author,
            "text": thread.comment.text,
            "url": f"{page}#comment-{thread.comment.pk}",
        }
        for thread in reviews.threads(study)
        if thread.open and thread.comment.line
    ]


def problem_rows(live: Live, study: ProductStudy) -> list[dict[str, str]]:
    """The problems of a draft as a list for people: which row of the inventory, which column, what, cure."""
    numbers = {
        line.get("id"): (number, line.get("item") or "")
        for number, (_process, line) in enumerate(drafts.lines(dict(study.document)), 1)
    }
    rows = []
    for found in live.problems:
        data = problem_data(found)
        place = str(_label(found.field) or "")
        if found.line in numbers:
            number, item = numbers[found.line]
            row = _("Row %(number)s %(item)s") % {"number": number, "item": item}
            place = f"{row.strip()} · {place}" if place else row.strip()
        order = numbers[found.line][0] if found.line in numbers else 0
        rows.append((order, {"place": place, "what": data["what"], "cure": data["cure"]}))
    return [row for _order, row in sorted(rows, key=lambda pair: pair[0])]


def _label(field: str) -> labels.Words | None:
    """What a field is called; a whole record is called like its leading field."""
    for path in (field, *(f"{field}.{part}" for part in _LEADING)):
        if path in labels.FIELDS:
            return labels.FIELDS[path][0]
    whole, _index, part = field.partition("[")
    if part and whole in labels.FIELDS:
        return labels.CERTIFICATE.get(part.rpartition(".")[2], labels.FIELDS[whole][0])
    return labels.STUDY_FIELDS.get(field)


def _factors(document: Mapping[str, Any], of: UUID) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every factor that a draft names, in the version it names."""
    used: dict[str, str] = {}
    for _process, line in drafts.lines(dict(document)):
        if isinstance(line.get("factor"), str):
            used[line["factor"]] = str(line.get("factor_version", ""))
        detail = line.get("recycling")
        if isinstance(detail, dict):
            used |= {detail[role]: "" for role in RECYCLING_ROLES if isinstance(detail.get(role), str)}
        at_its_place = drafts.text_at(line, "electricity", "location_factor")
        if at_its_place:
            used.setdefault(at_its_place, "")
    source = library(of).source
    for factor_id, version in used.items():
        try:
            yield factor_id, factor_data(source.get(factor_id, version), newest=source.get(factor_id).version)
        except UnknownFactor:
            continue


def factor_data(factor: Factor, *, newest: str = "") -> dict[str, Any]:
    """A dataset of the library as a card shows it."""
    language = get_language() or "zh"
    return {
        "id": factor.id,
        "version": factor.version,
        "newest": newest or factor.version,
        "name": factor.name.in_language(language),
        "kind": factor.kind.value,
        "value": factor.value,
        "value_text": shown(factor.value),
        "unit": factor.unit,
        "per": factor.per,
        "year": factor.year,
        "geography": factor.geography,
        "geography_text": region_name(factor.geography) if factor.geography else "",
        "confidence": factor.confidence.value,
        "confidence_text": str(CONFIDENCES[factor.confidence].name),
        "source": factor.source.title,
        "url": reverse("factors:dataset", args=[factor.id]),
    }


def candidate_data(candidate: Candidate) -> dict[str, Any]:
    """A candidate with why it is offered and what speaks against it."""
    language = get_language() or "zh"
    return {
        **factor_data(candidate.factor),
        "score": candidate.score,
        "good": candidate.good,
        "may_be_default": candidate.may_be_default,
        "remembered": any(reason.kind is ReasonKind.REMEMBERED for reason in candidate.reasons),
        "reasons": [reason.text.in_language(language) for reason in candidate.reasons[:2]],
        "unit_ok": candidate.unit_ok,
        "unit_note": candidate.unit_note.in_language(language) if candidate.unit_note else "",
        "flags": [FLAG_NAMES[flag].in_language(language) for flag in candidate.flags],
        "barred": candidate.barred.in_language(language) if candidate.barred else "",
    }


def candidates_data(found: LineCandidates) -> dict[str, Any]:
    """What a line may mean."""
    return {
        "line": found.line.get("id", ""),
        "candidates": [candidate_data(candidate) for candidate in found.candidates],
    }
