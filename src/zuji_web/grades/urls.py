from django.urls import path

from zuji_web.grades.views import comments, products, samples, sets

app_name = "grades"
_SET = "<uuid:set_id>/"
urlpatterns = [
    path("", sets.set_list, name="list"),
    path("new/", sets.begin, name="begin"),
    path("samples/", samples.sample_list, name="samples"),
    path("samples/enter/", samples.enter, name="enter"),
    path("samples/<uuid:stored_id>/examine/", samples.examine, name="examine"),
    path("samples/<uuid:stored_id>/retire/", samples.retire, name="retire"),
    path("products/", products.product_list, name="products"),
    path("products/<uuid:study_id>/", products.product, name="product"),
    path("products/<uuid:study_id>/lend/", products.offer, name="offer"),
    path("lent/<uuid:sample_id>/", products.sample, name="sample"),
    path("lent/<uuid:sample_id>/revoke/", products.revoke, name="revoke"),
    path(_SET, sets.threshold_set, name="set"),
    path(f"{_SET}derive/", sets.derive, name="derive"),
    path(f"{_SET}steps/<str:after>/", sets.step, name="step"),
    path(f"{_SET}recompute/", sets.recompute, name="recompute"),
    path(f"{_SET}derivation.json", sets.derivation_file, name="derivation_file"),
    path(f"{_SET}simulation/", sets.simulation, name="simulation"),
    path(f"{_SET}comments/", comments.comments, name="comments"),
    path(f"{_SET}comments/<int:comment_id>/answer/", comments.answer, name="answer"),
    path(f"{_SET}papers/<int:paper_id>", sets.paper, name="paper"),
]
