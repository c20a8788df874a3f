from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "zuji_web.audit"
    verbose_name = _("Audit trail")

    def ready(self) -> None:
        # Every app tells its own actions in its presenters.py.
        autodiscover_modules("presenters")
