"""What is doubtful about the certificates of a draft's electricity, said beside them while people work."""

from datetime import date

from zuji.errors import Problem
from zuji.rules import certificates
from zuji_web.products import drafts
from zuji_web.products.drafts import DraftProblem
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import claims


def doubts(study: ProductStudy, on: date) -> tuple[DraftProblem, ...]:
    """Numbers, amounts, holders and dates that do not hold on a day, and kWh that are used twice.

    They keep nothing from being counted. Lines that are not understood yet are said elsewhere.
    """
    if not any(_has(line) for _process, line in drafts.lines(study.document)):
        return ()
    read = drafts.read(study.document).study
    organisation = study.organisation
    found = (
        *certificates.shortcomings(read, on, holders=(organisation.name, organisation.credit_code)),
        *claims.conflicts(read, claims.use_of(study, claims.period_of(read))),
    )
    return tuple(map(_at_its_line, found))


def _has(line: object) -> bool:
    electricity = line.get("electricity") if isinstance(line, dict) else None
    return isinstance(electricity, dict) and bool(electricity.get("certificates"))


def _at_its_line(problem: Problem) -> DraftProblem:
    return DraftProblem(line=problem.place.line, field=problem.place.field, problem=problem)
