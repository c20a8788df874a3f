from django.urls import path

from zuji_web.standards.views import effects, overview, procedures, registry, selections

app_name = "standards"
_ONE = "<uuid:standard_id>/"
_YEAR = "selections/<int:year>/"
_CANDIDATE = f"{_YEAR}candidates/<int:candidate_id>/"
urlpatterns = [
    path("", registry.standard_list, name="list"),
    path("register/", registry.register, name="register"),
    path("governing/", registry.governing, name="governing"),
    path("coverage/", overview.coverage, name="coverage"),
    path("coverage.<str:format>", overview.coverage_file, name="coverage_file"),
    path("targets/", overview.targets, name="targets"),
    path("selections/", selections.selections, name="selections"),
    path("selections/begin/", selections.begin_selection, name="begin_selection"),
    path(_YEAR, selections.selection, name="selection"),
    path(f"{_YEAR}candidates/", selections.enter_candidate, name="enter_candidate"),
    path(f"{_CANDIDATE}score/", selections.score_candidate, name="score_candidate"),
    path(f"{_CANDIDATE}decide/", selections.decide_candidate, name="decide_candidate"),
    path(f"{_YEAR}close/", selections.close_selection, name="close_selection"),
    path("procedures/", procedures.board, name="board"),
    path("procedures/propose/", procedures.propose, name="propose"),
    path("withdrawals/", effects.withdrawals, name="withdrawals"),
    path("notices/", effects.notices, name="notices"),
    path("notices/<uuid:notice_id>/note/", effects.note, name="note"),
    path(_ONE, registry.standard, name="standard"),
    path(f"{_ONE}amend/", registry.amend, name="amend"),
    path(f"{_ONE}steps/<str:after>/", procedures.move, name="move"),
    path(f"{_ONE}changes/", effects.changes, name="changes"),
    path(f"{_ONE}comments/", procedures.comments, name="comments"),
    path(f"{_ONE}comments/<int:comment_id>/answer/", procedures.answer, name="answer"),
    path(f"{_ONE}reviews/assign/", procedures.assign, name="assign"),
    path(f"{_ONE}reviews/<int:review_id>/declare/", procedures.declare, name="declare"),
    path(f"{_ONE}reviews/<int:review_id>/opinion/", procedures.opinion, name="opinion"),
    path(f"{_ONE}papers/<int:paper_id>", procedures.paper, name="paper"),
]
