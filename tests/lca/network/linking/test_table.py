"""The decision table: who supplies, by which rule, with which share."""

from types import MappingProxyType

import pytest

from tests.lca.network.linking.packages import (
    column,
    flow,
    goes,
    links,
    makes,
    package,
    process,
    reasons,
    rules,
    takes,
)
from zuji.lca.network.linking import (
    CutReason,
    LinkOptions,
    LinkRule,
    Named,
    Preference,
    Unknown,
    explain,
    link,
)
from zuji.model.lci.models import Connection, LifeCycleModel, ProcessInstance
from zuji.model.lci.processes import Process, ProcessType
from zuji.model.lci.references import Heading, Ref

STEEL, POWER, CAR = flow("steel"), flow("power", counted="energy"), flow("car", counted="items")


def suppliers(*places: str) -> tuple[Process, ...]:
    return tuple(process(f"steel {place}", makes("steel"), location=place) for place in places)


@pytest.mark.parametrize(
    ("consumer", "places", "chosen", "rule"),
    [
        ("SD-CN", ("CN-37", "CN", "JS-CN"), {"CN-37"}, LinkRule.SAME_PLACE),
        ("SZ-JS-CN", ("JS-CN", "NJ-JS-CN", "CN"), {"JS-CN"}, LinkRule.SAME_PROVINCE),
        ("SZ-JS-CN", ("NJ-JS-CN", "CN", "ZJ-CN"), {"NJ-JS-CN"}, LinkRule.SAME_PROVINCE),
        ("JS-CN", ("CN-ECGC", "CN", "CN-NWG"), {"CN-ECGC"}, LinkRule.SAME_REGION),
        (
            "NMG-CN",
            ("CN-grid-Northeast", "CN-grid-North", "CN"),
            {"CN-grid-Northeast", "CN-grid-North"},
            LinkRule.SAME_REGION,
        ),
        ("JS-CN", ("CN", "ZJ-CN"), {"CN"}, LinkRule.SAME_COUNTRY),
        ("JS-CN", ("ZJ-CN", "SC-CN"), {"ZJ-CN"}, LinkRule.SAME_REGION),
        ("JS-CN", ("SC-CN", "GLO"), {"SC-CN"}, LinkRule.SAME_COUNTRY),
        ("CN", ("SC-CN", "JS-CN", "GLO"), {"SC-CN", "JS-CN"}, LinkRule.SAME_COUNTRY),
        ("DE", ("EU-27", "RER", "GLO"), {"EU-27"}, LinkRule.SAME_REGION),
        ("CN", ("GLO", "US"), {"GLO"}, LinkRule.WORLD),
        ("CN", ("US", "DE"), {"US", "DE"}, LinkRule.ANYWHERE),
    ],
)
def test_the_nearest_tier_supplies(
    consumer: str, places: tuple[str, ...], chosen: set[str], rule: LinkRule
) -> None:
    car = process("car", makes("car"), takes("steel", 100.0), location=consumer)
    network = link(package(car, *suppliers(*places), flows=(STEEL, CAR))).network
    assert links(network, "car") == pytest.approx({f"steel {place}": 100 / len(chosen) for place in chosen})
    assert rules(network, "car") == {rule}


def test_a_stated_place_of_the_exchange_counts_more_than_that_of_the_process() -> None:
    car = process("car", makes("car"), takes("steel", 100.0, location="US"), location="CN")
    network = link(package(car, *suppliers("US", "CN"), flows=(STEEL, CAR))).network
    assert links(network, "car") == {"steel US": 100.0}


def test_one_supplier_in_the_database_is_taken_wherever_it_is() -> None:
    car = process("car", makes("car"), takes("steel", 100.0), location="CN")
    network = link(package(car, *suppliers("US"), flows=(STEEL, CAR))).network
    assert rules(network, "car") == {LinkRule.ONLY}


@pytest.mark.parametrize(
    ("volumes", "unknown", "shares"),
    [
        ((30.0, 10.0), Unknown.EQUAL, (0.75, 0.25)),
        ((30.0, None), Unknown.EQUAL, (0.5, 0.5)),
        ((30.0, 10.0, None), Unknown.MEAN, (0.5, 1 / 6, 1 / 3)),
        ((30.0, 10.0, None), Unknown.NOTHING, (0.75, 0.25, 0.0)),
        ((None, None), Unknown.NOTHING, (0.5, 0.5)),
    ],
)
def test_ties_are_split_by_annual_volume(
    volumes: tuple[float | None, ...], unknown: Unknown, shares: tuple[float, ...]
) -> None:
    makers = tuple(
        process(f"mill {i}", makes("steel"), production_volume=volume) for i, volume in enumerate(volumes)
    )
    car = process("car", makes("car"), takes("steel", 100.0))
    network = link(package(car, *makers, flows=(STEEL, CAR)), LinkOptions(unknown_volume=unknown)).network
    expected = {f"mill {i}": 100 * share for i, share in enumerate(shares) if share}
    assert links(network, "car") == pytest.approx(expected)


def test_the_provider_that_an_exchange_names_comes_before_the_nearest() -> None:
    car = process("car", makes("car"), takes("steel", 100.0, provider="steel US"))
    whole = package(car, *suppliers("US", "CN"), flows=(STEEL, CAR))
    network = link(whole).network
    assert links(network, "car") == {"steel US": 100.0}
    assert rules(network, "car") == {LinkRule.EXPLICIT}
    assert links(link(whole, LinkOptions(named=Named.IGNORE)).network, "car") == {"steel CN": 100.0}


def test_a_named_provider_that_is_absent_is_counted_and_may_be_insisted_on() -> None:
    car = process("car", makes("car"), takes("steel", 100.0, provider="nobody"))
    whole = package(car, *suppliers("CN"), flows=(STEEL, CAR))
    linked = link(whole)
    assert (links(linked.network, "car"), linked.account.named_absent) == ({"steel CN": 100.0}, 1)
    strict = link(whole, LinkOptions(named=Named.ONLY)).network
    assert reasons(strict) == [("car", "steel", CutReason.NO_NAMED_PROVIDER)]


def test_a_person_comes_before_everything_and_may_cut() -> None:
    car = process(
        "car", makes("car"), takes("steel", 100.0, id="s", provider="steel US"), takes("power", 1.0, id="p")
    )
    grid = process("grid", makes("power"))
    whole = package(car, grid, *suppliers("US", "CN"), flows=(STEEL, CAR, POWER))
    options = LinkOptions(
        choices=MappingProxyType({("car", "s"): "steel CN"}), cuts=frozenset({("car", "p")})
    )
    network = link(whole, options).network
    assert links(network, "car") == {"steel CN": 100.0}
    assert rules(network, "car") == {LinkRule.PERSON}
    assert reasons(network) == [("car", "power", CutReason.PERSON)]


def test_connections_of_a_model_name_providers_when_asked() -> None:
    model = LifeCycleModel(
        heading=Heading(id="m"),
        instances=(
            ProcessInstance(id="1", process=Ref("steel US")),
            ProcessInstance(id="2", process=Ref("car")),
        ),
        connections=(Connection(source="1", target="2", flow="steel"),),
    )
    car = process("car", makes("car"), takes("steel", 100.0))
    whole = package(car, *suppliers("US", "CN"), flows=(STEEL, CAR), models=(model,))
    assert links(link(whole).network, "car") == {"steel CN": 100.0}
    assert links(link(whole, LinkOptions(models=("m",))).network, "car") == {"steel US": 100.0}


def test_an_exact_version_of_the_flow_comes_before_another_which_is_noted() -> None:
    old, new = flow("steel", version="01.9"), flow("steel", version="01.10")
    makers = (
        process("old mill", makes("steel", version="01.9")),
        process("new mill", makes("steel", version="01.10")),
    )
    exact = process("exact", makes("car"), takes("steel", 1.0, version="01.9"))
    newest = process("newest", makes("car"), takes("steel", 1.0))
    network = link(package(exact, newest, *makers, flows=(old, new, CAR))).network
    assert links(network, "exact") == {"old mill": 1.0}
    assert links(network, "newest") == {"new mill": 1.0}, "01.10 is newer than 01.9"
    lone = link(package(newest, makers[0], flows=(old, new, CAR)))
    assert (links(lone.network, "newest"), lone.account.other_version) == ({"old mill": 1.0}, 1)


def test_only_the_newest_version_of_a_process_competes_and_older_ones_answer_when_named() -> None:
    makers = (process("mill", makes("steel"), version="1"), process("mill", makes("steel"), version="2"))
    car = process("car", makes("car"), takes("steel", 1.0))
    network = link(package(car, *makers, flows=(STEEL, CAR))).network
    low = int(network.edges.start[column(network, "car")])
    assert [network.processes.version[int(network.edges.provider[low])]] == ["2"]
    assert rules(network, "car") == {LinkRule.ONLY}


def test_a_kind_of_process_may_be_preferred() -> None:
    makers = (process("unit", makes("steel")), process("result", makes("steel"), type=ProcessType.RESULT))
    car = process("car", makes("car"), takes("steel", 1.0))
    whole = package(car, *makers, flows=(STEEL, CAR))
    assert links(link(whole).network, "car") == {"unit": 0.5, "result": 0.5}
    assert links(link(whole, LinkOptions(prefer=Preference.RESULT)).network, "car") == {"result": 1.0}


def test_a_process_uses_its_own_product_up_to_what_it_makes() -> None:
    plant = process("plant", makes("power", 100.0), takes("power", 5.0))
    other = process("other", makes("power"))
    network = link(package(plant, other, flows=(POWER,))).network
    assert links(network, "plant") == {"plant": 5.0}
    assert rules(network, "plant") == {LinkRule.OWN}


def test_processes_that_pass_a_product_on_are_supplied_by_makers_not_by_each_other() -> None:
    wires = tuple(process(f"wire {i}", makes("power"), takes("power", 1.05)) for i in range(2))
    plant = process("plant", makes("power"))
    network = link(package(*wires, plant, flows=(POWER,))).network
    assert links(network, "wire 0") == {"plant": 1.05}
    assert links(network, "wire 1") == {"plant": 1.05}
    alone = link(package(*wires, flows=(POWER,))).network
    assert set(reasons(alone)) == {(f"wire {i}", "power", CutReason.PASSED_ON) for i in range(2)}


def test_every_decision_can_be_explained() -> None:
    car = process("car", makes("car"), takes("steel", 100.0), takes("glass", 3.0), location="SD-CN")
    network = link(package(car, *suppliers("CN-37", "CN"), flows=(STEEL, CAR, flow("glass")))).network
    steel, glass = explain(network, column(network, "car"))
    assert (steel.exchange, steel.amount, steel.unit, steel.share) == (1, 100.0, "kg", 1.0)
    assert steel.why.zh == "同一地点的供应方"
    assert [(c.location, c.nearness, c.chosen) for c in steel.candidates] == [
        ("CN-37", LinkRule.SAME_PLACE, True),
        ("CN", LinkRule.SAME_COUNTRY, False),
    ]
    assert (glass.provider, glass.rule, glass.why) == (None, None, CutReason.NO_PROVIDER.words)
    with pytest.raises(IndexError):
        explain(network, len(network))


def test_every_exchange_is_accounted_for() -> None:
    car = process(
        "car",
        makes("car"),
        takes("steel", 100.0),
        takes("glass", 3.0),
        takes("paint", 0.0),
        takes("oil", None),
        goes("unheard of", 1.0),
        takes("steel", 7.0, reminder=True),
    )
    flows = (STEEL, CAR, flow("glass"), flow("paint"), flow("oil"))
    twice = process("steel CN", makes("steel"), takes("glass", 1.0))
    account = link(package(car, *suppliers("CN"), twice, flows=flows)).account
    assert account.balanced
    assert (account.exchanges, account.products, account.linked, account.zeros, account.reminders) == (
        10,
        2,
        1,
        1,
        1,
    )
    assert (account.repeated, account.left_out) == (1, 2)
    assert account.cut == {CutReason.NO_PROVIDER: 1, CutReason.NO_AMOUNT: 1, CutReason.UNKNOWN_FLOW: 1}
