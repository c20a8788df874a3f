"""What every page needs to know about the site."""

from django.conf import settings
from django.http import HttpRequest

from zuji import __version__
from zuji.formats import reference


def site(request: HttpRequest) -> dict[str, object]:
    """The operator's identity, the software version, the edition of the data, and whoever acts."""
    return {
        "site": settings.SITE,
        "software_version": __version__,
        "data_edition": reference.load().edition,
        "actor": getattr(request, "actor", None),
    }
