from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    name = "zuji_web.rulebook"
    verbose_name = _("Accounting rules")
