"""What the check of a study still asks people to state, question by question."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from zuji.errors import InvalidInput, Problem
from zuji.formats.standards import tree
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import Severity
from zuji.model.statements import Inclusions, Interpretation, Profile, Reasons, RecyclingProcedure
from zuji.model.studies import Goal, Study
from zuji.rules.conformity import check
from zuji.rules.grounds import Grounds
from zuji_web.factors.queries import library
from zuji_web.products import drafts, rules_in_force
from zuji_web.products.models import ProductStudy
from zuji_web.products.places import question_of
from zuji_web.products.queries import calculation

_ASKING = frozenset({Severity.ERROR, Severity.WARNING})
Open = Mapping[str, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """Questions that the rule asks of this study, and those of them that are open, with the reason.

    `unknown` is set where the study names a rule that nobody holds; then nothing can be asked.
    """

    rule: ProductCategoryRule | None
    asked: frozenset[str] = frozenset()
    open: Open
    unknown: tuple[Problem, ...] = ()

    @property
    def answered(self) -> int:
        return len(self.asked - self.open.keys())


def requirements(study: ProductStudy, on: date) -> Requirements:
    """What the rule of a study asks, on a day; remembered by content."""
    of = study.organisation_id
    document = json.dumps(study.document, sort_keys=True, ensure_ascii=False)
    try:
        rule = rules_in_force.rule_of(drafts.text_at(study.document, "rule"))
    except InvalidInput as refusal:
        return Requirements(rule=None, open={}, unknown=refusal.problems)
    return _requirements(document, rule.key, library(of).digest, of, on)


@lru_cache(maxsize=32)
def _requirements(document: str, rule: str, _library_digest: str, of: UUID, on: date) -> Requirements:
    """`rule` is a key; a rule never changes under its key."""
    content: dict[str, Any] = json.loads(document)
    using, study = library(of), drafts.read(content).study
    found = calculation.calculate(content, using)
    grounds = Grounds(
        study=study,
        rule=rules_in_force.rule_of(rule),
        footprint=found.footprint,
        factors=using.source,
        gwp=using.gwp,
        on=on,
        problems=tuple(problem.problem for problem in found.problems),
        governing=_governing(study, on),
        tree=tree(),
    )
    still = _asked(grounds)
    before = _asked(replace(grounds, study=_unsaid(study)))
    return Requirements(rule=grounds.rule, asked=frozenset({*before, *still}), open=still)


def _governing(study: Study, on: date) -> Any:
    if not study.product.code:
        return None
    return rules_in_force.governing_standard(study.product.code, on, study.geography)


def _asked(grounds: Grounds) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, tuple[Problem, ...]] = {}
    for _item, each in check(grounds).shortcomings:
        place = each.problem.place
        question = "" if place.line else question_of(place.field)
        # Without a result many items only say that there is none yet.
        if question and each.severity in _ASKING and each.problem.code != "result.missing":
            found[question] = (*found.get(question, ()), each.problem)
    return found


def _unsaid(study: Study) -> Study:
    """The study as if nobody had stated anything in words; choices and records stay."""
    said = study.statements
    silent = replace(
        said,
        inclusions=Inclusions(),
        reasons=Reasons(),
        use=Profile(),
        end_of_life=Profile(),
        recycling=RecyclingProcedure.NOT_STATED,
        balances=(),
        reviews=(),
        interpretation=Interpretation(),
    )
    boundary = replace(study.boundary, excluded=())
    goal = Goal(comparison=study.goal.comparison)
    return replace(study, statements=silent, boundary=boundary, goal=goal, assumptions="", limitations="")
