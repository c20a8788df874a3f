"""Confirming which factor a line means. A person does it; the organisation remembers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place
from zuji.model.factors import Factor
from zuji.search.names import item_key
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.products import drafts
from zuji_web.products.actions.edits import edit, locked_draft
from zuji_web.products.models import ConfirmedMatch, ProductStudy
from zuji_web.products.operations import Operation
from zuji_web.products.queries import matching
from zuji_web.wording import said, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A line and the factor that a person chose for it.

    `role` names a factor of the recycling formula, or the grid factor at the place of use of electricity.
    """

    line: str
    factor: str
    role: str = ""


@transaction.atomic
def confirm(
    *, study: ProductStudy, choices: Sequence[Choice], by: Actor, base: int | None = None
) -> ProductStudy:
    """The study with the chosen factors set as one step, and the choices remembered for the organisation.

    Refuses all of them when one may not stand: grid CO2 factors, mere information, units that do not fit.
    """
    by.require(Permission.MATCH_CONFIRM, study.organisation)
    present = locked_draft(study=study, by=by)
    rows = {line["id"]: line for _process, line in drafts.lines(present.document)}
    steps: list[Operation] = []
    for choice in choices:
        steps += _operations(rows, choice, present.organisation_id)
    changed = edit(study=study, operations=steps, by=by, base=base)
    _remember([(rows[choice.line], choice.factor) for choice in choices if not choice.role], by)
    payload = {"choices": [[choice.line, choice.factor, choice.role] for choice in choices]}
    record(action="match.confirm", subject=changed, by=by, payload=payload)
    return changed


def _operations(rows: dict[str, dict[str, Any]], choice: Choice, of: UUID) -> list[Operation]:
    line = rows.get(choice.line)
    if line is None:
        raise Conflict(
            told(
                "gone-meanwhile",
                said(_("This record no longer exists")),
                said(_("Load the study again; somebody may have deleted the record")),
                Place(line=choice.line),
            )
        )
    roles = (*matching.RECYCLING_ROLES, matching.LOCATION_ROLE)
    if choice.role and choice.role not in roles:
        raise InvalidInput(
            told(
                "unknown-role",
                said(_("A line has no factor in the role “%(role)s”"), role=choice.role[:40]),
                said(_("Known are: %(roles)s"), roles=", ".join(roles)),
                Place(line=choice.line, field="factor"),
            )
        )
    factor = matching.factor(choice.factor, choice.line, of=of)
    matching.check(factor, line, choice.role)
    return _in_role(line, factor, choice.role) if choice.role else _main(line, factor)


def _main(line: dict[str, Any], factor: Factor) -> list[Operation]:
    """The factor in its present version; a factor of the line's own gives way."""
    values = {"factor": factor.id, "factor_version": factor.version, "stated": None}
    return [
        {"op": "set", "path": ["lines", line["id"], key], "value": value, "was": line.get(key)}
        for key, value in values.items()
    ]


def _in_role(line: dict[str, Any], factor: Factor, role: str) -> list[Operation]:
    """The factor inside the line's detail, where its role has a place."""
    path = ("electricity", "location_factor") if role == matching.LOCATION_ROLE else ("recycling", role)
    detail = line.get(path[0])
    was = detail.get(path[1]) if isinstance(detail, dict) else None
    return [{"op": "set", "path": ["lines", line["id"], *path], "value": factor.id, "was": was}]


def _remember(pairs: Sequence[tuple[dict[str, Any], str]], by: Actor) -> None:
    """What each item means to the organisation from now on."""
    newest: dict[tuple[str, str], str] = {}
    for line, factor_id in pairs:
        text = item_key(str(line.get("item", "")))[:200]
        if text:
            newest[str(line.get("kind", ""))[:24], text] = factor_id
    ConfirmedMatch.objects.bulk_create(
        [
            ConfirmedMatch(
                organisation=by.organisation, kind=kind, text=text, factor_id=factor_id, confirmed_by=by.user
            )
            # Always in the same order, so that two people who confirm at once wait for one another in turn.
            for (kind, text), factor_id in sorted(newest.items())
        ],
        update_conflicts=True,
        unique_fields=["organisation", "kind", "text"],
        update_fields=["factor_id", "confirmed_by", "confirmed_at"],
    )
