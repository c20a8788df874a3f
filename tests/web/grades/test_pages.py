"""The pages of grades, walked through as people do, in both languages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web.factories import accounts, grades, products
from zuji_web.grades.models import SetComment, SetDerivation, StoredSample, ThresholdSet
from zuji_web.grades.queries import sets as reading

pytestmark = pytest.mark.django_db
PAIR = f"{grades.RULE}|{grades.PRODUCT}"
DECLARATION: dict[str, Any] = {
    "pair": PAIR,
    "value": "1.4",
    "start": "2025-01-01",
    "end": "2025-12-31",
    "production": "120",
    "production_unit": "t",
    "boundary": "cradle_to_gate",
    "stages": ["raw_material", "manufacturing"],
    "accounting": "grid",
    "grid": ["country"],
    "cut_share": "0",
    "score": "2.5",
    "coverage": "90",
    "body": "Test Verifiers",
    "level": "limited",
    "number": "V-77",
    "verified_on": "2026-03-01",
    "source": "A declaration that exists only in tests",
}


@pytest.fixture
def offices() -> grades.Offices:
    return grades.Offices()


def posted(browser: Client, address: str, **values: Any) -> Any:
    answer = browser.post(address, values)
    assert answer.status_code == 302, re.findall(
        r"invalid-feedback.*?</div>\s*</div>", answer.content.decode()
    )
    return answer


def test_from_declarations_to_thresholds_in_force(offices: grades.Offices) -> None:
    first, second = accounts.browser(offices.deriver), accounts.browser(offices.second)
    approver, firm = accounts.browser(offices.approver), accounts.browser(accounts.member())
    posted(first, "/grades/samples/enter/", **DECLARATION, firm_code=accounts.credit_code())
    sample = StoredSample.objects.get()
    assert "somebody else confirms" in first.get("/en/grades/samples/").content.decode()
    posted(second, f"/grades/samples/{sample.pk}/examine/", finding="yes", reason="In the register.")
    offices.eleven()
    posted(first, "/grades/new/", pair=PAIR, method="percentile@1")
    one = ThresholdSet.objects.get()
    assert one.state == "sampled"
    posted(first, f"/grades/{one.pk}/derive/", method="best-available@1")
    posted(first, f"/grades/{one.pk}/steps/proposed/", reason="Twelve samples of twelve firms.")
    day = timezone.localdate()
    posted(
        first,
        f"/grades/{one.pk}/steps/consulted/",
        reason="Before the public",
        document="Draft 1",
        comments_until=day + timedelta(days=30),
    )
    posted(firm, f"/grades/{one.pk}/comments/", text="Too strict.", about="limit")
    comment = SetComment.objects.get()
    address = f"/grades/{one.pk}/steps/published/"
    wanted = {"reason": "Decision", "document": "Notice 3", "in_force": day}
    refused = approver.post(address, wanted)
    assert refused.status_code == 422
    posted(
        first, f"/grades/{one.pk}/comments/{comment.pk}/answer/", answer="partly", reason="See the minutes."
    )
    ThresholdSet.objects.update(comments_until=day - timedelta(days=1))
    posted(approver, address, **wanted)
    assert reading.in_force(grades.RULE, grades.PRODUCT, day) == one
    public = accounts.browser().get(f"/en/grades/{one.pk}/").content.decode()
    row = reading.derivation_of(one)
    assert row is not None
    for shown in ("In force", row.digest, row.sha256, "Notice 3"):
        assert shown in public
    assert "See the minutes." in accounts.browser().get(f"/grades/{one.pk}/comments/").content.decode()
    told = first.post(f"/en/grades/{one.pk}/recompute/", follow=True).content.decode()
    assert "The same bytes again from 12 stored samples" in told


def test_a_firm_lends_sees_every_use_and_revokes(offices: grades.Offices) -> None:
    study = grades.verified()
    owner = accounts.browser(accounts.owner(study.organisation))
    assert "random aliases" in owner.get(f"/en/grades/products/{study.pk}/lend/").content.decode()
    answer = owner.post(f"/grades/products/{study.pk}/lend/", {"purpose": "trials"})
    assert answer.status_code == 422
    posted(
        owner,
        f"/grades/products/{study.pk}/lend/",
        purpose="trials",
        agreed="on",
        production="5",
        production_unit="t",
    )
    sample = StoredSample.objects.get()
    grades.confirm(offices, sample)
    offices.eleven()
    one = offices.begun()
    page = owner.get(f"/en/grades/lent/{sample.pk}/").content.decode()
    assert "Sampled" in page
    effects = owner.get(f"/en/grades/lent/{sample.pk}/revoke/").content.decode()
    assert "cannot be published until it is derived again" in effects
    posted(owner, f"/grades/lent/{sample.pk}/revoke/", reason="")
    assert "Consent revoked" in owner.get("/en/grades/products/").content.decode()
    sheet = owner.get(f"/en/grades/products/{study.pk}/").content.decode()
    assert "No thresholds are in force" in sheet
    assert one.state == "sampled"


def test_a_grade_is_shown_with_every_condition(offices: grades.Offices) -> None:
    offices.eleven()
    offices.published()
    study = grades.verified(2.0)
    browser = accounts.browser(accounts.owner(study.organisation))
    page = browser.get(f"/en/grades/products/{study.pk}/").content.decode()
    assert "Meets the benchmark value" in page
    assert page.count('class="tag tag-good">met') == 10
    assert "达到标杆值" in browser.get("/grades/products/").content.decode()
    other = grades.verified(2.0, level="reasonable")
    browser = accounts.browser(accounts.owner(other.organisation))
    page = browser.get(f"/grades/products/{other.pk}/").content.decode()
    assert "不可比" in page
    assert "核查水平" in page
    assert "达到" not in page


def test_values_are_tried_without_scripts_and_in_place(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.begun()
    browser = accounts.browser(offices.approver)
    whole = browser.get(f"/en/grades/{one.pk}/simulation/?limit=1.95&base=1.35&benchmark=1.05")
    assert "With the values tried" in whole.content.decode()
    part = browser.get(f"/en/grades/{one.pk}/simulation/?limit=1.0", headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "<html" not in text
    assert "out of order" in text
    assert browser.get(f"/grades/{one.pk}/simulation/?limit=abc&base=nan").status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_answers_in_both_languages(offices: grades.Offices, prefix: str) -> None:
    offices.eleven()
    offices.entered()
    held, open_one = offices.published(), offices.consulted(offices.begun("best-available@1"))
    offices.commented(open_one)
    draft = offices.begun("production-weighted@1")
    sample = grades.lent()
    owner = accounts.owner(sample.organisation)  # type: ignore[arg-type]
    chosen = f"?rule={grades.RULE}&product={grades.PRODUCT}"
    addresses = {
        None: ["", f"{held.pk}/", f"{open_one.pk}/", f"{open_one.pk}/comments/"],
        owner: [
            "products/",
            f"products/{sample.study_id}/",
            f"lent/{sample.pk}/",
            f"lent/{sample.pk}/revoke/",
        ],
        offices.deriver: [
            "new/",
            "samples/",
            f"samples/{chosen}",
            "samples/enter/",
            f"{draft.pk}/",
            f"{draft.pk}/derive/",
            f"{draft.pk}/simulation/",
            f"{draft.pk}/steps/proposed/",
            f"{open_one.pk}/comments/",
        ],
        offices.approver: [f"{open_one.pk}/steps/published/", f"{open_one.pk}/"],
    }
    for actor, pages in addresses.items():
        browser = accounts.browser(actor)
        for page in pages:
            answer = browser.get(f"{prefix}/grades/{page}")
            assert answer.status_code == 200, page
            assert ("分级阈值" in answer.content.decode()) == (prefix == ""), page


def test_a_step_that_is_not_open_says_so(offices: grades.Offices) -> None:
    offices.eleven()
    one = offices.begun()
    browser = accounts.browser(offices.deriver)
    answer = browser.get(f"/en/grades/{one.pk}/steps/published/", follow=True)
    assert "moved on meanwhile" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"firm_code": "nonsense"}, "firm_code"),
        ({"end": "2024-01-01"}, "end"),
        ({"production_unit": "bottles of joy"}, "production_unit"),
        ({"value": "nan"}, "value"),
        ({"verified_on": "2999-01-01"}, "verified_on"),
        ({"pair": "unknown|rule"}, "pair"),
    ],
)
def test_a_wrong_declaration_is_explained_at_its_field(
    offices: grades.Offices, changed: dict[str, Any], field: str
) -> None:
    browser = accounts.browser(offices.deriver)
    body = {**DECLARATION, "firm_code": accounts.credit_code(), **changed}
    answer = browser.post("/grades/samples/enter/", body)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert not StoredSample.objects.exists()


def test_nothing_is_chosen_beforehand(offices: grades.Offices) -> None:
    browser = accounts.browser(offices.deriver)
    plan = {"pair": "", "method": "percentile@1"}
    answer = browser.post("/grades/new/", plan)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"pair"}
    assert not ThresholdSet.objects.exists()
    assert "pair" in browser.post("/grades/samples/enter/", {"pair": ""}).context["form"].errors


def test_a_draft_is_told_the_way_to_its_verification() -> None:
    draft = products.study()
    assert draft.organisation is not None
    page = accounts.browser(accounts.owner(draft.organisation)).get(f"/grades/products/{draft.pk}/")
    assert "研究冻结之后才能核查" in page.content.decode()
    assert f"/products/{draft.pk}/review/" in page.content.decode()
    frozen = grades.frozen()
    assert frozen.organisation is not None
    page = accounts.browser(accounts.owner(frozen.organisation)).get(f"/grades/products/{frozen.pk}/")
    assert "研究冻结之后才能核查" not in page.content.decode()
    assert "没有附上肯定的核查意见" in page.content.decode()


def test_the_list_asks_as_often_for_many_sets_as_for_one() -> None:
    offices = grades.Offices()
    offices.eleven()
    one = offices.published()
    (row,) = one.derivations.all()

    def asked(path: str) -> int:
        visitor = accounts.browser()
        visitor.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(path).status_code == 200
        return len(queries)

    paths = ("/grades/", "/api/v1/thresholds?limit=500", "/api/v1/thresholds?state=in_force&limit=500")
    before = {path: asked(path) for path in paths}
    sets = ThresholdSet.objects.bulk_create(
        ThresholdSet(
            rule=f"brick@{number}",
            product="zuji:cement",
            number=1,
            method=one.method,
            state="published",
            in_force=one.in_force,
        )
        for number in range(200)
    )
    shown = (
        "content",
        "sha256",
        "digest",
        "checks",
        "values",
        "met",
        "software",
        "derived_by",
        "derived_by_id",
    )
    kept = {name: getattr(row, name) for name in shown}
    SetDerivation.objects.bulk_create(SetDerivation(set=each, number=1, **kept) for each in sets)
    assert {path: asked(path) for path in paths} == before
    found = accounts.browser().get(paths[1]).json()["items"]
    assert len(found) == 201
    assert {each["values"]["benchmark"] for each in found} == {1.2}
