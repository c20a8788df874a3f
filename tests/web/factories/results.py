"""Studies with a whole result, for tests of result, report and snapshot."""

from copy import deepcopy
from typing import Any

from tests.report.studies import TRAY
from tests.web.factories import accounts
from zuji.model.documents import from_dict
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Role
from zuji_web.products.actions import snapshots, studies
from zuji_web.products.models import ProductStudy


def tray(by: Actor | None = None, **changes: Any) -> ProductStudy:
    """A draft with two processes, a co-product with a credit, cut-offs and scenarios."""
    document = {**deepcopy(TRAY), "demonstration": False, **changes}
    return studies.create_from(study=from_dict(document), by=by or accounts.member())


def signatory(of: Organisation | None) -> Actor:
    """Somebody of the organisation who may freeze."""
    return accounts.member(Role.SIGNATORY, of=of)


def frozen(by: Actor | None = None, **changes: Any) -> ProductStudy:
    """A study that its organisation's signatory froze."""
    study = tray(by, **changes)
    snapshots.freeze(study=study, by=signatory(study.organisation))
    return ProductStudy.objects.get(pk=study.pk)
