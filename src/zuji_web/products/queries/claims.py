"""What frozen studies have taken of energy certificates: the ledger by which one kWh is used once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem
from zuji.model.studies import Study
from zuji.rules import certificates
from zuji.rules.certificates import Claim, claims_of, spelled
from zuji_web.products.models import CertificateClaim, ProductStudy
from zuji_web.products.queries import lineage
from zuji_web.wording import said, told

USED_ELSEWHERE = "certificate.used_elsewhere"


@dataclass(frozen=True)
class OthersClaims:
    """The kWh that others use of a certificate, as `Grounds.claims` asks; own earlier versions do not count.

    Whose they are is never told.
    """

    study: ProductStudy
    period: str

    @cached_property
    def use(self) -> str:
        return use_of(self.study, self.period)

    def claimed(self, number: str) -> float:
        """kWh of a certificate that other frozen studies use, over all organisations."""
        return sum(claim.kwh for claim in others([spelled(number)], self.use))


def of_study(study: ProductStudy, document: Study) -> OthersClaims:
    """What others have taken, as a study with this document sees it."""
    return OthersClaims(study, period_of(document))


def period_of(document: Study) -> str:
    return f"{document.period.start}/{document.period.end}"[:40]


def use_of(study: ProductStudy, period: str) -> str:
    """What stays the same for the versions of one study over one data period."""
    return f"{lineage.root(study)} {period}"


def others(keys: Iterable[str], use: str) -> list[Claim]:
    """Standing claims of every other use; of versions that replace one another, the largest counts."""
    rows = CertificateClaim.objects.filter(certificate__in=list(keys), released_at=None).exclude(use=use)
    sums: dict[tuple[str, str], dict[UUID, float]] = defaultdict(lambda: defaultdict(float))
    numbers: dict[str, str] = {}
    for row in rows:
        sums[row.certificate_id, row.use][row.study_id] += row.kwh
        numbers[row.certificate_id] = row.number
    return [
        Claim(number=numbers[key], kwh=max(versions.values()), study=f"{at}", line="")
        for at, ((key, _use), versions) in enumerate(sums.items(), 1)
    ]


def conflicts(document: Study, use: str) -> tuple[Problem, ...]:
    """Certificates of which this study claims more than is left, without telling who has the rest."""
    own = claims_of(document)
    held = others({claim.key for claim in own}, use)
    found = certificates.conflicts(own, held)
    return tuple(
        _unnamed(problem, own, held) if problem.code == USED_ELSEWHERE else problem for problem in found
    )


def _unnamed(problem: Problem, own: Iterable[Claim], held: Iterable[Claim]) -> Problem:
    place = problem.place
    concerned = next(
        claim for claim in own if claim.line == place.line and any(each.key == claim.key for each in held)
    )
    size = certificates.instrument_of(concerned.market).kwh
    taken = sum(claim.kwh for claim in held if claim.key == concerned.key)
    if size is None:
        what = said(_("Certificate %(number)s is used by another frozen study"), number=concerned.number)
    else:
        what = said(
            _("Other frozen studies use %(taken)s of the %(size)s kWh of certificate %(number)s"),
            number=concerned.number,
            taken=f"{taken:g}",
            size=f"{size:g}",
        )
    return told(
        USED_ELSEWHERE,
        what,
        said(_("One attribute is used once: take another certificate, or claim less")),
        Place(line=place.line, field=place.field),
    )


def standing(study: ProductStudy) -> list[CertificateClaim]:
    """The certificates that a frozen study has claimed, in the order of its lines."""
    return list(study.certificate_claims.order_by("pk"))
