from django.urls import path

from zuji_web.factors import views

app_name = "factors"
urlpatterns = [
    path("", views.dataset_list, name="list"),
]
