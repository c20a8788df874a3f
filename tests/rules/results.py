"""Comparands for the tests of gate and grades."""

from zuji.model.category_rules import CutOffRule, QualityFloor
from zuji.model.footprints import QualityResult
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import BoundaryKind, Period, UnitKind
from zuji.rules.comparability import Comparand
from zuji.rules.comparands import ElectricityBasis

FLOOR = QualityFloor(scheme="PEF", version="2021", worst=3.0, coverage=0.8)


def rating(score: float | None = 2.0, coverage: float = 0.9, scheme: str = "PEF") -> QualityResult:
    return QualityResult(
        scheme=scheme,
        version="2021",
        score=score,
        level="good" if score is not None else "not_rated",
        indicators={"TeR": score},
        coverage=coverage,
    )


def result(name: str = "甲", value: float = 1.0, **rest) -> Comparand:
    """A verified result of one unit of a product that passes every item."""
    terms = {
        "product": "白酒",
        "firm": name,
        "category": "zuji:baijiu",
        "function": "1 kL 白酒（以 65 度计）",
        "rule": "baijiu@1.0",
        "unit_kind": UnitKind.DECLARED,
        "unit": Quantity(1.0, "kg"),
        "boundary": BoundaryKind.CRADLE_TO_GATE,
        "stages": (Stage.RAW_MATERIAL, Stage.MANUFACTURING),
        "cut_off": CutOffRule(each=0.01, total=0.05),
        "gwp": "AR6",
        "electricity": ElectricityBasis(accounting="grid", grid=("country",)),
        "quality": (rating(),),
        "floor": FLOOR,
        "period": Period(start="2024-01-01", end="2024-12-31"),
        "verification": "limited",
    }
    return Comparand(id=name, value=value, **{**terms, **rest})
