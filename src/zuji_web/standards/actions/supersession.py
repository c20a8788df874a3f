"""What a standard sets off when issued or entered: withdrawals, stops, notices. Frozen studies are not read.

The library says what follows (`zuji.rules.supersession`); here it is done, in the transaction of the step
that issued the standard.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.utils import timezone

from zuji.formats.standards import tree
from zuji.model.standards import Standard
from zuji.rules.supersession import Supersession, effects
from zuji_web.accounts.actors import Actor
from zuji_web.audit.actions import record as audit
from zuji_web.products.models import ProductStudy
from zuji_web.standards import states
from zuji_web.standards.actions.steps import locked, take
from zuji_web.standards.models import Notice, NoticeKind, StandardRecord, WithdrawalTask
from zuji_web.standards.queries.governing import study_codes
from zuji_web.standards.queries.registry import by_number, shelf


def begin(*, new: StandardRecord, by: Actor) -> Supersession | None:
    """Opens what follows from a standard; None where it is no law: a demonstration, unconfirmed, not issued.

    Can be called again after an amendment: what is open already stays as it is, with the newer due day.
    """
    standard = new.to_standard()
    if not states.is_law(standard):
        return None
    found = effects(shelf(), tree(), standard)
    rows = by_number(each.standard.number for each in found.withdrawals)
    displaced = []
    for each in found.withdrawals:
        old = locked(rows[each.standard.number])
        if old.state == states.WITHDRAWN:
            continue
        task, _made = WithdrawalTask.objects.get_or_create(
            record=old, because_of=new, defaults={"due": each.on}
        )
        if task.due != each.on and not task.done:
            task.due = each.on
            task.save(update_fields=["due"])
        if old.state != states.TO_BE_WITHDRAWN:
            take(
                old,
                states.TO_BE_WITHDRAWN,
                by=by,
                reason=each.reason.zh if each.reason.zh else each.reason.en,
                document=new.number,
                facts={"because_of": new.number, "due": each.on.isoformat() if each.on else ""},
            )
        displaced.append(old)
    told = _tell(new, standard, displaced)
    if displaced or told:
        audit(
            action="standard.supersede",
            subject=new,
            by=by,
            payload={
                "number": new.number,
                "name": new.name,
                "displaced": ", ".join(row.number for row in displaced),
                "studies": told,
            },
        )
    return found


def _tell(new: StandardRecord, standard: Standard, displaced: list[StandardRecord]) -> int:
    """Notices to the open studies concerned; how many are new. A study with a snapshot is frozen."""
    by_rule = {row.rule: row for row in displaced if row.rule} | {row.number: row for row in displaced}
    notices = [
        Notice(
            organisation_id=organisation,
            study_id=study,
            kind=NoticeKind.RULE if old else NoticeKind.SCOPE,
            new=new,
            old=old,
        )
        for study, organisation, old in _concerned(standard, by_rule)
    ]
    before = Notice.objects.filter(new=new).count()
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)
    return Notice.objects.filter(new=new).count() - before


def _concerned(
    standard: Standard, by_rule: Mapping[str, StandardRecord]
) -> Iterator[tuple[UUID, UUID, StandardRecord | None]]:
    """Open studies with the older standard that they follow, or with none where only the product is covered.

    Two values are read of each document, never the inventory.
    """
    open_studies = ProductStudy.objects.filter(snapshot__isnull=True, organisation__demonstration=False)
    rows = open_studies.values("pk", "organisation_id", "document__rule", "document__product__code")
    for study in rows.iterator(chunk_size=2000):
        rule = str(study["document__rule"] or "").strip()
        old = by_rule.get(rule) or by_rule.get(rule.partition("@")[0])
        if old is not None or _covered(standard, str(study["document__product__code"] or "")):
            yield study["pk"], study["organisation_id"], old


def _covered(standard: Standard, written: str) -> bool:
    codes = study_codes(written)
    return bool(codes) and tree().covers_any(standard.scope, codes)


def close_tasks(*, record: StandardRecord) -> int:
    """The withdrawal tasks of a standard that was withdrawn, done; how many there were."""
    return WithdrawalTask.objects.filter(record=record, done_at=None).update(done_at=timezone.now())
