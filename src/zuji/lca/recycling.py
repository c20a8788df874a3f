"""Recycled content and recycling at end of life: the Circular Footprint Formula, and cut-off.

Formula of Commission Recommendation (EU) 2021/2279, Annex I, per unit of material (the equation was
checked against a public transcription of the same one in Zampori and Pant 2019, EUR 29682):

material  (1 - R1) Ev + R1 (A Erec + (1 - A) Ev Qsin/Qp) + (1 - A) R2 (ErecEoL - E*v Qsout/Qp)
energy    (1 - B) R3 (EER - LHV XERheat ESEheat - LHV XERelec ESEelec)
disposal  (1 - R2 - R3) ED

Under cut-off (recycled content) the user of recycled material carries its recycling and nothing of its
first life, waste sent to recycling leaves free of burden, and treatment of the rest stays with the product.
"""

from dataclasses import dataclass

from zuji.errors import InvalidInput, Problem
from zuji.lca.characterisation import Intensity
from zuji.lca.problems import Collected, line_place, line_problem
from zuji.lca.sources import (
    ELECTRICITY_KINDS,
    HEAT_KINDS,
    MATERIAL_KINDS,
    TREATMENT_KINDS,
    Found,
    Sources,
    find_factor,
)
from zuji.model.factors import FactorKind
from zuji.model.lines import Line, RecyclingDetail, RecyclingMethod
from zuji.units import conversion

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of the formula: `share` times a factor, per unit of material."""

    name: str
    share: float
    found: Found
    intensity: Intensity


def terms(line: Line, detail: RecyclingDetail, sources: Sources) -> tuple[Term, ...]:
    """The terms that apply to one unit of the line's quantity; their intensities sum to the result.

    Raises with every missing or wrong factor and every parameter out of range.
    """
    collected = Collected()
    problems = _out_of_range(line, detail)
    if problems:
        collected.errors.append(InvalidInput(*problems))
    result: list[Term] = []
    for name, field, share, unit in _shares(detail):
        if abs(share) > 0:
            with collected.collect():
                result.append(_term(line, detail, sources, name, field, share, unit))
    collected.raise_if_any()
    return tuple(result)


def equation(detail: RecyclingDetail) -> str:
    """The formula with its parameters."""
    r = f"R1={detail.r1:g}, R2={detail.r2:g}, R3={detail.r3:g}"
    if detail.method is RecyclingMethod.CUT_OFF:
        return f"(1-R1)·Ev + R1·Erec + R3·EER + (1-R2-R3)·ED; {r}"
    return (
        "(1-R1)·Ev + R1·(A·Erec + (1-A)·Ev·Qsin/Qp) + (1-A)·R2·(ErecEoL - E*v·Qsout/Qp) "
        "+ (1-B)·R3·(EER - LHV·Xheat·ESEheat - LHV·Xelec·ESEelec) + (1-R2-R3)·ED; "
        f"{r}, A={detail.a:g}, B={detail.b:g}, Qsin/Qp={detail.qs_in:g}, Qsout/Qp={detail.qs_out:g}"
    )


def _shares(detail: RecyclingDetail) -> list[tuple[str, str, float, str]]:
    """(term, field of its factor, share, unit of the share's energy or "" for the material's own unit)."""
    disposed = _disposed(detail)
    if detail.method is RecyclingMethod.CUT_OFF:
        return [
            ("Ev", "virgin", 1 - detail.r1, ""),
            ("Erec", "recycled", detail.r1, ""),
            ("EER", "energy_recovery", detail.r3, ""),
            ("ED", "disposal", disposed, ""),
        ]
    credit, recovered = (1 - detail.a) * detail.r2, (1 - detail.b) * detail.r3
    return [
        ("Ev", "virgin", (1 - detail.r1) + detail.r1 * (1 - detail.a) * detail.qs_in, ""),
        ("Erec", "recycled", detail.r1 * detail.a, ""),
        ("ErecEoL", "end_recycling", credit, ""),
        ("E*v", "avoided", -credit * detail.qs_out, ""),
        ("EER", "energy_recovery", recovered, ""),
        ("ESEheat", "avoided_heat", -recovered * detail.lhv * detail.heat_efficiency, "MJ"),
        ("ESEelec", "avoided_electricity", -recovered * detail.lhv * detail.electricity_efficiency, "MJ"),
        ("ED", "disposal", disposed, ""),
    ]


def _disposed(detail: RecyclingDetail) -> float:
    """1 - R2 - R3, or 0 where the line states no end of life at all."""
    if detail.r2 == 0 and detail.r3 == 0 and not detail.disposal:
        return 0.0
    rest = 1 - detail.r2 - detail.r3
    return 0.0 if abs(rest) < _ROUNDING else rest


_KINDS: dict[str, frozenset[FactorKind]] = {
    "virgin": MATERIAL_KINDS,
    "recycled": MATERIAL_KINDS,
    "avoided": MATERIAL_KINDS,
    "end_recycling": TREATMENT_KINDS,
    "energy_recovery": TREATMENT_KINDS,
    "disposal": TREATMENT_KINDS,
    "avoided_heat": HEAT_KINDS,
    "avoided_electricity": ELECTRICITY_KINDS,
}


def _term(
    line: Line, detail: RecyclingDetail, sources: Sources, name: str, field: str, share: float, energy: str
) -> Term:
    factor_id: str = getattr(detail, field)
    if field == "avoided" and not factor_id:
        factor_id = detail.virgin  # E*v = Ev where the recycled material replaces the same material
    if not factor_id:
        raise InvalidInput(
            line_problem(
                "recycling.factor_missing",
                line.id,
                field,
                f"循环足迹公式缺少 {name} 的因子",
                f"the circular footprint formula lacks the factor for {name}",
                cure_zh=f"请选择 {name} 的因子，或把对应的比例设为 0",
                cure_en=f"choose the factor for {name}, or set the share that needs it to 0",
            )
        )
    found = find_factor(factor_id, _KINDS[field], sources, line.id, where=field)
    place = line_place(line.id, field)
    if energy:
        # LHV is MJ per kg of material
        per_kg = found.in_unit(energy, place)
        intensity = per_kg.scaled(share * conversion(line.quantity.unit, "kg", place=place))
    else:
        intensity = found.in_unit(line.quantity.unit, place).scaled(share)
    return Term(name=name, share=share, found=found, intensity=intensity)


def _out_of_range(line: Line, detail: RecyclingDetail) -> list[Problem]:
    problems = []
    for field in ("r1", "r2", "r3", "a", "b", "heat_efficiency", "electricity_efficiency"):
        value: float = getattr(detail, field)
        if not 0 <= value <= 1:
            problems.append(_range_problem(line, field, value, "应在 0 到 1 之间", "lies between 0 and 1"))
    for field in ("qs_in", "qs_out", "lhv"):
        value = getattr(detail, field)
        if not value >= 0:
            problems.append(_range_problem(line, field, value, "不能为负", "is not negative"))
    if detail.r2 + detail.r3 > 1 + _ROUNDING:
        total = detail.r2 + detail.r3
        problems.append(_range_problem(line, "r2 + r3", total, "不能超过 1", "is at most 1"))
    if detail.heat_efficiency + detail.electricity_efficiency > 1 + _ROUNDING:
        both = detail.heat_efficiency + detail.electricity_efficiency
        problems.append(_range_problem(line, "heat + electricity", both, "不能超过 1", "is at most 1"))
    return problems


def _range_problem(line: Line, field: str, value: float, zh: str, en: str) -> Problem:
    return line_problem(
        "recycling.out_of_range",
        line.id,
        field,
        f"{field} = {value:g}，{zh}",
        f"{field} is {value:g} but {en}",
        cure_zh="请核对循环足迹公式的参数",
        cure_en="check the parameters of the circular footprint formula",
    )
