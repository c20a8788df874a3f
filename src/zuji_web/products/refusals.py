"""Refusals of freezing, verifying and making reports, in words."""

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem
from zuji_web.wording import said, told


def already_frozen() -> Problem:
    return told(
        "study-frozen",
        said(_("The study is frozen and can no longer be changed")),
        said(_("Make a new version of it and change that one")),
    )


def twin_frozen() -> Problem:
    return told(
        "snapshot-twin",
        said(_("A study with the very same content was frozen under the same name in this second")),
        said(_("Freeze it again in a moment, or delete it if it is a copy that nobody needs")),
    )


def not_frozen() -> Problem:
    return told(
        "study-not-frozen",
        said(_("The study is not frozen, so there is no snapshot")),
        said(_("Freeze it first")),
    )


def empty_study() -> Problem:
    return told(
        "study-empty",
        said(_("There is nothing to calculate yet")),
        said(_("Enter at least one inventory line")),
    )


def not_made() -> Problem:
    return told(
        "report-not-made",
        said(_("The report has not been made for this state of the study")),
        said(_("Have it made first: POST to the report")),
    )


def other_digest(stored: str, found: str) -> Problem:
    return told(
        "snapshot-digest",
        said(_("The stored bytes do not have the recorded SHA-256 %(digest)s"), digest=stored[:16]),
        said(_("The snapshot was changed after freezing; compare it with a report or a copy"), found=found),
    )


def other_total(stored: str, found: str) -> Problem:
    return told(
        "snapshot-total",
        said(
            _("Recalculating gives %(found)s where %(stored)s was published"),
            found=found,
            stored=stored,
        ),
        said(_("Do not rely on this record; ask whoever froze the study")),
    )


def runs_out_of_range(fewest: int, most: int) -> Problem:
    return told(
        "runs",
        said(_("The number of runs must be from %(fewest)s to %(most)s"), fewest=fewest, most=most),
        said(_("1,000 to 10,000 are usual")),
        Place(field="runs"),
    )


def seed_out_of_range(most: int) -> Problem:
    return told(
        "seed",
        said(_("The seed must be a whole number from 0 to %(most)s"), most=most),
        said(_("Any such number will do; the same one gives the same result")),
        Place(field="seed"),
    )
