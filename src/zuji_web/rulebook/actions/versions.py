"""Writing, adopting and withdrawing versions of rules."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from zuji.errors import InvalidInput, ZujiError
from zuji.formats import rules, yaml_tree
from zuji.model.category_rules import RuleStanding
from zuji.model.standards import Certainty
from zuji.rules.book import RuleBook
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record
from zuji_web.gateway import Conflict
from zuji_web.rulebook import refusals
from zuji_web.rulebook.models import RuleState, RuleVersion, digest_of
from zuji_web.rulebook.queries.book import GENERAL, book
from zuji_web.rulebook.queries.drafting import drafted
from zuji_web.rulebook.signals import adopted

MOST_CHARACTERS = 256 * 1024
_VERSION_ROW = re.compile(r"^version:[^\n#]*", re.MULTILINE)


@transaction.atomic
def create(*, text: str, by: Actor, previous: RuleVersion | None = None) -> RuleVersion:
    """A draft with this text, which may still have mistakes."""
    organisation = by.require(Permission.RULE_EDIT)
    row = RuleVersion(author=by.user, organisation=organisation, previous=previous)
    write(row, text)
    row.save()
    record(action="rule.create", subject=row, by=by, payload=_facts(row))
    return row


@transaction.atomic
def edit(*, rule: RuleVersion, text: str, revision: int, by: Actor) -> RuleVersion:
    """The draft with another text. Raises `Conflict` where `revision` is not the newest."""
    by.require(Permission.RULE_EDIT, rule.organisation)
    row = _draft(rule)
    if row.revision != revision:
        raise Conflict(refusals.changed_meanwhile())
    if row.text == _clean(text):
        return row
    write(row, text)
    # Whoever wrote last answers for the text, so that they do not adopt it.
    row.author = by.user
    row.revision += 1
    row.save()
    record(action="rule.edit", subject=row, by=by, payload={**_facts(row), "revision": row.revision})
    return row


@transaction.atomic
def begin_version(*, rule: RuleVersion, by: Actor) -> RuleVersion:
    """A draft that continues a version: the same text with the next free number."""
    by.require(Permission.RULE_EDIT)
    taken = set(RuleVersion.objects.filter(rule_id=rule.rule_id).values_list("version", flat=True))
    number = _next(rule.version, taken)
    text = _VERSION_ROW.sub(lambda _found: f'version: "{number}"', rule.text, count=1)
    return create(text=text, by=by, previous=rule)


@transaction.atomic
def delete(*, rule: RuleVersion, by: Actor) -> None:
    """Deletes a draft; its trail stays."""
    by.require(Permission.RULE_EDIT, rule.organisation)
    row = _draft(rule)
    record(action="rule.delete", subject=row, by=by, payload=_facts(row))
    row.delete()


@transaction.atomic
def adopt(*, rule: RuleVersion, reason: str, by: Actor) -> RuleVersion:
    """The draft in force, for good. Raises `InvalidInput` with every mistake that it still has.

    Nobody adopts what they wrote: neither the last author nor anybody who edited the draft.
    """
    by.require(Permission.RULE_ADOPT)
    row = _draft(rule)
    if wrote(row, by=by):
        raise Conflict(refusals.own_rule())
    if not reason.strip():
        raise InvalidInput(refusals.reason_missing())
    if problems := drafted(row.text).problems:
        raise InvalidInput(*problems)
    row.state = RuleState.ADOPTED
    row.adopted_by, row.adopted_at, row.adoption_reason = by.user, timezone.now(), reason.strip()[:2000]
    row.save()
    record(
        action="rule.adopt",
        subject=row,
        by=by,
        payload={**_facts(row), "reason": row.adoption_reason, "digest": row.digest},
    )
    adopted.send(sender=RuleVersion, rule=row, by=by)
    return row


@transaction.atomic
def withdraw(*, rule: RuleVersion, reason: str, by: Actor) -> RuleVersion:
    """The adopted version out of force; studies that were made under it still find it.

    Raises `Conflict` where rules in force still take over from it, or where no general rule would be left.
    """
    by.require(Permission.RULE_ADOPT)
    row = RuleVersion.objects.select_for_update().get(pk=rule.pk)
    if row.state != RuleState.ADOPTED:
        raise Conflict(refusals.not_adopted())
    if not reason.strip():
        raise InvalidInput(refusals.reason_missing())
    _let_go(row)
    row.state = RuleState.WITHDRAWN
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by.user, timezone.now(), reason.strip()[:2000]
    row.save()
    record(
        action="rule.withdraw", subject=row, by=by, payload={**_facts(row), "reason": row.withdrawal_reason}
    )
    return row


def _let_go(row: RuleVersion) -> None:
    """Refuses to take a rule away on which others in force, or studies that name none, rest."""
    rest = RuleBook(rule for rule in book() if rule.key != row.key)
    if continued := sorted(rule.key for rule in rest if rule.extends and rule.extends not in rest):
        raise Conflict(refusals.continued(row.key, continued))
    if GENERAL not in rest:
        raise Conflict(refusals.general(row.key))


def wrote(rule: RuleVersion, *, by: Actor) -> bool:
    """Whether the actor began or edited this version, by the trail."""
    from zuji_web.audit.queries import of_object

    hands = {event.actor_id for event in of_object(rule) if event.action in {"rule.create", "rule.edit"}}
    return by.identity in hands or (by.user is not None and rule.author_id == by.user.pk)


def write(row: RuleVersion, text: str) -> None:
    """Puts a text into a row, with what can be read of it beside."""
    row.text = _clean(text)
    row.digest = digest_of(row.text)
    try:
        rule = rules.load(row.content)
    except ZujiError:
        row.document = {}
        _note(row, _top(row.text))
        return
    row.document = rules.to_dict(rule)
    _note(row, row.document)


def _note(row: RuleVersion, stated: Mapping[str, object]) -> None:
    """The columns for lists, from what the text states at its top."""
    for column, key, most in (
        ("rule_id", "id", 120),
        ("version", "version", 60),
        ("name", "name", 300),
        ("name_en", "name_en", 300),
    ):
        setattr(row, column, str(stated.get(key) or "")[:most])
    standing, certainty = str(stated.get("standing", "")), str(stated.get("certainty", ""))
    row.standing = standing if standing in set(RuleStanding) else ""
    row.certainty = certainty if certainty in set(Certainty) else ""


def _top(text: str) -> Mapping[str, object]:
    try:
        tree = yaml_tree.parse(text, name="")
    except ZujiError:
        return {}
    return tree if isinstance(tree, Mapping) else {}


def _clean(text: str) -> str:
    """The text with the line ends and the last one that a file has; browsers send others."""
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput(refusals.too_large(MOST_CHARACTERS))
    return text.replace("\r\n", "\n").replace("\0", "").rstrip("\n") + "\n"


def _next(version: str, taken: set[str]) -> str:
    """The next number after a version: 1 → 2, 2025-1 → 2025-2, beta → beta-2."""
    found = re.fullmatch(r"(.*?)(\d+)", version)
    head, number = (found[1], int(found[2])) if found else (f"{version}-", 1)
    while f"{head}{number}" in taken or f"{head}{number}" == version:
        number += 1
    return f"{head}{number}"


def _draft(rule: RuleVersion) -> RuleVersion:
    row = RuleVersion.objects.select_for_update().get(pk=rule.pk)
    if row.state != RuleState.DRAFT:
        raise Conflict(refusals.not_a_draft())
    return row


def _facts(row: RuleVersion) -> dict[str, str]:
    return {"key": row.key, "name": row.name or row.name_en}
