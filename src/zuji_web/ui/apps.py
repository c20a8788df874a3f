from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "zuji_web.ui"
