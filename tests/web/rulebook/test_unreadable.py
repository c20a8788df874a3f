"""A rule that an earlier software accepted and this one cannot read is left out; nothing else breaks."""

import logging
from typing import Any

import pytest
from django.urls import reverse

from tests.web.factories import accounts, products, reviews, rulebook
from zuji.errors import InvalidInput
from zuji.formats import rules
from zuji_web.accounts.permissions import Role
from zuji_web.products import rules_in_force
from zuji_web.products.actions import snapshots
from zuji_web.products.models import ProductStudy, StudySnapshot
from zuji_web.products.queries.requirements import requirements
from zuji_web.rulebook.actions import versions
from zuji_web.rulebook.models import Origin, RuleState, RuleVersion
from zuji_web.rulebook.queries import book
from zuji_web.rulebook.queries.drafting import beginning
from zuji_web.standards.queries.registry import today

pytestmark = pytest.mark.django_db


def told(key: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        book.resolved(key)
    return [(problem.code, problem.place.field) for problem in refused.value.problems]


def test_it_is_left_out_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    rulebook.loaded()
    before = {rule.key for rule in book.book()}
    with caplog.at_level(logging.WARNING):
        rulebook.outdated(id="brick")
        assert {rule.key for rule in book.book()} == {rule.key for rule in book.book()} == before
    assert [record.getMessage() for record in caplog.records if "brick@1" in record.getMessage()] == [
        f"the adopted rule brick@1 is left out: {book.book().unreadable[0].problems[0]}"
    ]
    assert told("brick@1") == told("brick") == [("rule-unreadable", "rule")]
    assert not book.known("brick@1")
    assert "brick" not in book.book()
    assert "brick" not in {rule.id for rule in book.newest()}


def test_an_earlier_version_does_not_take_its_place_unseen() -> None:
    rulebook.adopted(rulebook.text(id="brick"))
    rulebook.outdated(id="brick", version='"2"')
    assert told("brick") == told("brick@2") == [("rule-unreadable", "rule")]
    assert book.resolved("brick@1").version == "1"
    assert "brick@1" in {rule.key for rule in book.newest()}


def test_what_takes_over_from_it_is_left_out_too_and_a_new_version_brings_both_back() -> None:
    row = rulebook.outdated(id="wall")
    rulebook.outdated(id="other", extends="wall")
    kept = RuleVersion.objects.get(rule_id="other")
    assert {each.key for each in book.book().unreadable} == {"wall@1", "other@1"}
    by = rulebook.editor()
    draft = versions.begin_version(rule=row, by=by)
    assert draft.text.startswith(row.text[:10])
    with pytest.raises(InvalidInput):
        versions.adopt(rule=draft, reason="Decision 1", by=rulebook.approver())
    versions.edit(rule=draft, text=rulebook.text(id="wall", version='"2"'), revision=1, by=by)
    versions.adopt(rule=draft, reason="Decision 1", by=rulebook.approver())
    assert book.resolved("wall").key == "wall@2"
    assert [each.key for each in book.book().unreadable] == ["wall@1", "other@1"]
    versions.withdraw(rule=kept, reason="Decision 2", by=rulebook.approver())
    assert [each.key for each in book.book().unreadable] == ["wall@1"]
    assert told("other@1") == [("rule-unreadable", "rule")], "withdrawn, and still not read"


def test_a_sound_rule_on_an_unreadable_one_is_left_out_with_its_reason() -> None:
    base = rulebook.adopted(rulebook.text(id="wall"))
    rulebook.adopted(rulebook.text(id="brick", extends="wall"))
    assert book.resolved("brick").extends == "wall"
    rulebook.outdated(id="wall", version='"2"')
    assert {each.key for each in book.book().unreadable} == {"wall@2", "brick@1"}
    (problem,) = next(each for each in book.book().unreadable if each.key == "brick@1").problems
    assert (problem.code, problem.place.field) == ("rule-unreadable", "extends")
    assert book.resolved(base.key).id == "wall"


def test_the_general_rule_is_always_there() -> None:
    rulebook.loaded()
    rulebook.outdated(id=book.GENERAL, version='"9"', extends="")
    assert told(book.GENERAL) == [("rule-unreadable", "rule")]
    assert book.resolved().key == rules_in_force.rule_of("").key == rules.shipped().get(book.GENERAL).key
    assert beginning("", by=rulebook.editor())


def test_the_softwares_own_general_rule_stands_in_where_none_is_left() -> None:
    general = rules.shipped().get(book.GENERAL)
    withdrawn = RuleVersion(state=RuleState.WITHDRAWN, origin=Origin.SHIPPED)
    versions.write(withdrawn, rules.dump(general).decode())
    withdrawn.save()
    rulebook.outdated(id=book.GENERAL, version='"9"', extends="")
    assert book.resolved().key == rules_in_force.rule_of("").key == general.key
    assert book.resolved("cement").id == "cement"


def test_a_shipped_rule_that_was_loaded_in_an_older_form_is_read_from_the_software() -> None:
    rulebook.outdated(id="cement")
    assert told("cement@1") == [("rule-unreadable", "rule")], "what was written here is nobody else's"
    older = rulebook.outdated(id="cement-clinker", origin=Origin.SHIPPED)
    assert book.resolved("cement-clinker@1") == book.resolved("cement-clinker")
    assert book.read(older) == rules.shipped().get("cement-clinker@1")
    assert [each.key for each in book.book().unreadable] == ["cement@1"]


PAGES = (
    "rulebook:list",
    "rulebook:create",
    "standards:list",
    "standards:targets",
    "grades:list",
    "checks:preview",
)


def test_every_page_works_and_those_who_maintain_rules_are_told() -> None:
    rulebook.loaded()
    row = rulebook.outdated(id="brick")
    home = accounts.organisation()
    editor = accounts.browser(rulebook.editor(of=home))
    for name in PAGES:
        assert editor.get(reverse(name)).status_code == 200, name
    notice = "有 1 项已发布的规则，本版软件读不了"
    listed = reverse("rulebook:list")
    assert notice in editor.get(listed).content.decode()
    assert notice in accounts.browser(rulebook.approver()).get(listed).content.decode()
    for by in (accounts.browser(), accounts.browser(accounts.member())):
        assert notice not in by.get(listed).content.decode()
        page = by.get(reverse("rulebook:rule", args=[row.pk]))
        assert page.status_code == 200
        assert "因此暂不使用" in page.content.decode()
        assert reverse("checks:begin", args=[row.pk]) not in page.content.decode()


def test_a_study_that_names_it_says_so() -> None:
    rulebook.loaded()
    rulebook.outdated(id="brick")
    owner = accounts.member(Role.OWNER)
    study = products.study(by=owner, rule="brick@1")
    found = requirements(study, today())
    assert [(each.code, each.place.field) for each in found.unknown] == [("rule-unreadable", "rule")]
    browser = accounts.browser(owner)
    said = "本版软件读不了它"
    for name in ("products:statements", "checks:check"):
        page = browser.get(reverse(name, args=[study.pk]))
        assert page.status_code == 200, name
        assert said in page.content.decode(), name
    for name in ("products:workbench", "products:report", "checks:several", "products:product"):
        assert browser.get(reverse(name, args=[study.pk])).status_code == 200, name
    answer: Any = browser.get(reverse("checks:several", args=[study.pk]), {"rule": "brick@1"})
    assert said in answer.content.decode()
    other = products.study(by=owner)
    assert browser.get(reverse("checks:check", args=[other.pk])).status_code == 200
    assert said not in browser.get(reverse("checks:check", args=[other.pk])).content.decode()


def test_a_study_that_names_it_is_not_frozen() -> None:
    rulebook.loaded()
    rulebook.outdated(id="brick")
    house = reviews.House()
    study = reviews.clean(house)
    ProductStudy.objects.filter(pk=study.pk).update(document={**study.document, "rule": "brick@1"})
    with pytest.raises(InvalidInput) as refused:
        snapshots.freeze(study=study, by=house.signatory)
    assert [(each.code, each.place.field) for each in refused.value.problems] == [("rule-unreadable", "rule")]
    assert not StudySnapshot.objects.filter(study=study).exists()
    answer = accounts.browser(house.signatory).post(reverse("products:freeze", args=[study.pk]), follow=True)
    assert "本版软件读不了它" in answer.content.decode()
    ProductStudy.objects.filter(pk=study.pk).update(document=study.document)
    assert snapshots.freeze(study=study, by=house.signatory)


def test_the_api_says_why_it_is_not_read() -> None:
    rulebook.outdated(id="brick")
    reader = accounts.browser(accounts.member(Role.VIEWER))
    found = reader.get("/api/v1/rules/brick@1").json()
    assert found["items"] == []
    assert "colour" in found["problems"][0]["place"]["field"] + found["problems"][0]["what"]
    listed = reader.get("/api/v1/rules", {"limit": "500"}).json()
    assert "brick@1" in {row["key"] for row in listed["items"]}
    assert reader.get("/api/v1/rules/brick@1/yaml").status_code == 200
