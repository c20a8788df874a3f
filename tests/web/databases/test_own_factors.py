"""An organisation's own factors: in its workbooks and its search of the library, and in nobody else's."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.factories import accounts, databases, products
from zuji.formats import document, excel
from zuji.model.factors import FactorKind
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.databases.actions import factors
from zuji_web.factors import listing
from zuji_web.factors.models import OwnFactor
from zuji_web.products import files
from zuji_web.products.actions import studies
from zuji_web.products.queries import calculation

pytestmark = pytest.mark.django_db


def offered(by: Actor, dataset: str = "steel") -> OwnFactor:
    version = databases.imported(by=by)
    index = databases.index(version, dataset)
    return factors.offer(version=version, index=index, kind=FactorKind.PRODUCT_FOOTPRINT, by=by)


def workbook(factor: str) -> SimpleUploadedFile:
    """A filled workbook with one line of steel that names a factor."""
    line = products.bare(item="steel", quantity={"amount": 2.0, "unit": "kg"}, factor=factor)
    study = document.from_dict(products.document(line))
    return SimpleUploadedFile("inventory.xlsx", excel.dump(study))


def uploaded(factor: str, by: Actor) -> Any:
    return studies.create(document=document.to_dict(files.read_file(workbook(factor))), by=by)


def test_an_uploaded_workbook_counts_with_an_own_factor() -> None:
    by = accounts.owner(accounts.organisation())
    made = offered(by)
    live = calculation.live(uploaded(made.code, by))
    assert live.total == pytest.approx(2 * made.factor().total)


def test_the_same_workbook_has_no_number_elsewhere() -> None:
    made = offered(accounts.member())
    stranger = accounts.member(Role.OWNER)
    live = calculation.live(uploaded(made.code, stranger))
    assert not live.complete
    assert (live.total, live.uncounted) == (0.0, 1)
    assert made.code in str(live)


@pytest.fixture
def two() -> tuple[Actor, OwnFactor, Actor]:
    """A member, a factor of the member's organisation, and somebody of another one."""
    by = accounts.member()
    return by, offered(by), accounts.member(Role.OWNER)


@pytest.mark.parametrize("words", ["", "steel process", "steel"])
def test_only_members_find_it(two: tuple[Actor, OwnFactor, Actor], words: str) -> None:
    by, made, stranger = two
    wanted = listing.Wanted(text=words)
    assert [each.id for each in listing.own(wanted, by=by)] == [made.code]
    assert listing.own(wanted, by=stranger) == []


def test_what_is_asked_for_narrows_them(two: tuple[Actor, OwnFactor, Actor]) -> None:
    by, made, _ = two
    own = made.factor()
    for fitting in (
        {"text": made.code},
        {"kind": own.kind.value},
        {"region": own.geography},
        {"confidence": own.confidence.value},
    ):
        assert listing.own(listing.Wanted(**fitting), by=by)
    for other in ({"text": "zzqx"}, {"kind": "heat"}, {"region": "US"}, {"year": "1990"}):
        assert listing.own(listing.Wanted(**other), by=by) == []


def test_pages_and_api_show_it_to_members_only(two: tuple[Actor, OwnFactor, Actor]) -> None:
    by, made, stranger = two
    for actor, sees in ((by, True), (stranger, False), (None, False)):
        client = Client()
        if actor is not None:
            assert actor.user is not None
            client.force_login(actor.user)
        shown = client.get("/en/factors/?q=steel process").content.decode()
        assert (f"/en/factors/datasets/{made.code}/" in shown) is sees
        assert ("own factors</caption>" in shown) is sees
        asked = client.get(
            "/api/v1/factors/match", {"text": "steel process", "unit": "kg", "kind": "material"}
        )
        assert asked.status_code == 200, asked.content
        assert (made.code in {each["id"] for each in json.loads(asked.content)}) is sees
        got = client.get(f"/factors/datasets/{made.code}/")
        assert got.status_code == (302 if sees else 404)
