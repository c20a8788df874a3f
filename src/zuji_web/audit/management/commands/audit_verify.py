"""Checks the whole hash chain: `python -m zuji_web audit_verify`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zuji_web.audit.queries import verify


class Command(BaseCommand):
    help = "Checks that no audit event was changed, removed or inserted."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = verify()
        if found.broken_at is not None:
            raise CommandError(
                _("The audit trail is broken at event %(number)s: it or its predecessor was changed.")
                % {"number": found.broken_at}
            )
        self.stdout.write(
            _("The audit trail is whole: %(count)s events, last hash %(hash)s")
            % {"count": found.events, "hash": found.last_hash}
        )
