"""Worked examples: studies of an organisation that does not exist, for everybody to read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop as _

from zuji.model.studies import Study
from zuji_web.accounts.models import Organisation, OrganisationKind
from zuji_web.audit.actions import Actor, record
from zuji_web.products import drafts
from zuji_web.products.actions.mirror import mirror
from zuji_web.products.models import ProductStudy, StudyState
from zuji_web.wording import said

# A well-formed code that no register can give out: there is no division 000000.
CREDIT_CODE = "91000000000000000K"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many examples are new, were brought up to date, or stood as they are."""

    added: int
    renewed: int
    unchanged: int


@transaction.atomic
def load(*, studies: Mapping[str, Study], by: Actor) -> Loaded:
    """The demonstration organisation with these studies, by name of their file. Does nothing twice.

    Nobody is a member of it, so nobody can change them; a frozen example stays as it was frozen.
    """
    organisation = _organisation(by)
    known = {
        drafts.text_at(study.document, "id"): study
        for study in ProductStudy.objects.select_for_update().filter(organisation=organisation)
    }
    counts = {"added": 0, "renewed": 0, "unchanged": 0}
    for name, study in studies.items():
        document = {**drafts.of_study(study), "demonstration": True}
        present = known.get(study.id)
        if present is None:
            present = ProductStudy(organisation=organisation)
            outcome = "added"
        elif present.document == document or present.state != StudyState.DRAFT:
            counts["unchanged"] += 1
            continue
        else:
            outcome = "renewed"
            present.revision += 1
        present.document = document
        mirror(present)
        present.save()
        record(
            action="study.demonstrate", subject=present, by=by, payload={"name": present.name, "file": name}
        )
        counts[outcome] += 1
    return Loaded(**counts)


def _organisation(by: Actor) -> Organisation:
    name = said(_("Worked examples (not a real company)"))
    organisation, created = Organisation.objects.get_or_create(
        credit_code=CREDIT_CODE,
        defaults={
            "name": name.zh,
            "name_en": name.en,
            "kind": OrganisationKind.ENTERPRISE,
            "demonstration": True,
        },
    )
    if created:
        record(
            action="organisation.demonstrate",
            subject=organisation,
            by=by,
            payload={"name": organisation.name},
        )
    return organisation
