"""The sample store as each may see it: owners their own, officers aliases and aggregates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from zuji.formats import grades
from zuji.rules.grades_checks import production_of
from zuji.rules.grades_methods import percentile
from zuji.rules.grading import Sample
from zuji.text import Text
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.grades import states
from zuji_web.grades.models import Purpose, SampleExamination, SampleUse, StoredSample, ThresholdSet
from zuji_web.grades.queries.rules import product_name, rule_name
from zuji_web.products.models import StudyState
from zuji_web.wording import said

# Values of fewer firms are shown to nobody (k-anonymity of averages: k = 3 at least).
FEWEST_FIRMS = 3
# Studies whose result its organisation took back.
_TAKEN_BACK = (StudyState.WITHDRAWN,)


def visible(*, by: Actor) -> QuerySet[StoredSample]:
    """Every sample for whoever derives or approves thresholds; else those of the actor's organisation."""
    rows = StoredSample.objects.select_related("firm", "organisation", "study")
    if by.may(Permission.THRESHOLD_DERIVE) or by.may(Permission.THRESHOLD_APPROVE):
        return rows
    return rows.filter(organisation=by.organisation) if by.organisation else rows.none()


def own(sample_id: UUID, *, by: Actor) -> StoredSample:
    """A sample of the actor's organisation; a foreign one is not found."""
    rows = StoredSample.objects.select_related("study", "organisation")
    found: StoredSample = get_object_or_404(rows, pk=sample_id, organisation=by.organisation or UUID(int=0))
    return found


def offered(*, by: Actor) -> QuerySet[StoredSample]:
    """The samples that the actor's organisation offered, the newest first."""
    if by.organisation is None:
        return StoredSample.objects.none()
    return StoredSample.objects.filter(organisation=by.organisation).select_related("study")


def _newest(confirmed: bool) -> Exists:  # noqa: FBT001 - what the finding says
    """Whether the newest finding on a sample's verification says so."""
    newest = SampleExamination.objects.filter(sample=OuterRef(OuterRef("pk"))).order_by("-pk")
    found = SampleExamination.objects.filter(sample=OuterRef("pk"), pk=Subquery(newest.values("pk")[:1]))
    return Exists(found.filter(confirmed=confirmed))


def usable(rule: str, product: str, on: date, *, purpose: Purpose | None = None) -> QuerySet[StoredSample]:
    """Samples that count on a day: consented, verified to an officer's finding, and not taken back."""
    rows = StoredSample.objects.filter(Q(until=None) | Q(until__gte=on), _newest(confirmed=True))
    rows = rows.filter(rule=rule, product=product, revoked_at=None)
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    return rows.exclude(study__state__in=_TAKEN_BACK)


def standing(sample: StoredSample, on: date) -> tuple[Text, bool]:
    """Why a sample counts or does not, and whether it does."""
    if sample.revoked_at is not None:
        return said(_("Consent revoked")), False
    if sample.until is not None and sample.until < on:
        return said(_("Consent expired")), False
    if sample.study is not None and sample.study.state in _TAKEN_BACK:
        return said(_("Study withdrawn")), False
    newest = sample.examinations.order_by("-pk").first()
    if newest is None:
        return said(_("Verification to be confirmed")), False
    if not newest.confirmed:
        return said(_("Verification not confirmed")), False
    return said(_("Counts")), True


def read(rows: Iterable[StoredSample]) -> list[Sample]:
    """The samples as the library takes them."""
    return [grades.sample(row.content) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What there is for one product under one rule; the spread only where enough firms stand behind it."""

    rule: str
    product: str
    samples: int
    counting: int
    firms: int
    waiting: int
    unit: str = ""
    low: float | None = None
    middle: float | None = None
    high: float | None = None

    @property
    def rule_name(self) -> Text:
        return rule_name(self.rule)

    @property
    def product_name(self) -> Text:
        return product_name(self.product)

    @property
    def shown(self) -> bool:
        return self.firms >= FEWEST_FIRMS


def collected(on: date) -> list[Collected]:
    """The store by product and rule."""
    pairs = StoredSample.objects.order_by("product", "rule").values_list("rule", "product").distinct()
    return [_collected(rule, product, on) for rule, product in pairs]


def _collected(rule: str, product: str, on: date) -> Collected:
    everything = StoredSample.objects.filter(rule=rule, product=product)
    unexamined = waiting().filter(rule=rule, product=product).count()
    rows = list(usable(rule, product, on))
    firms = len({row.firm_id for row in rows})
    made = Collected(
        rule=rule,
        product=product,
        samples=everything.count(),
        counting=len(rows),
        firms=firms,
        waiting=unexamined,
    )
    if firms < FEWEST_FIRMS:
        return made
    samples = read(rows)
    units = {str(each.result.unit) for each in samples}
    if len(units) > 1:
        return made
    values = sorted(each.result.value for each in samples)
    return Collected(
        rule=rule,
        product=product,
        samples=made.samples,
        counting=made.counting,
        firms=firms,
        waiting=unexamined,
        unit=units.pop(),
        low=percentile(values, 0.25),
        middle=percentile(values, 0.5),
        high=percentile(values, 0.75),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymous:
    """A sample as officers see it: aliases, the result with its terms, and a rounded share of production."""

    row: StoredSample
    sample: Sample | None
    share: float | None
    standing: Text
    counts: bool


def anonymous(rule: str, product: str, on: date) -> tuple[list[Anonymous], bool]:
    """The samples of a product under a rule, and whether their values are shown.

    Values are shown where at least `FEWEST_FIRMS` firms stand behind the samples that count; shares of
    production are rounded to 5 %.
    """
    rows = list(
        StoredSample.objects.filter(rule=rule, product=product)
        .select_related("firm", "study")
        .order_by("revoked_at", "alias")
    )
    standings = [standing(row, on) for row in rows]
    counted = [row for row, (_reason, counts) in zip(rows, standings, strict=True) if counts]
    shown = len({row.firm_id for row in counted}) >= FEWEST_FIRMS
    shares = _shares(counted) if shown else {}
    listed = [
        Anonymous(
            row=row,
            sample=grades.sample(row.content) if shown and counts else None,
            share=shares.get(row.pk),
            standing=reason,
            counts=counts,
        )
        for row, (reason, counts) in zip(rows, standings, strict=True)
    ]
    return listed, shown


def _shares(rows: Sequence[StoredSample]) -> dict[UUID, float]:
    amounts = production_of(read(rows))
    if amounts is None:
        return {}
    whole = sum(amounts)
    return {row.pk: round(amount / whole * 20) / 20 for row, amount in zip(rows, amounts, strict=True)}


def waiting() -> QuerySet[StoredSample]:
    """Samples whose verification nobody has looked at yet."""
    examined = SampleExamination.objects.filter(sample=OuterRef("pk"))
    return StoredSample.objects.filter(~Exists(examined), revoked_at=None)


def uses(sample: StoredSample) -> QuerySet[SampleUse]:
    """Every derivation that a sample went into."""
    return SampleUse.objects.filter(sample=sample).select_related("derivation", "derivation__set")


def effects(sample: StoredSample) -> tuple[list[ThresholdSet], list[ThresholdSet]]:
    """The sets that revoking a sample stops until derived again, and the published ones that stay."""
    found = {use.derivation.set_id for use in uses(sample)}
    rows = list(ThresholdSet.objects.filter(pk__in=found))
    decided = [one for one in rows if one.state in states.DECIDED]
    return [one for one in rows if one not in decided], decided
