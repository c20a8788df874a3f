from django.urls import path

from zuji_web.factors import topics, views

app_name = "factors"
urlpatterns = [
    path("", views.dataset_list, name="list"),
    path("download.csv", views.download_csv, name="csv"),
    path("download.json", views.download_json, name="json"),
    path("compare/", views.compare, name="compare"),
    path("electricity/", topics.electricity_page, name="electricity"),
    path("gwp/", topics.gwp_page, name="gwp"),
    path("fuels/", topics.fuels_page, name="fuels"),
    path("datasets/<str:code>/", views.dataset, name="dataset"),
    path("datasets/<str:code>/<str:version>/", views.dataset, name="version"),
]
