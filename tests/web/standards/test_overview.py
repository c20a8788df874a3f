"""Coverage, targets and the yearly selection: numbers that are the number of their rows."""

import csv
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.urls import reverse as django_reverse
from django.utils.translation import override

from tests.web.factories import accounts, standards
from zuji.errors import InvalidInput
from zuji.formats.standards import tree
from zuji.model.standards import DraftingBody, DraftingRole
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.gateway import Conflict
from zuji_web.standards.actions import selections
from zuji_web.standards.models import KeyProductSelection, SelectionCandidate
from zuji_web.standards.queries import governing as questions
from zuji_web.standards.queries import overview
from zuji_web.standards.queries.selections import as_criteria, standings

pytestmark = pytest.mark.django_db


def reverse(name: str, *args: Any) -> str:
    with override("zh-hans"):
        return django_reverse(f"standards:{name}", args=args)


def test_the_matrix_has_every_product_and_its_export_the_same_cells() -> None:
    standards.loaded()
    visitor = accounts.browser()
    for language in ("", "/en"):
        assert visitor.get(language + reverse("coverage")).status_code == 200
    query = {"on": "2026-06-01", "region": "CN-SC"}
    page = visitor.get(reverse("coverage"), query)
    assert len(page.context["rows"]) == len(tree())
    text = visitor.get(reverse("coverage_file", "csv"), query).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == len(tree()) + 1
    assert standards.DB51 in next(row for row in rows if row[0] == "baijiu-strong-aroma")
    book = visitor.get(reverse("coverage_file", "xlsx"), query).content
    assert standards.DB51.encode() in zipfile.ZipFile(io.BytesIO(book)).read("xl/sharedStrings.xml")
    assert visitor.get(reverse("coverage_file", "pdf")).status_code == 404


def test_gaps_and_lists_narrow_the_matrix() -> None:
    standards.loaded()
    visitor = accounts.browser()
    gaps = visitor.get(reverse("coverage"), {"gaps": "1"}).context["rows"]
    assert all(any(cell.cover == "gap" for cell in row.cells) for row, _depth in gaps)
    for name in overview.plan_lists():
        rows = visitor.get(reverse("coverage"), {"list": name}).context["rows"]
        assert len(rows) <= len(tree())


def test_every_number_of_the_targets_is_the_number_of_its_rows() -> None:
    standards.loaded()
    body = DraftingBody(name="四川省某院", role=DraftingRole.LEAD, region="CN-SC", evidence="Foreword")
    mute = DraftingBody(name="四川省某司", role=DraftingRole.JOIN, region="CN-SC")
    proved = standards.registered(standards.local(bodies=(body,)))
    standards.registered(standards.local(bodies=(mute,)))
    old = standards.registered(standards.local(bodies=(body,), withdrawn=date(2025, 6, 1)))
    visitor = accounts.browser()
    page = visitor.get(reverse("targets"), {"region": "CN-SC", "on": "2026-01-01"})
    found = {
        figure.key: {rule.standard.number for rule in figure.rules}
        for figure, _n, _d in page.context["figures"]
    }
    assert {proved.number, old.number} <= found["developed"]
    assert old.number in found["superseded"]
    assert old.number not in found["in_force"]
    assert found["led"] | found["joined"] == found["developed"]
    assert not found["led"] & found["joined"]
    assert [(s.target.number, s.reached) for s in page.context["standings"]] == [
        (20, len(found["developed"])),
        (50, len(found["developed"])),
    ]
    uncounted = {each.standard.number: each.because.en for each in page.context["not_counted"]}
    assert "evidence" in next(text for number, text in uncounted.items() if number.startswith("DB51/T 9"))
    html = page.content.decode()
    assert html.count("四川省某院") >= 2
    other = visitor.get("/en" + reverse("targets"), {"region": "CN-SN"})
    assert other.status_code == 200
    assert not other.context["standings"]


@pytest.fixture
def year() -> KeyProductSelection:
    return selections.begin(year=2026, by=accounts.appointed("standards_secretariat"))


CODES = [str(node.code) for node in tree() if node.parent][:6]


def filled(year: KeyProductSelection, number: int) -> list[SelectionCandidate]:
    by = accounts.appointed("standards_secretariat")
    rows = []
    for place, code in enumerate(CODES[:number]):
        candidate = selections.enter(selection=year, code=code, by=by)
        scores = {each.id: (float(5 - place % 5), "Yearbook") for each in as_criteria(year)}
        rows.append(selections.score(candidate=candidate, scores=scores, by=by))
    return rows


def decided(rows: list[SelectionCandidate], chosen: int) -> Any:
    approver = accounts.appointed("standards_approver")
    for place, row in enumerate(rows):
        selections.decide(candidate=row, chosen=place < chosen, reason="By score", by=approver)
    return approver


@pytest.mark.parametrize("chosen", range(7))
def test_a_year_closes_with_three_to_five_or_with_a_reason(year: KeyProductSelection, chosen: int) -> None:
    approver = decided(filled(year, 6), chosen)
    if not 3 <= chosen <= 5:
        with pytest.raises(InvalidInput):
            selections.close(selection=year, reason=" ", document="Order 1", by=approver)
        year.refresh_from_db()
        assert not year.closed
        selections.close(selection=year, reason="No more were ready", document="Order 1", by=approver)
    else:
        selections.close(selection=year, reason="", document="Order 1", by=approver)
    year.refresh_from_db()
    assert year.closed
    with pytest.raises(Conflict):
        selections.decide(
            candidate=year.candidates.first(),  # type: ignore[arg-type]
            chosen=True,
            reason="Late",
            by=approver,
        )


def test_a_year_with_open_candidates_or_without_a_document_stays_open(year: KeyProductSelection) -> None:
    rows = filled(year, 4)
    approver = decided(rows[:3], 3)
    with pytest.raises(InvalidInput) as refused:
        selections.close(selection=year, reason="x", document="", by=approver)
    assert {problem.code for problem in refused.value} == {"candidates-undecided", "value-missing"}


def test_scores_are_bounded_reasoned_and_rank_the_candidates(year: KeyProductSelection) -> None:
    by = accounts.appointed("standards_secretariat")
    rows = filled(year, 3)
    assert [each.row.code for each in standings(year)] == CODES[:3]
    assert [each.rank for each in standings(year)] == [1, 2, 3]
    first = as_criteria(year)[0].id
    for value, reason in ((5.1, "x"), (-0.1, "x"), (3.0, " "), (float("nan"), "x")):
        with pytest.raises(InvalidInput):
            selections.score(candidate=rows[0], scores={first: (value, reason)}, by=by)
    with pytest.raises(InvalidInput):
        selections.score(candidate=rows[0], scores={"nonsense": (1.0, "x")}, by=by)
    with pytest.raises(InvalidInput):
        selections.enter(selection=year, code="zuji:nonsense", by=by)
    unscored = selections.enter(selection=year, code=CODES[4], by=by)
    last = standings(year)[-1]
    assert (last.row.pk, last.rank, last.score) == (unscored.pk, None, None)


def test_who_scores_does_not_decide_and_no_role_does_either(year: KeyProductSelection) -> None:
    row = filled(year, 1)[0]
    secretary, approver = (
        accounts.appointed("standards_secretariat"),
        accounts.appointed("standards_approver"),
    )
    with pytest.raises(Denied):
        selections.decide(candidate=row, chosen=True, reason="x", by=secretary)
    with pytest.raises(Denied):
        selections.close(selection=year, reason="x", document="x", by=secretary)
    with pytest.raises(Denied):
        selections.score(candidate=row, scores={}, by=approver)
    for role in Role:
        member = accounts.member(role)
        for call in (
            lambda by: selections.begin(year=2027, by=by),
            lambda by: selections.enter(selection=year, code=CODES[1], by=by),
            lambda by: selections.score(candidate=row, scores={}, by=by),
            lambda by: selections.decide(candidate=row, chosen=True, reason="x", by=by),
            lambda by: selections.close(selection=year, reason="x", document="x", by=by),
        ):
            with pytest.raises(Denied):
                call(member)


def test_the_pages_of_a_selection(year: KeyProductSelection) -> None:
    secretary = accounts.browser(accounts.appointed("standards_secretariat"))
    approver = accounts.browser(accounts.appointed("standards_approver"))
    visitor = accounts.browser()
    assert visitor.get(reverse("selection", 2030)).status_code == 404
    secretary.post(reverse("begin_selection"), {"year": "2027"})
    secretary.post(reverse("begin_selection"), {"year": "99999"})
    assert KeyProductSelection.objects.count() == 2
    secretary.post(reverse("enter_candidate", 2026), {"code": CODES[0]})
    row = SelectionCandidate.objects.get()
    scores = {f"score-{each.id}": "4.5" for each in as_criteria(year)}
    reasons = {f"reason-{each.id}": "Yearbook" for each in as_criteria(year)}
    secretary.post(reverse("score_candidate", 2026, row.pk), scores | reasons)
    secretary.post(reverse("score_candidate", 2026, row.pk), {**scores, "score-output": "much", **reasons})
    approver.post(reverse("decide_candidate", 2026, row.pk), {"chosen": "yes", "reason": "Large"})
    for browser in (visitor, secretary, approver):
        for language in ("", "/en"):
            page = browser.get(language + reverse("selection", 2026)).content.decode()
            assert "Yearbook" in page
            assert "4.5" in page
            assert browser.get(language + reverse("selections")).status_code == 200
    assert secretary.post(reverse("decide_candidate", 2026, row.pk), {}).status_code == 403
    approver.post(reverse("close_selection", 2026), {"document": "Order 1"})
    assert not KeyProductSelection.objects.get(year=2026).closed
    approver.post(reverse("close_selection", 2026), {"document": "Order 1", "reason": "One is enough"})
    assert KeyProductSelection.objects.get(year=2026).closed


def test_no_answer_leads_to_the_province_and_the_part_that_have_one() -> None:
    standards.loaded()
    visitor = accounts.browser()
    asked = {"product": str(standards.BAIJIU), "on": "2026-11-01"}
    answer = visitor.get(reverse("governing"), asked).context["answer"]
    assert answer.record is None
    local = next(each for each in answer.related if each.record.number == standards.DB51)
    assert (local.code, local.region) == (standards.STRONG_AROMA, "CN-SC")
    page = visitor.get(reverse("governing"), asked).content.decode()
    assert f"product={standards.STRONG_AROMA}".replace(":", "%3A") in page
    # The question behind the link has the answer, and what answers is no longer listed as related.
    there = visitor.get(reverse("governing"), asked | {"product": str(local.code), "region": local.region})
    assert there.context["answer"].record.number == standards.DB51
    assert standards.DB51 not in {each.record.number for each in there.context["answer"].related}
    coming = standards.registered(standards.standard())
    later = next(
        each
        for each in questions.answer(standards.BAIJIU, date(2026, 11, 1), "").related
        if each.record == coming
    )
    assert questions.answer(later.code, later.on, later.region).record == coming
    gone = visitor.get(reverse("governing"), asked | {"on": "2020-01-01"}).context["answer"]
    assert standards.DB51 not in {each.record.number for each in gone.related}


def test_a_procedure_says_who_takes_the_next_step() -> None:
    owner = accounts.owner(accounts.organisation())
    record = standards.proposed(by=owner)
    mine = accounts.browser(owner)
    for address in (reverse("standard", record.pk), reverse("board")):
        page = mine.get(address).content.decode()
        assert "批准立项" in page
        assert "标准批准人" in page
    offices = standards.Offices()
    offices.take(record, "approved", by=offices.approver)
    assert "标准秘书处" in mine.get(reverse("standard", record.pk)).content.decode()


def test_what_would_make_a_rule_count_stands_beside_it() -> None:
    standards.loaded()
    asked = {"region": "CN-SC", "on": "2026-06-01"}
    address = reverse("targets")
    page = accounts.browser().get(address, asked).content.decode()
    assert "需要：本省起草单位的名称与牵头或参与的分工" in page
    assert "起草单位未知的规则" in page
    assert "更正条目" not in page
    found = accounts.browser().get("/api/v1/standards/targets", asked).json()
    needs = {each["number"]: each["needs"]["en"] for each in found["not_counted"]}
    assert "whether it led or joined" in needs[standards.DB51]
    assert "GB/T 44903-2024" in found["unattributed"]
    secretary = accounts.browser(accounts.appointed("standards_secretariat"))
    assert "更正条目" in secretary.get(address, asked).content.decode()
