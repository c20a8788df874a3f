"""Stages and switched activities that a rule leaves out or demands."""

from dataclasses import replace

from zuji.model.category_rules import ProductCategoryRule, SwitchChoice
from zuji.model.documents import STAGES_OF
from zuji.model.factors import FactorSource
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.statements import SWITCH_NAMES, Switch
from zuji.model.studies import (
    BOUNDARY_NAMES,
    BoundaryKind,
    StageExclusion,
    Study,
    SystemBoundary,
    UnitKind,
)
from zuji.rules.applying_changes import Change, OpenPoint, Outcome, change, open_point, without_lines
from zuji.text import Text


def boundary(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Outcome:  # noqa: ARG001
    """The study inside a boundary that the rule allows: what lies beyond it is dropped.

    A boundary that the rule allows stays; otherwise the widest of the allowed ones inside the study's is
    taken. Stages that the rule demands and the study lacks are open points.
    """
    kind = _kind(study.boundary.kind, rule.boundary.kinds)
    open_points = [] if kind is not None else [_too_narrow(study, rule)]
    changes: list[Change] = []
    if kind is not None:
        study, changes = _inside(study, rule, kind)
    open_points += [
        _missing(rule, stage) for stage in rule.boundary.required if stage not in study.boundary.stages
    ]
    return Outcome(study, tuple(changes), tuple(open_points))


def _kind(now: BoundaryKind, allowed: tuple[BoundaryKind, ...]) -> BoundaryKind | None:
    """The boundary under the rule; None where the study is narrower than every one that is allowed."""
    if not allowed or now in allowed:
        return now
    inside = [each for each in allowed if set(STAGES_OF[each]) < set(STAGES_OF[now])]
    return max(inside, key=lambda each: len(STAGES_OF[each])) if inside else None


def _inside(study: Study, rule: ProductCategoryRule, kind: BoundaryKind) -> tuple[Study, list[Change]]:
    now = study.boundary
    allowed = STAGES_OF[kind] if rule.boundary.kinds else tuple(Stage)
    beyond = [stage for stage in now.stages if stage not in allowed]
    if kind is now.kind and not beyond:
        return study, []
    name = BOUNDARY_NAMES[kind]
    excluded = tuple(
        StageExclusion(stage=stage, reason=f"规则“{rule.name}”：{name.zh}")
        for stage in beyond
        if stage not in {each.stage for each in now.excluded}
    )
    made = SystemBoundary(
        kind=kind,
        stages=tuple(stage for stage in now.stages if stage in allowed),
        excluded=(*now.excluded, *excluded),
        description=now.description,
    )
    dropped = tuple(line.id for line in study.lines if line.stage in beyond)
    unit = study.unit
    if kind is not BoundaryKind.CRADLE_TO_GRAVE:
        unit = replace(unit, kind=UnitKind.DECLARED)  # GB/T 24067-2024: a part of a life has a declared unit
    study = replace(without_lines(study, set(dropped)), boundary=made, unit=unit)
    stages = "、".join(STAGE_NAMES[stage].zh for stage in beyond) or "无"
    stages_en = ", ".join(STAGE_NAMES[stage].en.lower() for stage in beyond) or "none"
    zh = f"边界为{name.zh}；不计的阶段：{stages}（{len(dropped)} 行）"
    en = f"{name.en.lower()}; stages left out: {stages_en} ({len(dropped)} lines)"
    return study, [change(rule, "boundary.kinds", zh, en, lines=dropped)]


def _too_narrow(study: Study, rule: ProductCategoryRule) -> OpenPoint:
    now = BOUNDARY_NAMES[study.boundary.kind]
    wanted = [BOUNDARY_NAMES[each] for each in rule.boundary.kinds]
    what = Text(
        f"规则要求{'或'.join(each.zh for each in wanted)}，研究只到{now.zh}",
        f"the rule wants {' or '.join(each.en.lower() for each in wanted)}; the study is {now.en.lower()}",
    )
    cure = Text("请补充所缺阶段的清单", "add the inventory of the stages that are missing")
    return open_point(rule, "boundary.kinds", what, cure)


def _missing(rule: ProductCategoryRule, stage: Stage) -> OpenPoint:
    name = STAGE_NAMES[stage]
    what = Text(
        f"规则要求包含“{name.zh}”，研究没有这个阶段",
        f"the stage “{name.en}” is required and not in the study",
    )
    cure = Text("请补充该阶段的清单", "add the inventory of that stage")
    return open_point(rule, "boundary.required", what, cure)


def switch(study: Study, rule: ProductCategoryRule, which: Switch) -> Outcome:
    """Lines tagged as `which` left out, or demanded, as the rule says."""
    choice, item, name = rule.switches.get(which), f"switches.{which}", SWITCH_NAMES[which]
    tagged = tuple(line for line in study.lines if which.value in line.tags)
    said = study.statements.inclusions.of(which)
    if choice is SwitchChoice.EXCLUDE:
        if said and not tagged:
            what = Text(
                f"研究写明包含{name.zh}，但没有带 {which} 标签的行，无法按规则剔除",
                f"the study says that it includes {name.en.lower()}, but no line is tagged {which}",
            )
            cure = Text(f"请给相应的行加标签 {which}", f"tag those lines {which}")
            return Outcome(study, (), (open_point(rule, item, what, cure),))
        ids = tuple(line.id for line in tagged)
        done = _stated(without_lines(study, set(ids)), which, inside=False)
        told = Text(f"{len(ids)} 行", f"{len(ids)} lines") if ids else Text("清单中没有", "none listed")
        zh, en = f"不计{name.zh}（{told.zh}）", f"{name.en} out ({told.en})"
        return Outcome(done, (change(rule, item, zh, en, lines=ids),)) if done != study else Outcome(study)
    if choice is SwitchChoice.INCLUDE:
        if not any(not line.cut_off for line in tagged):
            what = Text(
                f"规则要求计入{name.zh}，清单中没有计入的 {which} 行",
                f"the rule counts {name.en.lower()}, and no counted line is tagged {which}",
            )
            cure = Text(
                f"请补充相应的行并加标签 {which}；已有的行请加标签",
                f"add such lines, or tag those there are, {which}",
            )
            return Outcome(study, (), (open_point(rule, item, what, cure),))
        done = _stated(study, which, inside=True)
        if done != study:
            zh, en = f"计入{name.zh}（{len(tagged)} 行）", f"{name.en} in ({len(tagged)} lines)"
            ids = tuple(line.id for line in tagged)
            return Outcome(done, (change(rule, item, zh, en, lines=ids),))
    return Outcome(study)


def _stated(study: Study, which: Switch, *, inside: bool) -> Study:
    inclusions = replace(study.statements.inclusions, **{which.value: inside})
    return replace(study, statements=replace(study.statements, inclusions=inclusions))
