"""The yearly selection as the library reads it, ranked where every score is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from zuji.errors import InvalidInput
from zuji.formats.standards import tree
from zuji.rules.classification import code_of
from zuji.rules.selection import Candidate, Criterion, Score, SelectionYear, rank
from zuji.text import Text
from zuji_web.standards.models import KeyProductSelection, SelectionCandidate


def selections() -> QuerySet[KeyProductSelection]:
    """Every year, the newest first."""
    return KeyProductSelection.objects.prefetch_related("candidates")


def selection(year: int) -> KeyProductSelection:
    """A year's selection; raises `Http404` for one that was not opened."""
    found = selections().filter(year=year).first()
    if found is None:
        raise Http404
    return found


def as_criteria(row: KeyProductSelection) -> tuple[Criterion, ...]:
    """The criteria that were fixed when the year was opened."""
    return tuple(
        Criterion(
            id=each["id"],
            name=Text(each["zh"], each["en"]),
            weight=each["weight"],
            source=each.get("source", ""),
            demonstration=each.get("demonstration", False),
        )
        for each in row.criteria
    )


def as_candidate(row: SelectionCandidate) -> Candidate:
    code = code_of(row.code)
    return Candidate(
        id=row.code,
        name=tree().name(code),
        codes=(code,),
        scores=tuple(
            Score(criterion=key, value=each["value"], reason=each["reason"])
            for key, each in row.scores.items()
        ),
    )


def as_year(row: KeyProductSelection) -> SelectionYear:
    """The year as the library's guard reads it, from the rows as they are now."""
    candidates = list(row.candidates.all())
    return SelectionYear(
        year=row.year,
        region="",
        candidates=tuple(map(as_candidate, candidates)),
        chosen=tuple(each.code for each in candidates if each.chosen),
        reason=row.reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A candidate with its rank and score; both are None while a score is missing."""

    row: SelectionCandidate
    name: Text
    rank: int | None
    score: float | None
    cells: tuple[tuple[Criterion, float | None, str], ...]


def standings(row: KeyProductSelection) -> Sequence[Standing]:
    """Candidates by weighted score, the best first; those that are not scored wholly come last."""
    weights = as_criteria(row)
    candidates = {each.code: each for each in row.candidates.all()}
    wanted = {criterion.id for criterion in weights}
    whole = [as_candidate(each) for each in candidates.values() if wanted <= set(each.scores)]
    try:
        ranked = {each.candidate.id: each for each in rank(whole, weights)}
    except InvalidInput:
        # Criteria that do not sum to one rank nobody; the page shows the scores all the same.
        ranked = {}
    order = [*ranked, *(code for code in candidates if code not in ranked)]
    return [
        Standing(
            row=candidates[code],
            name=tree().name(code_of(code)),
            rank=ranked[code].rank if code in ranked else None,
            score=ranked[code].score if code in ranked else None,
            cells=tuple(
                (
                    criterion,
                    candidates[code].scores.get(criterion.id, {}).get("value"),
                    candidates[code].scores.get(criterion.id, {}).get("reason", ""),
                )
                for criterion in weights
            ),
        )
        for code in order
    ]
