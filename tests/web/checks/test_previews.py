"""A draft of a rule tried out on a study, beside the version before it."""

from typing import Any

import pytest

from tests.web.factories import accounts, checks, products, rulebook
from zuji.rules.applying import apply
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.checks.queries import checking, columns, trials
from zuji_web.factors.queries import library
from zuji_web.rulebook.queries import book
from zuji_web.rulebook.queries.drafting import drafted

pytestmark = pytest.mark.django_db
CUT = "cut_off:\n  each: 30 %\n  total: 60 %\n"


def text(rest: str = "", version: str = "2") -> str:
    return checks.RULE.format(version=version, rest=rest)


def tried(by: Actor, study: Any, **form: str) -> Any:
    given = {"study": str(study.pk), "text": text(), "against": "", **form}
    return accounts.browser(by).post("/rules/preview/", given)


def test_the_draft_counts_as_the_library_counts_it() -> None:
    study = checks.whole()
    registry = checking.Registry(checking.today())
    made = trials.trial(text(CUT), study, None, registry=registry)
    rule = drafted(text(CUT)).resolved
    assert made.draft is not None
    assert rule is not None
    using = library(study.organisation_id)
    applied = apply(checking.examined(study).study, rule, using.source)
    assert made.draft.column.total == pytest.approx(
        columns.calculation(using)(applied.study).total, rel=1e-12
    )
    conformity = checking.check(study, rule, registry=registry).conformity
    assert made.draft.conformity == conformity
    assert made.before is None


def test_differences_to_the_version_before_are_told_item_by_item() -> None:
    before = checks.adopted()
    made = trials.trial(
        text(CUT), checks.whole(), book.resolved(before.key), registry=checking.Registry(checking.today())
    )
    assert made.before is not None
    assert made.draft is not None
    assert {each.item for each in made.differences} >= {"cut_off.each", "cut_off.total"}
    moved = sum((each.after or 0.0) - (each.before or 0.0) for each in made.moved)
    assert made.draft.column.total is not None
    assert made.before.column.total is not None
    assert moved == pytest.approx(made.draft.column.total - made.before.column.total, rel=1e-9, abs=1e-12)


def test_the_editor_sees_summary_totals_and_differences() -> None:
    before = checks.adopted()
    by = accounts.appointed("rule_editor")
    answer = tried(by, products.demonstration(), text=text(CUT), against=before.key)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert before.key in page
    assert "test-electricity@2" in page
    assert "不符合" in page
    assert "按规则核算的总量" in page


def test_a_text_with_mistakes_is_told_and_not_tried() -> None:
    by = accounts.appointed("rule_editor")
    answer = tried(by, products.demonstration(), text="id: [")
    assert answer.status_code == 200
    assert answer.context["problems"]
    assert answer.context["trial"].draft is None


def test_the_form_offers_examples_and_own_studies_only() -> None:
    by = accounts.appointed("rule_editor")
    foreign, example = products.study(), products.demonstration()
    page = accounts.browser(by).get("/rules/preview/?against=gbt24067@1").content.decode()
    assert str(example.pk) in page
    assert str(foreign.pk) not in page
    assert tried(by, foreign).status_code == 404
    assert accounts.browser(by).post("/rules/preview/", {"study": "nonsense"}).status_code == 404


def test_the_rule_beside_is_chosen_from_those_in_force_and_readable_drafts() -> None:
    rulebook.adopted(rulebook.text(id="wall"))
    by = accounts.appointed("rule_editor")
    own = rulebook.draft(rulebook.text(id="mine", cut_off="{each: 2 %, total: 5 %}"), by=by)
    foreign = rulebook.draft(rulebook.text(id="theirs"))
    broken = rulebook.draft("id: [", by=by)
    example = products.demonstration()
    page = accounts.browser(by).get("/rules/preview/?against=wall@1").content.decode()
    assert '<option value="wall@1" selected>' in page
    assert '<option value="gbt24067@1">' in page
    assert f"draft:{own.pk}" in page
    assert str(foreign.pk) not in page
    assert str(broken.pk) not in page
    answer = tried(by, example, text=text(CUT), against=f"draft:{own.pk}")
    assert answer.context["trial"].before.column.rule.key == "mine@1"
    assert tried(by, example, text=text(CUT), against=f"draft:{foreign.pk}").status_code == 404
    assert tried(by, example, text=text(CUT), against="draft:nonsense").status_code == 404
    assert tried(by, example, text=text(CUT), against=f"draft:{broken.pk}").context["trial"].before is None


def test_previews_are_for_those_who_write_or_adopt_rules() -> None:
    example = products.demonstration()
    for role in Role:
        assert tried(accounts.member(role), example).status_code == 403
    assert tried(accounts.appointed("standards_approver"), example).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_a_study_is_begun_from_a_rule_by_whoever_may_create_one(role: Role) -> None:
    rule = checks.adopted()
    by = accounts.member(role)
    form = {"product": "样品", "start": "2025-01-01", "end": "2025-12-31", "region": "CN"}
    answer = accounts.browser(by).post(f"/rules/{rule.pk}/begin/", form)
    assert answer.status_code == (302 if role in {Role.OWNER, Role.MODELLER} else 403)
    if answer.status_code == 302:
        made = by.organisation.studies.get()  # type: ignore[union-attr]
        assert made.document["rule"] == rule.key
        assert answer["Location"].endswith(f"/products/{made.pk}/")


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    rule = checks.adopted()
    form = {"product": "样品", "start": "2025-01-01", "end": "2024-12-31", "region": "CN"}
    answer = accounts.browser(products.modeller()).post(f"/rules/{rule.pk}/begin/", form)
    assert answer.status_code == 422
    assert answer.context["form"].errors["end"]


def test_a_draft_of_a_rule_begins_no_study_for_others() -> None:
    rule = checks.draft(version="9")
    assert accounts.browser(products.modeller()).get(f"/rules/{rule.pk}/begin/").status_code == 404
