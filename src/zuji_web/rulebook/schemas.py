"""What the API says of rules."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from zuji.errors import Problem
from zuji.model.category_rules import RuleStanding
from zuji.model.standards import Certainty
from zuji.text import Text
from zuji_web.gateway import ProblemDetail, described
from zuji_web.rulebook.actions.versions import MOST_CHARACTERS
from zuji_web.rulebook.models import Origin, RuleState, RuleVersion
from zuji_web.rulebook.queries.drafting import Drafted
from zuji_web.rulebook.queries.sheets import Group


class InBothLanguages(Schema):
    """A text in Chinese and English."""

    zh: str
    en: str = ""


class RuleFilter(Schema):
    """Which rules are listed."""

    q: str = Field(default="", max_length=200, description="Words of the name or id")
    standing: RuleStanding | None = None


class RuleFacts(Schema):
    """A version of a rule. `key` is what a study names; a demonstration is not a standard."""

    id: UUID
    key: str
    rule_id: str
    version: str
    name: InBothLanguages
    standing: RuleStanding
    certainty: Certainty
    state: RuleState
    origin: Origin
    products: list[str]
    basis: list[str]
    extends: str
    digest: str
    adopted_at: datetime | None


class RuleRow(RuleFacts):
    """A rule in a list."""

    @staticmethod
    def resolve_name(row: RuleVersion) -> dict[str, str]:
        return {"zh": row.name or row.name_en, "en": row.name_en}

    @staticmethod
    def resolve_products(row: RuleVersion) -> list[str]:
        return list((row.document.get("scope") or {}).get("products") or ())

    @staticmethod
    def resolve_basis(row: RuleVersion) -> list[str]:
        return list(row.document.get("basis") or ())

    @staticmethod
    def resolve_extends(row: RuleVersion) -> str:
        return str(row.document.get("extends") or "")


class RuleItemOut(Schema):
    """One item in words; `origin` is the key of the rule whose value holds."""

    path: str
    name: InBothLanguages
    value: InBothLanguages
    clause: str
    certainty: Certainty
    note: str
    origin: str


class RuleDetail(RuleFacts):
    """A version whole: as plain data, and every item that holds in words, taken over ones included.

    Where this software cannot read it, `problems` say why, `items` is empty and no study is counted under it.
    """

    source: str
    adoption_reason: str
    withdrawal_reason: str
    document: dict[str, Any]
    items: list[RuleItemOut]
    problems: list[ProblemDetail]
    versions: list[str]


class ValidateIn(Schema):
    """The text of a rule in YAML."""

    text: str = Field(max_length=MOST_CHARACTERS)


class ValidateOut(Schema):
    """Every mistake of the text with its row, and what the rule would ask; `valid` where there is none."""

    valid: bool
    key: str
    problems: list[ProblemDetail]
    items: list[RuleItemOut]


def names(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def items_of(groups: tuple[Group, ...]) -> list[dict[str, Any]]:
    """The items of a sheet in their order."""
    return [
        {
            "path": item.path,
            "name": names(item.name),
            "value": names(item.value),
            "clause": item.clause,
            "certainty": item.certainty,
            "note": item.note,
            "origin": item.origin,
        }
        for group in groups
        for item in group.items
    ]


def validation(found: Drafted) -> dict[str, Any]:
    problems: list[Problem] = list(found.problems)
    return {
        "valid": not problems,
        "key": found.rule.key if found.rule else "",
        "problems": [described(problem) for problem in problems],
        "items": items_of(found.groups),
    }
