"""Whether a study conforms to a rule, from the same library call as the command line's."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from zuji.errors import Place, Problem, ZujiError
from zuji.formats import rules
from zuji.formats.standards import registry as shipped
from zuji.formats.standards import tree
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import Conformity
from zuji.model.footprints import Footprint
from zuji.model.standards import Governing, ProductCode, Standard
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.rules.conformity import check as conformity_of
from zuji.rules.governing import governing
from zuji.rules.grounds import Grounds, NoClaims
from zuji_web.checks.refusals import unknown_potentials
from zuji_web.factors.queries import Library, library
from zuji_web.products import drafts
from zuji_web.products.drafts import DraftProblem
from zuji_web.products.models import ProductStudy, StudyState
from zuji_web.products.queries import calculation, claims, results
from zuji_web.standards.queries.governing import study_codes
from zuji_web.standards.queries.registry import shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A study as far as it can be read, with its result, or why there is none.

    `whole` says whether every line was read; `problems` are at the fields of the draft.
    """

    study: Study
    footprint: Footprint | None
    problems: tuple[Problem, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A conformity with the day and everything that it was found on."""

    examined: Examined
    rule: ProductCategoryRule
    governing: Governing | None
    conformity: Conformity
    on: date


class Registry:
    """The registry of standards read once, for many questions on one day."""

    def __init__(self, on: date, standards: tuple[Standard, ...] | None = None) -> None:
        self.on = on
        # Before any standard is loaded the platform knows what the software knows.
        self.standards = (shelf() or shipped()) if standards is None else standards
        self._answers: dict[tuple[tuple[ProductCode, ...], str], Governing] = {}
        self._digests: dict[str, tuple[ProductCategoryRule, str]] = {}

    @cached_property
    def state(self) -> str:
        """Equal states give equal answers."""
        return hashlib.sha256(repr(self.standards).encode()).hexdigest()

    def digest_of(self, rule: ProductCategoryRule) -> str:
        """SHA-256 of a resolved rule, written once for each rule."""
        held = self._digests.get(rule.key)
        if held is None or held[0] is not rule:
            held = self._digests[rule.key] = (rule, hashlib.sha256(rules.dump(rule)).hexdigest())
        return held[1]

    def governing(self, code: str, region: str) -> Governing | None:
        """What governs a product as a study states its codes; None where it states none that is known."""
        codes = study_codes(code)
        if not codes:
            return None
        asked = (codes, region)
        if asked not in self._answers:
            self._answers[asked] = governing(self.standards, tree(), codes, self.on, region)
        return self._answers[asked]


def examined(row: ProductStudy) -> Examined:
    """A stored study with its result; a frozen one as it was frozen. Remembered by content."""
    if row.state == StudyState.DRAFT:
        return examined_document(row.document, library(row.organisation_id), row.organisation_id)
    found = results.result(row)
    if found.evaluated is None:
        return Examined(study=drafts.read(row.document).study, footprint=None, problems=found.problems)
    return Examined(study=found.evaluated.study, footprint=found.evaluated.footprint, problems=())


def examined_document(document: Mapping[str, Any], using: Library, of: UUID) -> Examined:
    """A draft document with its result under a library of the organisation `of`."""
    return _examined(json.dumps(document, sort_keys=True, ensure_ascii=False), using.digest, of)


@lru_cache(maxsize=32)
def _examined(document: str, _library_digest: str, of: UUID) -> Examined:
    return counted(json.loads(document), library(of))


def counted(document: dict[str, Any], using: Library) -> Examined:
    """A draft document read and calculated. Raises nothing that a person's input can cause."""
    reading = drafts.read(document)
    problems = tuple(found.problem for found in reading.problems)
    if not reading.countable or problems:
        return Examined(study=reading.study, footprint=None, problems=problems, whole=False)
    return evaluated(reading.study, using)


def evaluated(study: Study, using: Library) -> Examined:
    """A whole study with its result, or what prevents it."""
    potentials = using.gwp.get(study.gwp)
    if potentials is None:
        return Examined(
            study=study,
            footprint=None,
            problems=(unknown_potentials(study.gwp, using.gwp),),
        )
    try:
        found = evaluate(study, using.source, potentials, using.fuels)
    except ZujiError as refusal:
        return Examined(study=study, footprint=None, problems=_placed(refusal, study))
    return Examined(study=study, footprint=found, problems=())


def _placed(refusal: ZujiError, study: Study) -> tuple[Problem, ...]:
    """The problems of a calculation at the fields of the draft that mend them."""
    processes = {f"process {each.id}": f"processes[{i}]" for i, each in enumerate(study.processes)}
    return tuple(
        replace(found.problem, place=_field_of(found, processes))
        for found in calculation.located(refusal, study)
    )


def _field_of(found: DraftProblem, processes: Mapping[str, str]) -> Place:
    """The calculation speaks of a process by its id, and on a line without a field of it."""
    place, at_process = found.problem.place, processes.get(found.field)
    if at_process is None:
        return replace(place, line=found.line, field=found.field)
    part = "outputs" if found.problem.code == "process.output" else "allocation"
    return replace(place, line=found.line, field="" if found.line else f"{at_process}.{part}")


def check(row: ProductStudy, rule: ProductCategoryRule, *, registry: Registry | None = None) -> Checked:
    """A stored study under a resolved rule, today; never from memory, so that it is the state of now."""
    return under(examined(row), rule, library(row.organisation_id), registry or Registry(today()), row=row)


def under(
    found: Examined,
    rule: ProductCategoryRule,
    using: Library,
    registry: Registry,
    *,
    row: ProductStudy | None = None,
) -> Checked:
    """An examined study under a resolved rule; with its `row`, against what others took of certificates."""
    study = found.study
    governs = registry.governing(study.product.code, study.geography)
    grounds = Grounds(
        study=study,
        rule=rule,
        footprint=found.footprint,
        factors=using.source,
        gwp=using.gwp,
        on=registry.on,
        problems=found.problems,
        governing=governs,
        claims=NoClaims() if row is None else claims.of_study(row, study),
        tree=tree(),
    )
    return Checked(
        examined=found, rule=rule, governing=governs, conformity=conformity_of(grounds), on=registry.on
    )


def governing_product(codes: str, on: date, region: str) -> Governing:
    """What governs a product with the codes that a study states, by the platform's registry."""
    return governing(shelf() or shipped(), tree(), study_codes(codes), on, region)


def today() -> date:
    """The day of checks, in the site's time zone."""
    return timezone.localdate()
