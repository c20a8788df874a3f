"""Samples and thresholds for tests, made as the platform makes them."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tests.web.factories import accounts, products
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import BoundaryKind
from zuji.rules.grades_methods import Threshold
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Role
from zuji_web.grades import guards
from zuji_web.grades.actions import comments, samples, sets
from zuji_web.grades.declarations import Declaration
from zuji_web.grades.models import SetComment, StoredSample, ThresholdSet
from zuji_web.grades.queries.rules import rule
from zuji_web.grades.queries.verification import Evidence
from zuji_web.products.actions import opinions, reviews, snapshots
from zuji_web.products.models import ProductStudy

RULE = "baijiu-strong-aroma@1"
PRODUCT = "zuji:baijiu-strong-aroma"
_numbers = count(1)


def evidence(number: str = "") -> Evidence:
    """A verification statement with a number of its own."""
    own = number or f"V-{next(_numbers)}"
    return Evidence(body="Test Verifiers", level="limited", date=date(2026, 3, 1), number=own)


def declared(
    value: float = 1.0, *, firm: str = "", tonnes: float | None = 100.0, **values: Any
) -> Declaration:
    """A verified declaration of a litre of baijiu that exists only in tests."""
    known = rule(RULE)
    assert known is not None
    given: dict[str, Any] = {
        "rule": known,
        "product": PRODUCT,
        "firm_code": firm or accounts.credit_code(),
        "value": value,
        "boundary": BoundaryKind.CRADLE_TO_GATE,
        "stages": (Stage.RAW_MATERIAL, Stage.MANUFACTURING),
        "start": date(2025, 1, 1),
        "end": date(2025, 12, 31),
        "evidence": evidence(),
        "source": "A declaration that exists only in tests",
        "production": None if tonnes is None else Quantity(tonnes, "t"),
        "accounting": "grid",
        "grid": ("country",),
        "score": 2.5,
        "coverage": 0.9,
    }
    return Declaration(**given | values)


PDF = b"%PDF-1.7\nOpinion that exists only in tests\n%%EOF\n"


def frozen(kwh: float = 2.0, *, of: Organisation | None = None, **values: Any) -> ProductStudy:
    """A study of a litre of baijiu, reviewed by a colleague and frozen; its result rises with the power."""
    home = of or accounts.organisation()
    modeller, reviewer = accounts.member(of=home), accounts.member(Role.REVIEWER, of=home)
    litre = {"product": "baijiu", "quantity": {"amount": 1.0, "unit": "L"}}
    power = products.line(
        quantity={"amount": kwh, "unit": "kWh"},
        quality={"technology": 2, "geography": 2, "time": 2, "precision": 2},
    )
    made: dict[str, Any] = {
        "product": {"name": "Baijiu of tests", "code": PRODUCT},
        "unit": {"kind": "declared", "quantity": {"amount": 1.0, "unit": "L"}},
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
        "processes": [{"id": "main", "name": "Distillery", "outputs": [litre], "lines": [power]}],
        "rule": RULE,
    }
    study = products.study(by=modeller, **made | values)
    reviews.submit(study=study, by=modeller)
    assert reviewer.user is not None
    reviews.assign(study=study, reviewer=reviewer.user, by=modeller)
    reviews.declare(study=study, conflict=False, by=reviewer)
    reviews.pass_review(study=study, by=reviewer, reasons="A study of tests.")
    snapshots.freeze(study=study, by=accounts.member(Role.SIGNATORY, of=home))
    return ProductStudy.objects.get(pk=study.pk)


def verified(kwh: float = 2.0, *, level: str = "limited", **values: Any) -> ProductStudy:
    """A frozen study with a positive verification opinion."""
    study = frozen(kwh, **values)
    opinion = opinions.Opinion(
        kind="verification",
        body="Test Verifiers",
        standard="ISO 14064-3",
        date=timezone.localdate(),
        conclusion="positive",
        text="Nothing speaks against it.",
        level=level,
        number=f"V-{next(_numbers)}",
        independent=True,
    )
    assert study.organisation is not None
    opinions.attach(
        study=study, opinion=opinion, name="o.pdf", content=PDF, by=accounts.owner(study.organisation)
    )
    return ProductStudy.objects.get(pk=study.pk)


def lent(study: ProductStudy | None = None, *, tonnes: float | None = 100.0, **values: Any) -> StoredSample:
    """The sample that a verified study becomes by its owner's consent."""
    study = study or verified()
    assert study.organisation is not None
    given_: dict[str, Any] = {"purpose": "trials", "until": None} | values
    production = None if tonnes is None else Quantity(tonnes, "t")
    return samples.offer(study=study, production=production, by=accounts.owner(study.organisation), **given_)


def confirm(offices: "Offices", sample: StoredSample) -> None:
    """The second officer's finding that the verification exists."""
    samples.examine(sample=sample, confirmed=True, reason="In the verifier's register.", by=offices.second)


def stricter() -> sets.Parameters:
    """A tenth instead of a fifth for the benchmark, with a reason."""
    return sets.Parameters(shares={Threshold.BENCHMARK: 0.1}, note="A stricter benchmark")


class Offices:
    """Who derives, who confirms what the first one entered, and who approves."""

    def __init__(self) -> None:
        self.deriver = accounts.appointed("standards_secretariat")
        self.second = accounts.appointed("standards_secretariat")
        self.approver = accounts.appointed("standards_approver")

    def entered(self, value: float = 1.0, **values: Any) -> StoredSample:
        """A declaration that nobody confirmed yet."""
        return samples.enter(declared=declared(value, **values), by=self.deriver)

    def confirmed(self, value: float = 1.0, **values: Any) -> StoredSample:
        """A declaration whose verification the second officer confirmed."""
        sample = self.entered(value, **values)
        confirm(self, sample)
        return sample

    def eleven(self, **values: Any) -> list[StoredSample]:
        """Results 1.0, 1.1 … 2.0 of eleven firms."""
        return [self.confirmed(1 + n / 10, **values) for n in range(11)]

    def begun(self, method: str = "percentile@1", **values: Any) -> ThresholdSet:
        """A set, derived from what there is."""
        plan = sets.Plan(**{"rule": RULE, "product": PRODUCT, "method": method, **values})
        return sets.begin(plan=plan, by=self.deriver)

    def take(self, one: ThresholdSet, after: str, *, by: Actor | None = None, **values: Any) -> ThresholdSet:
        """A step with reason and document."""
        actor = by or (self.approver if after == "published" else self.deriver)
        sets.step(one=one, after=after, by=actor, given=given(**values))
        one.refresh_from_db()
        return one

    def consulted(self, one: ThresholdSet | None = None) -> ThresholdSet:
        """A set before the public for thirty days."""
        one = one or self.begun()
        self.take(one, "proposed")
        return self.take(one, "consulted", comments_until=timezone.localdate() + timedelta(days=30))

    def commented(self, one: ThresholdSet, *, by: Actor | None = None) -> SetComment:
        return comments.comment(one=one, text="The limit is too strict.", by=by or accounts.member())

    def over(self, one: ThresholdSet | None = None) -> ThresholdSet:
        """A set whose consultation has ended."""
        one = self.consulted(one)
        yesterday = timezone.localdate() - timedelta(days=1)
        ThresholdSet.objects.filter(pk=one.pk).update(comments_until=yesterday)
        one.refresh_from_db()
        return one

    def published(self, one: ThresholdSet | None = None, *, on: date | None = None) -> ThresholdSet:
        """A published set, in force from today unless said otherwise."""
        return self.take(self.over(one), "published", in_force=on or timezone.localdate())


def given(**values: Any) -> guards.Given:
    """What is brought with a step, with a reason and a document."""
    return guards.Given(**{"on": timezone.localdate(), "reason": "Reason", "document": "Minutes 1", **values})
