"""Prints the API's description: `python -m zuji_web openapi > docs/openapi.json`."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string
from django.utils.translation import override


class Command(BaseCommand):
    help = "Prints the OpenAPI description of the API."

    def handle(self, *_args: Any, **_options: Any) -> None:
        # By name: the API is made of all apps, so no app imports it.
        api = import_string("zuji_web.api.api")
        with override("en"):
            document = api.get_openapi_schema()
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True))
