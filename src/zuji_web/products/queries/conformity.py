"""The conformity check of a study as it stands, and the one that was kept when it was frozen.

The rule book and the registry come from the library; apps that hold newer ones put themselves in with `use`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from zuji.errors import InvalidInput, Problem
from zuji.formats import rules as rule_files
from zuji.formats import standards as register
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.conformity import Conformity
from zuji.model.records import Readers, write_record
from zuji.model.standards import Governing
from zuji.model.studies import Study
from zuji.rules.book import RuleBook
from zuji.rules.checks.ruled_frame import codes_of
from zuji.rules.conformity import check
from zuji.rules.governing import governing
from zuji.rules.grounds import Grounds
from zuji.rules.resolving import resolve
from zuji_web.factors.queries import library
from zuji_web.products import drafts
from zuji_web.products.models import ProductStudy, StudyConformity
from zuji_web.products.queries import claims
from zuji_web.products.queries.results import Evaluated, Result

GENERAL_RULE = "gbt24067"
_READERS = Readers()


def _shipped_governing(study: Study, on: date) -> Governing | None:
    codes = codes_of(study.product.code)
    if not codes:
        return None
    return governing(register.registry(), register.tree(), codes, on, study.geography)


@dataclass(slots=True)
class _Sources:
    """Where rules and the answers of the registry come from."""

    book: Callable[[], RuleBook] = rule_files.shipped
    governing: Callable[[Study, date], Governing | None] = _shipped_governing


_sources = _Sources()


def use(
    *,
    book: Callable[[], RuleBook] | None = None,
    governing: Callable[[Study, date], Governing | None] | None = None,
) -> None:
    """Puts another rule book or registry in the place of the shipped one; called when an app is ready."""
    if book is not None:
        _sources.book = book
    if governing is not None:
        _sources.governing = governing


def rule_of(study: Study) -> ProductCategoryRule:
    """The rule that a study names, with what it extends; the general one where it names none that is held."""
    book = _sources.book()
    try:
        return resolve(book.get(study.rule or GENERAL_RULE), book)
    except InvalidInput:
        return resolve(book.get(GENERAL_RULE), book)


def of_result(found: Result, *, on: date) -> Conformity:
    """The check of a study with its present result, or without one where it cannot be calculated."""
    if found.evaluated is not None:
        return _of_evaluated(found.study, found.evaluated, on)
    document = drafts.read(found.study.document).study
    return _checked(found.study, document, None, found.problems, on)


def _of_evaluated(row: ProductStudy, evaluated: Evaluated, on: date) -> Conformity:
    return _checked(row, evaluated.study, evaluated, (), on)


def _checked(
    row: ProductStudy, study: Study, evaluated: Evaluated | None, problems: tuple[Problem, ...], on: date
) -> Conformity:
    using = library(row.organisation_id)
    snapshot = evaluated.snapshot if evaluated else None
    return check(
        Grounds(
            study=study,
            rule=rule_of(study),
            footprint=evaluated.footprint if evaluated else None,
            factors=snapshot.factors if snapshot else using.source,
            gwp=using.gwp,
            on=on,
            problems=problems,
            governing=_sources.governing(study, on),
            claims=claims.of_study(row, study),
            tree=register.tree(),
        )
    )


def kept(study: ProductStudy) -> StudyConformity | None:
    """The check that was stored when the study was frozen; None for drafts and for older frozen studies."""
    return StudyConformity.objects.filter(study=study).first()


def read(row: StudyConformity) -> Conformity:
    """The stored check as it was."""
    found: Conformity = _READERS.of(Conformity)(row.content, [])
    return found


def written(conformity: Conformity) -> dict[str, Any]:
    """A check as plain data, which `read` reads."""
    return write_record(conformity, complete=True)
