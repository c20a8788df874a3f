"""Certificates: each fault by itself, and a ledger in which no kWh is used twice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.lca.build import line, one
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, EnergyCertificate, LineKind
from zuji.model.standards import Certainty
from zuji.model.studies import Product
from zuji.rules.certificates import (
    GEC,
    Claim,
    Ledger,
    certified_kwh,
    claims_of,
    conflicts,
    instrument_of,
    shortcomings,
    spelled,
)

NUMBER = "5101A7P3N2K22401" + "2024070000123456"
TODAY = date(2026, 3, 1)
GOOD = EnergyCertificate(
    number=NUMBER, kwh=600.0, cancelled_on="2025-02-01", cancelled_for="某酒厂", generated="2024-07"
)


def made(*certificates, geography="CN-SC", lines=("e",), **product):
    detail = ElectricityDetail(treatment=ElectricityTreatment.CONTRACT, certificates=certificates)
    inventory = one(*(line(each, LineKind.ELECTRICITY, 1000.0, "kWh", detail=detail) for each in lines))
    maker = Product(name="酒", **{"manufacturer": "某酒厂", "credit_code": "91510100MA00000000", **product})
    return replace(inventory, product=maker, geography=geography)


def codes(problems):
    return [each.code for each in problems]


def test_a_certificate_in_order_has_no_shortcoming():
    assert shortcomings(made(GOOD), TODAY) == ()
    assert certified_kwh(made(GOOD).lines[0]) == 600.0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": NUMBER[:-1]}, "certificate.number"),
        ({"number": NUMBER[:-1] + "号"}, "certificate.number"),
        ({"number": ""}, "certificate.number"),
        ({"kwh": 0.0}, "certificate.kwh"),
        ({"kwh": 1000.1}, "certificate.kwh"),
        ({"kwh": float("inf")}, "certificate.kwh"),
        ({"cancelled_for": "另一家"}, "certificate.holder"),
        ({"cancelled_for": ""}, "certificate.holder"),
        ({"cancelled_on": ""}, "certificate.not_cancelled"),
        ({"cancelled_on": "去年"}, "certificate.not_cancelled"),
        ({"cancelled_on": "2026-03-02"}, "certificate.not_cancelled"),
        ({"generated": "七月"}, "certificate.generated"),
        ({"generated": "2025-03"}, "certificate.generated"),
        ({"generated": "2023-12"}, "certificate.period"),
        ({"generated": "2024-01", "cancelled_on": "2026-02-01"}, "certificate.lapsed"),
    ],
)
def test_each_fault_is_found_alone_and_placed(change, code):
    (found,) = shortcomings(made(GOOD, replace(GOOD, **change)), TODAY)
    assert found.code == code
    assert (found.place.line, found.place.field) == ("e", "electricity.certificates[1]")
    assert found.what.en
    assert found.cure.zh


def test_a_certificate_holds_two_years_to_the_day():
    in_time = replace(GOOD, generated="2024-01", cancelled_on="2026-01-31")
    assert shortcomings(made(in_time), TODAY) == ()


@pytest.mark.parametrize("holder", ["91510100MA00000000", "某 酒厂", "某集团"])
def test_a_cancellation_counts_for_the_maker_under_any_of_its_names(holder):
    study = made(replace(GOOD, cancelled_for=holder))
    assert shortcomings(study, TODAY, holders=["某集团"]) == ()


def test_other_markets_have_free_numbers_of_unknown_size():
    foreign = replace(GOOD, number="DE-7", kwh=5e6)
    assert shortcomings(made(foreign, geography="DE"), TODAY) == ()
    assert codes(shortcomings(made(replace(foreign, number=" "), geography="DE"), TODAY)) == [
        "certificate.number"
    ]
    once = claims_of(made(foreign, geography="DE"))
    assert conflicts(once) == ()
    again = [replace(each, study="other", kwh=1.0) for each in once]
    assert codes(conflicts(once, again)) == ["certificate.used_elsewhere"]


def test_one_certificate_may_be_split_up_to_its_size():
    two = made(replace(GOOD, kwh=500.0), lines=("a", "b"))
    assert conflicts(claims_of(two)) == ()
    more = made(replace(GOOD, kwh=500.1), lines=("a", "b"))
    (found,) = conflicts(claims_of(more))
    assert found.code == "certificate.overdrawn"
    assert found.place.line == "b"


def test_a_number_twice_on_one_line_is_a_repetition():
    twice = made(replace(GOOD, kwh=100.0), replace(GOOD, kwh=100.0))
    assert codes(conflicts(claims_of(twice))) == ["certificate.repeated"]


def test_what_another_study_used_is_not_there_any_more():
    held = [Claim(number=NUMBER.lower(), kwh=500.0, study="earlier", line="x", market="CN")]
    (found,) = conflicts(claims_of(made(GOOD)), held)
    assert found.code == "certificate.used_elsewhere"
    assert "earlier" in found.what.zh
    assert conflicts(claims_of(made(replace(GOOD, kwh=500.0))), held) == ()


def test_a_line_that_is_cut_off_claims_nothing():
    study = made(GOOD)
    process = study.processes[0]
    cut = replace(process, lines=(replace(process.lines[0], cut_off="小"),))
    assert claims_of(replace(study, processes=(cut,))) == ()


@given(st.text("0123456789ABCXYZ", min_size=1, max_size=32), st.data())
def test_a_number_is_found_again_however_it_is_spelled(number, data):
    signs = [sign + data.draw(st.sampled_from(["", " ", "-", "\t"])) for sign in number]
    written = "".join(data.draw(st.sampled_from([sign, sign.lower()])) for sign in signs)
    ledger = Ledger((Claim(number=written, kwh=3.0, study="s", line="l"),))
    assert spelled(written) == number
    assert ledger.claimed(number) == 3.0


def test_what_is_known_of_the_chinese_certificate_has_a_source():
    assert {fact.item for fact in GEC.facts} == {"characters", "kwh", "months"}
    assert all(fact.source and fact.certainty is not Certainty.SEEN for fact in GEC.facts)
    assert instrument_of("CN-SN") is GEC
    assert instrument_of("CN-SN", {"CN": replace(GEC, kwh=10.0)}).kwh == 10.0


class LedgerMachine(RuleBasedStateMachine):
    """Studies that are frozen only where nothing conflicts, and withdrawn again."""

    @initialize()
    def empty(self):
        self.ledger = Ledger()
        self.count = 0

    @rule(
        uses=st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 1000)), min_size=1, max_size=3),
    )
    def freeze(self, uses):
        self.count += 1
        claims = tuple(
            Claim(number=name * 32, kwh=float(kwh), study=f"s{self.count}", line=f"l{at}", market="CN")
            for at, (name, kwh) in enumerate(uses)
        )
        asked = {name: sum(kwh for each, kwh in uses if each == name) for name, _kwh in uses}
        fits = all(self.ledger.claimed(name * 32) + kwh <= 1000 for name, kwh in asked.items())
        found = conflicts(claims, self.ledger.claims)
        assert bool(found) is not fits
        if not found:
            self.ledger = Ledger((*self.ledger.claims, *claims))

    @rule(which=st.integers(1, 20))
    def withdraw(self, which):
        self.ledger = self.ledger.without(f"s{which}")

    @invariant()
    def nothing_is_used_twice(self):
        for name in "ABC":
            assert self.ledger.claimed(name * 32) <= 1000


TestLedger = LedgerMachine.TestCase
