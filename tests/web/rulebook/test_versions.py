"""Versions of rules: written by one, adopted by another, and then for good."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from tests.web.factories import accounts, products, rulebook
from zuji.errors import InvalidInput
from zuji.formats import rules
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.rulebook.actions import versions
from zuji_web.rulebook.models import RuleState, RuleVersion, digest_of
from zuji_web.rulebook.queries import versions as reading

pytestmark = pytest.mark.django_db


def codes(refusal: Any) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_a_rule_is_written_by_one_and_adopted_by_another() -> None:
    author, other = rulebook.editor(), rulebook.approver()
    content = rulebook.text(id="brick")
    draft = versions.create(text=content, by=author)
    assert (draft.state, draft.key, draft.author, draft.organisation) == (
        RuleState.DRAFT, "brick@1", author.user, author.organisation,
    )  # fmt: skip
    adopted = versions.adopt(rule=draft, reason="Notice 12", by=other)
    assert (adopted.state, adopted.adopted_by, adopted.adoption_reason) == (
        RuleState.ADOPTED, other.user, "Notice 12",
    )  # fmt: skip
    assert adopted.text == content
    assert adopted.digest == digest_of(content)
    assert adopted.document == rules.to_dict(rules.load(content.encode()))
    trail = AuditEvent.objects.filter(object_id=str(draft.pk)).order_by("sequence")
    assert [event.action for event in trail] == ["rule.create", "rule.adopt"]
    assert trail[1].payload["digest"] == adopted.digest


def both(author_of: Any = None) -> Any:
    """A person who may write and adopt: appointed to both areas, as law does not forbid."""
    from zuji_web.accounts.actions import appointments
    from zuji_web.accounts.models import Membership

    person = rulebook.editor(of=author_of)
    membership = Membership.objects.get(user=person.user, organisation=person.organisation)
    appointments.appoint(
        membership=membership, area="standards_approver", reason="Letter", by=appointments.OPERATOR
    )
    from zuji_web.accounts.actors import of_user

    assert person.user is not None
    assert person.organisation is not None
    return of_user(person.user, str(person.organisation.pk))


def test_nobody_adopts_what_they_wrote_or_edited() -> None:
    home = accounts.organisation(kind="department")
    first, second = both(home), both(home)
    draft = rulebook.draft(by=first)
    with pytest.raises(Conflict) as own:
        versions.adopt(rule=draft, reason="Notice", by=first)
    assert codes(own) == ["rule-own"]
    # Who edited it wrote it too, even after somebody else wrote last.
    draft = versions.edit(rule=draft, text=draft.text + "note: a\n", revision=1, by=second)
    draft = versions.edit(rule=draft, text=draft.text + "note_en: b\n", revision=2, by=first)
    assert draft.author == first.user
    with pytest.raises(Conflict):
        versions.adopt(rule=draft, reason="Notice", by=second)
    draft.refresh_from_db()
    assert draft.state == RuleState.DRAFT


def test_only_a_sound_rule_with_a_reason_is_adopted() -> None:
    draft = rulebook.draft(rulebook.text(cut_off="{each: 1 %, totl: 5 %}", extends="gbt2467@1"))
    by = rulebook.approver()
    with pytest.raises(InvalidInput) as reason:
        versions.adopt(rule=draft, reason=" ", by=by)
    assert codes(reason) == ["reason-missing"]
    with pytest.raises(InvalidInput) as wrong:
        versions.adopt(rule=draft, reason="Notice", by=by)
    assert {problem.place.row for problem in wrong.value.problems} == {6, 10}
    draft.refresh_from_db()
    assert draft.state == RuleState.DRAFT


def test_the_key_of_a_used_version_is_not_free() -> None:
    rulebook.adopted(rulebook.text(id="tile"))
    again = rulebook.draft(rulebook.text(id="tile", name="别的"))
    with pytest.raises(InvalidInput):
        versions.adopt(rule=again, reason="Notice", by=rulebook.approver())
    # Nor that of a withdrawn one.
    gone = RuleVersion.objects.get(rule_id="tile", state=RuleState.ADOPTED)
    versions.withdraw(rule=gone, reason="Wrong", by=rulebook.approver())
    with pytest.raises(InvalidInput) as used:
        versions.adopt(rule=again, reason="Notice", by=rulebook.approver())
    assert "rule-key-used" in codes(used)


def test_an_edit_needs_the_newest_revision() -> None:
    by = rulebook.editor()
    draft = rulebook.draft(by=by)
    versions.edit(rule=draft, text=draft.text + "note: a\n", revision=1, by=by)
    with pytest.raises(Conflict) as stale:
        versions.edit(rule=draft, text=draft.text + "note: b\n", revision=1, by=by)
    assert codes(stale) == ["rule-changed-meanwhile"]
    draft.refresh_from_db()
    assert (draft.revision, draft.text.endswith("note: a\n")) == (2, True)


def test_a_draft_that_cannot_be_read_is_kept_as_it_is() -> None:
    draft = rulebook.draft("id: half\r\nname: 半成品\r\nscope: [")
    assert draft.text == "id: half\nname: 半成品\nscope: [\n"
    assert (draft.document, draft.rule_id, draft.key) == ({}, "", "")
    mended = versions.create(text="id: half\nname: 半成品\n", by=rulebook.editor())
    assert (mended.rule_id, mended.name) == ("half", "半成品")


def test_a_text_of_any_size_is_not_taken() -> None:
    with pytest.raises(InvalidInput) as refused:
        rulebook.draft("#" * (versions.MOST_CHARACTERS + 1))
    assert codes(refused) == ["rule-too-large"]


@pytest.mark.parametrize(
    ("version", "taken", "expected"),
    [("1", (), "2"), ("2025-1", ("2025-2",), "2025-3"), ("beta", (), "beta-1"), ("1.9", (), "1.10")],
)
def test_a_new_version_takes_the_next_free_number(
    version: str, taken: tuple[str, ...], expected: str
) -> None:
    first = rulebook.adopted(rulebook.text(id="glass", version=f'"{version}"') + "# a remark\n")
    for each in taken:
        rulebook.draft(rulebook.text(id="glass", version=f'"{each}"'))
    by = rulebook.editor()
    fresh = versions.begin_version(rule=first, by=by)
    assert (fresh.rule_id, fresh.version, fresh.previous, fresh.author) == ("glass", expected, first, by.user)
    assert fresh.text.endswith("# a remark\n")
    assert RuleVersion.objects.get(pk=first.pk).text == first.text


def test_a_version_is_withdrawn_with_a_reason_and_stays() -> None:
    row, by = rulebook.adopted(), rulebook.approver()
    with pytest.raises(InvalidInput):
        versions.withdraw(rule=row, reason="", by=by)
    gone = versions.withdraw(rule=row, reason="Superseded", by=by)
    assert (gone.state, gone.withdrawal_reason) == (RuleState.WITHDRAWN, "Superseded")
    for act in (versions.withdraw, versions.adopt):
        with pytest.raises(Conflict):
            act(rule=row, reason="Again", by=rulebook.approver())


def test_what_others_rest_on_is_not_withdrawn() -> None:
    base = rulebook.adopted(rulebook.text(id="base"))
    rests = rulebook.adopted(rulebook.text(id="rests", extends="base@1"))
    by = rulebook.approver()
    with pytest.raises(Conflict) as used:
        versions.withdraw(rule=base, reason="Old", by=by)
    assert codes(used) == ["rule-continued"]
    assert "rests@1" in used.value.problems[0].what.en
    versions.withdraw(rule=rests, reason="Old", by=by)
    assert versions.withdraw(rule=base, reason="Old", by=by).state == RuleState.WITHDRAWN


def test_the_last_general_rule_is_not_withdrawn() -> None:
    rulebook.loaded()
    for row in RuleVersion.objects.exclude(rule_id="gbt24067"):
        versions.withdraw(rule=row, reason="Old", by=rulebook.approver())
    with pytest.raises(Conflict) as last:
        versions.withdraw(
            rule=RuleVersion.objects.get(rule_id="gbt24067"), reason="Old", by=rulebook.approver()
        )
    assert codes(last) == ["rule-general"]


COLUMNS = ("text", "digest", "name", "rule_id", "version", "standing", "certainty", "adoption_reason")


@pytest.mark.parametrize("column", [*COLUMNS, "document"])
@pytest.mark.parametrize("withdrawn", [False, True])
def test_the_database_refuses_to_change_an_adopted_rule(column: str, withdrawn: bool) -> None:
    row = rulebook.adopted()
    if withdrawn:
        versions.withdraw(rule=row, reason="Old", by=rulebook.approver())
    value: Any = {"id": "x"} if column == "document" else "adopted" if column == "standing" else "seen"
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleVersion.objects.filter(pk=row.pk).update(**{column: value})
    assert RuleVersion.objects.get(pk=row.pk).text == row.text


def test_the_database_refuses_to_delete_or_reopen_an_adopted_rule() -> None:
    row = rulebook.adopted()
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("DELETE FROM rulebook_ruleversion")
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleVersion.objects.filter(pk=row.pk).update(state=RuleState.DRAFT)
    versions.withdraw(rule=row, reason="Old", by=rulebook.approver())
    for state in (RuleState.DRAFT, RuleState.ADOPTED):
        with pytest.raises(DatabaseError), transaction.atomic():
            RuleVersion.objects.filter(pk=row.pk).update(state=state)


def test_python_refuses_before_the_database_is_asked() -> None:
    row = RuleVersion.objects.get(pk=rulebook.adopted().pk)
    row.text += "# more\n"
    with pytest.raises(PermissionError):
        row.save()
    with pytest.raises(PermissionError):
        RuleVersion.objects.get(pk=row.pk).delete()
    row.refresh_from_db()
    row.state = RuleState.DRAFT
    with pytest.raises(PermissionError):
        row.save()


def test_people_may_go_while_their_rules_stay() -> None:
    row = rulebook.adopted()
    assert row.adopted_by is not None
    RuleVersion.objects.filter(pk=row.pk).update(author=None, adopted_by=None)
    assert RuleVersion.objects.get(pk=row.pk).author is None


@pytest.mark.parametrize("role", list(Role))
def test_no_role_by_itself_writes_or_adopts(role: Role) -> None:
    stranger = accounts.member(role)
    draft, adopted = rulebook.draft(), rulebook.adopted()
    for denied in (
        lambda: versions.create(text=rulebook.text(), by=stranger),
        lambda: versions.edit(rule=draft, text="id: x", revision=1, by=stranger),
        lambda: versions.delete(rule=draft, by=stranger),
        lambda: versions.begin_version(rule=adopted, by=stranger),
        lambda: versions.adopt(rule=draft, reason="Mine", by=stranger),
        lambda: versions.withdraw(rule=adopted, reason="Mine", by=stranger),
    ):
        with pytest.raises(Denied):
            denied()
    with pytest.raises(Http404):
        reading.version(draft.pk, by=stranger)
    assert reading.version(adopted.pk, by=stranger) == adopted


def test_an_editor_neither_adopts_nor_withdraws_and_an_approver_never_writes() -> None:
    author, approver = rulebook.editor(), rulebook.approver()
    draft, adopted = rulebook.draft(by=author), rulebook.adopted()
    for denied in (
        lambda: versions.adopt(rule=draft, reason="Mine", by=rulebook.editor(of=author.organisation)),
        lambda: versions.withdraw(rule=adopted, reason="Mine", by=author),
        lambda: versions.create(text=rulebook.text(), by=approver),
        lambda: versions.edit(rule=draft, text="id: x", revision=1, by=approver),
        lambda: versions.delete(rule=draft, by=approver),
    ):
        with pytest.raises(Denied):
            denied()


def test_drafts_belong_to_their_organisation() -> None:
    author, other = rulebook.editor(), rulebook.editor()
    draft = rulebook.draft(by=author)
    with pytest.raises(Http404):
        reading.version(draft.pk, by=other)
    with pytest.raises(Denied):
        versions.edit(rule=draft, text="id: x", revision=1, by=other)
    colleague = rulebook.editor(of=author.organisation)
    assert reading.version(draft.pk, by=colleague) == draft
    assert list(reading.drafts(by=rulebook.approver())) == [draft]
    assert list(reading.drafts(by=accounts.member())) == []
    versions.delete(rule=draft, by=colleague)
    assert not RuleVersion.objects.filter(pk=draft.pk).exists()
    assert AuditEvent.objects.filter(action="rule.delete", object_id=str(draft.pk)).exists()


def test_a_study_keeps_its_withdrawn_rule() -> None:
    from zuji_web.rulebook.queries import book

    row = rulebook.adopted(rulebook.text(id="pipe"))
    products.study(rule="pipe@1")
    versions.withdraw(rule=row, reason="Old", by=rulebook.approver())
    assert "pipe@1" not in book.book()
    assert book.resolved("pipe@1").key == "pipe@1"
    with pytest.raises(InvalidInput):
        book.resolved("pipe")
