"""The steps that people take with a standard here: by which right, and what the form asks for.

Which steps there are, and what guards them, is the table `zuji.rules.lifecycle.RULE_LIFECYCLE`. Steps that
time takes are computed (`states.on`); a withdrawal is decided before its day comes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.rules.lifecycle import RULE_LIFECYCLE, Guard, Step, WorkArea
from zuji.text import Text
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.standards.models import StandardRecord

RIGHTS: Mapping[WorkArea, Permission] = {
    WorkArea.SECRETARIAT: Permission.STANDARD_REGISTER,
    WorkArea.DRAFTER: Permission.STANDARD_REGISTER,
    WorkArea.REGULATOR: Permission.STANDARD_DECIDE,
    WorkArea.EXPERT: Permission.STANDARD_REVIEW,
    # The day ends a standard; that it shall, and on which day, is a decision.
    WorkArea.CALENDAR: Permission.STANDARD_DECIDE,
}
# What a step fixes, beside its reason and its paper.
FACTS: Mapping[str, tuple[str, ...]] = {
    "consultation": ("comments_until",),
    "issued": ("number", "issued", "in_force"),
    "withdrawn": ("withdrawn",),
}
# The way to an issued standard, and to its end once that is due; other steps lead back or aside.
_FORWARD = frozenset(
    {
        ("proposed", "approved"),
        ("approved", "drafting"),
        ("drafting", "consultation"),
        ("consultation", "examination"),
        ("examination", "approval"),
        ("approval", "issued"),
        ("suspended", "drafting"),
        ("review", "confirmed"),
        ("to_be_withdrawn", "withdrawn"),
    }
)
_BY_TIME = frozenset({"in_force"})


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the table with the right it needs here."""

    step: Step
    right: Permission

    @property
    def after(self) -> str:
        return self.step.target

    @property
    def forward(self) -> bool:
        return (self.step.source, self.step.target) in _FORWARD

    @property
    def needs_reason(self) -> bool:
        return Guard.REASON in self.step.guards or self.after == "withdrawn"

    @property
    def name(self) -> Text:
        return self.step.name

    @property
    def facts(self) -> tuple[str, ...]:
        return FACTS.get(self.after, ())


def move(before: str, after: str) -> Move | None:
    """The step between two states that somebody may take, None where there is none."""
    if after not in RULE_LIFECYCLE.states or after in _BY_TIME:
        return None
    step = RULE_LIFECYCLE.may(before, after)
    if step is None:
        return None
    return Move(step, RIGHTS[step.who])


def open_moves(before: str) -> tuple[Move, ...]:
    """Every step from a state that somebody may take."""
    found = (move(before, step.target) for step in RULE_LIFECYCLE.next(before))
    return tuple(each for each in found if each is not None)


def allowed(each: Move, record: StandardRecord, *, by: Actor) -> bool:
    """Whether the actor has the right; whoever submitted a proposal may also hand in its drafts."""
    if by.may(each.right):
        return True
    drafts = each.step.who is WorkArea.DRAFTER and record.submitter is not None
    return drafts and by.may(Permission.STANDARD_PROPOSE, record.submitter)
