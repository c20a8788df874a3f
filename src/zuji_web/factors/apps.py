from django.apps import AppConfig


class FactorsConfig(AppConfig):
    name = "zuji_web.factors"
