"""What is refused about samples and thresholds, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem
from zuji.text import Text
from zuji_web.wording import said, told


def value_missing(field: str) -> Problem:
    return told(
        "value-missing",
        said(_("This value is missing")),
        said(_("Fill it in")),
        Place(field=field),
    )


def unknown_choice(field: str, value: str, known: Iterable[str]) -> Problem:
    return told(
        "unknown-choice",
        said(_("“%(value)s” cannot be chosen here"), value=value[:60]),
        said(_("Known are: %(names)s"), names=", ".join(known)),
        Place(field=field),
    )


def not_a_number(field: str) -> Problem:
    return told(
        "not-a-number",
        said(_("This must be a finite number in its bounds")),
        said(_("Correct it")),
        Place(field=field),
    )


def day_out_of_bounds(field: str) -> Problem:
    return told(
        "day-out-of-bounds",
        said(_("This day does not fit")),
        said(_("Choose a day that is possible here")),
        Place(field=field),
    )


def not_frozen() -> Problem:
    return told(
        "not-frozen",
        said(_("Only a frozen study becomes a sample")),
        said(_("Have it reviewed and frozen first")),
    )


def not_verified() -> Problem:
    return told(
        "not-verified",
        said(_("Only verified results count as samples")),
        said(_("Attach the verification body's positive opinion to the frozen study first")),
    )


def taken_back() -> Problem:
    return told(
        "taken-back",
        said(_("The study was withdrawn")),
        said(_("Offer its corrected version")),
    )


def without_terms(what: Text) -> Problem:
    return told(
        "terms-missing",
        said(_("The study states no %(what)s, so nothing can be compared with it"), what=what),
        said(_("State it in a new version of the study")),
    )


def offered_already(alias: str) -> Problem:
    return told(
        "offered-already",
        said(_("A version of this study is a sample already: %(alias)s"), alias=alias),
        said(_("Revoke the older sample first; one product counts once")),
    )


def revoked_already() -> Problem:
    return told(
        "revoked-already",
        said(_("The consent to this sample has been revoked")),
        said(_("Offer the study again if it shall count again")),
    )


def own_sample() -> Problem:
    return told(
        "own-sample",
        said(_("Whoever brought a sample does not confirm its verification")),
        said(_("Somebody else, of another organisation where an enterprise offered it, must do it")),
    )


def not_open(state: Text) -> Problem:
    return told(
        "wrong-state",
        said(_("This is not possible in the state “%(state)s”"), state=state),
        said(_("Reload the page; somebody may have taken a step meanwhile")),
    )


def not_in_consultation() -> Problem:
    return told(
        "not-in-consultation",
        said(_("These thresholds are not open for comments")),
        said(_("Comments are made during the consultation, until its last day")),
    )


def too_long(field: str, most: int) -> Problem:
    return told(
        "too-long",
        said(_("The text has more than %(most)s letters"), most=most),
        said(_("Shorten it")),
        Place(field=field),
    )


def without_unit() -> Problem:
    return told(
        "rule-without-unit",
        said(_("The rule sets no unit, so results under it are not compared")),
        said(_("Choose a product rule")),
        Place(field="rule"),
    )


def no_derivation() -> Problem:
    return told(
        "no-derivation",
        said(_("No values could be derived: a check is not met")),
        said(_("See which check failed, collect more samples or change the parameters, and derive again")),
    )


def samples_changed(aliases: Iterable[str]) -> Problem:
    return told(
        "samples-no-longer-count",
        said(_("Samples of the derivation no longer count: %(names)s"), names=", ".join(aliases)),
        said(_("Derive again without them; a consent that was revoked ends their use")),
    )


def not_reproduced() -> Problem:
    return told(
        "not-reproduced",
        said(_("Deriving again from the stored samples gives other bytes")),
        said(_("Somebody changed stored rows outside of the platform; do not publish")),
    )


def own_derivation() -> Problem:
    return told(
        "own-derivation",
        said(_("Whoever derived or proposed thresholds does not approve them")),
        said(_("Somebody else must publish them")),
    )


def consultation_open(day: object) -> Problem:
    return told(
        "consultation-open",
        said(_("The consultation runs until %(day)s"), day=day),
        said(_("Wait for its last day; the public was promised it")),
    )


def parameters(what: Text) -> Problem:
    return told(
        "parameters",
        what,
        said(_("Correct the parameters; every change of a method needs its reason")),
        Place(field="note"),
    )


def nothing_to_try(firms: int) -> Problem:
    return told(
        "nothing-to-try",
        said(
            _("There are no values yet, or fewer than %(firms)s firms let their results be tried"),
            firms=firms,
        ),
        said(_("Derive the set with more samples; each owner decides whether a sample may be tried")),
    )
