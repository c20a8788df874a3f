"""Standards for tests, made as the platform makes them."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from tests.web.factories import accounts, products
from zuji.model.standards import Certainty, ProductCode, Scheme, Standard, StandardKind, StandardLevel
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Membership, Organisation
from zuji_web.standards import guards
from zuji_web.standards.actions import comments, procedures, registry, reviews
from zuji_web.standards.models import Comment, Notice, Review, StandardRecord

DB51 = "DB51/T 3209-2024"
NATIONAL = "GB/T 99901-2026"
STRONG_AROMA = ProductCode(Scheme.ZUJI, "baijiu-strong-aroma")
BAIJIU = ProductCode(Scheme.ZUJI, "baijiu")
_numbers = count(1)


def loaded() -> None:
    """The shipped registry."""
    call_command("load_standards", verbosity=0)


def standard(**values: Any) -> Standard:
    """A national product standard for baijiu that exists only in tests."""
    given: dict[str, Any] = {
        "number": f"GB/T 9{next(_numbers):04d}-2026",
        "name": "温室气体 产品碳足迹 量化 白酒",
        "name_en": "Carbon footprint of products: baijiu",
        "level": StandardLevel.NATIONAL,
        "kind": StandardKind.PRODUCT,
        "scope": (BAIJIU,),
        "issued": date(2026, 6, 1),
        "in_force": date(2027, 1, 1),
        "source": "Test",
        "certainty": Certainty.SEEN,
    }
    return Standard(**given | values)


def local(**values: Any) -> Standard:
    """A local product standard for strong-aroma baijiu of Sichuan."""
    given: dict[str, Any] = {
        "number": f"DB51/T 9{next(_numbers):04d}-2024",
        "name": "白酒",
        "level": StandardLevel.LOCAL,
        "region": "CN-SC",
        "scope": (STRONG_AROMA,),
        "issued": date(2024, 12, 3),
        "in_force": date(2024, 12, 29),
    }
    return standard(**given | values)


def registered(one: Standard | None = None, *, by: Actor | None = None) -> StandardRecord:
    """A standard that the secretariat entered."""
    return registry.register(standard=one or standard(), by=by or accounts.appointed("standards_secretariat"))


def proposal(**values: Any) -> procedures.Proposal:
    """A proposal for a local standard on vanadium-titanium, which no standard covers."""
    given: dict[str, Any] = {
        "name": "钒钛产品碳足迹",
        "level": StandardLevel.LOCAL,
        "kind": StandardKind.PRODUCT,
        "scope": (ProductCode(Scheme.ZUJI, "vanadium-titanium"),),
        "purpose": "No rule covers these products.",
        "region": "CN-SC",
    }
    return procedures.Proposal(**given | values)


def proposed(*, by: Actor | None = None, **values: Any) -> StandardRecord:
    """A procedure that an enterprise's owner began."""
    return procedures.propose(proposal=proposal(**values), by=by or accounts.owner(accounts.organisation()))


def given(**values: Any) -> guards.Given:
    """What is brought with a step, with a reason and a document."""
    return guards.Given(**{"on": timezone.localdate(), "reason": "Reason", "document": "Minutes 1", **values})


class Offices:
    """The province's people: one of each area, in departments of their own."""

    def __init__(self) -> None:
        self.secretary = accounts.appointed("standards_secretariat")
        self.expert = accounts.appointed("standards_expert")
        self.approver = accounts.appointed("standards_approver")

    def take(self, record: StandardRecord, after: str, *, by: Actor, **values: Any) -> StandardRecord:
        procedures.step(record=record, after=after, by=by, given=given(**values))
        record.refresh_from_db()
        return record

    def to_consultation(self, record: StandardRecord) -> StandardRecord:
        """From the proposal into a consultation of thirty days."""
        self.take(record, "approved", by=self.approver)
        self.take(record, "drafting", by=self.secretary)
        until = timezone.localdate() + timedelta(days=30)
        return self.take(record, "consultation", by=self.secretary, comments_until=until)

    def commented(self, record: StandardRecord) -> Comment:
        return comments.comment(record=record, text="Say what a bottle is.", by=accounts.member())

    def answered(self, comment: Comment) -> Comment:
        return comments.answer(comment=comment, answer="accepted", reason="Done in 3.2.", by=self.secretary)

    def consulted(self, record: StandardRecord) -> StandardRecord:
        """Through a consultation that is over."""
        self.to_consultation(record)
        StandardRecord.objects.filter(pk=record.pk).update(
            comments_until=timezone.localdate() - timedelta(days=1)
        )
        record.refresh_from_db()
        return record

    def asked(self, record: StandardRecord, *, expert: Actor | None = None) -> Review:
        """A review of the draft, asked of an expert."""
        membership = Membership.objects.get(user=(expert or self.expert).user)
        return reviews.assign(record=record, expert=membership, by=self.secretary)

    def reviewed(self, record: StandardRecord) -> StandardRecord:
        """Through the review of one expert, up to approval."""
        self.take(record, "examination", by=self.secretary)
        review = self.asked(record)
        reviews.declare(review=review, conflict="none", text="", by=self.expert)
        reviews.give(review=review, opinion="pass", text="Sound.", by=self.expert)
        return self.take(record, "approval", by=self.expert)


def notice(*, of: Organisation) -> Notice:
    """A notice to an organisation about its open study."""
    by = accounts.owner(of)
    study = products.study(product={"name": of.name, "code": str(STRONG_AROMA)}, by=by)
    registered()
    return Notice.objects.get(study=study)
