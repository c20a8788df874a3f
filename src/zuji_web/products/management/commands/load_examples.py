"""Loads the worked examples as demonstration studies; does nothing when they are there already."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zuji.errors import ZujiError
from zuji.formats import document
from zuji_web.products.actions import demonstrations


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs the command on the server."""

    name: str = "load_examples"
    identity: str = "command:load_examples"
    organisation_key: str = ""


class Command(BaseCommand):
    help = "Load the worked examples, which everybody may read and nobody may change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--directory", type=Path, default=Path(settings.ROOT) / "examples")

    def handle(self, *_args: Any, **options: Any) -> None:
        paths = sorted(options["directory"].glob("*.yaml"))
        if not paths:
            raise CommandError(f"no .yaml files in {options['directory']}")
        try:
            studies = {path.name: document.load(path.read_bytes(), name=path.name) for path in paths}
            loaded = demonstrations.load(studies=studies, by=Operator())
        except ZujiError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            counts = f"{loaded.added} added, {loaded.renewed} renewed, {loaded.unchanged} unchanged"
            self.stdout.write(f"examples: {counts}")
