"""Who may do what with standards: every work area and every role, and what is nobody else's business."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.web.factories import accounts, products, standards
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import WORK_AREAS, Permission, Role
from zuji_web.standards.actions import selections
from zuji_web.standards.models import Notice, StandardRecord

pytestmark = pytest.mark.django_db

REGISTER, REVIEW = Permission.STANDARD_REGISTER, Permission.STANDARD_REVIEW
DECIDE, PROPOSE, COMMENT = (
    Permission.STANDARD_DECIDE,
    Permission.STANDARD_PROPOSE,
    Permission.STANDARD_COMMENT,
)
PREPARE, CHOOSE = Permission.SELECTION_PREPARE, Permission.SELECTION_DECIDE


class Desk:
    """A registered standard, a draft in consultation with a comment, one in examination, an open year."""

    def __init__(self) -> None:
        self.offices = standards.Offices()
        self.standard = standards.registered(standards.local())
        self.draft = self.offices.to_consultation(standards.proposed())
        self.comment = self.offices.commented(self.draft)
        examined = self.offices.consulted(standards.proposed())
        self.examined = self.offices.take(examined, "examination", by=self.offices.secretary)
        self.review = self.offices.asked(self.examined)
        self.proposal = standards.proposed()
        year = selections.begin(year=2026, by=self.offices.secretary)
        self.candidate = selections.enter(selection=year, code="zuji:cement", by=self.offices.secretary)

    def addresses(self) -> dict[str, tuple[Permission, str]]:
        """Everything that changes something by its name, with the right that it needs."""

        def at(name: str, *args: Any) -> str:
            return reverse(f"standards:{name}", args=args)

        return {
            "register": (REGISTER, at("register")),
            "amend": (REGISTER, at("amend", self.standard.pk)),
            "answer": (REGISTER, at("answer", self.draft.pk, self.comment.pk)),
            "assign": (REGISTER, at("assign", self.examined.pk)),
            "suspend": (REGISTER, at("move", self.draft.pk, "suspended")),
            "approve": (DECIDE, at("move", self.proposal.pk, "approved")),
            "refuse": (DECIDE, at("move", self.proposal.pk, "refused")),
            "pass": (REVIEW, at("move", self.examined.pk, "approval")),
            "declare": (REVIEW, at("declare", self.examined.pk, self.review.pk)),
            "opinion": (REVIEW, at("opinion", self.examined.pk, self.review.pk)),
            "propose": (PROPOSE, at("propose")),
            "comment": (COMMENT, at("comments", self.draft.pk)),
            "begin": (PREPARE, at("begin_selection")),
            "enter": (PREPARE, at("enter_candidate", 2026)),
            "score": (PREPARE, at("score_candidate", 2026, self.candidate.pk)),
            "decide": (CHOOSE, at("decide_candidate", 2026, self.candidate.pk)),
            "close": (CHOOSE, at("close_selection", 2026)),
        }


def refusals(desk: Desk, actor: Actor) -> set[str]:
    """What an actor is refused for want of a right. A proposal of others does not exist for them."""
    browser = accounts.browser(actor)
    return {
        name
        for name, (_right, address) in desk.addresses().items()
        if browser.post(address, {}).status_code in (403, 404)
    }


@pytest.mark.parametrize("area", sorted(WORK_AREAS))
def test_a_work_area_does_what_it_is_for_and_nothing_else(area: str) -> None:
    desk = Desk()
    granted = WORK_AREAS[area].permissions
    expected = {name for name, (right, _address) in desk.addresses().items() if right not in granted}
    assert refusals(desk, accounts.appointed(area)) == expected


@pytest.mark.parametrize("role", Role)
def test_a_role_proposes_and_comments_at_most(role: Role) -> None:
    desk = Desk()
    actor = accounts.member(role)
    open_to_it = {"propose"} if actor.may(PROPOSE) else set()
    open_to_it |= {"comment"} if actor.may(COMMENT) else set()
    assert refusals(desk, actor) == set(desk.addresses()) - open_to_it


def test_a_visitor_changes_nothing_and_is_asked_to_sign_in() -> None:
    desk = Desk()
    visitor = accounts.browser()
    before = list(StandardRecord.objects.values())
    for _right, address in desk.addresses().values():
        answer = visitor.post(address, {})
        # A step of a proposal that is nobody's business yet is not there at all.
        assert answer.status_code in (302, 403, 404), address
        if answer.status_code == 302:
            assert "login" in answer["Location"]
    assert list(StandardRecord.objects.values()) == before


def test_no_area_holds_both_sides_of_a_decision() -> None:
    for area in WORK_AREAS.values():
        held = set(area.permissions)
        assert not (DECIDE in held and held & {REGISTER, REVIEW})
        assert not {REGISTER, REVIEW} <= held
        assert not {PREPARE, CHOOSE} <= held


def test_a_revoked_appointment_ends_the_rights_at_once() -> None:
    desk = Desk()
    actor = accounts.appointed("standards_approver")
    browser = accounts.browser(actor)
    address = reverse("standards:move", args=[desk.proposal.pk, "approved"])
    assert browser.get(address).status_code == 200
    from django.utils import timezone

    from zuji_web.accounts.models import Appointment

    Appointment.objects.filter(user=actor.user).update(revoked_at=timezone.now())
    assert browser.get(address).status_code in (403, 404)
    assert browser.post(address, {"reason": "x"}).status_code in (403, 404)
    desk.proposal.refresh_from_db()
    assert desk.proposal.state == "proposed"


@pytest.mark.parametrize(
    "page",
    [
        lambda desk: reverse("standards:standard", args=[desk.proposal.pk]),
        lambda desk: reverse("standards:comments", args=[desk.proposal.pk]),
        lambda desk: reverse("standards:changes", args=[desk.proposal.pk]),
        lambda desk: reverse("standards:move", args=[desk.proposal.pk, "approved"]),
        lambda desk: f"/api/v1/standards/{desk.proposal.pk}",
    ],
)
def test_a_proposal_of_others_does_not_exist(page: Callable[[Desk], str]) -> None:
    desk = Desk()
    address = page(desk)
    assert accounts.browser(accounts.owner(accounts.organisation())).get(address).status_code == 404
    if not address.endswith("approved/"):
        assert accounts.browser().get(address).status_code == 404


def test_comments_reviews_and_papers_belong_to_their_standard() -> None:
    desk = Desk()
    secretary = accounts.browser(desk.offices.secretary)
    expert = accounts.browser(desk.offices.expert)
    other = desk.examined.pk
    answer = secretary.post(
        reverse("standards:answer", args=[other, desk.comment.pk]), {"answer": "accepted"}
    )
    assert answer.status_code == 404
    address = reverse("standards:opinion", args=[desk.draft.pk, desk.review.pk])
    assert expert.post(address, {"opinion": "pass", "text": "x"}).status_code == 404
    assert secretary.get(reverse("standards:paper", args=[other, 1])).status_code == 404


def test_a_notice_of_others_does_not_exist() -> None:
    standards.loaded()
    home = accounts.organisation()
    products.study(by=accounts.owner(home), product={"name": "酒", "code": str(standards.STRONG_AROMA)})
    standards.registered(standards.standard(number=standards.NATIONAL))
    notice = Notice.objects.get()
    for actor in (accounts.owner(accounts.organisation()), accounts.appointed("standards_secretariat")):
        answer = accounts.browser(actor).post(reverse("standards:note", args=[notice.pk]))
        assert answer.status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None
