"""Threshold sets: begun, derived, and taken through their procedure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from zuji import __version__
from zuji.errors import InvalidInput
from zuji.formats import grades
from zuji.model.records import write_record
from zuji.rules.grades_methods import Statistic, Threshold, ThresholdMethod, check_method
from zuji.rules.lifecycle import THRESHOLD_LIFECYCLE
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Denied, Permission
from zuji_web.audit.actions import record as audit
from zuji_web.gateway import Conflict
from zuji_web.grades import guards, refusals, states
from zuji_web.grades.actions.steps import keep, locked, take
from zuji_web.grades.models import SampleUse, SetDerivation, SetPaper, SetTransition, ThresholdSet
from zuji_web.grades.moves import Move, move
from zuji_web.grades.queries import samples, sets
from zuji_web.grades.queries.rules import product_key, rule
from zuji_web.wording import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What a set changes of a shipped method: shares (0…1) by value, numbers, and why."""

    shares: Mapping[Threshold, float] = field(default_factory=dict)
    samples: int | None = None
    firms: int | None = None
    sample_dominance: float | None = None
    production_dominance: float | None = None
    note: str = ""


def method_with(key: str, changed: Parameters) -> ThresholdMethod:
    """A shipped method with the parameters of a set; one that differs is called `version+`.

    Raises `InvalidInput` for an unknown method, for parameters that cannot be, for fewer firms than anonymity
    needs, and for a change without its reason.
    """
    known = grades.shipped()
    if key not in known:
        raise InvalidInput(refusals.unknown_choice("method", key, known))
    method = known[key]

    def shared(name: Threshold) -> Statistic:
        before = method.statistics[name]
        return replace(before, share=changed.shares.get(name, before.share))

    def number(wanted: int | None, before: int) -> int:
        return before if wanted is None else wanted

    def share(wanted: float | None, before: float) -> float:
        return before if wanted is None else wanted

    made = replace(
        method,
        limit=shared(Threshold.LIMIT),
        base=shared(Threshold.BASE),
        benchmark=shared(Threshold.BENCHMARK),
        samples=number(changed.samples, method.samples),
        firms=number(changed.firms, method.firms),
        sample_dominance=share(changed.sample_dominance, method.sample_dominance),
        production_dominance=share(changed.production_dominance, method.production_dominance),
    )
    check_method(made)
    if made.firms < samples.FEWEST_FIRMS or made.samples < samples.FEWEST_FIRMS:
        what = said(
            _("Fewer than %(least)s samples or firms are never published"), least=samples.FEWEST_FIRMS
        )
        raise InvalidInput(refusals.parameters(what))
    if made == method:
        return method
    if not changed.note.strip():
        raise InvalidInput(refusals.parameters(said(_("The parameters differ from the shipped method"))))
    note = changed.note.strip()[:1000]
    return replace(made, version=f"{method.version}+", note=note, note_en=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """For which product under which rule a set is wanted, by which method, for which data period."""

    rule: str
    product: str
    method: str
    parameters: Parameters = field(default_factory=Parameters)
    applies_from: date | None = None
    applies_until: date | None = None


@transaction.atomic
def begin(*, plan: Plan, by: Actor) -> ThresholdSet:
    """A set of thresholds, sampled and derived for the first time.

    The derivation may refuse; its checks then say why, and it is derived again when more samples are there.
    """
    by.require(Permission.THRESHOLD_DERIVE)
    known = rule(plan.rule)
    if known is None:
        raise InvalidInput(refusals.unknown_choice("rule", plan.rule, ()))
    product = product_key(plan.product)
    if not product:
        raise InvalidInput(refusals.value_missing("product"))
    _check_period(plan)
    method = method_with(plan.method, plan.parameters)
    one = _numbered(
        rule=known.key,
        product=product,
        method=grades.to_dict(method),
        applies_from=plan.applies_from,
        applies_until=plan.applies_until,
        state=states.SAMPLED,
    )
    take(one, states.SAMPLED, by=by, facts={"method": method.key})
    _derived(one, by)
    return one


def _numbered(*, rule: str, product: str, **values: Any) -> ThresholdSet:
    """The new set under the next number, also where somebody else takes a number at the same moment."""
    while True:
        last = ThresholdSet.objects.filter(rule=rule, product=product).aggregate(last=Max("number"))["last"]
        number = (last or 0) + 1
        try:
            with transaction.atomic():
                return ThresholdSet.objects.create(rule=rule, product=product, number=number, **values)
        except IntegrityError:
            if not ThresholdSet.objects.filter(rule=rule, product=product, number=number).exists():
                raise


@transaction.atomic
def derive_again(*, one: ThresholdSet, plan: Plan | None = None, by: Actor) -> SetDerivation:
    """A further derivation from the samples that count today, by the same or another method."""
    by.require(Permission.THRESHOLD_DERIVE)
    held = locked(one)
    if held.state != states.SAMPLED:
        raise Conflict(refusals.not_open(states.name(states.on(held, sets.today()))))
    if plan is not None:
        _check_period(plan)
        held.method = grades.to_dict(method_with(plan.method, plan.parameters))
        held.applies_from, held.applies_until = plan.applies_from, plan.applies_until
        held.save()
    return _derived(held, by)


def _check_period(plan: Plan) -> None:
    first, last = plan.applies_from, plan.applies_until
    if (first is None) != (last is None) or (first is not None and last is not None and last < first):
        raise InvalidInput(refusals.day_out_of_bounds("applies_until"))


def _derived(one: ThresholdSet, by: Actor) -> SetDerivation:
    """Derives a locked set from the samples that count today and keeps everything."""
    rows = list(samples.usable(one.rule, one.product, sets.today()).order_by("alias"))
    content, made = sets.derived(samples.read(rows), sets.method_of(one), sets.applies_of(one))
    last = one.derivations.aggregate(last=Max("number"))["last"] or 0
    row = SetDerivation.objects.create(
        set=one,
        number=last + 1,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        digest=made.digest,
        checks=[write_record(check) for check in made.checks],
        values={name.value: value for name, value in made.values.items()},
        met=made.thresholds is not None,
        software=__version__,
        derived_by=by.name,
        derived_by_id=by.identity,
    )
    SampleUse.objects.bulk_create([SampleUse(sample=each, derivation=row) for each in rows])
    audit(
        action="grades.set.derive",
        subject=one,
        by=by,
        payload={
            "product": one.product,
            "rule": one.rule,
            "number": one.number,
            "samples": len(rows),
            "met": row.met,
            "digest": row.digest,
        },
    )
    return row


@transaction.atomic
def step(
    *,
    one: ThresholdSet,
    after: str,
    by: Actor,
    given: guards.Given,
    file: tuple[str, bytes] | None = None,
) -> SetTransition:
    """The step of a set to `after`.

    Raises `Conflict` where the table has no such step from where it stands, `Denied` without the right, and
    `InvalidInput` with every guard that holds it back.
    """
    held = locked(one)
    found = move(states.on(held, given.on), after)
    if found is None:
        raise Conflict(refusals.not_open(states.name(states.on(held, given.on))))
    if not by.may(found.right):
        raise Denied(found.right)
    if after == states.PUBLISHED:
        # Two sets of one product cannot be published past one another.
        list(ThresholdSet.objects.select_for_update().filter(rule=held.rule, product=held.product))
    problems = guards.held_back(held, found, given, by=by)
    if problems:
        raise InvalidInput(*problems)
    paper = keep(one=held, name=file[0], content=file[1]) if file else None
    return _taken(held, found, given, paper, by)


def _taken(
    held: ThresholdSet, found: Move, given: guards.Given, paper: SetPaper | None, by: Actor
) -> SetTransition:
    before, after = held.state, found.after
    row = sets.derivation_of(held)
    facts: dict[str, Any] = {"derivation": row.number, "sha256": row.sha256} if row else {}
    if after == states.CONSULTED and given.comments_until is not None:
        held.comments_until = given.comments_until
        facts["comments_until"] = given.comments_until.isoformat()
    if after == states.PUBLISHED and given.in_force is not None:
        held.in_force = given.in_force
        facts["in_force"] = given.in_force.isoformat()
        _replaced(held, given, by)
    held.state = after
    held.save()
    return take(
        held,
        after,
        by=by,
        before=before,
        reason=given.reason,
        document=given.document,
        file=paper,
        facts=facts,
    )


def _replaced(new: ThresholdSet, given: guards.Given, by: Actor) -> None:
    """The set before is revised from the day on which the new one is in force."""
    old = sets.live(new.rule, new.product)
    if old is None or given.in_force is None:
        return
    old.revised = given.in_force
    old.save()
    new.replaces = old
    name = THRESHOLD_LIFECYCLE.state(states.REVISED).code
    take(
        old,
        name,
        by=by,
        before=states.IN_FORCE,
        reason=given.reason,
        document=given.document,
        facts={"from": given.in_force.isoformat(), "replaced_by": str(new.pk)},
    )
