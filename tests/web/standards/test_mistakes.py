"""What a tired person writes: told at its field, nothing typed is lost, nothing is changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.factories import accounts, standards
from zuji_web.standards.actions import selections
from zuji_web.standards.models import Comment, SelectionCandidate, StandardRecord
from zuji_web.standards.queries.selections import as_criteria

pytestmark = pytest.mark.django_db

ENTRY: dict[str, Any] = {
    "number": "GB/T 99801-2026",
    "name": "水泥产品碳足迹",
    "level": "national",
    "kind": "product",
    "products": ["zuji:cement"],
    "issued": "2026-06-01",
    "in_force": "2027-01-01",
    "source": "Notice 1",
    "certainty": "seen",
    "bodies-TOTAL_FORMS": "1",
    "bodies-INITIAL_FORMS": "0",
    "bodies-0-name": "某院",
    "bodies-0-role": "lead",
    "bodies-0-region": "CN-SC",
}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("in_force", {"issued": "2027-02-01"}),
        ("withdrawn", {"withdrawn": "2026-12-31"}),
        ("withdrawn", {"in_force": "", "withdrawn": "2026-05-31"}),
        ("issued", {"issued": "0206-06-01"}),
        ("issued", {"issued": "2026-02-30"}),
        ("number", {"number": standards.DB51}),
        ("number", {"number": "  "}),
        ("name", {"name": ""}),
        ("level", {"level": "galactic"}),
        ("products", {"products": ["zuji:nonsense"]}),
        ("codes", {"codes": "hs:99x"}),
        ("codes", {"codes": "hs:7601 steel"}),
        ("region", {"level": "local"}),
        ("region", {"region": "CN-SC"}),
        ("replaces", {"replaces": "GB/T 1-1900"}),
        ("replaces", {"replaces": "GB/T 99801-2026"}),
        ("converted_from", {"converted_from": "T/X 1-1900"}),
        ("source", {"source": " "}),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_keeps_what_was_typed(
    field: str, values: dict[str, Any]
) -> None:
    standards.loaded()
    browser = accounts.browser(accounts.appointed("standards_secretariat"))
    before = StandardRecord.objects.count()
    answer = browser.post(reverse("standards:register"), ENTRY | values)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert StandardRecord.objects.count() == before
    page = answer.content.decode()
    for typed in (ENTRY | values)["name"], "Notice 1" if field != "source" else "", "某院":
        assert typed in page


def test_a_predecessor_that_the_note_explains_is_taken() -> None:
    browser = accounts.browser(accounts.appointed("standards_secretariat"))
    values = {"replaces": "GB/T 1-1900", "note": "GB/T 1-1900 was never entered."}
    assert browser.post(reverse("standards:register"), ENTRY | values).status_code == 302
    assert StandardRecord.objects.get().replaces == ["GB/T 1-1900"]


def test_an_amendment_asks_for_its_reason_at_its_field() -> None:
    record = standards.registered(standards.local())
    browser = accounts.browser(accounts.appointed("standards_secretariat"))
    values = {"number": record.number, "name": "新名", "level": "local", "region": "CN-SC"}
    answer = browser.post(reverse("standards:amend", args=[record.pk]), ENTRY | values | {"reason": " "})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"reason"}
    assert "新名" in answer.content.decode()
    record.refresh_from_db()
    assert record.name == "白酒"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("purpose", {"purpose": " "}),
        ("region", {"region": ""}),
        ("products", {"products": []}),
        ("converted_from", {"converted_from": "T/X 1"}),
        ("level", {"level": "national"}),
        ("codes", {"codes": "76"}),
    ],
)
def test_a_wrong_proposal_is_told_at_its_field(field: str, values: dict[str, Any]) -> None:
    given = {
        "name": "钒钛",
        "level": "local",
        "kind": "product",
        "products": ["zuji:vanadium-titanium"],
        "region": "CN-SC",
        "purpose": "本省产业",
    }
    browser = accounts.browser(accounts.owner(accounts.organisation()))
    answer = browser.post(reverse("standards:propose"), given | values)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "钒钛" in answer.content.decode()
    assert not StandardRecord.objects.exists()


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ({"in_force"}, {"issued": "2026-12-02"}),
        ({"issued"}, {"issued": "2206-12-01"}),
        ({"number"}, {"number": standards.DB51}),
        ({"number"}, {"number": ""}),
        ({"issued", "in_force"}, {"issued": "", "in_force": ""}),
    ],
)
def test_a_wrong_issue_is_told_at_its_field(fields: set[str], values: dict[str, Any]) -> None:
    standards.loaded()
    offices = standards.Offices()
    record = offices.reviewed(offices.consulted(standards.proposed()))
    given = {"number": "DB51/T 9001-2026", "issued": "2026-11-01", "in_force": "2026-12-01"}
    answer = accounts.browser(offices.approver).post(
        reverse("standards:move", args=[record.pk, "issued"]), given | {"reason": "会议通过"} | values
    )
    assert answer.status_code == 422
    assert fields <= set(answer.context["form"].errors)
    assert "会议通过" in answer.content.decode()
    record.refresh_from_db()
    assert (record.state, record.number) == ("approval", "")


def test_a_consultation_in_the_past_or_without_a_draft_is_refused() -> None:
    offices = standards.Offices()
    record = standards.proposed()
    offices.take(record, "approved", by=offices.approver)
    offices.take(record, "drafting", by=offices.secretary)
    address = reverse("standards:move", args=[record.pk, "consultation"])
    browser = accounts.browser(offices.secretary)
    day = timezone.localdate()
    for given in (
        {"comments_until": day + timedelta(days=30)},
        {"comments_until": day - timedelta(days=1), "document": "Draft"},
        {"comments_until": "", "document": "Draft"},
    ):
        answer = browser.post(address, given)
        assert answer.status_code == 422
    assert 'value="Draft"' in answer.content.decode()
    record.refresh_from_db()
    assert record.state == "drafting"


def test_an_empty_comment_is_told_and_a_blank_answer_keeps_the_choice() -> None:
    offices = standards.Offices()
    record = offices.to_consultation(standards.proposed())
    address = reverse("standards:comments", args=[record.pk])
    member = accounts.browser(accounts.member())
    for text in ("", "   ", "字" * 4001):
        answer = member.post(address, {"clause": "5.3.2", "text": text, "proposal": "改为 500 mL"})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"text"}
        page = answer.content.decode()
        assert "5.3.2" in page
        assert "改为 500 mL" in page
    assert not Comment.objects.exists()
    comment = offices.commented(record)
    secretary = accounts.browser(offices.secretary)
    where = reverse("standards:answer", args=[record.pk, comment.pk])
    answer = secretary.post(where, {"answer": "partly", "reason": " "})
    assert answer.status_code == 422
    assert '<option value="partly" selected>' in answer.content.decode()
    answer = secretary.post(where, {"answer": "perhaps", "reason": "写了很久的理由"})
    assert answer.status_code == 422
    assert "写了很久的理由" in answer.content.decode()
    comment.refresh_from_db()
    assert not comment.answer


def test_a_refused_score_keeps_every_other_and_a_chosen_product_is_scored() -> None:
    offices = standards.Offices()
    year = selections.begin(year=2026, by=offices.secretary)
    candidate = selections.enter(selection=year, code="zuji:cement", by=offices.secretary)
    ids = [each.id for each in as_criteria(year)]
    secretary, approver = accounts.browser(offices.secretary), accounts.browser(offices.approver)
    where = reverse("standards:score_candidate", args=[2026, candidate.pk])
    given = {f"score-{key}": "4" for key in ids} | {f"reason-{key}": "统计年鉴" for key in ids}
    for wrong in ({f"score-{ids[0]}": "6"}, {f"score-{ids[0]}": "四"}, {f"score-{ids[0]}": ""}):
        answer = secretary.post(where, given | wrong)
        assert answer.status_code == 422
        assert answer.content.decode().count("统计年鉴") == len(ids)
    candidate.refresh_from_db()
    assert candidate.scores == {}
    decide = reverse("standards:decide_candidate", args=[2026, candidate.pk])
    answer = approver.post(decide, {"chosen": "yes", "reason": "产量最大"})
    assert answer.status_code == 422
    assert "产量最大" in answer.content.decode()
    assert secretary.post(where, given).status_code == 302
    assert approver.post(decide, {"chosen": "yes", "reason": "产量最大"}).status_code == 302
    assert SelectionCandidate.objects.get().chosen
    # Other scores reopen the decision that rested on them; the same ones do not.
    secretary.post(where, given)
    assert SelectionCandidate.objects.get().chosen
    secretary.post(where, given | {f"score-{ids[0]}": "1"})
    assert SelectionCandidate.objects.get().chosen is None


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "30.06.2026"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_day_that_the_calendar_lacks_gets_no_answer(day: str, language: str) -> None:
    standards.loaded()
    asked = {"product": str(standards.STRONG_AROMA), "on": day, "region": "CN-SC"}
    visitor = accounts.browser()
    question, *tables = [reverse(f"standards:{name}") for name in ("governing", "coverage", "targets")]
    answer = visitor.get(language + question, asked)
    assert "answer" not in answer.context
    assert day in answer.content.decode()
    for table in tables:
        page = visitor.get(language + table, {"on": day}).content.decode()
        assert day in page
        assert timezone.localdate().isoformat() in page


@pytest.mark.parametrize(
    "written", ["GB/T 99801\u20142026", "GB\uff0fT\u300099801\uff0d2026", " GB/T  99801\u20132026"]
)
def test_a_number_is_one_however_its_hyphens_were_pasted(written: str) -> None:
    browser = accounts.browser(accounts.appointed("standards_secretariat"))
    assert browser.post(reverse("standards:register"), ENTRY).status_code == 302
    again = browser.post(reverse("standards:register"), ENTRY | {"number": written})
    assert again.status_code == 422
    assert set(again.context["form"].errors) == {"number"}
    found = browser.get(reverse("standards:list"), {"q": written}).context["page"]
    assert [row.number for row in found] == ["GB/T 99801-2026"]
    glued = browser.get(reverse("standards:list"), {"q": written.replace("\u3000", "").replace(" ", "")})
    assert len(glued.context["page"]) == 1


@pytest.mark.parametrize("year", ["", "1999", "now"])
def test_a_year_that_is_none_is_told_in_words(year: str) -> None:
    browser = accounts.browser(accounts.appointed("standards_secretariat"))
    page = browser.post(reverse("standards:begin_selection"), {"year": year}, follow=True).content.decode()
    assert "评选年份应在 2024 至 2100 之间" in page
    assert "year" not in page.partition('id="messages"')[2]


def test_whoever_was_signed_out_is_told_so_and_nothing_is_sent() -> None:
    offices = standards.Offices()
    record = offices.to_consultation(standards.proposed())
    answer = accounts.browser().post(reverse("standards:comments", args=[record.pk]), {"text": "Say more."})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "您尚未登录" in page
    assert reverse("account_login") in page
    assert "具备该权限的角色" not in page
    assert not Comment.objects.exists()
    stranger = accounts.browser(offices.expert).post(
        reverse("standards:comments", args=[record.pk]), {"text": "Say more."}
    )
    assert "具备该权限的角色" in stranger.content.decode()


def test_a_second_tab_does_not_replace_an_answer_unseen() -> None:
    offices = standards.Offices()
    comment = offices.commented(offices.to_consultation(standards.proposed()))
    address = reverse("standards:answer", args=[comment.record_id, comment.pk])
    browser = accounts.browser(offices.secretary)
    given = {"answer": "accepted", "seen": ""}
    assert browser.post(address, given | {"reason": "First."}).status_code == 302
    refused = browser.post(address, given | {"answer": "refused", "reason": "Second."})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "其间已有人答复" in page
    assert "Second." in page
    comment.refresh_from_db()
    assert comment.answer_reason == "First."
    # The page that says so knows the newer answer; saving again replaces it knowingly.
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert seen
    assert browser.post(address, given | {"seen": seen, "reason": "Second."}).status_code == 302
    comment.refresh_from_db()
    assert comment.answer_reason == "Second."


def test_nobody_passes_a_draft_or_accepts_a_comment_by_default() -> None:
    offices = standards.Offices()
    record = offices.to_consultation(standards.proposed())
    offices.commented(record)
    page = accounts.browser(offices.secretary).get(reverse("standards:comments", args=[record.pk]))
    assert 'name="answer" required><option value="">请选择</option>' in page.content.decode()
    other = offices.take(offices.consulted(standards.proposed()), "examination", by=offices.secretary)
    review = offices.asked(other)
    expert = accounts.browser(offices.expert)
    expert.post(reverse("standards:declare", args=[other.pk, review.pk]), {"conflict": "none"})
    page = expert.get(reverse("standards:standard", args=[other.pk]))
    assert 'name="opinion" required><option value="">请选择</option>' in page.content.decode()
    refused = expert.post(
        reverse("standards:opinion", args=[other.pk, review.pk]),
        {"opinion": "pass", "text": " "},
        follow=True,
    )
    assert "缺少该值" in refused.content.decode()
    assert "“text”" not in refused.content.decode()
