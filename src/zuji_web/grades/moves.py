"""The steps that people take with a set of thresholds here: by which right, and what the form asks for.

Which steps there are, and what guards them, is the table `zuji.rules.lifecycle.THRESHOLD_LIFECYCLE`. A
published set comes into force with its day, and a newer one ends it when that is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.rules.lifecycle import THRESHOLD_LIFECYCLE, Step
from zuji.text import Text
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.grades import states

FACTS: Mapping[str, tuple[str, ...]] = {
    states.CONSULTED: ("comments_until",),
    states.PUBLISHED: ("in_force",),
}
_BY_TIME = frozenset({states.IN_FORCE, states.REVISED})


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the table with the right it needs here."""

    step: Step

    @property
    def after(self) -> str:
        return self.step.target

    @property
    def name(self) -> Text:
        return self.step.name

    @property
    def right(self) -> Permission:
        """Publishing is the decision; all before it prepares it."""
        if self.after == states.PUBLISHED:
            return Permission.THRESHOLD_APPROVE
        return Permission.THRESHOLD_DERIVE

    @property
    def facts(self) -> tuple[str, ...]:
        return FACTS.get(self.after, ())


def move(before: str, after: str) -> Move | None:
    """The step between two states that somebody may take, None where there is none."""
    if before not in THRESHOLD_LIFECYCLE.states or after not in THRESHOLD_LIFECYCLE.states:
        return None
    step = THRESHOLD_LIFECYCLE.may(before, after)
    return None if step is None or after in _BY_TIME else Move(step)


def moves(before: str, *, by: Actor) -> list[Move]:
    """The steps from a state that the actor has the right to take."""
    found = (move(before, step.target) for step in THRESHOLD_LIFECYCLE.next(before))
    return [each for each in found if each is not None and by.may(each.right)]
