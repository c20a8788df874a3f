"""Expert reviews: assigned, declared, given once for each draft, never of one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.factories import accounts, standards
from zuji.errors import InvalidInput
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import Denied
from zuji_web.gateway import Conflict
from zuji_web.standards.actions import reviews
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries.procedures import moves, waiting_reviews

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices() -> standards.Offices:
    return standards.Offices()


@pytest.fixture
def record() -> StandardRecord:
    return standards.proposed()


def test_a_review_is_assigned_declared_and_given_once(
    offices: standards.Offices, record: StandardRecord
) -> None:
    offices.consulted(record)
    offices.take(record, "examination", by=offices.secretary)
    membership = Membership.objects.get(user=offices.expert.user)
    with pytest.raises(Denied):
        reviews.assign(record=record, expert=membership, by=offices.expert)
    with pytest.raises(InvalidInput):
        reviews.assign(
            record=record, expert=Membership.objects.get(user=accounts.member().user), by=offices.secretary
        )
    with pytest.raises(InvalidInput):
        offices.take(record, "approval", by=offices.expert)
    review = reviews.assign(record=record, expert=membership, by=offices.secretary)
    assert reviews.assign(record=record, expert=membership, by=offices.secretary) == review
    with pytest.raises(Conflict):
        reviews.give(review=review, opinion="pass", text="Sound", by=offices.expert)
    other = accounts.appointed("standards_expert")
    with pytest.raises(InvalidInput):
        reviews.declare(review=review, conflict="none", text="", by=other)
    with pytest.raises(InvalidInput):
        reviews.declare(review=review, conflict="declared", text="", by=offices.expert)
    reviews.declare(review=review, conflict="none", text="", by=offices.expert)
    reviews.give(review=review, opinion="revise", text="Unit missing", by=offices.expert)
    with pytest.raises(Conflict):
        reviews.give(review=review, opinion="pass", text="Sound", by=offices.expert)
    with pytest.raises(InvalidInput) as refused:
        offices.take(record, "approval", by=offices.expert)
    assert [problem.code for problem in refused.value] == ["not-passed"]
    offices.take(record, "drafting", by=offices.expert)


def test_a_draft_that_comes_again_is_reviewed_again(
    offices: standards.Offices, record: StandardRecord
) -> None:
    offices.consulted(record)
    offices.take(record, "examination", by=offices.secretary)
    first = offices.asked(record)
    reviews.declare(review=first, conflict="none", text="", by=offices.expert)
    reviews.give(review=first, opinion="revise", text="Unit missing", by=offices.expert)
    silent = accounts.appointed("standards_expert")
    idle = offices.asked(record, expert=silent)
    offices.take(record, "drafting", by=offices.expert)
    with pytest.raises(Conflict):
        reviews.declare(review=idle, conflict="none", text="", by=silent)
    until = timezone.localdate() + timedelta(days=30)
    offices.take(record, "consultation", by=offices.secretary, comments_until=until)
    StandardRecord.objects.filter(pk=record.pk).update(
        comments_until=timezone.localdate() - timedelta(days=1)
    )
    offices.take(record, "examination", by=offices.secretary)
    # What was said about the older draft neither holds the new one back nor lets it pass.
    assert not waiting_reviews(by=silent)
    with pytest.raises(InvalidInput) as refused:
        offices.take(record, "approval", by=offices.expert)
    assert {problem.code for problem in refused.value} == {"not-a-reviewer", "not-passed"}
    second = offices.asked(record)
    assert second.pk != first.pk
    assert waiting_reviews(by=offices.expert) == [second]
    assert [each.after for each in moves(record, by=offices.expert)] == []
    reviews.declare(review=second, conflict="none", text="", by=offices.expert)
    reviews.give(review=second, opinion="pass", text="The unit is there.", by=offices.expert)
    assert [each.after for each in moves(record, by=offices.expert)] == ["approval", "drafting"]
    assert offices.take(record, "approval", by=offices.expert).state == "approval"
    page = (
        accounts.browser(offices.secretary)
        .get(reverse("standards:standard", args=[record.pk]))
        .content.decode()
    )
    assert page.count("上一稿") == 2


def test_an_expert_with_a_conflict_neither_gives_an_opinion_nor_counts(
    offices: standards.Offices, record: StandardRecord
) -> None:
    offices.consulted(record)
    offices.take(record, "examination", by=offices.secretary)
    partial = accounts.appointed("standards_expert")
    held = Membership.objects.get(user=partial.user)
    review = reviews.assign(record=record, expert=held, by=offices.secretary)
    reviews.declare(review=review, conflict="declared", text="I own shares", by=partial)
    with pytest.raises(Conflict):
        reviews.give(review=review, opinion="pass", text="Sound", by=partial)
    with pytest.raises(InvalidInput):
        offices.take(record, "approval", by=partial)
    neutral = reviews.assign(
        record=record, expert=Membership.objects.get(user=offices.expert.user), by=offices.secretary
    )
    reviews.declare(review=neutral, conflict="none", text="", by=offices.expert)
    reviews.give(review=neutral, opinion="pass", text="Sound", by=offices.expert)
    assert offices.take(record, "approval", by=offices.expert).state == "approval"
