"""Any package of any schema: read, written and read again it is the same, and its account balances."""

import copy
import math
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.jsonld.packages import (
    CATEGORY,
    CO2,
    COAL,
    ENERGY,
    KG,
    KWH,
    MASS,
    METHOD,
    MINE,
    MJ,
    PROCESS,
    SLAG,
    STEEL,
    SYSTEM,
    TONNE,
    flow,
    package,
    ref,
)
from zuji.formats.jsonld import dump, load
from zuji.formats.jsonld.spreads import gsd, read_scores, write_scores
from zuji.model.lci.package import Package

JSON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)
small = st.floats(-1e6, 1e6, allow_nan=False)
plain = st.recursive(
    st.none() | st.booleans() | small | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
odd_keys = st.dictionaries(st.sampled_from(["note", "a/b", "x~y", "sets", "更多"]), plain, max_size=2)


def optional(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


uncertainties = st.one_of(
    st.fixed_dictionaries(
        {
            "distributionType": st.just("LOG_NORMAL_DISTRIBUTION"),
            "geomMean": small,
            "geomSd": st.floats(0.5, 1e9),
        }
    ),
    st.fixed_dictionaries(
        {"distributionType": st.just("NORMAL_DISTRIBUTION"), "mean": small, "sd": st.floats(-1, 1e3)}
    ),
    st.fixed_dictionaries(
        {
            "distributionType": st.just("TRIANGLE_DISTRIBUTION"),
            "minimum": small,
            "mode": small,
            "maximum": small,
        }
    ),
    st.fixed_dictionaries(
        {"distributionType": st.sampled_from(["UNIFORM_DISTRIBUTION", "NONE"]), "minimum": small}
    ),
)
quantities = st.sampled_from([(MASS, KG), (MASS, TONNE), (ENERGY, MJ), (ENERGY, KWH), (MASS, "")])
flow_ids = st.sampled_from([STEEL, SLAG, CO2, COAL, MINE])
places = st.sampled_from(
    [
        ref("Location", "7efdfc94-655a-35dc-aa3e-c85e9bb703fa", "China"),
        ref("Location", "l1", "a place"),
        ref("Location", "l2", "a place"),
    ]
)
headings = optional(
    name=texts,
    description=texts,
    category=st.sampled_from(["", "a", "a/b", "钢/b c"]),
    version=st.sampled_from(["", "00.00.000", "01.02.003"]),
    lastChange=st.just("2024-05-06T07:08:09Z"),
    tags=st.lists(texts, max_size=2),
)


@st.composite
def exchanges(draw: st.DrawFn, internal_id: int | None) -> dict[str, Any]:
    property_, unit = draw(quantities)
    value = {
        "@type": "Exchange",
        "flow": ref("Flow", draw(flow_ids), draw(texts), flowType="PRODUCT_FLOW", refUnit="kg"),
        "flowProperty": ref("FlowProperty", property_),
        **({"unit": ref("Unit", unit)} if unit else {}),
        **({} if internal_id is None else {"internalId": internal_id}),
    }
    more = draw(
        optional(
            amount=numbers,
            amountFormula=st.sampled_from(["p", "2*P", "q+1", "nobody", ""]),
            isInput=st.booleans(),
            isAvoidedProduct=st.booleans(),
            isQuantitativeReference=st.booleans(),
            uncertainty=uncertainties,
            dqEntry=st.sampled_from(["(1;2;3;4;5)", "(n.a.;2)", "odd", ""]),
            baseUncertainty=st.floats(0.5, 3),
            defaultProvider=st.just(ref("Process", MINE, "mine", category="m")),
            location=places,
            costValue=small,
            currency=st.sampled_from([ref("Currency", "eur", "EUR"), ref("Currency", "odd", "Odd")]),
            description=texts,
        )
    )
    return value | more | draw(odd_keys)


@st.composite
def processes(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    numbered = draw(st.booleans())
    count = draw(st.integers(0, 4))
    rows = [draw(exchanges(number * 3 if numbered else None)) for number in range(1, count + 1)]
    shares = st.fixed_dictionaries(
        {
            "allocationType": st.sampled_from(["PHYSICAL_ALLOCATION", "ECONOMIC_ALLOCATION"]),
            "product": flow_ids.map(lambda one: ref("Flow", one)),
            "value": st.floats(0, 1),
        }
    )
    causal = st.fixed_dictionaries(
        {
            "allocationType": st.just("CAUSAL_ALLOCATION"),
            "product": flow_ids.map(lambda one: ref("Flow", one)),
            "exchange": st.integers(1, 9).map(lambda one: {"internalId": one}),
            "value": st.floats(0, 1),
        }
    )
    parameters = st.fixed_dictionaries(
        {"name": st.sampled_from(["p", "q", "r "])},
        optional={
            "value": small,
            "formula": st.sampled_from(["1+1", "q", "p*2", ")"]),
            "isInputParameter": st.booleans(),
            "uncertainty": uncertainties,
            "parameterScope": st.sampled_from(["PROCESS_SCOPE", "GLOBAL_SCOPE"]),
            "description": texts,
        },
    )
    documentation = optional(
        timeDescription=texts,
        isCopyrightProtected=st.booleans(),
        validFrom=st.just("2020-01-01"),
        sources=st.lists(st.sampled_from([ref("Source", "s", "S")]), max_size=2),
        reviews=st.lists(optional(details=texts, scopes=st.just([{"name": "raw data"}])), max_size=2),
        complianceDeclarations=st.lists(
            st.fixed_dictionaries({"system": st.just(ref("Source", "s"))}, optional={"comment": texts}),
            max_size=2,
        ),
        useAdvice=texts,
        flowCompleteness=st.just([{"aspect": "a", "value": "b"}]),
    )
    more = draw(
        optional(
            processType=st.sampled_from(["UNIT_PROCESS", "LCI_RESULT"]),
            defaultAllocationMethod=st.sampled_from(["CAUSAL_ALLOCATION", "USE_DEFAULT_ALLOCATION"]),
            location=places,
            isInfrastructureProcess=st.booleans(),
            processDocumentation=documentation,
            parameters=st.lists(parameters, max_size=3),
            allocationFactors=st.lists(shares | causal, max_size=3),
            dqSystem=st.just(ref("DQSystem", "d")),
            lastInternalId=st.integers(0, 50),
        )
    )
    return {"@type": "Process", "@id": id_, **draw(headings), "exchanges": rows, **more, **draw(odd_keys)}


@st.composite
def packages(draw: st.DrawFn) -> dict[str, Any]:
    entries: dict[str, Any] = {
        f"processes/{PROCESS}.json": draw(processes(PROCESS)),
        f"processes/{MINE}.json": draw(processes(MINE)),
        f"flows/{STEEL}.json": flow(STEEL, "steel") | draw(headings) | draw(odd_keys),
        "locations/l1.json": {"@type": "Location", "@id": "l1", "name": "one", "code": "L"},
        "currencies/eur.json": {"@type": "Currency", "@id": "eur", "code": "EUR", "name": "Euro"},
    }
    if draw(st.booleans()):
        entries["locations/l2.json"] = {"@type": "Location", "@id": "l2", "code": "L"}
    factors = st.fixed_dictionaries(
        {"flow": flow_ids.map(lambda one: ref("Flow", one, "f", flowType="ELEMENTARY_FLOW", category="x"))},
        optional={
            "value": numbers,
            "location": places,
            "unit": st.just(ref("Unit", TONNE)),
            "uncertainty": uncertainties,
        },
    )
    entries[f"lcia_categories/{CATEGORY}.json"] = {
        "@type": "ImpactCategory",
        "@id": CATEGORY,
        **draw(headings),
        "impactFactors": draw(st.lists(factors, max_size=3)),
        "direction": draw(st.sampled_from([None, "INPUT", "OUTPUT"])),
        **draw(odd_keys),
    }
    sets = st.fixed_dictionaries(
        {"@id": st.just("nw"), "factors": st.lists(optional(normalisationFactor=small), max_size=2)}
    )
    entries[f"lcia_methods/{METHOD}.json"] = {
        "@type": "ImpactMethod",
        "@id": METHOD,
        "impactCategories": [ref("ImpactCategory", CATEGORY, "c")],
        "nwSets": draw(st.lists(sets, max_size=1)),
    }
    links = st.fixed_dictionaries(
        {"provider": st.just(ref("Process", MINE)), "process": st.just(ref("Process", PROCESS))},
        optional={"flow": flow_ids.map(lambda one: ref("Flow", one)), "exchange": st.just({"internalId": 3})},
    )
    entries[f"product_systems/{SYSTEM}.json"] = {
        "@type": "ProductSystem",
        "@id": SYSTEM,
        "refProcess": ref("Process", PROCESS, "plant"),
        **draw(optional(targetAmount=small, targetUnit=st.just(ref("Unit", KG)), cutoff=small)),
        "processLinks": draw(st.lists(links, max_size=2)),
        "analysisGroups": draw(
            st.lists(st.just({"name": "g", "color": "#fff", "processes": [ref("Process", MINE)]}), max_size=1)
        ),
    }
    return entries


OLD_KEYS = {
    "isInput": "input",
    "isAvoidedProduct": "avoidedProduct",
    "isQuantitativeReference": "quantitativeReference",
    "isInputParameter": "inputParameter",
    "isCopyrightProtected": "copyright",
    "refProcess": "referenceProcess",
}


def as_schema_1(entries: dict[str, Any]) -> dict[str, Any]:
    """The same package with the keys of schema 1, and categories as data sets of their own."""
    old = copy.deepcopy(entries)
    made: dict[str, Any] = {}
    for value in old.values():
        inner = (*value.get("exchanges", ()), *value.get("parameters", ()))
        for one in (value, *inner, value.get("processDocumentation", {})):
            for new in OLD_KEYS.keys() & one.keys():
                one[OLD_KEYS[new]] = one.pop(new)
        if isinstance(value.get("category"), str):
            above = ""
            for name in filter(None, value.pop("category").split("/")):
                id_ = f"{above}-{ord(name[0])}"
                parent = {"category": ref("Category", above)} if above else {}
                category = {"@type": "Category", "@id": id_, "name": name, **parent}
                made[f"categories/{id_}.json"] = category
                above = id_
            if above:
                value["category"] = ref("Category", above)
    return old | made


def checked(content: bytes) -> Package:
    loaded = load(content, name="package")
    assert loaded.ledger.balanced, loaded.ledger.counts
    return loaded.package


@settings(max_examples=60, **JSON)
@given(packages())
def test_reading_what_was_written_gives_the_same(entries: dict[str, Any]) -> None:
    first = checked(package(entries))
    out = dump(first)
    assert out.ledger.balanced, out.ledger.counts
    assert checked(out.content) == first
    assert dump(checked(out.content)).content == out.content


@settings(max_examples=60, **JSON)
@given(packages())
def test_schema_1_reads_as_schema_5_does(entries: dict[str, Any]) -> None:
    assert checked(package(as_schema_1(entries), None)) == checked(package(entries))


@given(st.floats(1, 1e300))
def test_geometric_standard_deviations_come_back(value: float) -> None:
    scale = math.log(value)
    back = gsd(scale)
    assert back is not None
    assert math.log(back) == scale


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).map(tuple))
def test_scores_come_back(scores: tuple[int, ...]) -> None:
    assert read_scores(write_scores(scores)) == scores
