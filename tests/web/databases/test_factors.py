"""Products of databases as factors: a study line counts with one, freezes it, and survives an update."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.lci.worlds import world
from tests.web.factories import accounts, databases, products
from zuji.errors import InvalidInput, UnknownFactor
from zuji.model.factors import Confidence, FactorKind
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Exchange
from zuji_web.accounts.permissions import Denied, Role
from zuji_web.databases.actions import factors
from zuji_web.databases.queries import changes, opened
from zuji_web.factors.models import OwnFactor
from zuji_web.factors.queries import library
from zuji_web.products.actions import matches, snapshots
from zuji_web.products.queries import calculation, matching, results

pytestmark = pytest.mark.django_db
PRODUCT = FactorKind.PRODUCT_FOOTPRINT


def offered(version: Any, by: Any, dataset: str = "steel") -> OwnFactor:
    return factors.offer(version=version, index=databases.index(version, dataset), kind=PRODUCT, by=by)


def steel_line() -> dict[str, Any]:
    return products.bare(item="steel process", quantity={"amount": 2.0, "unit": "kg"})


def test_a_factor_carries_totals_unit_boundary_and_where_it_comes_from() -> None:
    by = accounts.member()
    version = databases.imported(by=by, label="1.0", year="2024")
    factor = offered(version, by).factor()
    totals = opened.totals(version)
    assert totals is not None
    row = totals[databases.index(version, "steel")].tolist()
    assert factor.totals == pytest.approx(row, rel=1e-15)
    assert factor.value == pytest.approx(sum(row))
    assert (factor.per, factor.unit, factor.geography, factor.year) == ("kg", "kgCO2e/kg", "CN", "2024")
    assert factor.boundary.endswith("cradle to gate")
    assert factor.source.title == "World 1 (1.0)"
    assert factor.source.table.startswith("steel")
    assert factor.source.licence == "Free for tests"
    assert factor.confidence is Confidence.DERIVED
    assert "proved" in factor.notes


def test_it_is_found_for_a_line_and_counts_in_the_study() -> None:
    home = accounts.organisation()
    by = accounts.owner(home)
    version = databases.imported(by=by)
    made = offered(version, by)
    study = products.study(steel_line(), by=by)
    line = study.document["processes"][0]["lines"][0]
    found = matching.candidates(study=study, line=line, by=by, search="steel process")
    assert found.candidates[0].factor.id == made.code
    changed = matches.confirm(study=study, choices=[matches.Choice(line=line["id"], factor=made.code)], by=by)
    live = calculation.live(changed)
    assert live.total is not None
    assert live.lines[line["id"]].total == pytest.approx(2 * made.factor().total)


def test_another_organisation_does_not_have_it() -> None:
    by = accounts.member()
    made = offered(databases.imported(by=by), by)
    stranger = accounts.member(Role.OWNER)
    assert made.code in library(by.organisation.pk).source
    assert made.code not in library(stranger.organisation.pk).source
    assert made.code not in library().source
    study = products.study(by=stranger)
    line = study.document["processes"][0]["lines"][0]["id"]
    with pytest.raises(UnknownFactor):
        matches.confirm(study=study, choices=[matches.Choice(line=line, factor=made.code)], by=stranger)


def test_the_database_itself_refuses_to_change_an_own_factor() -> None:
    made = offered(databases.imported(by=(by := accounts.member())), by)
    rows = OwnFactor.objects.filter(pk=made.pk)
    changes_tried: tuple[dict[str, Any], ...] = (
        {"record": {}},
        {"version": "9"},
        {"organisation": accounts.organisation().pk},
    )
    for change in changes_tried:
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            rows.update(**change)
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM factors_ownfactor")
    rows.update(created_by=None)
    assert rows.get().record == made.record


def test_offering_twice_is_one_factor_and_a_viewer_may_not() -> None:
    home = accounts.organisation()
    by = accounts.member(of=home)
    version = databases.imported(by=by)
    assert offered(version, by).pk == offered(version, by).pk
    with pytest.raises(Denied):
        offered(version, accounts.member(Role.VIEWER, of=home))


def test_a_product_without_a_number_is_not_offered() -> None:
    by = accounts.member()
    version = databases.imported(by=by, made=world(sick=True))
    with pytest.raises(InvalidInput):
        offered(version, by, "omelette")


def test_a_zero_for_want_of_data_is_not_offered_and_no_update_brings_it() -> None:
    by = accounts.member()
    first = databases.imported(by=by)
    made = offered(first, by, "wood")
    empty = databases.scaled(world(), "wood", 0.0)
    second = databases.imported(by=by, made=empty, database=first.database)
    with pytest.raises(InvalidInput, match="零表示缺少数据"):
        offered(second, by, "wood")
    assert factors.bring_up(version=second, by=by) == []
    assert OwnFactor.objects.get(code=made.code).version == "1"


def test_a_repaired_version_is_named_in_its_factors() -> None:
    from zuji_web.databases.actions import versions

    by = accounts.member()
    mended = databases.version_of(
        versions.repair(version=databases.imported(by=by, made=world(sick=True)), by=by)
    )
    assert "1 repairs of the network" in offered(mended, by, "hen").factor().notes


def test_an_update_shows_what_changes_for_whom_and_leaves_frozen_studies_alone() -> None:
    home = accounts.organisation()
    by = accounts.owner(home)
    first = databases.imported(by=by)
    made = offered(first, by)

    def study_with_it() -> Any:
        study = products.study(steel_line(), by=by)
        line = study.document["processes"][0]["lines"][0]["id"]
        return matches.confirm(study=study, choices=[matches.Choice(line=line, factor=made.code)], by=by)

    frozen, draft = study_with_it(), study_with_it()
    row = snapshots.freeze(study=frozen, by=by)
    dirtier = databases.without(databases.scaled(world(), "steel", 2.0), "wood")
    second = databases.imported(by=by, made=dirtier, database=first.database)
    assert second.number == 2

    told = changes.changes(first, second)
    assert [each.name.en for each in told.removed] == ["wood process"]
    assert not told.added
    steel = next(each for each in told.changed if each.name.en == "steel process")
    assert steel.old == pytest.approx(made.factor().total)
    assert steel.relative == pytest.approx(steel.new / steel.old - 1)

    touched = changes.touched(second, by=by)
    assert [each.study.pk for each in touched] == [draft.pk]
    assert touched[0].new == pytest.approx(steel.new)
    assert not changes.touched(second, by=accounts.member())

    before = results.result(draft).evaluated
    again = factors.bring_up(version=second, by=by)
    assert [(each.code, each.version) for each in again] == [(made.code, "2")]
    assert library(home.pk).source.get(made.code).total == pytest.approx(steel.new)
    after = results.result(draft).evaluated
    assert before is not None
    assert after is not None
    assert before.footprint.total == after.footprint.total  # the line names version 1
    assert results.verification(row).holds


def _counted_in(unit: str, factor: float) -> Package:
    """The world with its mass counted in another unit; `factor` times every amount but electricity's."""
    made = world()
    mass = next(group for group in made.unit_groups if group.units[0].name == "kg")
    renamed = replace(mass, units=(replace(mass.units[0], name=unit),))

    def scaled(each: Exchange) -> Exchange:
        electricity = each.flow is not None and each.flow.id == "electricity"
        return each if electricity else replace(each, amount=(each.amount or 0.0) * factor, spread=None)

    return replace(
        made,
        unit_groups=tuple(renamed if group is mass else group for group in made.unit_groups),
        processes=tuple(replace(one, exchanges=tuple(map(scaled, one.exchanges))) for one in made.processes),
    )


def test_a_version_in_other_units_is_compared_in_the_same_unit() -> None:
    home = accounts.organisation()
    by = accounts.owner(home)
    first = databases.imported(by=by)
    made = offered(first, by)
    study = products.study(steel_line(), by=by)
    line = study.document["processes"][0]["lines"][0]["id"]
    matches.confirm(study=study, choices=[matches.Choice(line=line, factor=made.code)], by=by)
    tonnes = databases.imported(by=by, made=_counted_in("t", 0.001), database=first.database)
    assert opened.opened(tonnes).network.processes.unit[databases.index(tonnes, "steel")] == "t"
    told = changes.changes(first, tonnes)
    assert (told.added, told.removed) == ((), ())
    assert told.changed == ()  # 1.958 kgCO2e/kg and 1958 kgCO2e/t are one footprint
    assert changes.touched(tonnes, by=by) == []
    other = databases.imported(by=by, made=_counted_in("m3", 1.0), database=first.database)
    told = changes.changes(first, other)
    assert {each.unit for each in told.removed} == {"kg"}
    assert {each.unit for each in told.added} == {"m3"}
    (each,) = changes.touched(other, by=by)
    assert (each.unit, each.new, each.relative) == ("kgCO2e/kg", None, None)


def test_another_database_as_a_version_is_asked_about() -> None:
    by = accounts.member()
    first = databases.imported(by=by)
    made = world()
    other = replace(
        made,
        processes=tuple(
            replace(one, heading=replace(one.heading, id=f"other-{one.heading.id}")) for one in made.processes
        ),
    )
    second = databases.imported(by=by, made=other, database=first.database)
    where = f"/en/databases/{first.database_id}/{{}}/changes/"
    asked = "Is it a version of the same database?"
    assert asked in accounts.browser(by).get(where.format(second.number)).content.decode()
    third = databases.imported(by=by, made=databases.without(other, "other-wood"), database=first.database)
    assert asked not in accounts.browser(by).get(where.format(third.number)).content.decode()


def test_a_factor_is_written_once() -> None:
    by = accounts.member()
    made = offered(databases.imported(by=by), by)
    with pytest.raises(PermissionError):
        made.save()
    with pytest.raises(PermissionError):
        made.delete()
