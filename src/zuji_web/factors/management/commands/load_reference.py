"""Loads the shipped reference data into the library; does nothing when it is there already."""

from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zuji.errors import ZujiError
from zuji.formats import reference
from zuji_web.factors.actions import load_edition


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs the command on the server."""

    name: str = "load_reference"
    identity: str = "command:load_reference"
    organisation_key: str = ""


class Command(BaseCommand):
    help = "Load the shipped factors, with their sources, into the factor library."

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            edition, added = load_edition(data=reference.load(), by=Operator())
        except ZujiError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            total = sum(edition.counts.values())
            self.stdout.write(f"{edition.edition}: {total} factors, {added} added")
