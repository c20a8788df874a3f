"""The life of a study against the field's own table: whatever people try, only its steps are taken."""

import contextlib

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.web.factories import reviews
from tests.web.factories.reviews import House, fresh
from zuji.errors import ZujiError
from zuji.rules.lifecycle import STUDY_LIFECYCLE
from zuji.trust.snapshot import from_bytes, verify
from zuji_web.accounts.permissions import Denied
from zuji_web.products.actions import comments, edits, publishing, snapshots
from zuji_web.products.actions import reviews as acting
from zuji_web.products.actions.transitions import hash_of
from zuji_web.products.models import StudyState, StudyTransition
from zuji_web.products.models.reviews import FIRST_HASH
from zuji_web.products.models.studies import UNFROZEN
from zuji_web.products.queries import reviews as reading
from zuji_web.products.states import MOVES, STANDS_FOR, UNREVIEWED_FREEZE

PEOPLE = st.sampled_from(("modeller", "reviewer", "signatory", "owner"))


def test_every_state_of_the_table_is_stored_or_follows() -> None:
    stored = {code for codes in STANDS_FOR.values() for code in codes}
    computed = {"corrective", "expired"}
    assert stored | computed == set(STUDY_LIFECYCLE.states)
    assert set(STANDS_FOR) == set(StudyState)


@pytest.mark.parametrize("before", list(StudyState))
def test_a_stored_step_is_a_way_through_the_table(before: StudyState) -> None:
    steps = {(step.source, step.target) for step in STUDY_LIFECYCLE.steps}
    for after in MOVES[before]:
        ways = {(one, two) for one in STANDS_FOR[before] for two in STANDS_FOR[after]}
        assert ways & steps or (before, after) == UNREVIEWED_FREEZE


class Life(RuleBasedStateMachine):
    """Everybody tries everything; the study follows the table."""

    def __init__(self) -> None:
        super().__init__()
        self.house = House()
        self.study = reviews.clean(self.house)
        self.reviewed = False

    def attempt(self, act: object) -> None:
        with contextlib.suppress(ZujiError, Denied):
            act()  # type: ignore[operator]

    @rule(who=PEOPLE)
    def submit(self, who: str) -> None:
        self.attempt(lambda: acting.submit(study=self.study, by=getattr(self.house, who)))

    @rule(who=PEOPLE, whom=PEOPLE)
    def assign(self, who: str, whom: str) -> None:
        person = getattr(self.house, whom).user
        self.attempt(lambda: acting.assign(study=self.study, reviewer=person, by=getattr(self.house, who)))
        for review in self.study.reviews.exclude(reviewer=None):
            assert f"user:{review.reviewer_id}" != review.submitter_id
            assert f"user:{review.reviewer_id}" not in reading.authors(self.study)

    @rule(who=PEOPLE, conflict=st.booleans())
    def declare(self, who: str, conflict: bool) -> None:
        by = getattr(self.house, who)
        self.attempt(lambda: acting.declare(study=self.study, conflict=conflict, text="Kin", by=by))

    @rule(who=PEOPLE)
    def comment(self, who: str) -> None:
        self.attempt(lambda: comments.add(study=self.study, text="Why?", by=getattr(self.house, who)))

    @rule(who=PEOPLE)
    def conclude_well(self, who: str) -> None:
        before = self.study.reviews.filter(conclusion="passed").count()
        by = getattr(self.house, who)
        self.attempt(lambda: acting.pass_review(study=self.study, reasons="Fine", by=by))
        if self.study.reviews.filter(conclusion="passed").count() > before:
            assert who in {"reviewer", "owner"}
            assert not reading.open_musts(self.study)

    @rule(who=PEOPLE)
    def conclude_ill(self, who: str) -> None:
        by = getattr(self.house, who)
        self.attempt(lambda: acting.return_study(study=self.study, reasons="Not yet", by=by))

    @rule(who=PEOPLE)
    def recall(self, who: str) -> None:
        by = getattr(self.house, who)
        self.attempt(lambda: acting.recall(study=self.study, reason="Wait", by=by))

    @rule(who=PEOPLE, note=st.sampled_from(("a", "b")))
    def edit(self, who: str, note: str) -> None:
        present = fresh(self.study)
        operation = {"op": "set", "path": ["note"], "value": f"{present.revision}{note}"}
        by = getattr(self.house, who)
        self.attempt(lambda: edits.edit(study=self.study, operations=[operation], by=by))
        if present.state != StudyState.DRAFT:
            assert fresh(self.study).document == present.document

    @rule(who=PEOPLE)
    def freeze(self, who: str) -> None:
        before = reading.current(fresh(self.study))
        self.attempt(lambda: snapshots.freeze(study=self.study, by=getattr(self.house, who)))
        present = fresh(self.study)
        if present.frozen and not hasattr(self, "digest"):
            self.digest = present.snapshot.digest
            self.reviewed = before is not None
            assert before is None or before.conclusion == "passed"

    @rule(who=PEOPLE, conclusion=st.sampled_from(("positive", "correction")))
    def attach(self, who: str, conclusion: str) -> None:
        if who == "signatory":
            self.attempt(lambda: reviews.attach(self.study, self.house, conclusion=conclusion))

    @rule(who=PEOPLE)
    def file(self, who: str) -> None:
        by = getattr(self.house, who)
        self.attempt(lambda: publishing.file(study=self.study, document="1", by=by))

    @rule(who=PEOPLE)
    def disclose(self, who: str) -> None:
        by = getattr(self.house, who)
        self.attempt(lambda: publishing.disclose(study=self.study, audience="public", by=by))

    @rule(who=PEOPLE)
    def withdraw(self, who: str) -> None:
        by = getattr(self.house, who)
        self.attempt(lambda: publishing.withdraw(study=self.study, reason="Wrong", by=by))

    @invariant()
    def steps_are_of_the_table_and_chained(self) -> None:
        state, before = StudyState.DRAFT, FIRST_HASH
        for number, step in enumerate(StudyTransition.objects.filter(study=self.study).order_by("number"), 1):
            assert (step.number, step.before, step.previous_hash) == (number, state, before)
            assert step.after in MOVES[state]
            assert step.hash == hash_of(step)
            state, before = StudyState(step.after), step.hash
        assert fresh(self.study).state == state

    @invariant()
    def what_is_frozen_stays(self) -> None:
        present = fresh(self.study)
        if present.state in UNFROZEN:
            return
        assert present.snapshot.digest == self.digest
        if present.state in (StudyState.VERIFIED, StudyState.FILED, StudyState.DISCLOSED):
            assert self.reviewed

    def teardown(self) -> None:
        present = fresh(self.study)
        if present.frozen:
            assert verify(from_bytes(bytes(present.snapshot.content))) == []


class TestLife(TestCase):
    """Runs the machine, each life in a transaction of its own."""

    def test_lives(self) -> None:
        machine = Life.TestCase
        machine.settings = settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        machine("runTest").runTest()
