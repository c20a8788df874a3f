"""The book: shipped rules loaded once, adopted ones over them, read again only when something changed."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.factories import rulebook
from zuji.errors import InvalidInput
from zuji.formats import rules
from zuji_web.accounts.actors import VISITOR
from zuji_web.audit.models import AuditEvent
from zuji_web.rulebook.actions import shipping, versions
from zuji_web.rulebook.management.commands.load_rules import Operator
from zuji_web.rulebook.models import Origin, RuleState, RuleVersion
from zuji_web.rulebook.queries import book
from zuji_web.rulebook.queries import versions as reading

pytestmark = pytest.mark.django_db


def test_shipped_rules_are_in_the_book_before_anything_is_loaded() -> None:
    assert {rule.key for rule in book.book()} == {rule.key for rule in rules.shipped()}
    assert book.resolved().id == book.GENERAL


def test_every_shipped_rule_is_loaded_as_it_was_written_and_once() -> None:
    rulebook.loaded()
    rows = RuleVersion.objects.all()
    assert {row.key: book.read(row) for row in rows} == {rule.key: rule for rule in rules.shipped()}
    assert {(row.state, row.origin) for row in rows} == {(RuleState.ADOPTED, Origin.SHIPPED)}
    before = list(RuleVersion.objects.order_by("pk").values())
    told = StringIO()
    call_command("load_rules", stdout=told)
    assert list(RuleVersion.objects.order_by("pk").values()) == before
    assert told.getvalue() == f"rules: 0 added, {len(rules.shipped())} unchanged\n"
    assert AuditEvent.objects.filter(action="rules.load").count() == 1


def test_a_shipped_rule_that_changed_in_the_software_is_left_alone_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rulebook.loaded()
    before = RuleVersion.objects.get(rule_id="cement")
    changed = [
        text.replace("演示规则", "另一条规则") if "\nid: cement\n" in f"\n{text}" else text
        for text in shipping.texts()
    ]
    monkeypatch.setattr(shipping, "texts", lambda: iter(changed))
    loaded = shipping.load_shipped(by=Operator())
    assert (loaded.added, loaded.kept) == (0, ("cement@1",))
    assert RuleVersion.objects.get(rule_id="cement").text == before.text


def test_what_is_adopted_here_is_the_newest_and_withdrawing_brings_the_earlier_back() -> None:
    rulebook.loaded()
    first = book.resolved("cement")
    row = RuleVersion.objects.get(rule_id="cement")
    fresh = versions.begin_version(rule=row, by=(by := rulebook.editor()))
    text = fresh.text.replace("worst: 4", "worst: 3")
    assert text != fresh.text
    versions.edit(rule=fresh, text=text, revision=1, by=by)
    assert book.resolved("cement") == first, "a draft changes nothing"
    adopted = versions.adopt(rule=fresh, reason="Notice 3", by=rulebook.approver())
    assert (book.resolved("cement").key, book.resolved("cement").quality.worst) == ("cement@2", 3)
    assert book.resolved("cement@1") == first
    assert [row.key for row in reading.rules(by=VISITOR) if row.rule_id == "cement"] == ["cement@2"]
    assert reading.by_key("cement", by=VISITOR) == adopted
    versions.withdraw(rule=adopted, reason="Wrong", by=rulebook.approver())
    assert book.resolved("cement") == first
    assert reading.by_key("cement", by=VISITOR) == row
    assert book.resolved("cement@2").quality.worst == 3, "studies made under it still find it"


def test_what_was_written_here_goes_before_what_a_later_software_ships() -> None:
    content = rulebook.text(id="cement", version='"0"', name="本省的水泥")
    rulebook.adopted(content)
    rulebook.loaded()
    assert book.book().get("cement").name == "本省的水泥"
    assert reading.by_key("cement", by=VISITOR).name == "本省的水泥"
    assert [row.name for row in reading.rules(by=VISITOR, search="cement") if row.rule_id == "cement"] == [
        "本省的水泥"
    ]


def test_the_book_is_read_again_only_when_it_changed() -> None:
    rulebook.loaded()
    shelf = book.book()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert book.book() is shelf
        assert book.resolved("cement") is book.resolved("cement")
    assert len(asked) == 3
    assert all('"rulebook_ruleversion"."text"' not in query["sql"] for query in asked)
    rulebook.draft()
    assert book.book() is shelf
    rulebook.adopted()
    assert book.book() is not shelf


@pytest.mark.parametrize("key", ["nothing", "nothing@1", "cement@99", "@", "cement@"])
def test_an_unknown_key_is_refused_with_those_that_exist(key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        book.resolved(key)
    assert [problem.code for problem in refused.value.problems] == ["unknown-rule"]
    assert not book.known(key)


def test_a_rule_that_continues_one_written_here_takes_over_from_it() -> None:
    rulebook.adopted(rulebook.text(id="wall", cut_off="{each: 2 %, total: 3 %}"))
    rulebook.adopted(rulebook.text(id="brick-red", extends="wall@1", cut_off=""))
    whole: Any = book.resolved("brick-red@1")
    assert (whole.cut_off.each, whole.cut_off.total) == (0.02, 0.03)
    assert {rule.id for rule in book.newest()} >= {"wall", "brick-red"}
