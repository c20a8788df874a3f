"""Studies for tests, made as the platform makes them."""

from itertools import count
from typing import Any

from tests.web.factories import accounts
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Role
from zuji_web.products.actions import demonstrations, studies
from zuji_web.products.models import ProductStudy
from zuji_web.products.operations import Document

ELECTRICITY = "elec_cf_national_2024"
CEMENT = "mat_stat_cement_m325"
GRID_CO2 = "elec_co2_CN-SC_2023"
_numbers = count(1)


def line(line_id: str = "L1", **values: Any) -> dict[str, Any]:
    """A countable line: electricity with the national factor."""
    return {
        "id": line_id,
        "stage": "manufacturing",
        "kind": "electricity",
        "item": "电力",
        "quantity": {"amount": 2.0, "unit": "kWh"},
        "factor": ELECTRICITY,
        **values,
    }


def bare(line_id: str = "L1", **values: Any) -> dict[str, Any]:
    """A line that nobody has filled in further than its item."""
    return {"id": line_id, "stage": "raw_material", "kind": "material", "item": "水泥", **values}


def document(*lines: dict[str, Any], **values: Any) -> Document:
    """A draft of one process that makes a kilogram."""
    made = {"product": "样品", "quantity": {"amount": 1.0, "unit": "kg"}}
    return {
        "id": f"study-{next(_numbers)}",
        "product": {"name": "样品"},
        "unit": {"kind": "declared", "quantity": {"amount": 1.0, "unit": "kg"}},
        "boundary": {"kind": "cradle_to_gate", "stages": ["raw_material", "manufacturing"]},
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "geography": "CN",
        "processes": [{"id": "main", "name": "生产", "outputs": [made], "lines": list(lines)}],
        "scenarios": [],
        **values,
    }


def study(*lines: dict[str, Any], by: Actor | None = None, **values: Any) -> ProductStudy:
    """A draft with these lines, or with one countable line."""
    return studies.create(document=document(*(lines or (line(),)), **values), by=by or accounts.member())


def many_lines(number: int) -> list[dict[str, Any]]:
    """Lines of several kinds, all countable."""
    return [
        line(f"L{i}", item=f"电力 {i}", quantity={"amount": float(i), "unit": "kWh"})
        if i % 3
        else bare(
            f"L{i}", item=f"物料 {i}", quantity={"amount": 0.5, "unit": "kg"}, factor="mat_stat_cement_m325"
        )
        for i in range(1, number + 1)
    ]


def demonstration() -> ProductStudy:
    """A worked example."""

    class Operator:
        name = identity = "test"
        organisation_key = ""

    from zuji.formats import document as documents

    example = documents.from_dict(document(line(), id=f"example-{next(_numbers)}"))
    demonstrations.load(studies={"example.yaml": example}, by=Operator())
    return ProductStudy.objects.get(document__id=example.id)


def modeller() -> Actor:
    """Somebody who may do everything with studies but freeze them."""
    return accounts.member(Role.MODELLER)
