"""What is wrong with a study before any factor is looked at."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.formats.studies import studies
from zuji.model.documents import from_dict
from zuji.model.studies import Study
from zuji.model.validation import validate

RIGHT: dict[str, Any] = {
    "id": "a",
    "product": {"name": "铸件", "credit_code": "914403001922038216"},
    "unit": "1 kg",
    "boundary": {
        "kind": "cradle_to_gate",
        "stages": ["raw_material", "manufacturing"],
        "excluded": [{"stage": "use", "reason": "止于出厂"}],
    },
    "period": 2024,
    "geography": "CN",
    "processes": [
        {
            "id": "P1",
            "name": "铸造",
            "outputs": [{"product": "铸件", "quantity": "10 t"}, {"product": "炉渣", "quantity": "1 t"}],
            "allocation": "physical",
            "lines": [
                {"id": "L1", "stage": "raw_material", "kind": "material", "item": "生铁", "quantity": "11 t"},
                {"id": "L2", "stage": "manufacturing", "item": "煤", "quantity": "1 t", "fuel": "anthracite"},
                {"id": "L3", "stage": "raw_material", "item": "车", "quantity": "1 t", "transport": "9 km"},
                {
                    "id": "L4",
                    "stage": "manufacturing",
                    "item": "漏",
                    "quantity": "1 g",
                    "direct_emission": "SF6",
                },
                {
                    "id": "L5",
                    "stage": "manufacturing",
                    "item": "模",
                    "quantity": "1 kg",
                    "sub_assembly": "P2",
                },
            ],
        },
        {"id": "P2", "name": "制模", "outputs": [{"product": "模", "quantity": "1 kg"}]},
    ],
    "scenarios": [{"id": "S1", "name": "省", "changes": [{"line": "L1", "scale": 0.9}]}],
}


def _with(path: str, value: object) -> Study:
    def copy(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: copy(inner) for key, inner in part.items()}
        return [copy(inner) for inner in part] if isinstance(part, list) else part

    content = copy(RIGHT)
    *outer, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    target = content
    for part in outer:
        target = target[part]
    target[last] = value
    return from_dict(content)


def test_a_right_study_has_no_mistake() -> None:
    assert validate(from_dict(RIGHT)) == ()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(studies())
def test_what_keeps_to_the_rules_has_no_mistake(study: Study) -> None:
    assert validate(study) == ()


_LINE = "processes.0.lines"


@pytest.mark.parametrize(
    ("path", "value", "code", "field"),
    [
        ("product.credit_code", "914403001922038217", "credit-code", "product.credit_code"),
        ("product.biogenic_carbon_kg", -1, "negative", "product.biogenic_carbon_kg"),
        ("unit", "0 kg", "not-positive", "unit.quantity.amount"),
        ("unit", "1 kgg", "unit.unknown", "unit.quantity.unit"),
        ("unit", {"kind": "functional", "quantity": "1 kg"}, "unit-and-boundary", "unit.kind"),
        ("boundary.stages", [], "no-stage", "boundary.stages"),
        (
            "boundary.stages",
            ["raw_material", "manufacturing", "manufacturing"],
            "duplicate-stage",
            "boundary.stages[2]",
        ),
        (
            "boundary.excluded",
            [{"stage": "raw_material", "reason": "x"}],
            "stage-in-and-out",
            "boundary.excluded[0]",
        ),
        (
            "boundary.excluded",
            [{"stage": "use", "reason": " "}],
            "exclusion-reason",
            "boundary.excluded[0].reason",
        ),
        ("period", "2024-12-31/2024-12-30", "period", "period.end"),
        ("period", "2024-13-01/2024-12-31", "date", "period.start"),
        ("period", "20240101/2024-12-31", "date", "period.start"),
        (f"{_LINE}.1.id", "L1", "duplicate-line", "processes[0].lines[1].id"),
        ("processes.1.outputs", [], "no-output", "processes[1].outputs"),
        ("processes.0.outputs.1.product", "铸件", "duplicate-product", "processes[0].outputs[1].product"),
        ("processes.0.outputs.0.quantity", "0 t", "not-positive", "processes[0].outputs[0].quantity.amount"),
        ("processes.0.outputs.0.property_value", -1, "negative", "processes[0].outputs[0].property_value"),
        ("processes.0.allocation", "none", "allocation-missing", "processes[0].allocation"),
        (f"{_LINE}.0.stage", "use", "stage-outside-boundary", "processes[0].lines[0].stage"),
        (f"{_LINE}.0.quantity", "-1 t", "negative", "processes[0].lines[0].quantity.amount"),
        (
            f"{_LINE}.0.quantity",
            {"amount": 1, "unit": " "},
            "unit.missing",
            "processes[0].lines[0].quantity.unit",
        ),
        (f"{_LINE}.0.allocate_to", "钢", "unknown-product", "processes[0].lines[0].allocate_to"),
        (f"{_LINE}.0.quality", {"time": 0.5}, "quality-range", "processes[0].lines[0].quality.time"),
        (
            f"{_LINE}.0.uncertainty",
            {"distribution": "triangular", "low": 1.1, "high": 1.2},
            "uncertainty-range",
            "processes[0].lines[0].uncertainty.low",
        ),
        (
            f"{_LINE}.0.stated",
            {"value": 1, "per": "kg", "source": "报告", "primary_share": 35},
            "share-range",
            "processes[0].lines[0].stated.primary_share",
        ),
        (f"{_LINE}.1.fuel", {"oxidation": 98}, "share-range", "processes[0].lines[1].fuel.oxidation"),
        (f"{_LINE}.1.fuel", {"ncv": -1}, "negative", "processes[0].lines[1].fuel.ncv"),
        (f"{_LINE}.2.transport", "-9 km", "negative", "processes[0].lines[2].transport.distance.amount"),
        (f"{_LINE}.2.transport", "9 kmh", "unit.unknown", "processes[0].lines[2].transport.distance.unit"),
        (f"{_LINE}.4.sub_assembly", "P9", "unknown-process", "processes[0].lines[4].sub_assembly.process"),
        (f"{_LINE}.4.sub_assembly", "P1", "unknown-product", "processes[0].lines[4].sub_assembly.product"),
        ("scenarios.0.changes.0.line", "L9", "unknown-line", "scenarios[0].changes[0].line"),
        ("scenarios.0.changes.0.amount", 1, "two-changes", "scenarios[0].changes[0].scale"),
        ("scenarios.0.changes.0", {"line": "L1"}, "empty-change", "scenarios[0].changes[0]"),
        ("scenarios.0.changes.0.scale", -1, "negative", "scenarios[0].changes[0].scale"),
    ],
)
def test_one_mistake_is_named_at_its_field(path: str, value: object, code: str, field: str) -> None:
    problems = validate(_with(path, value))
    assert [(p.code, p.place.field) for p in problems] == [(code, field)]
    assert all(p.what.zh and p.what.en and p.cure.zh and p.cure.en for p in problems)


def test_two_processes_of_one_id_are_found_beside_what_follows_from_it() -> None:
    problems = validate(_with("processes.1.id", "P1"))
    assert [(p.code, p.place.field) for p in problems] == [
        ("duplicate-process", "processes[1].id"),
        ("unknown-process", "processes[0].lines[4].sub_assembly.process"),
    ]


def test_numbers_that_are_not_finite_are_found_even_where_no_file_could_hold_them() -> None:
    study = from_dict(RIGHT)
    process = study.processes[0]
    line = process.lines[0]
    for amount in (float("nan"), float("inf")):
        broken = replace(line, quantity=replace(line.quantity, amount=amount))
        whole = replace(process, lines=(broken, *process.lines[1:]))
        problems = validate(replace(study, processes=(whole, *study.processes[1:])))
        assert [(p.code, p.place.line) for p in problems] == [("not-finite", "L1")]


def test_a_direct_emission_without_its_gas_asks_for_it() -> None:
    study = from_dict(RIGHT)
    process = study.processes[0]
    lines = tuple(replace(line, detail=None) if line.id == "L4" else line for line in process.lines)
    problems = validate(replace(study, processes=(replace(process, lines=lines), *study.processes[1:])))
    assert [(p.code, p.place.field) for p in problems] == [
        ("detail-missing", "processes[0].lines[3].direct_emission")
    ]


def test_land_use_change_may_be_negative() -> None:
    change = {
        "id": "L1",
        "stage": "raw_material",
        "kind": "land_use_change",
        "item": "林",
        "quantity": "-5 kgCO2e",
    }
    assert validate(_with(f"{_LINE}.0", change)) == ()
