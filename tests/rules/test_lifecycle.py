"""State tables: every state is reached, every step is allowed, and a rule's life keeps its guards."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.rules.registers import STRONG, standard
from zuji.errors import InvalidInput
from zuji.formats import standards as shipped
from zuji.rules.classification import code_of
from zuji.rules.lifecycle import (
    RULE_LIFECYCLE,
    STUDY_LIFECYCLE,
    THRESHOLD_LIFECYCLE,
    WORK_AREA_NAMES,
    Guard,
    State,
    StateTable,
    Step,
    WorkArea,
    guards,
)
from zuji.text import Text

TREE = shipped.tree()
TABLES = (RULE_LIFECYCLE, STUDY_LIFECYCLE, THRESHOLD_LIFECYCLE)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.initial)
def test_every_state_is_reached_and_every_end_can_be_reached_from_every_open_state(table):
    assert {table.initial, *table.reachable(table.initial)} == set(table.states)
    ends = {code for code, state in table.states.items() if state.final}
    assert ends
    for code, state in table.states.items():
        assert state.name.zh
        assert state.name.en
        if state.final:
            assert table.next(code) == ()
        else:
            assert table.reachable(code) & ends


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.initial)
def test_may_and_next_agree_and_what_is_refused_names_the_open_steps(table):
    for source in table.states:
        targets = {step.target for step in table.next(source)}
        for target in table.states:
            assert (table.may(source, target) is not None) == (target in targets)
            refused = table.refusal(source, target)
            assert (refused is None) == (target in targets)
    assert all(step.who in WORK_AREA_NAMES for step in table.steps)


def test_the_main_road_of_a_rule():
    road = ["proposed", "approved", "drafting", "consultation", "examination", "approval", "issued"]
    road += ["in_force", "review", "confirmed", "review"]
    for source, target in itertools.pairwise(road):
        assert RULE_LIFECYCLE.may(source, target)


def test_no_rule_is_issued_unanswered_or_over_a_higher_one():
    step = RULE_LIFECYCLE.may("approval", "issued")
    assert step is not None
    assert {Guard.COMMENTS_ANSWERED, Guard.NOT_COVERED} <= set(step.guards)
    assert RULE_LIFECYCLE.may("drafting", "issued") is None
    assert RULE_LIFECYCLE.may("consultation", "issued") is None
    every_way_in = [each for each in RULE_LIFECYCLE.steps if each.target == "issued"]
    assert every_way_in == [step]


def test_a_national_standard_sends_every_live_rule_toward_withdrawal():
    for code in ("issued", "in_force", "review", "confirmed", "revised"):
        step = RULE_LIFECYCLE.may(code, "to_be_withdrawn")
        assert step is not None
        assert step.guards == (Guard.HIGHER_ISSUED,)
    (last,) = RULE_LIFECYCLE.next("to_be_withdrawn")
    assert (last.target, last.who) == ("withdrawn", WorkArea.CALENDAR)


def test_a_frozen_study_never_becomes_editable_again():
    editable = {"draft", "scoped", "collecting", "modelling", "calculated"}
    assert not STUDY_LIFECYCLE.reachable("frozen") & editable
    (into,) = [step for step in STUDY_LIFECYCLE.steps if step.target == "frozen"]
    assert {Guard.OTHER_PERSON, Guard.SNAPSHOT, Guard.CONFORMS} <= set(into.guards)


def test_thresholds_are_consulted_before_they_are_published():
    assert THRESHOLD_LIFECYCLE.may("proposed", "published") is None
    step = THRESHOLD_LIFECYCLE.may("consulted", "published")
    assert step is not None
    assert Guard.COMMENTS_ANSWERED in step.guards


def test_unknown_states_are_refused():
    with pytest.raises(InvalidInput, match="draft"):
        STUDY_LIFECYCLE.may("draft", "nowhere")


def _table(states, steps) -> StateTable:
    return StateTable(
        Text("试", "a thing"),
        "a",
        [State(code, Text(code, code), code.endswith("!")) for code in states],
        [Step(*step.split(">"), Text("步", "step"), WorkArea.DRAFTER) for step in steps],
    )


@pytest.mark.parametrize(
    ("states", "steps"),
    [
        (["a", "b!"], ["a>c"]),  # unknown state
        (["a", "b!", "c!"], ["a>b!"]),  # out of reach
        (["a", "b"], ["a>b"]),  # no way out of a state that is not final
        (["a", "b!"], ["a>b!", "a>b!"]),  # double step
        (["a", "b!", "b!"], ["a>b!"]),  # double state
        (["a", "b!"], ["a>b!", "b!>a"]),  # a final state goes on
    ],
)
def test_faulty_tables_are_refused(states, steps):
    with pytest.raises(InvalidInput):
        _table(states, steps)


def test_comments_need_answers_that_say_something():
    comments = [
        guards.Comment(id="2", answer=" "),
        guards.Comment(id="1"),
        guards.Comment(id="3", answer="采纳"),
    ]
    refused = guards.comments_answered(comments)
    assert refused is not None
    assert "1, 2" in str(refused)
    assert guards.comments_answered(comments[2:]) is None


def test_a_conversion_is_known_from_both_ends():
    group = standard("T/1", "group")
    local = standard("DB51/1", "local", converted_from="T/1")
    assert guards.linked(group, local) is None
    assert guards.linked(group, standard("GB")) is not None
    assert guards.linked(group, standard("GB", replaces=("T/1",))) is None
    assert guards.conversions([local, group]) == {"T/1": ("DB51/1",)}


def test_days_and_persons():
    day = date(2026, 5, 1)
    assert guards.day_has_come(day, day) is None
    assert guards.day_has_come(day, day - timedelta(days=1)) is not None
    assert guards.day_has_come(None, day) is not None
    assert guards.another_person("a", "b") is None
    assert guards.another_person("a", "a") is not None
    assert guards.another_person("a", "") is not None
    assert guards.reason_given(" ") is not None
    assert guards.reason_given("范围重复") is None


def test_the_review_falls_due_after_the_years_of_the_parameter():
    parameter = shipped.parameters()["review.years"]
    years = int(parameter.value)
    assert parameter.certainty.value == "unconfirmed"
    assert guards.review_due(date(2024, 12, 29), years) == date(2029, 12, 29)
    assert guards.review_due(date(2024, 2, 29), years) == date(2029, 2, 28)
    assert guards.review_due(None, years) is None


OPEN_STATES = [code for code, state in RULE_LIFECYCLE.states.items() if not state.final]


class RuleLife(RuleBasedStateMachine):
    """A local rule, met in any state, walks on while comments arrive and a national rule may be issued."""

    @initialize(start=st.sampled_from(OPEN_STATES))
    def begin(self, start: str) -> None:
        self.state = start
        self.visited = [self.state]
        self.comments: list[guards.Comment] = []
        self.registry = [standard("T/1", "group")]
        self.on = date(2026, 1, 1)
        self.in_force = date(2027, 1, 1)
        self.withdrawal: date | None = None
        self.issued_clean = True

    @precondition(lambda self: self.state == "consultation")
    @rule()
    def somebody_comments(self) -> None:
        self.comments.append(guards.Comment(id=str(len(self.comments))))

    @precondition(lambda self: self.comments)
    @rule(at=st.integers(0, 20))
    def a_comment_is_answered(self, at: int) -> None:
        number = at % len(self.comments)
        self.comments[number] = guards.Comment(id=str(number), answer="采纳")

    @rule()
    def a_national_standard_is_issued(self) -> None:
        if len(self.registry) == 1:
            begin = self.on + timedelta(days=200)
            self.registry.append(standard("GB", issued=self.on, in_force=begin))
            self.withdrawal = begin

    @rule(passed=st.integers(1, 400))
    def time_passes(self, passed: int) -> None:
        self.on += timedelta(days=passed)

    @rule(data=st.data(), tries=st.integers(1, 4))
    def steps_are_tried(self, data: st.DataObject, tries: int) -> None:
        for _ in range(tries):
            self.try_a_step(data)

    def try_a_step(self, data: st.DataObject) -> None:
        steps = RULE_LIFECYCLE.next(self.state)
        if not steps:
            return
        # Ends are drawn seldom, so that lives grow old enough to be issued and withdrawn.
        lasting = [step for step in steps if not RULE_LIFECYCLE.state(step.target).final]
        ends = not lasting or data.draw(st.integers(0, 14)) == 14
        step = data.draw(st.sampled_from(steps if ends else lasting))
        if any(self.held_back(guard) for guard in step.guards):
            return
        if step.target == "issued":
            self.issued_clean = all(each.answer for each in self.comments) and len(self.registry) == 1
        self.state = step.target
        self.visited.append(step.target)

    def held_back(self, guard: Guard) -> bool:
        answers = {
            Guard.NOT_COVERED: lambda: guards.not_covered(self.registry, TREE, [code_of(STRONG)], self.on),
            Guard.COMMENTS_ANSWERED: lambda: guards.comments_answered(self.comments),
            Guard.IN_FORCE_DAY: lambda: guards.day_has_come(self.in_force, self.on),
            Guard.WITHDRAWAL_DAY: lambda: guards.day_has_come(self.withdrawal, self.on),
            Guard.HIGHER_ISSUED: lambda: None if len(self.registry) > 1 else "no higher standard",
        }
        return guard in answers and answers[guard]() is not None

    @invariant()
    def only_open_steps_were_taken(self) -> None:
        for source, target in itertools.pairwise(self.visited):
            assert RULE_LIFECYCLE.may(source, target) is not None

    @invariant()
    def nothing_was_issued_with_open_comments_or_over_a_national_rule(self) -> None:
        assert self.issued_clean

    @invariant()
    def a_local_rule_marked_for_withdrawal_waits_for_the_national_day(self) -> None:
        if self.visited[-2:] == ["to_be_withdrawn", "withdrawn"]:
            assert self.withdrawal is not None
            assert self.withdrawal <= self.on


TestRuleLife = RuleLife.TestCase
