"""R05: rules led or joined by a province, each figure with its rows, against 20 by 2027 and 50 by 2030."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.registers import standard
from zuji.formats import standards as shipped
from zuji.model.standards import Certainty, DraftingBody, DraftingRole, StandardKind
from zuji.rules.targets import count_rules

DAY = date(2026, 1, 1)


def body(role: str = "join", region: str = "CN-SC", evidence: str = "foreword") -> DraftingBody:
    return DraftingBody(name="某院", role=DraftingRole(role), region=region, evidence=evidence)


def count(standards, region: str = "CN-SC", on: date = DAY):
    return count_rules(standards, region, on, shipped.targets())


def test_the_targets_are_those_of_the_plan():
    found = [(each.target.by, each.target.number, each.target.clause) for each in count([]).standings]
    assert found == [(date(2027, 12, 31), 20, "二（一）；附表3"), (date(2030, 12, 31), 50, "二（一）；附表3")]
    assert count([], "CN-SN").standings == ()


def test_led_and_joined_are_told_apart_and_evidence_goes_with_every_row():
    led = standard("GB 1", bodies=(body("lead"), body("join", "CN-BJ")))
    joined = standard("GB 2", bodies=(body(),))
    elsewhere = standard("GB 3", bodies=(body("lead", "CN-BJ"),))
    found = count([joined, elsewhere, led])
    assert [each.standard.number for each in found.led] == ["GB 1"]
    assert [each.standard.number for each in found.joined] == ["GB 2"]
    assert found.developed == 2
    assert found.not_counted == ()
    assert all(each.bodies and all(b.evidence for b in each.bodies) for each in found.counted)


def test_a_superseded_rule_still_counts_as_developed_and_is_shown_apart():
    gone = standard("DB51 1", "local", bodies=(body("lead"),), withdrawn=date(2025, 6, 1))
    found = count([gone, standard("DB51 2", "local", bodies=(body("lead"),))])
    assert found.developed == 2
    assert [each.standard.number for each in found.superseded] == ["DB51 1"]
    assert [each.standard.number for each in found.in_force] == ["DB51 2"]


def test_what_does_not_count_is_listed_with_the_reason():
    base = standard("X", bodies=(body(),))
    listed = [
        replace(base, number="no evidence", bodies=(body(evidence=""),)),
        replace(base, number="draft", issued=None),
        replace(base, number="later", issued=date(2026, 2, 1)),
        replace(base, number="demonstration", demonstration=True),
        replace(base, number="unconfirmed", certainty=Certainty.UNCONFIRMED),
        replace(base, number="general", kind=StandardKind.GENERAL),
        standard("no body", "local"),
    ]
    found = count(listed)
    assert found.developed == 0
    assert {each.standard.number for each in found.not_counted} == {each.number for each in listed}
    assert all(each.because.zh and each.because.en for each in found.not_counted)


def test_a_city_counts_for_its_province():
    found = count(
        [standard("DB3306", "local", region="CN-ZJ-3306", bodies=(body(region="CN-ZJ-3306"),))], "CN-ZJ"
    )
    assert found.developed == 1


def test_a_target_is_measured_on_its_own_day_once_that_is_past():
    rules = [standard(f"GB {year}", issued=date(year, 5, 1), bodies=(body(),)) for year in (2026, 2027, 2029)]
    first, second = count(rules, on=date(2031, 1, 1)).standings
    assert (first.reached, first.missing, first.met) == (2, 18, False)
    assert (second.reached, second.missing) == (3, 47)


@given(years=st.lists(st.integers(2023, 2032), max_size=60), on=st.dates(date(2023, 1, 1), date(2033, 1, 1)))
def test_the_count_is_the_number_of_rows_and_never_falls_with_time(years, on):
    rules = [
        standard(f"GB {at}", issued=date(year, 5, 1), in_force=date(year, 9, 1), bodies=(body(),))
        for at, year in enumerate(years)
    ]
    found = count(rules, on=on)
    assert found.developed == sum(date(year, 5, 1) <= on for year in years)
    assert len(found.led) + len(found.joined) == found.developed
    assert found.developed + len(found.not_counted) == len(rules)
    assert count(rules, on=on.replace(year=on.year + 1, day=1)).developed >= found.developed
    for standing in found.standings:
        assert standing.met == (standing.reached >= standing.target.number)
        assert standing.reached <= found.developed


def test_the_shipped_registry_counts_nothing_without_evidence():
    found = count(shipped.registry())
    assert found.developed == 0
    assert "DB51/T 3209-2024" in {each.standard.number for each in found.not_counted}


def test_every_reason_says_what_would_make_the_rule_count():
    base = standard("X", bodies=(body(),))
    found = count(
        [
            replace(base, number="no evidence", bodies=(body(evidence=""),)),
            replace(base, number="later", issued=date(2026, 2, 1)),
            standard("no body", "local"),
        ]
    )
    needs = {each.standard.number: each.needs.en for each in found.not_counted}
    assert needs["later"] == "nothing is missing; it counts from 2026-02-01 on"
    assert "where the role is said" in needs["no evidence"]
    assert "led or joined" in needs["no body"]
    assert all(each.needs.zh for each in found.not_counted)
    # What is asked for is what makes it count.
    assert count([standard("no body", "local", bodies=(body(),))]).developed == 1
    assert count([base]).developed == 1


def test_rules_of_which_nobody_knows_who_drafted_them_are_named_apart():
    found = count(
        [
            standard("GB 1"),
            standard("GB 2", bodies=(body("lead", "CN-BJ"),)),
            standard("DB51 1", "local"),
            standard("GB 3", issued=None, in_force=None),
            standard("GB 4", demonstration=True),
            standard("GB 5", certainty=Certainty.UNCONFIRMED),
        ]
    )
    assert [each.number for each in found.unattributed] == ["GB 1"]
    assert found.developed == 0
