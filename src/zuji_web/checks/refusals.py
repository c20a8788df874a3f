"""What is refused about checks, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem
from zuji_web.wording import said, told


def unknown_potentials(name: str, known: Iterable[str]) -> Problem:
    return told(
        "unknown-gwp",
        said(_("There is no set of global warming potentials “%(name)s”"), name=name),
        said(_("Choose one of: %(names)s"), names=", ".join(known)),
        Place(field="gwp"),
    )


def too_few_rules() -> Problem:
    return told(
        "too-few-rules",
        said(_("No rule is chosen")),
        said(_("Choose at least one rule to count the inventory under")),
        Place(field="rule"),
    )


def too_many_rules(most: int) -> Problem:
    return told(
        "too-many-rules",
        said(_("More than %(most)s rules are chosen"), most=most),
        said(_("Compare fewer at once")),
        Place(field="rule"),
    )


def not_adopted() -> Problem:
    return told(
        "rule-not-adopted",
        said(_("Only studies under an adopted rule can be checked again together")),
        said(_("Try a draft out in its preview; adopt it first")),
    )
