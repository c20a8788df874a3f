"""Accounting rules over the API: anybody may read those that were adopted; a text is checked for members."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from zuji.errors import ZujiError
from zuji.formats import rules
from zuji_web import gateway
from zuji_web.accounts.guards import actor_of
from zuji_web.rulebook.models import RuleVersion
from zuji_web.rulebook.queries import book, versions
from zuji_web.rulebook.queries.drafting import drafted
from zuji_web.rulebook.queries.sheets import sheet
from zuji_web.rulebook.schemas import (
    RuleDetail,
    RuleFilter,
    RuleRow,
    ValidateIn,
    ValidateOut,
    items_of,
    validation,
)

router = gateway.router("rules", public=True)


# The description lists the ways in by class name, so this one keeps the gateway's.
class OAuth2(gateway.OAuth2):
    """A token that may read may also ask by POST: a question changes nothing."""

    def access(self, request: HttpRequest) -> str:  # noqa: ARG002 - whatever the method
        return "read"


@router.get("", response=list[RuleRow], summary="List accounting rules")
@gateway.paged
def list_rules(request: HttpRequest, wanted: Query[RuleFilter]) -> Sequence[RuleVersion]:
    """The newest adopted version of every rule; the last one of those that were withdrawn."""
    return versions.rules(by=actor_of(request), search=wanted.q, standing=wanted.standing or "")


@router.get("/schema", response=dict[str, Any], summary="Read the JSON Schema of rules")
def read_schema(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """The schema (draft 2020-12) that rule files follow."""
    return rules.schema()


@router.post(
    "/validate",
    response=ValidateOut,
    summary="Check the text of a rule",
    auth=[OAuth2(gateway.SCOPE_OF_TAG["rules"]), gateway.Session()],
)
def validate_rule(request: HttpRequest, asked: ValidateIn) -> dict[str, Any]:  # noqa: ARG001
    """Every mistake with row, field and cure, against the rules in force and the factor library."""
    return validation(drafted(asked.text))


@router.get("/{str:key}", response=RuleDetail, summary="Read an accounting rule")
def read_rule(request: HttpRequest, key: str) -> dict[str, Any]:
    """A version by its key `id@version`, or the newest by its id, with every item in words."""
    by = actor_of(request)
    row = versions.by_key(key, by=by)
    found = RuleRow.from_orm(row).dict()
    try:
        rule = book.read(row)
        found |= {"source": rule.source, "items": items_of(sheet(rule, book.book())), "problems": []}
    except ZujiError as refusal:
        problems = [gateway.described(problem) for problem in refusal.problems]
        found |= {"source": str(row.document.get("source") or ""), "items": [], "problems": problems}
    return found | {
        "adoption_reason": row.adoption_reason,
        "withdrawal_reason": row.withdrawal_reason,
        "document": row.document,
        "versions": [each.key for each in versions.history(row, by=by) if each.adopted_at],
    }


@router.get("/{str:key}/yaml", response=str, summary="Read an accounting rule as YAML")
def read_yaml(request: HttpRequest, key: str) -> HttpResponse:
    """The text as it was written, byte for byte; its SHA-256 is the version's `digest`."""
    row = versions.by_key(key, by=actor_of(request))
    return HttpResponse(row.content, content_type="application/yaml; charset=utf-8")
