"""Chinese has no prefix, English lives under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from zuji_web import site
from zuji_web.api import api

handler404 = "zuji_web.site.not_found"
handler500 = "zuji_web.site.failed"
urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("allauth.idp.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", site.health, name="health"),
    path("robots.txt", site.robots, name="robots"),
    path(".well-known/security.txt", site.security, name="security"),
    *i18n_patterns(
        path("", include("zuji_web.portal.urls")),
        path("factors/", include("zuji_web.factors.urls")),
        path("databases/", include("zuji_web.databases.urls")),
        path("products/", include("zuji_web.products.urls")),
        path("standards/", include("zuji_web.standards.urls")),
        path("rules/", include("zuji_web.rulebook.urls")),
        path("", include("zuji_web.checks.urls")),
        path("grades/", include("zuji_web.grades.urls")),
        path("jobs/", include("zuji_web.jobs.urls")),
        path("organisation/", include("zuji_web.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]
