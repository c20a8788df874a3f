from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zuji_web.portal"
