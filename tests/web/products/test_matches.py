"""Matching lines with factors: a person confirms, the organisation remembers, nobody else learns of it."""

import pytest

from tests.web.factories import accounts
from tests.web.factories.products import (
    CEMENT,
    ELECTRICITY,
    GRID_CO2,
    bare,
    demonstration,
    line,
    modeller,
    study,
)
from zuji.errors import InvalidInput, UnitMismatch, UnknownFactor, WrongFactorKind
from zuji_web.accounts.actors import VISITOR
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.audit.models import AuditEvent
from zuji_web.gateway import Conflict
from zuji_web.products import payload
from zuji_web.products.actions import edits
from zuji_web.products.actions.matches import Choice, confirm
from zuji_web.products.models import ConfirmedMatch, ProductStudy
from zuji_web.products.queries import matching

pytestmark = pytest.mark.django_db


def kilograms(line_id: str = "a", **values: object) -> dict[str, object]:
    return bare(line_id, quantity={"amount": 1.0, "unit": "kg"}, **values)


def stored(made: ProductStudy) -> dict[str, dict[str, object]]:
    document = ProductStudy.objects.get(pk=made.pk).document
    return {each["id"]: each for process in document["processes"] for each in process["lines"]}


def test_a_confirmed_factor_is_set_in_its_version_and_can_be_undone() -> None:
    by = modeller()
    made = study(kilograms(), by=by)
    confirm(study=made, choices=[Choice(line="a", factor=CEMENT)], by=by)
    assert (stored(made)["a"]["factor"], stored(made)["a"]["factor_version"]) == (CEMENT, "1.0")
    event = AuditEvent.objects.get(action="match.confirm")
    assert event.payload["choices"] == [["a", CEMENT, ""]]
    edits.undo(study=made, by=by)
    assert "factor" not in stored(made)["a"]


def test_it_takes_the_place_of_a_factor_of_the_lines_own() -> None:
    by = modeller()
    made = study(kilograms(stated={"value": 1.0, "per": "kg", "source": "供应商"}), by=by)
    confirm(study=made, choices=[Choice(line="a", factor=CEMENT)], by=by)
    assert "stated" not in stored(made)["a"]


def test_what_was_confirmed_is_offered_first_next_time() -> None:
    by = modeller()
    first = study(kilograms(item="Ａ线 胶凝料"), by=by)
    assert not [c for c in _offered(first, by) if c["remembered"]]
    confirm(study=first, choices=[Choice(line="a", factor=CEMENT)], by=by)
    colleague = accounts.member(of=by.organisation)
    second = study(kilograms(item="A线 胶凝料"), by=colleague)
    best = _offered(second, colleague)[0]
    assert (best["id"], best["remembered"]) == (CEMENT, True)


def test_another_organisation_learns_nothing_of_it() -> None:
    by, stranger = modeller(), modeller()
    confirm(
        study=study(kilograms(item="胶凝料七号"), by=by), choices=[Choice(line="a", factor=CEMENT)], by=by
    )
    theirs = study(kilograms(item="胶凝料七号"), by=stranger)
    assert not [c for c in _offered(theirs, stranger) if c["remembered"]]
    assert not [c for c in _offered(theirs, VISITOR) if c["remembered"]]


def test_the_same_words_of_another_kind_are_another_thing() -> None:
    by = modeller()
    made = study(kilograms(item="蒸汽"), kilograms("b", item="蒸汽", kind="heat"), by=by)
    confirm(study=made, choices=[Choice(line="a", factor=CEMENT)], by=by)
    assert ConfirmedMatch.objects.get().kind == "material"
    heat = [c for c in _offered(made, by, "b") if c["remembered"]]
    assert not heat


def test_confirming_again_changes_what_is_remembered() -> None:
    by = modeller()
    made = study(line("a"), by=by)
    for factor in (ELECTRICITY, "elec_cf_national_2023"):
        confirm(study=made, choices=[Choice(line="a", factor=factor)], by=by)
    assert ConfirmedMatch.objects.get().factor_id == "elec_cf_national_2023"


@pytest.mark.parametrize(
    ("choice", "refusal"),
    [
        (Choice(line="a", factor=GRID_CO2), WrongFactorKind),
        (Choice(line="a", factor=CEMENT), WrongFactorKind),
        (Choice(line="a", factor="lim_cement_1"), WrongFactorKind),
        (Choice(line="a", factor="nothing"), UnknownFactor),
        (Choice(line="b", factor=CEMENT), UnitMismatch),
        (Choice(line="gone", factor=ELECTRICITY), Conflict),
        (Choice(line="a", factor=ELECTRICITY, role="magic"), InvalidInput),
    ],
)
def test_what_may_not_stand_is_refused_with_all_the_rest(choice: Choice, refusal: type[Exception]) -> None:
    by = modeller()
    made = study(line("a", factor=None), bare("b", quantity={"amount": 1.0, "unit": "kWh"}), line("c"), by=by)
    before = stored(made)
    with pytest.raises(refusal):
        confirm(study=made, choices=[Choice(line="c", factor="elec_cf_national_2023"), choice], by=by)
    assert stored(made) == before
    assert not ConfirmedMatch.objects.exists()


def test_a_factor_of_the_recycling_formula_goes_into_its_role_and_is_not_remembered() -> None:
    by = modeller()
    made = study(kilograms(kind="recycling"), by=by)
    confirm(study=made, choices=[Choice(line="a", factor=CEMENT, role="virgin")], by=by)
    assert stored(made)["a"]["recycling"] == {"virgin": CEMENT}
    assert not ConfirmedMatch.objects.exists()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.ADMIN])
def test_who_may_not_confirm_cannot(role: Role) -> None:
    home = accounts.organisation()
    made = study(line("a"), by=accounts.member(of=home))
    with pytest.raises(Denied):
        confirm(study=made, choices=[Choice(line="a", factor=ELECTRICITY)], by=accounts.member(role, of=home))


def test_nobody_confirms_in_a_worked_example() -> None:
    made = demonstration()
    with pytest.raises(Denied):
        confirm(study=made, choices=[Choice(line="L1", factor=ELECTRICITY)], by=modeller())


def test_lines_that_need_a_factor() -> None:
    made = study(
        line("has"),
        kilograms("bare"),
        kilograms("own", stated={"value": 1.0, "per": "kg", "source": "s"}),
        kilograms("fuel", kind="fuel", fuel={"fuel": "diesel"}),
        kilograms("which_fuel", kind="fuel"),
        kilograms("gas", kind="direct_emission"),
        kilograms("nameless", item=""),
    )
    assert [each["id"] for each in matching.unmatched(made.document)] == ["bare", "which_fuel"]


def test_a_grid_co2_factor_is_never_offered_unasked_and_explained_when_looked_for() -> None:
    by = modeller()
    made = study(line("a", item="四川省电网电力"), by=by)
    assert not [c for c in _offered(made, by) if c["kind"] == "grid_co2"]
    found = payload.candidates_data(
        matching.candidates(study=made, line=line("a"), by=by, search="四川电力二氧化碳排放因子")
    )["candidates"]
    (barred, *_) = [c for c in found if c["kind"] == "grid_co2"]
    assert barred["barred"]


def _offered(made: ProductStudy, by: object, line_id: str = "a") -> list[dict[str, object]]:
    rows = {each["id"]: each for process in made.document["processes"] for each in process["lines"]}
    found = matching.candidates(study=made, line=rows[line_id], by=by)  # type: ignore[arg-type]
    return payload.candidates_data(found)["candidates"]  # type: ignore[no-any-return]
