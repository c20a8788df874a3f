"""What is refused about standards, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem
from zuji.text import Text
from zuji_web.wording import said, told

# Years of standards; anything else is a slip of the pen.
EARLIEST, LATEST = 1950, 2100


def value_missing(field: str) -> Problem:
    return told(
        "value-missing",
        said(_("This value is missing")),
        said(_("Fill it in; it is kept with the standard and shown to everybody")),
        Place(field=field),
    )


def too_long(field: str, most: int) -> Problem:
    return told(
        "too-long",
        said(_("The text has more than %(most)s letters"), most=most),
        said(_("Shorten it, or make several comments")),
        Place(field=field),
    )


def unknown_choice(field: str, value: str, known: Iterable[str]) -> Problem:
    return told(
        "unknown-choice",
        said(_("“%(value)s” cannot be chosen here"), value=value[:60]),
        said(_("Known are: %(names)s"), names=", ".join(known)),
        Place(field=field),
    )


def year_not_meant(first: int, last: int) -> Problem:
    return told(
        "year",
        said(
            _("A selection is opened for a year from %(first)s to %(last)s"), first=str(first), last=str(last)
        ),
        said(_("Fill in the year in four digits")),
    )


def not_in_consultation() -> Problem:
    return told(
        "not-in-consultation",
        said(_("This draft is not open for comments")),
        said(_("Comments are made during the consultation, until its last day")),
    )


def own_proposal() -> Problem:
    return told(
        "own-proposal",
        said(_("The organisation that submitted a proposal neither reviews nor decides it")),
        said(_("Somebody of another organisation must do it")),
    )


def review_given() -> Problem:
    return told(
        "review-given",
        said(_("The opinion has been given")),
        said(_("It stays as it is; a new draft gets a new review")),
    )


def number_taken(number: str) -> Problem:
    return told(
        "number-taken",
        said(_("%(number)s is in the registry already"), number=number),
        said(_("Look it up there; its entry can be amended")),
        Place(field="number"),
    )


def dates_out_of_order(field: str = "in_force") -> Problem:
    return told(
        "dates-out-of-order",
        said(_("A standard is issued first, then in force, then withdrawn")),
        said(_("Correct the dates")),
        Place(field=field),
    )


def day_unlikely(field: str) -> Problem:
    return told(
        "day-unlikely",
        said(_("The year lies outside %(first)s to %(last)s"), first=str(EARLIEST), last=str(LATEST)),
        said(_("Correct the year")),
        Place(field=field),
    )


def region_not_meant() -> Problem:
    return told(
        "region",
        said(_("Only a local standard has a province")),
        said(_("Leave the province empty, or choose the level “local”")),
        Place(field="region"),
    )


def unknown_standard(field: str, number: str) -> Problem:
    return told(
        "unknown-standard",
        said(_("%(number)s is not in the registry"), number=number),
        said(_("Look the number up in the registry, or say in the note why it is not there")),
        Place(field=field),
    )


def unknown_origin(number: str) -> Problem:
    return told(
        "unknown-standard",
        said(_("%(number)s is not in the registry"), number=number),
        said(_("Look the number up in the registry, or leave it empty")),
        Place(field="converted_from"),
    )


def wrong_state(state: Text) -> Problem:
    return told(
        "wrong-state",
        said(_("This is not possible in the state “%(state)s”"), state=state),
        said(_("Reload the page; somebody may have taken a step meanwhile")),
    )
