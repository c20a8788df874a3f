"""Appoints a member to a work area: `python -m zuji_web appoint EMAIL CREDIT_CODE AREA --reason "..."`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zuji.errors import ZujiError
from zuji_web.accounts.actions.appointments import OPERATOR, appoint
from zuji_web.accounts.models import Membership
from zuji_web.accounts.permissions import WORK_AREAS


class Command(BaseCommand):
    help = "Appoints a member of an organisation to a work area of the province."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("credit_code")
        parser.add_argument("area", choices=sorted(WORK_AREAS))
        parser.add_argument("--reason", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        membership = Membership.objects.filter(
            user__email=options["email"].lower(), organisation__credit_code=options["credit_code"].upper()
        ).first()
        if membership is None:
            raise CommandError(
                _("%(email)s is no member of the organisation %(code)s; invite them first.")
                % {"email": options["email"], "code": options["credit_code"]}
            )
        try:
            made = appoint(membership=membership, area=options["area"], reason=options["reason"], by=OPERATOR)
        except ZujiError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(str(made))
