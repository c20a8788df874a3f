from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "zuji_web.jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from django_q.signals import post_spawn

        from zuji_web.jobs.runner import start_pulse

        autodiscover_modules("tasks")
        post_spawn.connect(start_pulse, dispatch_uid="zuji.jobs.pulse")
