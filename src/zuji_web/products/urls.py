from django.urls import path

from zuji_web.products import result_urls, review_urls
from zuji_web.products.views import files, lists, matching, statements, workbench

app_name = "products"
urlpatterns = [
    path("", lists.study_list, name="list"),
    path("new/", lists.create, name="create"),
    path("import/", files.import_page, name="import"),
    path("template.xlsx", files.template, name="template"),
    path("<uuid:study_id>/", workbench.inventory, name="workbench"),
    path("<uuid:study_id>/product/", workbench.product, name="product"),
    path("<uuid:study_id>/statements/", statements.statements, name="statements"),
    path("<uuid:study_id>/goal/", statements.goal, name="goal"),
    path("<uuid:study_id>/processes/", workbench.processes, name="processes"),
    path("<uuid:study_id>/scenarios/", workbench.scenario_page, name="scenarios"),
    path("<uuid:study_id>/match/", matching.review, name="match"),
    path("<uuid:study_id>/import/", files.import_into, name="import_into"),
    path("<uuid:study_id>/export/<str:format>/", files.export, name="export"),
    path("<uuid:study_id>/copy/", lists.copy, name="copy"),
    path("<uuid:study_id>/new-version/", lists.new_version, name="new_version"),
    path("<uuid:study_id>/delete/", lists.delete, name="delete"),
    *result_urls.urlpatterns,
    *review_urls.urlpatterns,
]
