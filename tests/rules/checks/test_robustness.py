"""Whatever is missing or odd in a study, the check answers every item and never breaks."""

import copy
from datetime import date
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.errors import ZujiError
from zuji.formats import reference
from zuji.formats.rules import shipped
from zuji.model import documents
from zuji.model.conformity import Outcome, Severity
from zuji.quality import evaluate
from zuji.rules.conformity import REQUIREMENTS, check
from zuji.rules.grounds import Grounds
from zuji.rules.resolving import resolve

CLEAN = Path(__file__).resolve().parents[2] / "golden" / "conformity" / "clean"
TREES = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CLEAN.glob("*.yaml"))]
REFERENCE = reference.load()
BOOK = shipped()
RULES = [resolve(rule, BOOK) for rule in BOOK]
ODD = ["", " ", "无", 0, -1, 1e300, True, None, [], {}, "1 kg", "0 kWh", "2025-02-30", "CO2", "grid"]


def paths(tree, at=()):
    """Every place in a document."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield (*at, key)
        yield from paths(value, (*at, key))


@st.composite
def damaged(draw):
    tree = copy.deepcopy(draw(st.sampled_from(TREES)))
    for _ in range(draw(st.integers(1, 4))):
        *outer, last = draw(st.sampled_from(list(paths(tree))))
        node = tree
        for key in outer:
            node = node[key]
        if draw(st.booleans()):
            del node[last]
        else:
            node[last] = draw(st.sampled_from(ODD))
    return tree


@settings(max_examples=150, deadline=None)
@given(tree=damaged(), rule=st.sampled_from(RULES), calculated=st.booleans())
def test_a_damaged_study_is_answered_item_by_item(tree, rule, calculated):
    study = documents.read(tree).study
    found, problems = None, ()
    if calculated and study.gwp in REFERENCE.gwp:
        try:
            gwp = REFERENCE.gwp[study.gwp]
            found = evaluate(study, REFERENCE.catalogue, gwp, REFERENCE.fuels, uncertainty=None)
        except ZujiError as refusal:
            problems = refusal.problems
    grounds = Grounds(
        study=study,
        rule=rule,
        footprint=found,
        factors=REFERENCE.catalogue,
        gwp=REFERENCE.gwp,
        on=date(2026, 6, 30),
        problems=problems,
    )
    conformity = check(grounds)
    assert [item.id for item in conformity.items[: len(REQUIREMENTS)]] == [each.id for each in REQUIREMENTS]
    assert len({item.id for item in conformity.items}) == len(conformity.items)
    for item in conformity.items:
        severities = {each.severity for each in item.shortcomings}
        assert (item.outcome is Outcome.NOT_MET) == (Severity.ERROR in severities)
        assert (item.outcome is Outcome.ATTENTION) == (
            Severity.WARNING in severities and Severity.ERROR not in severities
        )
        assert item.reason.zh
        assert item.reason.en
    assert check(grounds) == conformity


def test_without_a_result_every_item_that_needs_one_says_so_and_the_others_are_judged():
    study = documents.from_dict(TREES[0])
    grounds = Grounds(
        study=study,
        rule=RULES[0],
        footprint=None,
        factors=REFERENCE.catalogue,
        gwp=REFERENCE.gwp,
        on=date(2026, 6, 30),
    )
    items = {item.id: item for item in check(grounds).items}
    waiting = {
        key
        for key, item in items.items()
        for each in item.shortcomings
        if each.problem.code == "result.missing"
    }
    assert {"V6", "V7", "V8", "V13", "V18", "V30", "V32"} <= waiting
    assert {"V1", "V3", "V4", "V9", "V17", "V24", "V28", "V29", "V33", "V36"}.isdisjoint(waiting)
    assert items["V1"].outcome is Outcome.MET
    assert all(items[key].outcome is Outcome.NOT_MET for key in waiting)
