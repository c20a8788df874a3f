from django.urls import path

from zuji_web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<uuid:job_id>/", views.detail, name="detail"),
    path("<uuid:job_id>/fragment/", views.fragment, name="fragment"),
    path("<uuid:job_id>/cancel/", views.cancel, name="cancel"),
]
