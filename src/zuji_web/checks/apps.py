from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    name = "zuji_web.checks"
    verbose_name = _("Conformity checks")

    def ready(self) -> None:
        from zuji_web.checks.actions.rechecks import after_adoption
        from zuji_web.checks.queries import checking
        from zuji_web.products import rules_in_force
        from zuji_web.rulebook.queries.book import book
        from zuji_web.rulebook.signals import adopted

        adopted.connect(after_adoption, dispatch_uid="zuji.checks.adopted")
        # Studies follow the platform's book and registry, which stand above them.
        rules_in_force.provide(book=book, governing=checking.governing_product)
