from django.urls import path

from zuji_web.checks.views import preview, rechecks, studies

app_name = "checks"
urlpatterns = [
    path("products/<uuid:study_id>/check/", studies.check, name="check"),
    path("products/<uuid:study_id>/rules/", studies.several, name="several"),
    path("rules/preview/", preview.preview, name="preview"),
    path("rules/<uuid:rule_id>/begin/", studies.begin, name="begin"),
    path("rules/<uuid:rule_id>/recheck/", rechecks.begin, name="recheck_begin"),
    path("rules/rechecks/<uuid:recheck_id>/", rechecks.recheck, name="recheck"),
]
