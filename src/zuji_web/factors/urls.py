from django.urls import URLPattern

app_name = "factors"
urlpatterns: list[URLPattern] = []
