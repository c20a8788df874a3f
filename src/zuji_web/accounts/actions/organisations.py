"""Registering an organisation and keeping its particulars."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from zuji.errors import Place, ZujiError, raise_all
from zuji.model.credit_codes import credit_code_problems, tidy_credit_code
from zuji_web.accounts.actors import Actor, of_user
from zuji_web.accounts.models import Membership, Organisation
from zuji_web.accounts.permissions import Denied, Permission, Role
from zuji_web.audit.actions import record
from zuji_web.wording import said, told


class AlreadyRegistered(ZujiError):
    """The organisation has an account; nothing more is said about it."""


PARTICULARS = ("name", "name_en", "kind", "region", "address")


@transaction.atomic
def register(*, credit_code: str, by: Actor, **particulars: str) -> Organisation:
    """A new organisation with the acting person as its owner. Raises when the code is wrong or taken."""
    if by.user is None:
        raise Denied(Permission.ORGANISATION_EDIT)
    raise_all(credit_code_problems(credit_code))
    organisation = Organisation(credit_code=tidy_credit_code(credit_code), **_known(particulars))
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as error:
        raise _already_registered() from error
    Membership.objects.create(user=by.user, organisation=organisation, role=Role.OWNER)
    owner = of_user(by.user, str(organisation.pk))
    record(
        action="organisation.register",
        subject=organisation,
        by=owner,
        payload={"name": organisation.name, "credit_code": organisation.credit_code},
    )
    return organisation


@transaction.atomic
def describe(*, organisation: Organisation, by: Actor, **particulars: str) -> Organisation:
    """The organisation with new particulars; the credit code stays, for it says who it is."""
    by.require(Permission.ORGANISATION_EDIT, organisation)
    before = {name: getattr(organisation, name) for name in PARTICULARS}
    changed = {name: value for name, value in _known(particulars).items() if value != before[name]}
    if changed:
        for name, value in changed.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=list(changed))
        record(
            action="organisation.describe",
            subject=organisation,
            by=by,
            payload={"before": {name: before[name] for name in changed}, "after": changed},
        )
    return organisation


def _known(particulars: dict[str, str]) -> dict[str, str]:
    if strange := set(particulars) - set(PARTICULARS):
        raise TypeError(f"no such particulars: {sorted(strange)}")
    return particulars


def _already_registered() -> AlreadyRegistered:
    return AlreadyRegistered(
        told(
            "organisation_exists",
            said(_("This organisation is already registered")),
            said(_("Ask its administrator for an invitation")),
            Place(field="credit_code"),
        )
    )
