"""Chinese has no prefix, English lives under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from zuji_web.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("allauth.idp.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("", include("zuji_web.portal.urls")),
        path("factors/", include("zuji_web.factors.urls")),
        path("products/", include("zuji_web.products.urls")),
        path("jobs/", include("zuji_web.jobs.urls")),
        path("organisation/", include("zuji_web.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]
