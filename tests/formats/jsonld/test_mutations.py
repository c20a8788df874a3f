"""Damaged packages: every one is read with a balanced account, or refused with words; none crashes."""

import json
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.jsonld.packages import (
    COAL,
    PROCESS,
    STEEL,
    SYSTEM,
    exchange,
    flows,
    package,
    process,
    ref,
    schema_1,
)
from zuji.errors import ZujiError
from zuji.formats.jsonld import dump, load

ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    2**40,
    1e308,
    "",
    "x",
    "1e999",
    [],
    {},
    [[]],
    [{}],
    {"@id": 5},
    {"@id": ""},
    "\u0000",
]

KEYS = (
    "@id @type exchanges flow amount category parameters nwSets factors impactCategories "
    "processLinks exchange internalId uncertainty name"
)


def whole() -> dict[str, Any]:
    """A package with something of everything."""
    rows = [
        exchange(1, STEEL, isQuantitativeReference=True, dqEntry="(1;2;3;4;5)", baseUncertainty=1.05),
        exchange(2, COAL, isInput=True, amountFormula="k*2", costValue=1.0, currency=ref("Currency", "eur")),
    ]
    entries = schema_1() | flows()
    entries["processes/other.json"] = process(
        *rows, id_="other", parameters=[{"name": "k", "formula": "1+1"}]
    )
    link = {
        "provider": ref("Process", PROCESS),
        "process": ref("Process", "other"),
        "flow": ref("Flow", COAL),
    }
    system = entries[f"product_systems/{SYSTEM}.json"]
    system["processLinks"] = [link | {"exchange": {"internalId": 2}}]
    system["processes"] = [ref("Process", "other")]
    system["analysisGroups"] = [{"name": "g", "processes": [ref("Process", "other")]}]
    entries["locations/x.json"] = {"@type": "Location", "@id": "x", "code": "X"}
    entries["unit_groups/g.json"] = {
        "@type": "UnitGroup",
        "@id": "g",
        "units": [{"@id": "u", "name": "u", "referenceUnit": True, "conversionFactor": 1}],
        "defaultFlowProperty": ref("FlowProperty", "fp"),
    }
    entries["flow_properties/fp.json"] = {
        "@type": "FlowProperty",
        "@id": "fp",
        "unitGroup": ref("UnitGroup", "g"),
    }
    entries["sources/s.json"] = {"@type": "Source", "@id": "s", "externalFile": "a.pdf", "year": 2000}
    entries["bin/sources/s/a.pdf"] = b"%PDF"
    return entries


def survives(content: bytes) -> bool:
    """Whether it was read; if so, its accounts balance and what we write of it can be read."""
    try:
        loaded = load(content)
    except ZujiError as refused:
        told = [(problem.what.zh, problem.what.en, problem.cure.en) for problem in refused]
        if not all(all(texts) for texts in told):
            raise
        return False
    assert loaded.ledger.balanced, loaded.ledger.counts
    out = dump(loaded.package)
    assert out.ledger.balanced, out.ledger.counts
    again = load(out.content)
    assert again.ledger.balanced
    return True


def mutated(value: Any, source: random.Random) -> Any:
    """The same JSON with one node replaced, removed, renamed or doubled."""
    if source.random() < 0.15 or not isinstance(value, dict | list) or not value:
        return source.choice(ODD)
    if isinstance(value, list):
        at = source.randrange(len(value))
        if source.random() < 0.2:
            return [*value, value[at]]
        return [*value[:at], mutated(value[at], source), *value[at + 1 :]]
    key = source.choice(sorted(value))
    chance = source.random()
    if chance < 0.15:
        return {name: one for name, one in value.items() if name != key}
    if chance < 0.25:
        return {(name if name != key else f"{key}~/2"): one for name, one in value.items()}
    return value | {key: mutated(value[key], source)}


def test_the_whole_package_is_sound() -> None:
    assert survives(package(whole(), None))


def test_a_thousand_changed_values() -> None:
    source = random.Random(20260721)
    entries = whole()
    names = [name for name in entries if name.endswith(".json")]
    read = 0
    for _ in range(1000):
        changed = dict(entries)
        for _ in range(source.randint(1, 4)):
            name = source.choice(names)
            changed[name] = mutated(changed[name], source)
        read += survives(package(changed, source.choice([None, 1, 2, 5])))
    assert read > 950


def test_a_thousand_damaged_bytes() -> None:
    source = random.Random(7)
    content = package(whole(), None)
    for _ in range(500):
        damaged = bytearray(content)
        for _ in range(source.randint(1, 8)):
            damaged[source.randrange(len(damaged))] = source.randrange(256)
        survives(bytes(damaged))
    entries = {name: json.dumps(one).encode() for name, one in whole().items() if name.endswith(".json")}
    for _ in range(500):
        name = source.choice(sorted(entries))
        text = bytearray(entries[name])
        for _ in range(source.randint(1, 4)):
            text[source.randrange(len(text))] = source.randrange(256)
        survives(package({**entries, name: bytes(text)}, None))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "processes/a.json",
                "flows/b.json",
                "lcia_methods/m.json",
                "product_systems/s.json",
                "categories/c.json",
            ]
        ),
        st.recursive(
            st.none()
            | st.booleans()
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(KEYS.split()),
                    inner,
                    max_size=5,
                )
            ),
            max_leaves=20,
        ),
        max_size=5,
    )
)
def test_any_json_in_the_folders(entries: dict[str, Any]) -> None:
    survives(package(entries))


def test_categories_in_a_circle_end() -> None:
    entries = {
        "categories/a.json": {"@id": "a", "name": "a", "category": ref("Category", "b")},
        "categories/b.json": {"@id": "b", "name": "b", "category": ref("Category", "a")},
        f"processes/{PROCESS}.json": process(category=ref("Category", "a")),
    }
    loaded = load(package(entries, None))
    assert loaded.package.processes[0].heading.categories[0].path == ("b", "a")
    assert loaded.ledger.balanced


@pytest.mark.parametrize("number", [20_000])
def test_many_causal_factors_take_no_square_time(number: int) -> None:
    rows = [exchange(at + 1, STEEL if at == 0 else COAL) for at in range(number)]
    factors = [
        {
            "allocationType": "CAUSAL_ALLOCATION",
            "product": ref("Flow", STEEL),
            "exchange": {"internalId": at + 1},
            "value": 1.0,
        }
        for at in range(number)
    ]
    loaded = load(package({f"processes/{PROCESS}.json": process(*rows, allocationFactors=factors)}))
    assert len(loaded.package.processes[0].allocations) == number
