from django.urls import path

from zuji_web.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("policy/", views.policy, name="policy"),
    path("learn/", views.learn, name="learn"),
    path("about/", views.about, name="about"),
]
