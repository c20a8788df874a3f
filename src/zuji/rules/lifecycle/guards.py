"""Guards of the life of a rule: each gives the problem that holds a step back, or None."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zuji.errors import Problem, problem
from zuji.model.standards import ProductCode, Standard, StandardLevel
from zuji.rules.classification import Tree
from zuji.rules.supersession import proposal_blocked


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment on a draft and the answer to it, empty where nobody answered yet."""

    id: str
    answer: str = ""


def comments_answered(comments: Iterable[Comment]) -> Problem | None:
    """Every comment needs an answer before a rule goes on to review and to issue (R04)."""
    unanswered = sorted(comment.id for comment in comments if not comment.answer.strip())
    if not unanswered:
        return None
    listing = ", ".join(unanswered)
    return problem(
        "comments-unanswered",
        f"{len(unanswered)} 条意见尚未答复：{listing}",
        f"{len(unanswered)} comments have no answer: {listing}",
        cure_zh="请逐条答复：采纳、部分采纳或不采纳及理由",
        cure_en="answer each: accepted, accepted in part, or not, with the reason",
    )


def not_covered(
    standards: Iterable[Standard],
    tree: Tree,
    scope: Collection[ProductCode],
    on: date,
    level: StandardLevel = StandardLevel.LOCAL,
) -> Problem | None:
    """A proposal whose scope a higher standard covers is refused."""
    return proposal_blocked(standards, tree, scope, on, level=level)


def reason_given(reason: str) -> Problem | None:
    """Refusal, suspension, return and withdrawal need a reason."""
    if reason.strip():
        return None
    return problem(
        "reason-missing",
        "没有填写理由",
        "no reason is given",
        cure_zh="请写明理由",
        cure_en="say why",
    )


def linked(before: Standard, after: Standard) -> Problem | None:
    """A conversion is known from both ends: the later one names the earlier, and leads back to it.

    The registry keeps one end in `converted_from` or `replaces`; `conversions` reads it the other way.
    """
    if before.number in (after.converted_from, *after.replaces):
        return None
    return problem(
        "link-missing",
        f"{after.number} 没有注明由 {before.number} 转化或代替",
        f"{after.number} does not say that it was converted from or replaces {before.number}",
        cure_zh="请在新标准上登记转化来源或被代替的标准",
        cure_en="enter the earlier standard on the new one",
    )


def conversions(standards: Iterable[Standard]) -> Mapping[str, tuple[str, ...]]:
    """From the number of a standard to those that were converted from it."""
    found: dict[str, tuple[str, ...]] = {}
    for each in sorted(standards, key=lambda standard: standard.number):
        if each.converted_from:
            found[each.converted_from] = (*found.get(each.converted_from, ()), each.number)
    return found


def day_has_come(day: date | None, on: date) -> Problem | None:
    """A step by date waits for its day."""
    if day is not None and day <= on:
        return None
    when = (f"要到 {day}", f"only on {day}") if day else ("日期未定", "on a day that is not set")
    return problem(
        "too-early",
        f"尚未到期：{when[0]}",
        f"it is too early: {when[1]}",
        cure_zh="请等到该日，或先登记日期",
        cure_en="wait for that day, or enter it first",
    )


def review_due(since: date | None, years: int) -> date | None:
    """The last day by which a rule is to be reviewed, counted from its entry into force or last review."""
    if since is None:
        return None
    try:
        return since.replace(year=since.year + years)
    except ValueError:  # 29 February
        return since.replace(year=since.year + years, day=28)


def another_person(submitter: str, reviewer: str) -> Problem | None:
    """Who submitted does not review."""
    if submitter and reviewer and submitter != reviewer:
        return None
    return problem(
        "same-person",
        "提交人不能审查自己的提交",
        "who submitted cannot review it",
        cure_zh="请指派其他人",
        cure_en="assign somebody else",
    )
