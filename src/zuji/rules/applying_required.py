"""Inputs and emissions that a rule demands: which lines answer them, and which demands nobody answers."""

import re
from functools import lru_cache

from zuji.model.category_rules import ProductCategoryRule, RequiredItem
from zuji.model.factors import FactorSource
from zuji.model.lines import Line
from zuji.model.studies import Study
from zuji.rules.applying_changes import OpenPoint, Outcome, open_point
from zuji.text import Text


def matches(item: RequiredItem, line: Line) -> bool:
    """Whether a line answers a demand: its kind and stage where stated, and any of the words in its name."""
    if item.kind is not None and line.kind is not item.kind:
        return False
    if item.stage is not None and line.stage is not item.stage:
        return False
    return not item.words or bool(_pattern(item.words).search(line.item.casefold()))


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words; Latin ones at the beginning of a word, so that coal is not found in charcoal."""
    parts = (re.escape(word.casefold().strip()) for word in words if word.strip())
    return re.compile("|".join(rf"(?<![a-z]){part}" if part[0].isascii() else part for part in parts))


def required(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Outcome:  # noqa: ARG001
    """What is demanded without a condition and not counted in the inventory, as open points."""
    found: list[OpenPoint] = []
    for item in rule.required:
        inside = item.stage is None or item.stage in study.boundary.stages
        if item.condition or not inside:
            continue
        lines = [line for line in study.lines if matches(item, line)]
        if not any(not line.cut_off for line in lines):
            found.append(_missing(item, rule, tuple(line.id for line in lines)))
    return Outcome(study, (), tuple(found))


def _missing(item: RequiredItem, rule: ProductCategoryRule, cut: tuple[str, ...]) -> OpenPoint:
    name, name_en = item.name, item.name_en or item.name
    if cut:
        what = Text(f"“{name}”只列为缺口，没有计入", f"“{name_en}” is listed as a gap and not counted")
        cure = Text("请补充数量与因子，使该行计入", "give amount and factor so that the line counts")
    else:
        what = Text(f"清单中没有“{name}”", f"the inventory has no “{name_en}”")
        cure = Text("请补充这一项；确实没有的，请说明", "add it, or say that there is none")
    return open_point(rule, f"required.{item.id}", what, cure, lines=cut)
