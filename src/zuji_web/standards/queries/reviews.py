"""Expert reviews of the draft that is being examined; those of earlier drafts stay in the file."""

from django.db.models import Max, QuerySet

from zuji_web.standards import states
from zuji_web.standards.models import Review, StandardRecord


def examination_of(record: StandardRecord) -> int:
    """The number of the step that opened the newest examination; 0 before the first one."""
    opened = record.transitions.filter(after=states.EXAMINATION).aggregate(last=Max("number"))
    return int(opened["last"] or 0)


def of_examination(record: StandardRecord) -> QuerySet[Review]:
    """Reviews of the newest examination."""
    return record.reviews.filter(examination=examination_of(record))
