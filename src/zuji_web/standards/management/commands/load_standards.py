"""Loads the shipped registry of standards; does nothing when it is there already."""

from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zuji.errors import ZujiError
from zuji.formats.standards import registry
from zuji_web.standards.actions.registry import load_shipped


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs the command on the server."""

    name: str = "load_standards"
    identity: str = "command:load_standards"
    organisation_key: str = ""


class Command(BaseCommand):
    help = "Load the shipped standards, with their sources and certainty, into the registry."

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            loaded = load_shipped(standards=registry(), by=Operator())
        except ZujiError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            counts = f"{loaded.added} added, {loaded.renewed} renewed, {loaded.unchanged} unchanged"
            kept = f"; amended here and kept: {', '.join(loaded.kept)}" if loaded.kept else ""
            self.stdout.write(f"standards: {counts}{kept}")
