"""Samples: offered by their organisation, entered from a declaration, examined, and taken back."""

import hashlib
import math
import secrets
from dataclasses import replace
from datetime import date

import rfc8785
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place, Problem
from zuji.formats import grades
from zuji.model.credit_codes import credit_code_problems, tidy_credit_code
from zuji.model.quantities import Quantity
from zuji.rules.comparability import Comparand
from zuji.rules.grading import Sample
from zuji.units import known
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.audit.actions import record as audit
from zuji_web.gateway import Conflict
from zuji_web.grades import refusals
from zuji_web.grades.declarations import Declaration, comparand_of, unit_of
from zuji_web.grades.models import Origin, Purpose, SampledFirm, SampleExamination, StoredSample
from zuji_web.grades.queries import comparing
from zuji_web.grades.queries.rules import product_key, product_name
from zuji_web.grades.queries.verification import Evidence, evidence_of
from zuji_web.products.models import ProductStudy, StudyState
from zuji_web.wording import said

MOST_LETTERS = 4000


@transaction.atomic
def offer(
    *, study: ProductStudy, purpose: str, until: date | None, production: Quantity | None, by: Actor
) -> StoredSample:
    """The sample that a frozen, verified study becomes, with its organisation's consent.

    `until` is the last day of the consent, None for no end. Raises `Conflict` where the study is not frozen,
    was withdrawn or is a sample already, and `InvalidInput` where it is not verified or states no terms.
    """
    organisation = by.require(Permission.STUDY_FREEZE, study.organisation)
    today = timezone.localdate()
    held = ProductStudy.objects.select_for_update().get(pk=study.pk)
    row = comparing.snapshot_of(held)
    if row is None:
        raise Conflict(refusals.not_frozen())
    if held.state == StudyState.WITHDRAWN:
        raise Conflict(refusals.taken_back())
    evidence = evidence_of(held, today)
    if evidence is None:
        raise InvalidInput(refusals.not_verified())
    result = comparing.comparand_of(row, verification=evidence.level)
    problems = [*_consent(purpose, until, today), *_production(production), *_terms(result)]
    if problems:
        raise InvalidInput(*problems)
    lineage = _lineage(held)
    taken = StoredSample.objects.filter(lineage=lineage, revoked_at=None).first()
    if taken is not None:
        raise Conflict(refusals.offered_already(taken.alias))
    maker = tidy_credit_code(result.firm)
    firm = _firm(organisation.credit_code if credit_code_problems(maker) else maker)
    sample = _stored(
        result,
        production,
        evidence,
        firm,
        by,
        origin=Origin.OFFERED,
        organisation=organisation,
        study=held,
        snapshot_digest=row.digest,
        lineage=lineage,
        purpose=purpose,
        until=until,
    )
    audit(
        action="grades.sample.offer",
        subject=sample,
        by=by,
        payload={"alias": sample.alias, "study": held.name, "until": until.isoformat() if until else ""},
    )
    return sample


@transaction.atomic
def enter(*, declared: Declaration, by: Actor) -> StoredSample:
    """The sample that an officer reads off a verified declaration; another one confirms it."""
    by.require(Permission.THRESHOLD_DERIVE)
    unit = unit_of(declared.rule)
    problems = _declared(declared)
    if unit is None:
        problems.append(refusals.without_unit())
    if problems or unit is None:
        raise InvalidInput(*problems)
    result = replace(comparand_of(declared, unit), category=product_key(declared.product))
    problems = [*_production(declared.production), *_terms(result)]
    if problems:
        raise InvalidInput(*problems)
    firm = _firm(tidy_credit_code(declared.firm_code))
    evidence = declared.evidence
    lineage = f"{firm.alias} {result.rule} {result.category} {evidence.body} {evidence.number}"[:200]
    taken = StoredSample.objects.filter(lineage=lineage, revoked_at=None).first()
    if taken is not None:
        raise Conflict(refusals.offered_already(taken.alias))
    sample = _stored(
        result,
        declared.production,
        evidence,
        firm,
        by,
        origin=Origin.ENTERED,
        source=declared.source.strip()[:300],
        lineage=lineage,
        purpose=Purpose.TRIALS,
        until=None,
    )
    audit(
        action="grades.sample.enter",
        subject=sample,
        by=by,
        payload={"alias": sample.alias, "source": sample.source},
    )
    return sample


@transaction.atomic
def examine(*, sample: StoredSample, confirmed: bool, reason: str, by: Actor) -> SampleExamination:
    """An officer's finding on the verification behind a sample; never that of whoever brought it."""
    organisation = by.require(Permission.THRESHOLD_DERIVE)
    held = StoredSample.objects.select_for_update().get(pk=sample.pk)
    if held.given_by_id == by.identity or held.organisation_id == organisation.pk:
        raise Conflict(refusals.own_sample())
    if held.revoked_at is not None:
        raise Conflict(refusals.revoked_already())
    if not reason.strip():
        raise InvalidInput(refusals.value_missing("reason"))
    made = SampleExamination.objects.create(
        sample=held,
        confirmed=confirmed,
        reason=reason.strip()[:MOST_LETTERS],
        examined_by=by.name,
        examined_by_id=by.identity,
        organisation=organisation.name,
    )
    audit(
        action="grades.sample.examine",
        subject=held,
        by=by,
        payload={"alias": held.alias, "confirmed": confirmed, "reason": made.reason},
    )
    return made


@transaction.atomic
def revoke(*, sample: StoredSample, reason: str, by: Actor) -> StoredSample:
    """The sample without consent: no derivation uses it from now on, and no proposal that did is published.

    Published thresholds stay as they are; what they rest on is kept with them.
    """
    held = StoredSample.objects.select_for_update().get(pk=sample.pk)
    if held.organisation_id is None:
        by.require(Permission.THRESHOLD_DERIVE)
    else:
        by.require(Permission.STUDY_FREEZE, held.organisation)
    if held.revoked_at is not None:
        raise Conflict(refusals.revoked_already())
    if held.organisation_id is None and not reason.strip():
        raise InvalidInput(refusals.value_missing("reason"))
    held.revoked_at, held.revoked_by = timezone.now(), by.name
    held.revoked_because = reason.strip()[:MOST_LETTERS]
    held.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    audit(
        action="grades.sample.revoke",
        subject=held,
        by=by,
        payload={"alias": held.alias, "reason": held.revoked_because},
    )
    return held


def digest_of(content: object) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of a sample in plain form."""
    return hashlib.sha256(rfc8785.dumps(grades.to_dict(grades.sample(content)))).hexdigest()


def _stored(
    result: Comparand,
    production: Quantity | None,
    evidence: Evidence,
    firm: SampledFirm,
    by: Actor,
    **values: object,
) -> StoredSample:
    """The row: names of product, study and firm stay outside of what is kept for comparing."""
    alias = _alias("S")
    named = product_name(result.category).zh
    anonymous = replace(result, id=alias, product=named, firm=firm.alias)
    content = grades.to_dict(Sample(id=alias, result=anonymous, production=production))
    made: StoredSample = StoredSample.objects.create(
        alias=alias,
        firm=firm,
        rule=result.rule,
        product=result.category,
        content=content,
        digest=digest_of(content),
        body=evidence.body[:200],
        level=evidence.level[:60],
        standard=evidence.standard[:160],
        number=evidence.number[:120],
        verified_on=evidence.date,
        document_digest=evidence.document_digest,
        given_by=by.name,
        given_by_id=by.identity,
        **values,
    )
    return made


def _firm(code: str) -> SampledFirm:
    firm, _made = SampledFirm.objects.get_or_create(code=code, defaults={"alias": _alias("F")})
    return firm


def _alias(kind: str) -> str:
    """A random name that says nothing; forty bits keep it single, and the column is unique."""
    return f"{kind}-{secrets.token_hex(5)}"


def _lineage(study: ProductStudy) -> str:
    """The first version of a study."""
    first = study
    seen = {first.pk}
    while first.previous is not None and first.previous.pk not in seen:
        first = first.previous
        seen.add(first.pk)
    return str(first.pk)


def _consent(purpose: str, until: date | None, today: date) -> list[Problem]:
    problems = []
    if purpose not in Purpose.values:
        problems.append(refusals.unknown_choice("purpose", purpose, Purpose.values))
    if until is not None and until < today:
        problems.append(refusals.day_out_of_bounds("until"))
    return problems


def _production(production: Quantity | None) -> list[Problem]:
    if production is None:
        return []
    problems = []
    if not 0 < production.amount < math.inf:
        problems.append(refusals.not_a_number("production"))
    if not known(production.unit):
        problems.append(refusals.unknown_choice("production_unit", production.unit, ("t", "kg", "kWh", "L")))
    return problems


def _terms(result: Comparand) -> list[Problem]:
    """What the gate would miss in every comparison."""
    asked = {
        "product": (result.category, said(_("product code"))),
        "rule": (result.rule, said(_("accounting rule"))),
        "function": (result.function, said(_("function of the unit"))),
        "gwp": (result.gwp, said(_("set of warming potentials"))),
    }
    return [refusals.without_terms(what) for value, what in asked.values() if not value.strip()]


def _declared(declared: Declaration) -> list[Problem]:
    problems = [
        refusals.value_missing(field)
        for field, value in (
            ("product", declared.product),
            ("source", declared.source),
            ("body", declared.evidence.body),
            ("level", declared.evidence.level),
            ("number", declared.evidence.number),
        )
        if not value.strip()
    ]
    problems += credit_code_problems(declared.firm_code, place=Place(field="firm_code"))
    if not math.isfinite(declared.value):
        problems.append(refusals.not_a_number("value"))
    if not declared.stages:
        problems.append(refusals.value_missing("stages"))
    if declared.end < declared.start:
        problems.append(refusals.day_out_of_bounds("end"))
    if declared.evidence.date > timezone.localdate():
        problems.append(refusals.day_out_of_bounds("verified_on"))
    for field, share in (("cut_share", declared.cut_share), ("coverage", declared.coverage)):
        if share is not None and not 0 <= share <= 1:
            problems.append(refusals.not_a_number(field))
    if declared.score is not None and not 1 <= declared.score <= 5:
        problems.append(refusals.not_a_number("score"))
    return problems
