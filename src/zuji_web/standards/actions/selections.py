"""The yearly selection of key products: opened and scored by the secretariat, decided by the approver."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput
from zuji.formats.standards import bounds, criteria, tree
from zuji.rules.selection import HIGHEST, LOWEST, closable
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record as audit
from zuji_web.gateway import Conflict
from zuji_web.standards import refusals
from zuji_web.standards.models import KeyProductSelection, SelectionCandidate
from zuji_web.standards.queries.selections import as_criteria, as_year
from zuji_web.wording import said, told

FIRST, LAST = 2024, 2100


@transaction.atomic
def begin(*, year: int, by: Actor) -> KeyProductSelection:
    """A year's selection with the criteria of today; the one there is where the year was opened before."""
    by.require(Permission.SELECTION_PREPARE)
    if not FIRST <= year <= LAST:
        raise InvalidInput(refusals.year_not_meant(FIRST, LAST))
    rows = [
        {
            "id": each.id,
            "zh": each.name.zh,
            "en": each.name.en,
            "weight": each.weight,
            "source": each.source,
            "demonstration": each.demonstration,
        }
        for each in criteria()
    ]
    selection, made = KeyProductSelection.objects.get_or_create(year=year, defaults={"criteria": rows})
    if made:
        audit(action="selection.begin", subject=selection, by=by, payload={"year": year})
    return selection


@transaction.atomic
def enter(*, selection: KeyProductSelection, code: str, by: Actor) -> SelectionCandidate:
    """A product of the tree among the candidates."""
    by.require(Permission.SELECTION_PREPARE)
    held = _open(selection)
    known = tree().parse(code)
    candidate, made = SelectionCandidate.objects.get_or_create(selection=held, code=str(known))
    if made:
        _trail("selection.enter", candidate, by)
    return candidate


@transaction.atomic
def score(
    *, candidate: SelectionCandidate, scores: Mapping[str, tuple[float, str]], by: Actor
) -> SelectionCandidate:
    """The scores of a candidate by criterion, 0 to 5, each reasoned; new ones reopen a decision."""
    by.require(Permission.SELECTION_PREPARE)
    held = _open(candidate.selection)
    row = SelectionCandidate.objects.select_for_update().get(pk=candidate.pk)
    known = {each.id: each.name for each in as_criteria(held)}
    problems = []
    for key, (value, reason) in scores.items():
        if key not in known:
            problems.append(refusals.unknown_choice("criterion", key, known))
        elif not LOWEST <= value <= HIGHEST:
            problems.append(
                told(
                    "score",
                    said(
                        _("The score for “%(name)s” is no number from %(low)g to %(high)g"),
                        name=known[key],
                        low=LOWEST,
                        high=HIGHEST,
                    ),
                    said(_("Correct it")),
                )
            )
        elif not reason.strip():
            problems.append(
                told(
                    "score-reason",
                    said(_("The score for “%(name)s” has no reason"), name=known[key]),
                    said(_("Say where it comes from")),
                )
            )
    if problems:
        raise InvalidInput(*problems)
    before = row.scores
    row.scores = {**before, **{key: {"value": v, "reason": r.strip()} for key, (v, r) in scores.items()}}
    if row.scores != before:
        # A decision rests on the scores that it was taken on.
        row.chosen, row.reason = None, ""
    row.save()
    _trail("selection.score", row, by)
    return row


@transaction.atomic
def decide(*, candidate: SelectionCandidate, chosen: bool, reason: str, by: Actor) -> SelectionCandidate:
    """Whether a candidate is chosen, and why; whoever scores does not decide."""
    by.require(Permission.SELECTION_DECIDE)
    held = _open(candidate.selection)
    row = SelectionCandidate.objects.select_for_update().get(pk=candidate.pk)
    if not reason.strip():
        raise InvalidInput(refusals.value_missing("reason"))
    missing = [str(each.name) for each in as_criteria(held) if each.id not in row.scores]
    if chosen and missing:
        raise InvalidInput(
            told(
                "not-scored",
                said(_("The candidate has no score for: %(names)s"), names=", ".join(missing)),
                said(_("The secretariat scores it by every criterion first")),
            )
        )
    row.chosen, row.reason = chosen, reason.strip()
    row.save()
    _trail("selection.decide", row, by)
    return row


@transaction.atomic
def close(*, selection: KeyProductSelection, reason: str, document: str, by: Actor) -> KeyProductSelection:
    """The year, closed for good: every candidate decided, and as many chosen as the plan says or a reason."""
    by.require(Permission.SELECTION_DECIDE)
    held = _open(selection)
    held.reason, held.document = reason.strip(), document.strip()[:300]
    undecided = held.candidates.filter(chosen=None).count()
    problems = []
    if undecided:
        problems.append(
            told(
                "candidates-undecided",
                said(_("%(number)s candidates are not decided"), number=undecided),
                said(_("Decide each with its reason")),
            )
        )
    if not held.document:
        problems.append(refusals.value_missing("document"))
    if (problem := closable(as_year(held), bounds())) is not None:
        problems.append(problem)
    if problems:
        raise InvalidInput(*problems)
    held.closed_at, held.closed_by = timezone.now(), by.user
    held.save()
    chosen = held.candidates.filter(chosen=True).values_list("code", flat=True)
    audit(
        action="selection.close",
        subject=held,
        by=by,
        payload={
            "year": held.year,
            "chosen": ", ".join(chosen),
            "reason": held.reason,
            "document": held.document,
        },
    )
    return held


def _open(selection: KeyProductSelection) -> KeyProductSelection:
    """The selection, locked; a closed one is refused."""
    held = KeyProductSelection.objects.select_for_update().get(pk=selection.pk)
    if held.closed:
        raise Conflict(
            told(
                "selection-closed",
                said(_("The selection of %(year)s is closed"), year=str(held.year)),
                said(_("Open the next year")),
            )
        )
    return held


def _trail(action: str, row: SelectionCandidate, by: Actor) -> None:
    audit(
        action=action,
        subject=row,
        by=by,
        payload={"year": row.selection.year, "code": row.code, "chosen": row.chosen, "reason": row.reason},
    )
