"""What is written once outlives the people who wrote it."""

import pytest

from tests.web.factories import accounts, products
from zuji_web.accounts.models import User
from zuji_web.products.actions import snapshots
from zuji_web.products.models import StudySnapshot

pytestmark = pytest.mark.django_db


def frozen() -> StudySnapshot:
    owner = accounts.owner(accounts.organisation())
    return snapshots.freeze(study=products.study(by=owner), by=owner)


def test_who_froze_it_may_be_deleted() -> None:
    snapshot = frozen()
    User.objects.filter(pk=snapshot.frozen_by_id).delete()
    assert StudySnapshot.objects.get().frozen_by is None
