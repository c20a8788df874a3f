"""The registry: loaded once, read by everybody, entered and amended by the secretariat."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse as django_reverse
from django.utils.translation import override

from tests.web.factories import accounts, standards
from zuji.errors import InvalidInput
from zuji.formats.standards import registry as shipped
from zuji.model.standards import DraftingBody, DraftingRole
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.standards.actions import registry
from zuji_web.standards.models import StandardRecord

pytestmark = pytest.mark.django_db


def reverse(name: str, *args: Any) -> str:
    with override("zh-hans"):
        return django_reverse(f"standards:{name}", args=args)


def test_every_shipped_standard_goes_into_the_registry_and_comes_out_as_it_was() -> None:
    standards.loaded()
    held = {row.number: row.to_standard() for row in StandardRecord.objects.prefetch_related("bodies")}
    assert held == {each.number: each for each in shipped()}


def test_loading_again_changes_nothing_and_keeps_what_was_amended_here() -> None:
    standards.loaded()
    before = list(StandardRecord.objects.values())
    standards.loaded()
    assert list(StandardRecord.objects.values()) == before
    row = StandardRecord.objects.get(number=standards.DB51)
    entry = row.to_standard()
    from dataclasses import replace

    amended = replace(entry, note="Confirmed by telephone.")
    registry.amend(
        record=row, standard=amended, reason="Call", by=accounts.appointed("standards_secretariat")
    )
    loaded = registry.load_shipped(
        standards=[replace(each, note="new") for each in shipped()], by=accounts.appointed("rule_editor")
    )
    assert loaded.kept == (standards.DB51,)
    assert loaded.renewed == len(shipped()) - 1
    row.refresh_from_db()
    assert row.note == "Confirmed by telephone."
    assert AuditEvent.objects.get(action="standard.amend").payload["fields"] == "note"


@pytest.mark.parametrize("language", ["", "/en"])
def test_everybody_reads_the_registry_and_every_standard(language: str) -> None:
    standards.loaded()
    visitor = accounts.browser()
    page = visitor.get(language + reverse("list"), {"demonstrations": "1"}).content.decode()
    for row in StandardRecord.objects.all():
        assert row.number in page
        answer = visitor.get(language + reverse("standard", row.pk))
        assert answer.status_code == 200
        assert row.source.split()[0] in answer.content.decode()


def test_the_list_is_narrowed_by_word_level_kind_state_and_product() -> None:
    standards.loaded()
    visitor = accounts.browser()

    def numbers(**query: str) -> set[str]:
        return {row.number for row in visitor.get(reverse("list"), query).context["page"].object_list}

    everything = numbers(demonstrations="1")
    assert numbers(q="3209") == {standards.DB51}
    assert numbers(level="local") < everything
    assert standards.DB51 in numbers(level="local", kind="product", state="in_force")
    assert standards.DB51 not in numbers(state="withdrawn")
    assert standards.DB51 in numbers(product="zuji:baijiu")
    assert standards.DB51 in numbers(product="zuji:baijiu-strong-aroma")
    assert standards.DB51 not in numbers(product="zuji:cement")
    assert numbers(level="nonsense", product="zuji:nonsense") == numbers()
    empty = visitor.get(reverse("list"), {"q": "does not exist"}).content.decode()
    assert reverse("list") in empty


def test_one_rule_governs_baijiu_in_sichuan_and_none_elsewhere_or_before() -> None:
    standards.loaded()
    visitor = accounts.browser()

    def governing(**query: str) -> Any:
        return visitor.get(reverse("governing"), query).context["answer"]

    here = {"product": "zuji:baijiu-strong-aroma", "on": "2026-03-01", "region": "CN-SC"}
    assert governing(**here).record.number == standards.DB51
    assert governing(**{**here, "region": "CN-SN"}).record is None
    assert governing(**{**here, "on": "2024-12-28"}).record is None
    assert governing(**{**here, "on": "2024-12-29"}).record.number == standards.DB51
    assert governing(**{**here, "on": "2024-12-28"}).general.number == "GB/T 24067-2024"
    page = visitor.get(reverse("governing"), here)
    again = visitor.get(page.context["permalink"].removeprefix("http://testserver"))
    assert again.context["answer"].record.number == standards.DB51


def test_a_product_is_named_by_words_and_codes_and_mistakes_are_told() -> None:
    standards.loaded()
    visitor = accounts.browser()
    assert visitor.get(reverse("governing")).status_code == 200
    by_name = visitor.get(reverse("governing"), {"product": "浓香型白酒", "region": "CN-SC"})
    assert by_name.context["asked"].code == standards.STRONG_AROMA
    several = visitor.get("/en" + reverse("governing"), {"product": "steel"})
    assert len(several.context["asked"].choices) > 1
    wrong = visitor.get(reverse("governing"), {"product": "hs:x"})
    assert "hs:x" in wrong.content.decode()
    nothing = visitor.get(reverse("governing"), {"product": "no such thing at all", "on": "2026-13-77"})
    assert nothing.status_code == 200


def form(**values: Any) -> dict[str, Any]:
    return {
        "number": standards.NATIONAL,
        "name": "白酒",
        "level": "national",
        "kind": "product",
        "products": ["zuji:baijiu"],
        "codes": "hs:220890",
        "issued": "2026-06-01",
        "in_force": "2027-01-01",
        "replaces": "",
        "source": "Notice 1",
        "certainty": "seen",
        "bodies-TOTAL_FORMS": "2",
        "bodies-INITIAL_FORMS": "0",
        "bodies-0-name": "四川省某院",
        "bodies-0-role": "lead",
        "bodies-0-region": "CN-SC",
        "bodies-0-evidence": "Foreword",
        "bodies-1-name": "",
        **values,
    }


def test_the_secretariat_enters_a_standard_with_its_bodies() -> None:
    secretary = accounts.appointed("standards_secretariat")
    browser = accounts.browser(secretary)
    assert browser.get(reverse("register")).status_code == 200
    answer = browser.post(reverse("register"), form())
    assert answer.status_code == 302, answer.context["form"].errors
    row = StandardRecord.objects.get()
    written = row.to_standard()
    assert [str(code) for code in written.scope] == ["zuji:baijiu", "hs:220890"]
    assert written.bodies == (
        DraftingBody(name="四川省某院", role=DraftingRole.LEAD, region="CN-SC", evidence="Foreword"),
    )
    assert row.state == "issued"
    assert secretary.organisation is not None
    assert row.transitions.get().organisation == secretary.organisation.name
    page = browser.get(reverse("amend", row.pk)).content.decode()
    assert "四川省某院" in page
    answer = browser.post(reverse("amend", row.pk), form(in_force="2026-12-01", reason="Printed wrongly"))
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.in_force == date(2026, 12, 1)


def test_a_double_number_and_dates_out_of_order_are_refused_at_their_fields() -> None:
    browser = accounts.browser(accounts.appointed("standards_secretariat"))
    browser.post(reverse("register"), form())
    answer = browser.post(reverse("register"), form())
    assert answer.status_code == 422
    assert "number" in answer.context["form"].errors
    answer = browser.post(reverse("register"), form(number="GB/T 1", in_force="2026-05-31"))
    assert "in_force" in answer.context["form"].errors
    answer = browser.post(reverse("register"), form(number="GB/T 1", codes="hs:x"))
    assert "codes" in answer.context["form"].errors
    assert StandardRecord.objects.count() == 1


@pytest.mark.parametrize("role", Role)
def test_no_role_enters_or_amends(role: Role) -> None:
    row = standards.registered()
    by = accounts.member(role)
    with pytest.raises(Denied):
        registry.register(standard=standards.standard(), by=by)
    with pytest.raises(Denied):
        registry.amend(record=row, standard=standards.standard(number=row.number), reason="x", by=by)
    browser = accounts.browser(by)
    assert browser.get(reverse("register")).status_code == 403
    assert browser.get(reverse("amend", row.pk)).status_code == 403
    assert browser.get(reverse("standard", row.pk)).status_code == 200


@pytest.mark.parametrize("area", ["standards_expert", "standards_approver", "rule_editor"])
def test_who_decides_or_reviews_does_not_enter(area: str) -> None:
    with pytest.raises(Denied):
        registry.register(standard=standards.standard(), by=accounts.appointed(area))


def test_an_amendment_without_a_reason_changes_nothing() -> None:
    row = standards.registered()
    with pytest.raises(InvalidInput):
        registry.amend(
            record=row,
            standard=standards.standard(number=row.number, name="x"),
            reason=" ",
            by=accounts.appointed("standards_secretariat"),
        )
    row.refresh_from_db()
    assert row.name != "x"
