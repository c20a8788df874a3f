"""A conformity as plain data in both languages, as it is kept and as interfaces answer."""

from typing import Any

from zuji.formats.result import problem_to_dict
from zuji.model.conformity import CheckedItem, Conformity, Severity
from zuji.text import Text


def as_dict(conformity: Conformity) -> dict[str, Any]:
    """The verdict, counts, and every item in order; the same that the command line writes."""
    return {
        "rule": conformity.rule,
        "passed": conformity.passed,
        "counts": {severity.value: conformity.count(severity) for severity in Severity},
        "items": [_item(item) for item in conformity.items],
    }


def _item(item: CheckedItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": _text(item.title),
        "clause": item.clause,
        "outcome": item.outcome.value,
        "reason": _text(item.reason),
        "shortcomings": [
            {"severity": each.severity.value, **problem_to_dict(each.problem)} for each in item.shortcomings
        ],
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en or text.zh}
