from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GradesConfig(AppConfig):
    name = "zuji_web.grades"
    verbose_name = _("Grades")
