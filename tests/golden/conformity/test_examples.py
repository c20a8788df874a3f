"""What the shipped examples still lack under their demonstration rules, item by item, and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from zuji.formats import document, reference
from zuji.formats.rules import shipped
from zuji.formats.standards import tree
from zuji.model.conformity import Conformity, Outcome
from zuji.quality import evaluate
from zuji.rules.conformity import check
from zuji.rules.grounds import Grounds
from zuji.rules.resolving import resolve

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = reference.load()
OPEN = {
    "ammonia-coal": ["V6", "rule.unit", "rule.required.nitrogen"],
    "baijiu": [
        "V21",
        "rule.required.daqu",
        "rule.required.steam",
        "rule.required.electricity",
        "rule.required.water",
        "rule.required.waste-water",
    ],
    "battery-electric-car": [
        "V6",
        "V12",
        "rule.required.motor",
        "rule.required.power-electronics",
        "rule.required.end-of-life",
    ],
    "cement-po425": ["V12"],
    "clinker": ["V12"],
    "coal-hydrogen": ["V12"],
    "electrolytic-aluminium": ["V6", "rule.required.anode"],
    "ferrosilicon": ["V12"],
    "industrial-silicon": ["V6", "V12", "rule.unit"],
    "lfp-cell": ["V6"],
    "lfp-pack": ["V6", "rule.required.management"],
    "ncm811-cell": ["V6", "V12", "rule.required.electrolyte"],
    "pv-module-power": ["V6", "V12", "rule.required.encapsulant", "rule.required.metallisation"],
    "pv-module": ["V6", "V12", "rule.unit", "rule.required.encapsulant", "rule.required.metallisation"],
    "steel-dri-eaf": ["V12", "rule.unit", "rule.required.slag"],
}


def conformity_of(name: str) -> Conformity:
    study = document.load((ROOT / "examples" / f"{name}.yaml").read_bytes(), name=f"{name}.yaml")
    book = shipped()
    grounds = Grounds(
        study=study,
        rule=resolve(book.get(study.rule), book),
        footprint=evaluate(study, REFERENCE.catalogue, REFERENCE.gwp[study.gwp], REFERENCE.fuels),
        factors=REFERENCE.catalogue,
        gwp=REFERENCE.gwp,
        on=date(2026, 6, 30),
        tree=tree(),
    )
    return check(grounds)


def test_every_example_names_a_rule_and_its_open_points():
    assert set(OPEN) == {path.stem for path in (ROOT / "examples").glob("*.yaml")}


@pytest.mark.parametrize("name", OPEN)
def test_an_example_lacks_what_is_known_to_be_missing_and_nothing_else(name):
    unmet = [item.id for item in conformity_of(name).items if item.outcome is Outcome.NOT_MET]
    assert unmet == OPEN[name]


@pytest.mark.parametrize("name", OPEN)
def test_the_open_points_stand_in_the_list_of_the_examples(name):
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"- {name}（"))
    assert all(item in row for item in OPEN[name] if not item.startswith("rule.required."))
    assert ("必填项是缺口" in row) == any(item.startswith("rule.required.") for item in OPEN[name])
