"""Threshold sets as each may read them, their derivations, and the one that holds on a day."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from zuji.formats import grades
from zuji.formats.grades import StoredDerivation
from zuji.model.records import write_record
from zuji.model.studies import Period
from zuji.rules.grading import Derivation, Sample, ThresholdMethod, Thresholds, derive
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.grades import states
from zuji_web.grades.models import SetDerivation, ThresholdSet
from zuji_web.grades.queries import samples

# Where `listed` puts the newest derivation of a set.
_NEWEST = "newest_derivation"


def today() -> date:
    """The day in the site's time zone."""
    return timezone.localdate()


def officer(by: Actor) -> bool:
    """Whether the actor derives or approves thresholds."""
    return by.may(Permission.THRESHOLD_DERIVE) or by.may(Permission.THRESHOLD_APPROVE)


def visible(*, by: Actor) -> QuerySet[ThresholdSet]:
    """Sets that were laid before the public, and for officers those before that too."""
    if officer(by):
        return ThresholdSet.objects.all()
    return ThresholdSet.objects.filter(Q(state__in=states.PUBLIC) | Q(comments_until__isnull=False))


def listed(*, by: Actor) -> QuerySet[ThresholdSet]:
    """What the actor may read, each with its newest derivation, in two queries however many there are."""
    newest = SetDerivation.objects.filter(set=OuterRef("set")).order_by("-number").values("number")[:1]
    held = SetDerivation.objects.filter(number=Subquery(newest))
    return visible(by=by).prefetch_related(Prefetch("derivations", held, to_attr=_NEWEST))


def threshold_set(set_id: UUID, *, by: Actor) -> ThresholdSet:
    """A set that the actor may read; else it is not found."""
    found: ThresholdSet = get_object_or_404(visible(by=by).select_related("replaces"), pk=set_id)
    return found


def method_of(one: ThresholdSet) -> ThresholdMethod:
    """The method with the set's own parameters."""
    return grades.method(one.method)


def applies_of(one: ThresholdSet) -> Period | None:
    """The data period for which the set shall hold; None for the samples' common one."""
    if one.applies_from is None or one.applies_until is None:
        return None
    return Period(start=one.applies_from.isoformat(), end=one.applies_until.isoformat())


def derivation_of(one: ThresholdSet) -> SetDerivation | None:
    """The newest derivation, which the set stands on."""
    held: list[SetDerivation] | None = getattr(one, _NEWEST, None)
    if held is not None:
        return held[0] if held else None
    return one.derivations.order_by("-number").first()


def stored(row: SetDerivation) -> StoredDerivation:
    """A derivation as it was stored."""
    return grades.load(bytes(row.content))


def thresholds_of(one: ThresholdSet) -> Thresholds | None:
    """The three values with their terms; None where the samples did not suffice."""
    row = derivation_of(one)
    return None if row is None else stored(row).thresholds


def derived(kept: list[Sample], method: ThresholdMethod, applies: Period | None) -> tuple[bytes, Derivation]:
    """The canonical bytes of a derivation, and the derivation."""
    made = derive(kept, method, applies=applies)
    return grades.dump(kept, made, applies), made


def anonymous_file(row: SetDerivation) -> bytes:
    """A derivation as officers may keep it: results and terms under aliases, without anybody's production."""
    before = stored(row)
    bare = replace(before, samples=tuple(replace(each, production=None) for each in before.samples))
    return (json.dumps(write_record(bare), ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What deriving once more from the stored samples showed."""

    stored_digest: str
    recomputed_digest: str
    samples: int

    @property
    def same(self) -> bool:
        return self.stored_digest == self.recomputed_digest


def recomputed(row: SetDerivation) -> Recomputed:
    """Derives again from the rows of the sample store and compares the bytes with those stored then."""
    kept = samples.read(use.sample for use in row.uses.select_related("sample"))
    before = stored(row)
    content, _made = derived(kept, before.method, before.applies)
    held = hashlib.sha256(bytes(row.content)).hexdigest()
    # The column is what the page shows; bytes that no longer fit it are a difference too.
    digest = held if held == row.sha256 else f"{held} ≠ {row.sha256}"
    return Recomputed(
        stored_digest=digest,
        recomputed_digest=hashlib.sha256(content).hexdigest(),
        samples=len(kept),
    )


def in_force(rule: str, product: str, on: date) -> ThresholdSet | None:
    """The set that holds for a product under a rule on a day."""
    rows = ThresholdSet.objects.filter(rule=rule, product=product, state=states.PUBLISHED, in_force__lte=on)
    return rows.filter(Q(revised=None) | Q(revised__gt=on)).order_by("-in_force", "-number").first()


def of_product(product: str, on: date) -> list[ThresholdSet]:
    """Every set that holds for a product on a day, under whatever rule."""
    rows = ThresholdSet.objects.filter(product=product, state=states.PUBLISHED, in_force__lte=on)
    return list(rows.filter(Q(revised=None) | Q(revised__gt=on)).order_by("rule"))


def live(rule: str, product: str) -> ThresholdSet | None:
    """The newest published set that no other replaces yet, in force or about to be."""
    rows = ThresholdSet.objects.filter(rule=rule, product=product, state=states.PUBLISHED, revised=None)
    return rows.order_by("-number").first()
