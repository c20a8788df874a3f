"""The effects of a standard as the registry shows them: differences by date, before and after."""

from dataclasses import dataclass, replace
from datetime import date

from zuji.formats.standards import tree
from zuji.model.standards import ProductCode, Standard
from zuji.rules.supersession import DatedDifference, effects
from zuji_web.accounts.actors import Actor
from zuji_web.standards import states
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries.registry import by_number, shelf, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From `day` on another standard governs a product in a region; numbers, empty for none."""

    product: ProductCode
    region: str
    day: date
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a standard changes. `preview`: it is no law, so nothing is set off and this is only shown."""

    changes: tuple[Change, ...]
    displaced: tuple[StandardRecord, ...]
    examined: tuple[StandardRecord, ...]
    blocks: bool
    preview: bool


def changes_of(record: StandardRecord) -> Changes:
    """Differences that a standard makes against a registry without it.

    Withdrawals that were decided because of it are read as not decided, so that before is before.
    """
    standard = record.to_standard()
    because = set(record.displaces.values_list("record__number", flat=True))
    others = [_undone(each, standard) if each.number in because else each for each in shelf()]
    # A local standard changes what holds in its province, whether or not it displaces anything there.
    found = effects(others, tree(), standard, regions=[standard.region] if standard.region else [])
    rows = by_number(
        [each.standard.number for each in found.withdrawals] + [e.number for e in found.examined]
    )
    return Changes(
        changes=tuple(change for difference in found.differences for change in _turns(difference)),
        displaced=tuple(rows[each.standard.number] for each in found.withdrawals),
        examined=tuple(rows[each.number] for each in found.examined),
        blocks=bool(found.blocked) and states.is_law(standard),
        preview=not states.is_law(standard),
    )


def _undone(old: Standard, new: Standard) -> Standard:
    """An older standard without the end that the newer one brought it."""
    late = new.issued or new.in_force
    ends = old.withdrawn is not None and (late is None or old.withdrawn > late)
    return replace(old, withdrawn=None) if ends else old


def _turns(difference: DatedDifference) -> list[Change]:
    """The days on which the answer after the change differs from the answer that would hold without it."""
    turns = []
    shown = ("", "")
    for interval in difference.intervals:
        before = interval.before.number if interval.before else ""
        after = interval.after.number if interval.after else ""
        if interval.changed and interval.begin is not None and (before, after) != shown:
            turns.append(
                Change(
                    product=difference.product,
                    region=difference.region,
                    day=interval.begin,
                    before=before,
                    after=after,
                )
            )
        shown = (before, after)
    return turns


def stopped_by(record: StandardRecord, *, by: Actor) -> list[StandardRecord]:
    """Local procedures under way that a standard stops, as far as the actor may see them."""
    if not states.is_law(record.to_standard()) or record.level not in ("national", "industry"):
        return []
    under_way = visible(by=by).filter(number="", state__in=states.UNDER_WAY, level="local")
    products = tree()
    return [
        row
        for row in under_way
        if row.codes and all(products.covers_any(record.codes, [code]) for code in row.codes)
    ]
