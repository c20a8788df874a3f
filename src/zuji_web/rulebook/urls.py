from django.urls import path

from zuji_web.rulebook.views import editor, reading, steps

app_name = "rulebook"
_ONE = "<uuid:rule_id>/"
urlpatterns = [
    path("", reading.rule_list, name="list"),
    path("schema.json", reading.schema, name="schema"),
    path("new/", editor.create, name="create"),
    path("problems/", editor.problems, name="problems"),
    path("key/<str:key>/", reading.by_key, name="key"),
    path(_ONE, reading.rule, name="rule"),
    path(f"{_ONE}rule.yaml", reading.download, name="yaml"),
    path(f"{_ONE}difference/<uuid:other_id>/", reading.difference, name="difference"),
    path(f"{_ONE}edit/", editor.edit, name="edit"),
    path(f"{_ONE}new-version/", steps.new_version, name="new_version"),
    path(f"{_ONE}delete/", steps.delete, name="delete"),
    path(f"{_ONE}adopt/", steps.adopt, name="adopt"),
    path(f"{_ONE}withdraw/", steps.withdraw, name="withdraw"),
]
