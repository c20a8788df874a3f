"""Recycling by a formula that the rule accepts, with its allocation factors where it sets them."""

from dataclasses import replace

from zuji.lca.publishing import as_stated
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorSource
from zuji.model.lines import Line, RecyclingDetail, RecyclingMethod
from zuji.model.studies import Study
from zuji.rules.applying_changes import Change, OpenPoint, Outcome, change, open_point
from zuji.rules.resolving_words import RECYCLING_NAMES
from zuji.text import Text


def recycling(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Outcome:  # noqa: ARG001
    """Every counted recycling line as the rule wants it."""
    changes: list[Change] = []
    open_points: list[OpenPoint] = []
    made: dict[str, Line] = {}
    for line in study.lines:
        detail = line.detail
        if not isinstance(detail, RecyclingDetail) or line.cut_off:
            continue
        wanted, lacking = _wanted(detail, rule)
        if lacking:
            open_points.append(_lacking(line, wanted, lacking, rule))
        elif wanted != detail:
            made[line.id] = replace(line, detail=wanted)
            changes.append(_told(line, detail, wanted, rule))
    if not made:
        return Outcome(study, (), tuple(open_points))
    processes = tuple(
        replace(process, lines=tuple(made.get(line.id, line) for line in process.lines))
        for process in study.processes
    )
    return Outcome(replace(study, processes=processes), tuple(changes), tuple(open_points))


def _wanted(detail: RecyclingDetail, rule: ProductCategoryRule) -> tuple[RecyclingDetail, tuple[str, ...]]:
    """The detail under the rule, and the parameters that it would need and nobody gives."""
    ruled = rule.recycling
    method = detail.method if not ruled.methods or detail.method in ruled.methods else ruled.methods[0]
    if method is not RecyclingMethod.CFF:
        made = replace(detail, method=method)
        return made, _factors_lacking(made) if made != detail else ()
    a = detail.a if ruled.a is None else ruled.a
    b = detail.b if ruled.b is None else ruled.b
    made = replace(detail, method=method, a=a, b=b)
    if made == detail:
        return made, ()
    lacking = _factors_lacking(made)
    if detail.method is not RecyclingMethod.CFF:
        # A and B were never chosen for a line that was counted by cut-off
        shared = detail.r1 > 0 or detail.r2 > 0
        lacking += ("a",) if ruled.a is None and shared else ()
        lacking += ("b",) if ruled.b is None and detail.r3 > 0 else ()
    return made, lacking


def _factors_lacking(detail: RecyclingDetail) -> tuple[str, ...]:
    """Factors of the formula whose share is above zero and that the line does not name."""
    formula = detail.method is RecyclingMethod.CFF
    recovered = detail.r3 * (1 - detail.b if formula else 1)
    ends = bool(detail.r2 or detail.r3 or detail.disposal)
    shares = {
        "virgin": (1 - detail.r1) + (detail.r1 * (1 - detail.a) * detail.qs_in if formula else 0),
        "recycled": detail.r1 * (detail.a if formula else 1),
        "end_recycling": (1 - detail.a) * detail.r2 if formula else 0,
        "energy_recovery": recovered,
        "avoided_heat": recovered * detail.lhv * detail.heat_efficiency if formula else 0,
        "avoided_electricity": recovered * detail.lhv * detail.electricity_efficiency if formula else 0,
        "disposal": max(0.0, 1 - detail.r2 - detail.r3) if ends else 0,
    }
    return tuple(name for name, share in shares.items() if share > 1e-9 and not getattr(detail, name))


def _told(line: Line, before: RecyclingDetail, after: RecyclingDetail, rule: ProductCategoryRule) -> Change:
    old, new = RECYCLING_NAMES[before.method], RECYCLING_NAMES[after.method]
    if before.method is not after.method:
        zh, en = f"用{new.zh}，不用{old.zh}", f"{new.en} instead of {old.en}"
    else:
        zh, en = f"{new.zh}的系数", f"factors of the {new.en}"
    if after.method is RecyclingMethod.CFF:
        a, b = as_stated(after.a), as_stated(after.b)
        zh, en = f"{zh}，A={a}、B={b}", f"{en}, A={a}, B={b}"
    item = "recycling.methods" if before.method is not after.method else "recycling"
    return change(rule, item, f"“{line.item}”{zh}", f"“{line.item}”: {en}", lines=(line.id,))


def _lacking(
    line: Line, wanted: RecyclingDetail, lacking: tuple[str, ...], rule: ProductCategoryRule
) -> OpenPoint:
    method = RECYCLING_NAMES[wanted.method]
    what = Text(
        f"“{line.item}”应按{method.zh}计，缺少：{'、'.join(lacking)}",
        f"“{line.item}” is to be counted by {method.en}, which lacks {', '.join(lacking)}",
    )
    cure = Text(
        "请在该行补充这些参数或因子，并写明出处",
        "give these parameters or factors on the line, with their source",
    )
    return open_point(rule, "recycling.methods", what, cure, lines=(line.id,))
