"""State tables: which states a thing passes through, which steps are open, who takes them, under what guard.

A guard is named here and answered elsewhere, by `zuji.rules.lifecycle.guards` or by the application that
holds the facts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from zuji.errors import InvalidInput, Problem, problem, raise_all
from zuji.text import Text


class WorkArea(StrEnum):
    """Who takes a step."""

    ENTERPRISE = "enterprise"
    PROPOSER = "proposer"
    DRAFTER = "drafter"
    SECRETARIAT = "secretariat"
    EXPERT = "expert"
    DEPARTMENT = "department"
    REGULATOR = "regulator"
    REVIEWER = "reviewer"
    VERIFIER = "verifier"
    CALENDAR = "calendar"


WORK_AREA_NAMES: dict[WorkArea, Text] = {
    WorkArea.ENTERPRISE: Text("企业", "Enterprise"),
    WorkArea.PROPOSER: Text("提出单位", "Proposer"),
    WorkArea.DRAFTER: Text("起草组", "Drafters"),
    WorkArea.SECRETARIAT: Text("标准秘书处", "Standards secretariat"),
    WorkArea.EXPERT: Text("审查专家", "Expert reviewers"),
    WorkArea.DEPARTMENT: Text("行业主管部门", "Line department"),
    WorkArea.REGULATOR: Text("市场监管部门", "Market regulator"),
    WorkArea.REVIEWER: Text("内部复核员", "Internal reviewer"),
    WorkArea.VERIFIER: Text("核查机构", "Verification body"),
    WorkArea.CALENDAR: Text("到期自动", "By date"),
}


class Guard(StrEnum):
    """What must be true before a step."""

    NOT_COVERED = "not_covered"  # no higher standard covers the scope
    COVERED = "covered"  # one does
    COMMENTS_ANSWERED = "comments_answered"
    REASON = "reason"
    IN_FORCE_DAY = "in_force_day"  # its day has come
    REVIEW_DUE = "review_due"
    LINKED = "linked"  # predecessor and successor name each other
    HIGHER_ISSUED = "higher_issued"  # a national standard that covers it is issued
    WITHDRAWAL_DAY = "withdrawal_day"
    COMPLETE = "complete"
    CALCULATED = "calculated"
    CONFORMS = "conforms"
    OTHER_PERSON = "other_person"  # not the one who submitted
    SNAPSHOT = "snapshot"  # inputs, factors, rule and software are recorded and hashed
    ENOUGH_SAMPLES = "enough_samples"
    ORDERED = "ordered"  # benchmark ≤ base ≤ limit


@dataclass(frozen=True, slots=True)
class State:
    """A state by its code. In a `final` one nothing more happens."""

    code: str
    name: Text
    final: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """An open step from one state to another."""

    source: str
    target: str
    name: Text
    who: WorkArea
    guards: tuple[Guard, ...] = ()


class StateTable:
    """States and steps of one kind of thing. `initial` is where it begins."""

    def __init__(self, name: Text, initial: str, states: Collection[State], steps: Collection[Step]) -> None:
        """Raises `InvalidInput` for steps between unknown states, double steps and states out of reach."""
        self.name = name
        self.initial = initial
        self.states = {state.code: state for state in states}
        self.steps = tuple(steps)
        raise_all(self._faults(len(states)))

    def state(self, code: str) -> State:
        """The state; raises `InvalidInput` for an unknown code."""
        found = self.states.get(code)
        if found is None:
            raise InvalidInput(self._unknown(code))
        return found

    def next(self, code: str) -> tuple[Step, ...]:
        """The steps that are open in a state, in the order of the table."""
        return tuple(step for step in self.steps if step.source == self.state(code).code)

    def may(self, source: str, target: str) -> Step | None:
        """The step between two states, or None where there is none."""
        return next((step for step in self.next(source) if step.target == self.state(target).code), None)

    def refusal(self, source: str, target: str) -> Problem | None:
        """Why a step is not open, naming those that are; None where it is."""
        if self.may(source, target):
            return None
        open_steps = [self.states[step.target].name for step in self.next(source)]
        begun, wanted = self.state(source).name, self.state(target).name
        return problem(
            "step",
            f"{self.name.zh}不能从“{begun.zh}”到“{wanted.zh}”",
            f"{self.name.en} cannot go from “{begun.en}” to “{wanted.en}”",
            cure_zh=f"可行的下一步：{'、'.join(name.zh for name in open_steps) or '无'}",
            cure_en=f"steps that are open: {', '.join(name.en for name in open_steps) or 'none'}",
        )

    def reachable(self, code: str) -> frozenset[str]:
        """Every state that can follow, near or far; the state itself only where it can come back."""
        found: set[str] = set()
        open_states = [code]
        while open_states:
            for step in self.next(open_states.pop()):
                if step.target not in found:
                    found.add(step.target)
                    open_states.append(step.target)
        return frozenset(found)

    def _faults(self, listed: int) -> list[Problem]:
        pairs = [(step.source, step.target) for step in self.steps]
        known = {self.initial, *(code for pair in pairs for code in pair)}
        problems = [self._unknown(code) for code in sorted(known - self.states.keys())]
        if problems:
            return problems
        ends = {source for source, _target in pairs}
        sound = (
            listed == len(self.states)
            and len(set(pairs)) == len(pairs)
            and {self.initial, *self.reachable(self.initial)} == self.states.keys()
            and all(state.final != (state.code in ends) for state in self.states.values())
        )
        if sound:
            return []
        return [
            problem(
                "state-table",
                f"{self.name.zh}的状态表有重复、不可到达或没有出路的状态",
                f"the state table of {self.name.en} has states that are double, out of reach or without exit",
                cure_zh="请改正状态表",
                cure_en="correct the state table",
            )
        ]

    def _unknown(self, code: str) -> Problem:
        return problem(
            "unknown-state",
            f"{self.name.zh}没有状态“{code}”",
            f"{self.name.en} has no state “{code}”",
            cure_zh=f"请从以下选择：{', '.join(self.states)}",
            cure_en=f"choose one of: {', '.join(self.states)}",
        )
