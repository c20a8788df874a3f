"""What a rule changes in a study, and what it asks that the study does not answer."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from zuji.model.category_rules import ProductCategoryRule
from zuji.model.studies import Scenario, Study
from zuji.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that a rule changed: its `item`, what, why with its clause, and the lines concerned."""

    item: str
    what: Text
    why: Text
    clause: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """Something that a rule demands and the data do not answer; `cure` says what to bring."""

    item: str
    what: Text
    cure: Text
    clause: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The study after a step."""

    study: Study
    changes: tuple[Change, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()


def clause_of(rule: ProductCategoryRule, item: str) -> str:
    """The clause of an item, or of the group that it is in; empty where the rule gives none."""
    clauses = {each.item: each.clause for each in reversed(rule.clauses)}
    return clauses.get(item) or clauses.get(item.partition(".")[0], "")


def change(rule: ProductCategoryRule, item: str, zh: str, en: str, *, lines: tuple[str, ...] = ()) -> Change:
    """A change with its reason: the rule by name, and the clause where one is given."""
    clause = clause_of(rule, item)
    name, name_en = f"规则“{rule.name}”", f"the rule “{rule.name_en or rule.name}”"
    why = Text(f"{name}，{clause}", f"{name_en}, {clause}") if clause else Text(name, name_en)
    return Change(item=item, what=Text(zh, en), why=why, clause=clause, lines=lines)


def open_point(
    rule: ProductCategoryRule, item: str, what: Text, cure: Text, *, lines: tuple[str, ...] = ()
) -> OpenPoint:
    return OpenPoint(item=item, what=what, cure=cure, clause=clause_of(rule, item), lines=lines)


def without_lines(study: Study, ids: Collection[str]) -> Study:
    """The study without some lines, and without what its scenarios say of them."""
    if not ids:
        return study
    processes = tuple(
        replace(process, lines=tuple(line for line in process.lines if line.id not in ids))
        if any(line.id in ids for line in process.lines)
        else process
        for process in study.processes
    )
    scenarios = tuple(kept for each in study.scenarios if (kept := _without(each, ids)).changes)
    return _with_alternatives(replace(study, processes=processes, scenarios=scenarios))


def _without(scenario: Scenario, ids: Collection[str]) -> Scenario:
    return replace(scenario, changes=tuple(each for each in scenario.changes if each.line not in ids))


def _with_alternatives(study: Study) -> Study:
    """Profiles name only alternatives that are still there."""
    known = {scenario.id for scenario in study.scenarios}
    stated = study.statements
    use, end = (
        replace(profile, alternatives=tuple(each for each in profile.alternatives if each in known))
        for profile in (stated.use, stated.end_of_life)
    )
    return replace(study, statements=replace(stated, use=use, end_of_life=end))
