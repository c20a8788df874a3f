"""Rules for tests, written and adopted as the platform does it."""

from itertools import count

from django.core.management import call_command
from django.utils import timezone

from tests.web.factories import accounts
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation
from zuji_web.rulebook.actions import versions
from zuji_web.rulebook.models import Origin, RuleState, RuleVersion

_numbers = count(1)


def loaded() -> None:
    """The shipped rules."""
    call_command("load_rules", verbosity=0)


def editor(*, of: Organisation | None = None) -> Actor:
    """Somebody who is appointed to write rules."""
    return accounts.appointed("rule_editor", of=of)


def approver(*, of: Organisation | None = None) -> Actor:
    """Somebody who is appointed to adopt rules."""
    return accounts.appointed("standards_approver", of=of)


def text(**rows: str) -> str:
    """A sound rule that continues the general one; `rows` replace or add top-level rows, "" drops one."""
    given = {
        "id": f"brick-{next(_numbers)}",
        "version": '"1"',
        "name": "烧结砖",
        "name_en": "Fired brick",
        "standing": "demonstration",
        "extends": "gbt24067@1",
        "source": "测试",
        "certainty": "unconfirmed",
        "unit": "1 t",
        "cut_off": "{each: 1 %, total: 5 %}",
    }
    return "".join(f"{key}: {value}\n" for key, value in (given | rows).items() if value)


def draft(content: str = "", *, by: Actor | None = None) -> RuleVersion:
    """A draft of an editor."""
    return versions.create(text=content or text(), by=by or editor())


def adopted(content: str = "", *, by: Actor | None = None) -> RuleVersion:
    """A version that an editor wrote and somebody else adopted."""
    return versions.adopt(rule=draft(content, by=by), reason="Decision 1", by=approver())


def outdated(*, origin: Origin = Origin.WRITTEN, **rows: str) -> RuleVersion:
    """An adopted rule as an earlier software accepted it: it states something that this one does not know."""
    row = RuleVersion(
        state=RuleState.ADOPTED, origin=origin, adopted_at=timezone.now(), adoption_reason="Decision 0"
    )
    versions.write(row, text(**rows) + "colour: {of: brick}\n")
    row.save()
    return row
