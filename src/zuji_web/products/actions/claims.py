"""Entering what a study uses of energy certificates, and releasing it; inside the action's transaction."""

from django.utils import timezone

from zuji.model.studies import Study
from zuji.rules.certificates import claims_of
from zuji_web.gateway import Conflict
from zuji_web.products.models import CertificateClaim, ClaimedCertificate, ProductStudy
from zuji_web.products.queries import claims


def enter(study: ProductStudy, document: Study) -> int:
    """Writes the claims of a study that is being frozen; how many.

    Each certificate's row is locked first, always in the same order, so that of two studies that are frozen
    at once the second sees what the first has taken. Raises `Conflict` where more is claimed than is left.
    """
    own = claims_of(document)
    keys = sorted({claim.key for claim in own})
    ClaimedCertificate.objects.bulk_create(
        [ClaimedCertificate(key=key) for key in keys], ignore_conflicts=True
    )
    list(ClaimedCertificate.objects.select_for_update().filter(key__in=keys).order_by("key"))
    use = claims.use_of(study, claims.period_of(document))
    if problems := claims.conflicts(document, use):
        raise Conflict(*problems)
    CertificateClaim.objects.bulk_create(
        [
            CertificateClaim(
                certificate_id=claim.key,
                study=study,
                line=claim.line,
                number=claim.number,
                market=claim.market,
                kwh=claim.kwh,
                use=use,
            )
            for claim in own
        ]
    )
    return len(own)


def release(study: ProductStudy) -> int:
    """Gives back what a withdrawn study had claimed; how many claims."""
    return study.certificate_claims.filter(released_at=None).update(released_at=timezone.now())
