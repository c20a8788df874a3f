"""R02: a national standard is issued over a province's rule, and everything that follows."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from tests.rules.registers import PRODUCTS, STRONG, days, registries, standard
from zuji.formats import standards as shipped
from zuji.model.standards import Certainty, StandardKind, StandardLevel
from zuji.rules.classification import code_of
from zuji.rules.governing import governing
from zuji.rules.supersession import dated_difference, effects, proposal_blocked, proposal_overlaps

TREE = shipped.tree()
LOCAL = next(each for each in shipped.registry() if each.number == "DB51/T 3209-2024")
NEW = standard("GB/T 99999-2027", issued=date(2027, 1, 10), in_force=date(2027, 8, 1), demonstration=True)


def test_the_fictitious_national_baijiu_standard_withdraws_the_sichuan_rule_on_its_day():
    found = effects(shipped.registry(), TREE, NEW)
    assert [(each.standard.number, each.on) for each in found.withdrawals] == [
        ("DB51/T 3209-2024", date(2027, 8, 1))
    ]
    assert found.withdrawals[0].clause == "SC 二（一）"
    assert "2027-08-01" in found.withdrawals[0].reason.zh
    assert found.blocked == NEW.scope
    assert found.blocked_from == date(2027, 1, 10)
    after = {each.number: each for each in found.after}
    assert after["DB51/T 3209-2024"].withdrawn == date(2027, 8, 1)
    assert after["GB/T 44905-2024"].withdrawn is None
    assert len(after) == len(shipped.registry()) + 1


def test_the_dated_difference_shows_what_governs_on_which_days():
    found = effects(shipped.registry(), TREE, NEW)
    sichuan = next(
        each for each in found.differences if each.region == "CN-SC" and each.product == code_of(STRONG)
    )
    shown = [
        (
            each.begin,
            each.end,
            each.before and each.before.number,
            each.after and each.after.number,
            each.changed,
        )
        for each in sichuan.intervals
    ]
    assert shown == [
        (None, date(2024, 12, 29), None, None, False),
        (date(2024, 12, 29), date(2027, 8, 1), "DB51/T 3209-2024", "DB51/T 3209-2024", False),
        (date(2027, 8, 1), None, "DB51/T 3209-2024", "GB/T 99999-2027", True),
    ]
    country = next(each for each in found.differences if not each.region and str(each.product) == STRONG)
    assert [(each.begin, each.changed) for each in country.intervals] == [
        (None, False),
        (date(2027, 8, 1), True),
    ]


def test_an_earlier_day_of_withdrawal_is_kept_and_a_later_one_is_not():
    early = replace(LOCAL, withdrawn=date(2027, 3, 1))
    late = replace(LOCAL, withdrawn=date(2030, 1, 1))
    assert effects([early], TREE, NEW).withdrawals[0].on == date(2027, 3, 1)
    assert effects([late], TREE, NEW).withdrawals[0].on == date(2027, 8, 1)


def test_what_was_withdrawn_before_is_left_alone():
    gone = replace(LOCAL, withdrawn=date(2026, 1, 1))
    found = effects([gone], TREE, NEW)
    assert found.withdrawals == ()
    assert gone in found.after


def test_without_a_day_of_entry_into_force_the_withdrawal_is_open():
    found = effects([LOCAL], TREE, replace(NEW, in_force=None))
    assert found.withdrawals[0].on is None
    assert found.after[0].withdrawn is None


def test_a_partial_overlap_is_for_a_person_to_decide():
    wide = standard("DB51 spirits", "local", "hs:2208")
    found = effects([wide], TREE, NEW)
    assert found.withdrawals == ()
    assert found.examined == (wide,)


def test_industry_rules_go_once_the_national_one_is_in_force_and_group_rules_stay():
    industry, group, other = (
        standard("HB", "industry"),
        standard("T", "group"),
        standard("GB other", scope="zuji:cement"),
    )
    found = effects([industry, group, other], TREE, NEW)
    assert [each.standard.number for each in found.withdrawals] == ["HB"]
    assert found.examined == ()


def test_an_industry_standard_displaces_local_ones_only():
    new = replace(NEW, level=StandardLevel.INDUSTRY)
    found = effects([LOCAL, standard("HB", "industry"), standard("GB")], TREE, new)
    assert [each.standard.number for each in found.withdrawals] == ["DB51/T 3209-2024"]


def test_a_group_or_general_standard_displaces_nothing():
    for new in (replace(NEW, level=StandardLevel.GROUP), replace(NEW, kind=StandardKind.GENERAL)):
        found = effects([LOCAL], TREE, new)
        assert found.withdrawals == ()
        assert found.blocked == ()
        assert found.blocked_from is None


def test_a_replaced_standard_of_any_level_is_withdrawn():
    old = standard("GB old", scope="zuji:cement")
    new = replace(NEW, replaces=("GB old",))
    found = effects([old], TREE, new)
    assert [(each.standard.number, each.on) for each in found.withdrawals] == [("GB old", new.in_force)]


@given(rules=registries())
def test_effects_withdraw_never_later_and_touch_nothing_else(rules):
    found = effects(rules, TREE, NEW)
    going = {each.standard.number: each.on for each in found.withdrawals}
    for before, after in zip(rules, found.after, strict=False):
        if before.number not in going:
            assert after == before
            continue
        assert after.withdrawn == going[before.number]
        assert after.withdrawn is not None
        assert before.withdrawn is None or after.withdrawn <= before.withdrawn
        assert replace(after, withdrawn=before.withdrawn) == before
    for difference in found.differences:
        for interval in difference.intervals:
            if interval.changed:
                assert interval.begin is not None
                assert interval.begin >= min(day for day in (*going.values(), NEW.in_force) if day)


@given(rules=registries(), others=registries(), on=days)
def test_differences_agree_with_the_registry_on_any_day(rules, others, on):
    for difference in dated_difference(rules, others, TREE, map(code_of, PRODUCTS), regions=("", "CN-SC")):
        bounds = [(each.begin, each.end) for each in difference.intervals]
        assert bounds[0][0] is None
        assert bounds[-1][1] is None
        assert [end for _begin, end in bounds[:-1]] == [begin for begin, _end in bounds[1:]]
        held = next(
            each
            for each in difference.intervals
            if (each.begin is None or each.begin <= on) and (each.end is None or on < each.end)
        )
        for registry, shown in ((rules, held.before), (others, held.after)):
            asked = governing(registry, TREE, [difference.product], on, difference.region).standard
            assert (asked and asked.number) == (shown and shown.number)


def test_a_local_proposal_is_refused_from_the_issue_of_the_national_standard():
    registry = [replace(NEW, demonstration=False)]
    scope = [code_of(STRONG)]
    refused = proposal_blocked(registry, TREE, scope, date(2027, 1, 10))
    assert refused is not None
    assert "GB/T 99999-2027" in str(refused)
    assert proposal_blocked(registry, TREE, scope, date(2027, 1, 9)) is None
    assert proposal_blocked(registry, TREE, [code_of("zuji:cement")], date(2028, 1, 1)) is None


def test_group_proposals_are_taken_and_industry_ones_yield_only_to_national_rules():
    registry = [standard("HB", "industry")]
    scope, day = [code_of(STRONG)], date(2026, 1, 1)
    assert proposal_blocked(registry, TREE, scope, day) is not None
    assert proposal_blocked(registry, TREE, scope, day, level=StandardLevel.INDUSTRY) is None
    assert proposal_blocked([standard("GB")], TREE, scope, day, level=StandardLevel.INDUSTRY) is not None
    assert proposal_blocked([standard("GB")], TREE, scope, day, level=StandardLevel.GROUP) is None


@pytest.mark.parametrize(
    "facts",
    [
        {"demonstration": True},
        {"certainty": Certainty.UNCONFIRMED},
        {"withdrawn": date(2025, 12, 31)},
        {"issued": None, "in_force": None},
        {"kind": StandardKind.GENERAL},
    ],
)
def test_what_is_not_certainly_in_being_refuses_no_proposal(facts):
    assert proposal_blocked([standard("GB", **facts)], TREE, [code_of(STRONG)], date(2026, 1, 1)) is None


def test_a_proposal_wider_than_the_national_rule_is_warned_of_and_not_refused():
    registry = [standard("GB", scope=STRONG), standard("GB undated", issued=None, in_force=None)]
    scope, day = [code_of("zuji:baijiu")], date(2026, 1, 1)
    assert proposal_blocked(registry, TREE, scope, day) is None
    assert [each.number for each in proposal_overlaps(registry, TREE, scope, day)] == ["GB", "GB undated"]
