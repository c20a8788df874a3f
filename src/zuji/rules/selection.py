"""The yearly selection of key products: criteria as data, scores, a ranking with reasons, and the close.

The plan fixes how many products a year (SN 二（二）4) and no criteria; those shipped are a demonstration.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zuji.errors import Place, Problem, problem, raise_all
from zuji.lca.publishing import as_stated
from zuji.model.standards import ProductCode
from zuji.text import Text

LOWEST, HIGHEST = 0.0, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion; `weight` is its share of the score, and all weights sum to 1."""

    id: str
    name: Text
    weight: float
    source: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a candidate was given for one criterion, 0 to 5, and why."""

    criterion: str
    value: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A product that somebody proposed, with one score for each criterion."""

    id: str
    name: Text
    codes: tuple[ProductCode, ...] = ()
    proposed_by: str = ""
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate with its weighted score, 0 to 5. Equal scores share a rank."""

    rank: int
    candidate: Candidate
    score: float
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many products a year may choose without a recorded reason, and where that is said."""

    least: int
    most: int
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionYear:
    """A year's selection; `reason` is recorded where the number chosen lies outside the bounds."""

    year: int
    region: str
    candidates: tuple[Candidate, ...]
    chosen: tuple[str, ...] = ()
    reason: str = ""


def rank(candidates: Iterable[Candidate], criteria: Sequence[Criterion]) -> tuple[Ranked, ...]:
    """Candidates by weighted score, the best first, equal ones by their id.

    `parts` are the shares of the score by criterion and sum to it. Raises `InvalidInput` with every problem
    where weights do not sum to 1, or where a score is missing, double, without a reason or out of 0 to 5.
    """
    listed = sorted(candidates, key=lambda candidate: candidate.id)
    raise_all([*_weight_problems(criteria), *(p for each in listed for p in _score_problems(each, criteria))])
    scored = []
    for candidate in listed:
        values = {score.criterion: score.value for score in candidate.scores}
        parts = {each.id: each.weight * values[each.id] for each in criteria}
        scored.append((round(math.fsum(parts.values()), 9), candidate, parts))
    scored.sort(key=lambda each: (-each[0], each[1].id))
    totals = [total for total, _candidate, _parts in scored]
    return tuple(
        Ranked(rank=totals.index(total) + 1, candidate=candidate, score=total, parts=parts)
        for total, candidate, parts in scored
    )


def closable(year: SelectionYear, bounds: Bounds) -> Problem | None:
    """Why a year cannot be closed yet; None where it can."""
    strangers = sorted(set(year.chosen) - {each.id for each in year.candidates})
    if strangers:
        listing = ", ".join(strangers)
        return problem(
            "not-a-candidate",
            f"所选产品不是 {year.year} 年候选：{listing}",
            f"chosen products are no candidates of {year.year}: {listing}",
            cure_zh="请先登记为候选并评分",
            cure_en="enter them as candidates and score them first",
        )
    number = len(set(year.chosen))
    if bounds.least <= number <= bounds.most or year.reason.strip():
        return None
    return problem(
        "selection-size",
        f"{year.year} 年选定 {number} 个产品，应为 {bounds.least} 至 {bounds.most} 个（{bounds.clause}）",
        f"{number} products were chosen for {year.year}; it should be {bounds.least} to {bounds.most} "
        f"({bounds.clause})",
        cure_zh="请增减所选产品，或记录理由",
        cure_en="choose more or fewer, or record the reason",
    )


def _weight_problems(criteria: Sequence[Criterion]) -> list[Problem]:
    ids = [each.id for each in criteria]
    total = math.fsum(each.weight for each in criteria)
    good = all(0 <= each.weight <= 1 for each in criteria) and math.isclose(total, 1, abs_tol=1e-9)
    if good and len(set(ids)) == len(ids):
        return []
    return [
        problem(
            "weights",
            f"权重之和为 {as_stated(total)}，应为 1，且编号不得重复",
            f"the weights sum to {as_stated(total)} and not to 1, or an id is there twice",
            cure_zh="请调整评分准则的权重",
            cure_en="correct the weights of the criteria",
        )
    ]


def _score_problems(candidate: Candidate, criteria: Sequence[Criterion]) -> list[Problem]:
    given = [score.criterion for score in candidate.scores]
    problems = [
        _score_problem(candidate, criterion.id, "应有且只有一个评分", "needs one score")
        for criterion in criteria
        if given.count(criterion.id) != 1
    ]
    for score in candidate.scores:
        if score.criterion not in {each.id for each in criteria}:
            problems.append(_score_problem(candidate, score.criterion, "没有这一准则", "is no criterion"))
        if not LOWEST <= score.value <= HIGHEST:
            problems.append(
                _score_problem(candidate, score.criterion, "评分不在 0 至 5 之间", "is not from 0 to 5")
            )
        if not score.reason.strip():
            problems.append(_score_problem(candidate, score.criterion, "评分没有理由", "has no reason"))
    return problems


def _score_problem(candidate: Candidate, criterion: str, zh: str, en: str) -> Problem:
    return problem(
        "score",
        f"“{candidate.name.zh}”的“{criterion}”{zh}",
        f"“{criterion}” of “{candidate.name.in_language('en')}” {en}",
        cure_zh="请补全或更正该评分",
        cure_en="complete or correct the score",
        place=Place(line=candidate.id, field=criterion),
    )
