"""Beginning, copying, continuing and deleting studies; who sees which."""

from datetime import date

import pytest
from django.http import Http404

from tests.web.factories import accounts
from tests.web.factories.products import demonstration, document, line, modeller, study
from zuji_web.accounts.actors import VISITOR
from zuji_web.accounts.models import Organisation
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.products.actions import demonstrations, edits, studies
from zuji_web.products.forms import NewStudyForm
from zuji_web.products.models import ProductStudy, StudyState
from zuji_web.products.queries import studies as reading

pytestmark = pytest.mark.django_db


def frozen(made: ProductStudy) -> ProductStudy:
    ProductStudy.objects.filter(pk=made.pk).update(state=StudyState.FROZEN)
    return ProductStudy.objects.get(pk=made.pk)


def test_a_new_study_shows_its_product_and_total_in_lists() -> None:
    made = study(line(), product={"name": "电芯", "model": "LF280"})
    assert (made.name, made.product_name) == ("电芯 LF280", "电芯")
    assert made.total == pytest.approx(2 * 0.5777)
    assert made.total_unit == "kgCO2e/kg"
    assert AuditEvent.objects.get(action="study.create").object_id == str(made.pk)


def test_a_total_that_leaves_lines_out_is_not_listed() -> None:
    made = study(line("a"), line("b", factor=None))
    assert made.total is None


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DATA_CLERK, Role.REVIEWER, Role.SIGNATORY, Role.ADMIN])
def test_who_may_not_create_cannot(role: Role) -> None:
    home = accounts.organisation()
    by = accounts.member(role, of=home)
    made = study(by=accounts.member(of=home))
    for attempt in (
        lambda: studies.create(document=document(line()), by=by),
        lambda: studies.copy(study=made, by=by),
        lambda: studies.new_version(study=frozen(made), by=by),
        lambda: studies.delete(study=made, by=by),
    ):
        with pytest.raises(Denied):
            attempt()


def test_a_copy_is_a_draft_of_ones_own() -> None:
    by = modeller()
    original = frozen(study(line(), by=by))
    made = studies.copy(study=original, by=by)
    assert (made.state, made.version, made.previous) == (StudyState.DRAFT, 1, None)
    edits.edit(study=made, operations=[{"op": "remove", "path": ["lines", "L1"]}], by=by)
    assert ProductStudy.objects.get(pk=original.pk).document["processes"][0]["lines"]


def test_a_copy_of_an_example_still_says_that_its_figures_are_a_demonstration() -> None:
    by = modeller()
    made = studies.copy(study=demonstration(), by=by)
    assert made.organisation == by.organisation
    assert made.demonstration
    off = {"op": "set", "path": ["demonstration"], "value": None}
    assert not edits.edit(study=made, operations=[off], by=by).demonstration


def test_a_frozen_study_has_a_next_version_and_a_draft_has_not() -> None:
    by = modeller()
    draft = study(by=by)
    with pytest.raises(Conflict):
        studies.new_version(study=draft, by=by)
    old = frozen(draft)
    made = studies.new_version(study=old, by=by)
    assert (made.version, made.previous, made.state) == (2, old, StudyState.DRAFT)
    assert made.document == old.document


def test_drafts_are_deleted_with_their_edits_and_frozen_studies_stay() -> None:
    by = modeller()
    made, kept = study(by=by), frozen(study(by=by))
    edits.edit(study=made, operations=[{"op": "remove", "path": ["lines", "L1"]}], by=by)
    studies.delete(study=made, by=by)
    with pytest.raises(Conflict):
        studies.delete(study=kept, by=by)
    assert list(ProductStudy.objects.all()) == [kept]
    assert AuditEvent.objects.get(action="study.delete").payload["name"] == "样品"


def test_everybody_sees_their_own_and_the_examples() -> None:
    by, stranger = modeller(), modeller()
    mine, example = study(by=by), demonstration()
    assert set(reading.visible(by=by)) == {mine, example}
    assert set(reading.visible(by=stranger)) == {example}
    assert set(reading.visible(by=VISITOR)) == {example}
    assert list(reading.own(by=by)) == [mine]
    assert not reading.own(by=VISITOR)
    with pytest.raises(Http404):
        reading.study(mine.pk, by=stranger)


def test_search_and_state() -> None:
    by = modeller()
    pack = study(product={"name": "电池包", "model": "A1"}, by=by)
    cell = frozen(study(product={"name": "电芯"}, by=by))
    assert list(reading.own(by=by, search="a1 电池")) == [pack]
    assert list(reading.own(by=by, state="frozen")) == [cell]
    assert reading.counts(by=by) == {"draft": 1, "frozen": 1}


def test_examples_cannot_be_changed_by_anybody() -> None:
    example = demonstration()
    for by in (VISITOR, modeller(), accounts.member(Role.OWNER)):
        assert not reading.editable(example, by=by)
        with pytest.raises(Denied):
            edits.edit(study=example, operations=[{"op": "remove", "path": ["lines", "L1"]}], by=by)
        with pytest.raises(Denied):
            studies.delete(study=example, by=by)
    assert not example.organisation.memberships.exists()


def test_the_organisation_of_the_examples_says_what_it_is() -> None:
    home = demonstration().organisation
    assert home.demonstration
    assert home.credit_code == demonstrations.CREDIT_CODE
    home.full_clean()
    assert Organisation.objects.filter(demonstration=True).count() == 1


class Operator:
    name = identity = "test"
    organisation_key = ""


def test_loading_examples_again_changes_nothing_and_a_new_edition_renews_them() -> None:
    from zuji.formats import document as documents

    first = {"a.yaml": documents.from_dict(document(line(), id="a"))}
    assert demonstrations.load(studies=first, by=Operator()).added == 1
    events = AuditEvent.objects.count()
    assert demonstrations.load(studies=first, by=Operator()).unchanged == 1
    assert AuditEvent.objects.count() == events
    newer = {"a.yaml": documents.from_dict(document(line(item="绿电"), id="a"))}
    assert demonstrations.load(studies=newer, by=Operator()).renewed == 1
    frozen(ProductStudy.objects.get())
    assert demonstrations.load(studies=first, by=Operator()).unchanged == 1
    assert ProductStudy.objects.get().document["processes"][0]["lines"][0]["item"] == "绿电"


def test_a_few_answers_make_a_draft_with_nothing_guessed() -> None:
    by = modeller()
    assert by.organisation is not None
    answers = {
        "product": "钢瓶",
        "unit_amount": "１",
        "unit": "piece",
        "boundary": "cradle_to_grave",
        "start": "2024-01-01",
        "end": "2024-12-31",
        "region": "CN-SC",
        "basis": "period",
        "made_amount": "12,000",
    }
    form = NewStudyForm(answers, organisation=by.organisation, today=date(2025, 5, 1))
    assert form.is_valid(), form.errors
    made = form.document("id")
    assert made["unit"] == {"kind": "functional", "quantity": {"amount": 1.0, "unit": "piece"}}
    assert made["processes"][0]["outputs"] == [
        {"product": "钢瓶", "quantity": {"amount": 12000.0, "unit": "piece"}}
    ]
    assert made["processes"][0]["lines"] == []
    draft = studies.create(document=made, by=by)
    assert draft.total is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("product", ""),
        ("unit", "桶哇"),
        ("unit_amount", "1,5"),
        ("unit_amount", "0"),
        ("end", "2023-01-01"),
        ("region", "XX"),
        ("made_amount", ""),
    ],
)
def test_what_the_answers_lack_is_said_at_the_field(field: str, value: str) -> None:
    answers = {
        "product": "钢瓶",
        "unit_amount": "1",
        "unit": "kg",
        "boundary": "cradle_to_gate",
        "start": "2024-01-01",
        "end": "2024-12-31",
        "region": "CN",
        "basis": "period",
        "made_amount": "5",
        field: value,
    }
    home = accounts.organisation()
    form = NewStudyForm(answers, organisation=home, today=date(2025, 5, 1))
    assert field in form.errors
    assert not form.is_valid()


def test_the_period_offered_is_the_last_whole_year() -> None:
    form = NewStudyForm(organisation=accounts.organisation(), today=date(2026, 3, 1))
    assert form.fields["start"].initial == date(2025, 1, 1)
    assert form.fields["end"].initial == date(2025, 12, 31)
