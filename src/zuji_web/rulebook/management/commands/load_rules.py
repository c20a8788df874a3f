"""Loads the shipped accounting rules; does nothing when they are there already."""

from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zuji.errors import ZujiError
from zuji_web.rulebook.actions.shipping import load_shipped


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs the command on the server."""

    name: str = "load_rules"
    identity: str = "command:load_rules"
    organisation_key: str = ""


class Command(BaseCommand):
    help = "Load the shipped accounting rules, with their sources and certainty, into the rule book."

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            loaded = load_shipped(by=Operator())
        except ZujiError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            self.stdout.write(f"rules: {loaded.added} added, {loaded.unchanged} unchanged")
        if loaded.kept:
            names = ", ".join(loaded.kept)
            self.stderr.write(f"rules that differ from what was loaded before, and were left alone: {names}")
