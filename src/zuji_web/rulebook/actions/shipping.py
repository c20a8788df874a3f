"""The rules that come with the software, in the book once."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from zuji.formats import reference, rules
from zuji_web.audit.actions import Actor, record
from zuji_web.rulebook.actions.versions import write
from zuji_web.rulebook.models import Origin, RuleState, RuleVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What loading did; `kept` are keys whose shipped text is another one than was loaded before."""

    added: int
    unchanged: int
    kept: tuple[str, ...]


def texts() -> Iterator[str]:
    """The shipped rules as they were written, with their remarks."""
    for path in sorted((reference.default_directory() / "rules").glob("*.yaml")):
        if not path.name.endswith(rules.PROVENANCE):
            yield path.read_text(encoding="utf-8")


@transaction.atomic
def load_shipped(*, by: Actor) -> Loaded:
    """Every shipped rule as an adopted version. One that is there already stays as it was loaded."""
    held = {row.key: row for row in RuleVersion.objects.exclude(state=RuleState.DRAFT)}
    added: list[RuleVersion] = []
    unchanged = 0
    kept = []
    for text in texts():
        row = RuleVersion(
            state=RuleState.ADOPTED, origin=Origin.SHIPPED, adopted_at=timezone.now(), adoption_reason=""
        )
        write(row, text)
        before = held.get(row.key)
        if before is None:
            row.save()
            added.append(row)
        elif before.digest == row.digest:
            unchanged += 1
        else:
            kept.append(row.key)
    if added:
        record(
            action="rules.load",
            subject=added[0],
            by=by,
            payload={"added": len(added), "keys": [row.key for row in added]},
        )
    return Loaded(added=len(added), unchanged=unchanged, kept=tuple(kept))
