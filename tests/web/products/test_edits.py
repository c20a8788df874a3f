"""Editing drafts: saved, undoable, audited, never over somebody else's change."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.factories import accounts
from tests.web.factories.products import ELECTRICITY, bare, line, many_lines, modeller, study
from zuji.errors import InvalidInput
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.products.actions import edits
from zuji_web.products.models import ProductStudy, StudyEdit, StudyState
from zuji_web.products.operations import Operation

pytestmark = pytest.mark.django_db


def amount(line_id: str, value: Any, **more: Any) -> Operation:
    return {"op": "set", "path": ["lines", line_id, "quantity", "amount"], "value": value, **more}


def stored(made: ProductStudy) -> ProductStudy:
    return ProductStudy.objects.get(pk=made.pk)


def amount_of(made: ProductStudy, line_id: str) -> Any:
    rows = {each["id"]: each for process in stored(made).document["processes"] for each in process["lines"]}
    return rows[line_id]["quantity"]["amount"]


def test_an_edit_is_saved_with_what_undoes_it_and_audited() -> None:
    by = modeller()
    made = study(line("a"), by=by)
    edits.edit(study=made, operations=[amount("a", 3.0)], by=by)
    after = stored(made)
    assert (after.revision, after.applied) == (1, 1)
    assert after.total == pytest.approx(3 * 0.5777)
    step = StudyEdit.objects.get(study=made)
    assert (step.author, step.author_id) == (by.name, by.identity)
    event = AuditEvent.objects.order_by("-sequence")[0]
    assert (event.action, event.object_id, event.actor_id) == ("study.edit", str(made.pk), by.identity)
    assert event.payload["places"] == ["lines/a/quantity/amount"]


def test_undo_and_redo_walk_through_the_history() -> None:
    by = modeller()
    made = study(line("a"), by=by)
    for value in (3.0, 4.0):
        edits.edit(study=made, operations=[amount("a", value)], by=by)
    edits.undo(study=made, by=by)
    assert amount_of(made, "a") == 3.0
    edits.undo(study=made, by=by)
    assert amount_of(made, "a") == 2.0
    edits.redo(study=made, by=by)
    assert amount_of(made, "a") == 3.0
    assert stored(made).revision == 5
    edits.edit(study=made, operations=[amount("a", 7.0)], by=by)
    with pytest.raises(Conflict):
        edits.redo(study=made, by=by)
    edits.undo(study=made, by=by)
    assert amount_of(made, "a") == 3.0


def test_with_nothing_to_undo_or_redo_it_is_said() -> None:
    by = modeller()
    made = study(by=by)
    for step in (edits.undo, edits.redo):
        with pytest.raises(Conflict):
            step(study=made, by=by)


def test_another_persons_edit_is_undone_only_when_meant() -> None:
    home = accounts.organisation()
    first, second = accounts.member(of=home), accounts.member(of=home)
    made = study(line("a"), by=first)
    edits.edit(study=made, operations=[amount("a", 3.0)], by=first)
    with pytest.raises(Conflict) as refusal:
        edits.undo(study=made, by=second)
    assert refusal.value.problems[0].code == "edit-of-another"
    assert first.name in refusal.value.problems[0].what.en
    edits.undo(study=made, by=second, of_others=True)
    assert amount_of(made, "a") == 2.0


def test_two_editors_of_different_cells_are_merged() -> None:
    home = accounts.organisation()
    first, second = accounts.member(of=home), accounts.member(of=home)
    made = study(line("a"), line("b"), by=first)
    edits.edit(study=made, operations=[amount("a", 3.0, was=2.0)], by=first, base=0)
    edits.edit(study=made, operations=[amount("b", 4.0, was=2.0)], by=second, base=0)
    assert (amount_of(made, "a"), amount_of(made, "b")) == (3.0, 4.0)


def test_two_editors_of_one_cell_do_not_overwrite_each_other() -> None:
    home = accounts.organisation()
    first, second = accounts.member(of=home), accounts.member(of=home)
    made = study(line("a"), line("b"), by=first)
    edits.edit(study=made, operations=[amount("a", 3.0, was=2.0)], by=first, base=0)
    with pytest.raises(Conflict):
        edits.edit(
            study=made, operations=[amount("b", 9.0, was=2.0), amount("a", 4.0, was=2.0)], by=second, base=0
        )
    assert (amount_of(made, "a"), amount_of(made, "b")) == (3.0, 2.0)


def test_an_unguarded_change_on_an_old_revision_is_refused() -> None:
    by = modeller()
    made = study(line("a"), line("b"), by=by)
    edits.edit(study=made, operations=[amount("a", 3.0)], by=by, base=0)
    with pytest.raises(Conflict):
        edits.edit(study=made, operations=[amount("b", 4.0)], by=by, base=0)
    with pytest.raises(Conflict):
        edits.undo(study=made, by=by, base=0)
    with pytest.raises(Conflict):
        edits.replace(study=made, document=made.document, by=by, base=0)
    assert amount_of(made, "b") == 2.0


def test_a_refused_edit_leaves_no_trace() -> None:
    by = modeller()
    made = study(line("a"), by=by)
    events = AuditEvent.objects.count()
    with pytest.raises(Conflict):
        edits.edit(study=made, operations=[amount("a", 5.0), amount("gone", 1.0)], by=by)
    assert amount_of(made, "a") == 2.0
    assert (stored(made).revision, StudyEdit.objects.count(), AuditEvent.objects.count()) == (0, 0, events)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.SIGNATORY, Role.ADMIN])
def test_who_may_not_edit_cannot(role: Role) -> None:
    home = accounts.organisation()
    made = study(line("a"), by=accounts.member(of=home))
    by = accounts.member(role, of=home)
    edits.edit(study=made, operations=[amount("a", 3.0)], by=accounts.member(Role.DATA_CLERK, of=home))
    for attempt in (
        lambda: edits.edit(study=made, operations=[amount("a", 5.0)], by=by),
        lambda: edits.replace(study=made, document=made.document, by=by),
        lambda: edits.undo(study=made, by=by, of_others=True),
        lambda: edits.redo(study=made, by=by),
    ):
        with pytest.raises(Denied):
            attempt()
    assert amount_of(made, "a") == 3.0


def test_another_organisation_cannot_edit() -> None:
    made = study(line("a"))
    with pytest.raises(Denied):
        edits.edit(study=made, operations=[amount("a", 5.0)], by=modeller())


def test_a_frozen_study_is_not_edited() -> None:
    by = modeller()
    made = study(line("a"), by=by)
    edits.edit(study=made, operations=[amount("a", 3.0)], by=by)
    ProductStudy.objects.filter(pk=made.pk).update(state=StudyState.FROZEN)
    for attempt in (
        lambda: edits.edit(study=made, operations=[amount("a", 5.0)], by=by),
        lambda: edits.undo(study=made, by=by),
        lambda: edits.replace(study=made, document=made.document, by=by),
    ):
        with pytest.raises(Conflict):
            attempt()
    assert amount_of(made, "a") == 3.0


def test_a_study_does_not_grow_without_end() -> None:
    by = modeller()
    made = study(*many_lines(5), by=by)
    flood = [
        {"op": "insert", "path": ["processes", "main", "lines"], "value": bare(f"n{i}"), "after": None}
        for i in range(5001)
    ]
    with pytest.raises(InvalidInput):
        edits.edit(study=made, operations=flood, by=by)
    with pytest.raises(InvalidInput):
        edits.edit(study=made, operations=[], by=by)
    assert stored(made).revision == 0


steps = st.lists(
    st.sampled_from(
        [
            amount("a", 3.5),
            amount("b", None),
            {"op": "set", "path": ["lines", "a", "factor"], "value": None},
            {
                "op": "set",
                "path": ["lines", "b", "transport", "distance"],
                "value": {"amount": 5, "unit": "km"},
            },
            {"op": "insert", "path": ["processes", "main", "lines"], "value": bare("n"), "after": "a"},
            {"op": "remove", "path": ["lines", "a"]},
            {"op": "move", "path": ["lines", "b"], "after": None},
            {"op": "set", "path": ["product", "model"], "value": "甲型"},
            {"op": "insert", "path": ["processes"], "value": {"id": "p", "name": "前处理"}, "after": "main"},
        ]
    ),
    max_size=8,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_history_undone_gives_the_first_document_and_redone_the_last(changes: list[Operation]) -> None:
    by = modeller()
    made = study(line("a"), bare("b"), by=by)
    first, done = stored(made).document, 0
    for change in changes:
        try:
            edits.edit(study=made, operations=[change], by=by)
            done += 1
        except Conflict:
            continue
    last = stored(made).document
    for _ in range(done):
        edits.undo(study=made, by=by)
    assert stored(made).document == first
    for _ in range(done):
        edits.redo(study=made, by=by)
    assert stored(made).document == last


def test_a_new_document_is_one_step() -> None:
    by = modeller()
    made = study(line("a"), by=by)
    other = {**made.document, "product": {"name": "另一产品"}}
    edits.replace(study=made, document=other, by=by, base=0)
    assert stored(made).name == "另一产品"
    edits.undo(study=made, by=by)
    assert stored(made).name == "样品"
    assert stored(made).document["processes"][0]["lines"][0]["factor"] == ELECTRICITY
