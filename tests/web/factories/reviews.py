"""People, reviewed studies and opinions for tests, made as the platform makes them."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from tests.web.factories import accounts, products
from zuji.formats import document
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Role
from zuji_web.products.actions import opinions, reviews, snapshots, studies
from zuji_web.products.actions.opinions import Opinion
from zuji_web.products.models import ProductStudy, VerificationOpinion

CLEAN = Path(__file__).parents[2] / "golden" / "conformity" / "clean"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WHY = "The items concern details that the product does not have"


@dataclass(frozen=True)
class House:
    """An organisation with somebody in every part of a review."""

    organisation: Organisation = field(default_factory=accounts.organisation)

    def __post_init__(self) -> None:
        for name, role in (
            ("modeller", Role.MODELLER),
            ("reviewer", Role.REVIEWER),
            ("signatory", Role.SIGNATORY),
        ):
            object.__setattr__(self, name, accounts.member(role, of=self.organisation))

    modeller: Actor = field(init=False)
    reviewer: Actor = field(init=False)
    signatory: Actor = field(init=False)

    @property
    def owner(self) -> Actor:
        return accounts.owner(self.organisation)


def submitted(house: House, *lines: dict[str, Any], **values: Any) -> ProductStudy:
    """A study that waits for somebody to be asked."""
    study = products.study(*lines, by=house.modeller, **values)
    reviews.submit(study=study, by=house.modeller)
    return fresh(study)


def assigned(house: House, *lines: dict[str, Any], **values: Any) -> ProductStudy:
    """A study whose reviewer has been asked and has no interest in it."""
    study = submitted(house, *lines, **values)
    ask(house, study)
    return fresh(study)


def ask(house: House, study: ProductStudy) -> None:
    """Asks the house's reviewer, who declares to be free of interests."""
    person = house.reviewer.user
    assert person is not None
    reviews.assign(study=study, reviewer=person, by=house.modeller)
    reviews.declare(study=study, conflict=False, by=house.reviewer)


def passed(house: House, *lines: dict[str, Any], **values: Any) -> ProductStudy:
    """A study that its reviewer passed."""
    study = assigned(house, *lines, **values)
    reviews.pass_review(study=study, reasons=WHY, by=house.reviewer)
    return fresh(study)


def reviewed(house: House, *lines: dict[str, Any], **values: Any) -> ProductStudy:
    """A study that was frozen after its review."""
    study = passed(house, *lines, **values)
    snapshots.freeze(study=study, by=house.signatory)
    return fresh(study)


def clean(house: House, name: str = "cement") -> ProductStudy:
    """A draft that meets every item of the general rule: a clean study of the conformity tests."""
    written = yaml.safe_load((CLEAN / f"{name}.yaml").read_text(encoding="utf-8"))
    content = yaml.safe_dump({**written, "rule": "gbt24067@1"}, allow_unicode=True).encode()
    return studies.create_from(study=document.load(content, name=f"{name}.yaml"), by=house.modeller)


def conforming(house: House, name: str = "cement") -> ProductStudy:
    """A clean study, reviewed and frozen: it can go all the way."""
    study = clean(house, name)
    reviews.submit(study=study, by=house.modeller)
    ask(house, study)
    reviews.pass_review(study=study, by=house.reviewer)
    snapshots.freeze(study=study, by=house.signatory)
    return fresh(study)


def opinion(**values: Any) -> Opinion:
    """A positive opinion of a verification body, of today."""
    given: dict[str, Any] = {
        "kind": "verification",
        "body": "核查机构",
        "standard": "ISO 14064-3:2019",
        "level": "limited",
        "date": timezone.localdate(),
        "conclusion": "positive",
        "text": "没有发现重大差错",
        "independent": True,
    }
    return Opinion(**given | values)


def verified(house: House) -> ProductStudy:
    """A conforming study with a positive opinion."""
    study = conforming(house)
    attach(study, house)
    return fresh(study)


def attach(study: ProductStudy, house: House, **values: Any) -> VerificationOpinion:
    return opinions.attach(
        study=study, opinion=opinion(**values), name="opinion.pdf", content=PDF, by=house.signatory
    )


def version_of(study: ProductStudy, house: House) -> ProductStudy:
    """A draft that continues a frozen study."""
    return studies.new_version(study=study, by=house.modeller)


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)


def fresh(study: ProductStudy) -> ProductStudy:
    return ProductStudy.objects.get(pk=study.pk)
