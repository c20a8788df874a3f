"""How an item answers: shortcomings while they are being found, and the outcome that follows from them."""

from collections.abc import Callable
from dataclasses import dataclass

from zuji.errors import Place, Problem
from zuji.model.conformity import CheckedItem, Outcome, Severity, Shortcoming
from zuji.rules.checks.facts import Facts
from zuji.text import Text, counted

_PLACEHOLDERS = frozenset(
    {"x", "xx", "xxx", "n/a", "na", "none", "tbd", "nil"}
    | {"无", "待定", "待填", "待补", "待补充", "略", "暂无", "未填", "不详", "同上"}
)


def stated(text: str) -> bool:
    """Whether a text says something: blanks, dashes and words such as 待定 or n/a say nothing."""
    plain = text.strip(" \t\r\n。.").casefold()
    return plain not in _PLACEHOLDERS and any(sign.isalnum() for sign in plain)


class Answer:
    """The shortcomings of one item so far; `met` and `does_not_apply` close it."""

    __slots__ = ("_clause", "_found", "_id", "_title")

    def __init__(self, item: str, title: Text, clause: str) -> None:
        self._id, self._title, self._clause = item, title, clause
        self._found: list[Shortcoming] = []

    @property
    def clean(self) -> bool:
        return not self._found

    def error(
        self, code: str, zh: str, en: str, cure_zh: str, cure_en: str, *, line: str = "", field: str = ""
    ) -> None:
        """Something that prevents conformity."""
        self._add(Severity.ERROR, code, Text(zh, en), Text(cure_zh, cure_en), line, field)

    def warning(
        self, code: str, zh: str, en: str, cure_zh: str, cure_en: str, *, line: str = "", field: str = ""
    ) -> None:
        """Something that needs a look."""
        self._add(Severity.WARNING, code, Text(zh, en), Text(cure_zh, cure_en), line, field)

    def note(
        self, code: str, zh: str, en: str, cure_zh: str, cure_en: str, *, line: str = "", field: str = ""
    ) -> None:
        """Something that the reader should know."""
        self._add(Severity.NOTE, code, Text(zh, en), Text(cure_zh, cure_en), line, field)

    def carry(self, severity: Severity, problem: Problem) -> None:
        """A problem that somebody else found and placed."""
        self._found.append(Shortcoming(severity=severity, problem=problem))

    def _add(self, severity: Severity, code: str, what: Text, cure: Text, line: str, field: str) -> None:
        place = Place(line=line, field=field)
        self.carry(severity, Problem(code=code, what=what, cure=cure, place=place))

    def met(self, zh: str, en: str) -> CheckedItem:
        """The item with the outcome that follows from what was found; the reason says what was looked at."""
        severities = {each.severity for each in self._found}
        if Severity.ERROR in severities:
            outcome = Outcome.NOT_MET
        elif Severity.WARNING in severities:
            outcome = Outcome.ATTENTION
        else:
            outcome = Outcome.MET
        return self._closed(outcome, Text(zh, en))

    def does_not_apply(self, zh: str, en: str) -> CheckedItem:
        """The item where its condition does not hold, and why. Notes and reminders stay with it."""
        return self._closed(Outcome.NOT_APPLICABLE, Text(zh, en))

    def without_result(self, facts: Facts) -> CheckedItem:
        """The item where it needs a result and there is none: V13 says what prevents it."""
        first = facts.grounds.problems[0].place if facts.grounds.problems else Place()
        self._found.append(
            Shortcoming(
                severity=Severity.ERROR,
                problem=Problem(
                    code="result.missing",
                    what=Text(
                        "研究还算不出结果，这一项无法判断", "there is no result yet to judge this item by"
                    ),
                    cure=Text(
                        "请先改正 V13 列出的问题，再重新检查",
                        "mend what V13 lists, then check again",
                    ),
                    place=first,
                ),
            )
        )
        count = len(facts.grounds.problems)
        return self.met(
            f"需要计算结果；计算因 {count} 处问题没有完成",
            f"needs a result; {counted(count, 'problem')} {'prevents' if count == 1 else 'prevent'} it",
        )

    def _closed(self, outcome: Outcome, reason: Text) -> CheckedItem:
        return CheckedItem(
            id=self._id,
            title=self._title,
            clause=self._clause,
            outcome=outcome,
            reason=reason,
            shortcomings=tuple(self._found),
        )


Check = Callable[[Facts, Answer], CheckedItem]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One item of the general check: its number, what it is called, where it is written, how it is tested."""

    id: str
    title: Text
    clause: str
    check: Check

    def answer(self, facts: Facts) -> CheckedItem:
        return self.check(facts, Answer(self.id, self.title, self.clause))
