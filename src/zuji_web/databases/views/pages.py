"""What every page of a version shows around its own content."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.databases.models import DatabaseVersion

_TABS = ("version", "products", "health", "ledger", "changes", "files")


def frame(request: HttpRequest, version: DatabaseVersion, active: str) -> dict[str, Any]:
    """The version, its tabs, and what whoever looks may do."""
    by = actor_of(request)
    words = {
        "version": _("Overview"),
        "products": _("Products"),
        "health": _("Health"),
        "ledger": _("How it was read"),
        "changes": _("Changes"),
        "files": _("Download"),
    }
    home = version.database.organisation
    return {
        "database": version.database,
        "version": version,
        "tabs": [
            {
                "url": reverse(f"databases:{name}", args=[version.database_id, version.number]),
                "label": words[name],
                "active": name == active,
            }
            for name in _TABS
        ],
        "own": by.organisation is not None and by.organisation == home,
        "may_import": by.may(Permission.DATABASE_IMPORT, home),
        "may_share": by.may(Permission.DATABASE_SHARE, home),
        "may_offer": by.may(Permission.FACTOR_CREATE),
    }
