"""What is refused about rules, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem
from zuji_web.wording import said, told


def not_a_draft() -> Problem:
    return told(
        "rule-not-draft",
        said(_("This version was adopted and is never changed")),
        said(_("Begin a new version of it and change that one")),
    )


def not_adopted() -> Problem:
    return told(
        "rule-not-adopted",
        said(_("Only an adopted rule can be withdrawn")),
        said(_("Reload the page; somebody may have taken a step meanwhile")),
    )


def changed_meanwhile() -> Problem:
    return told(
        "rule-changed-meanwhile",
        said(_("Somebody else changed this draft meanwhile")),
        said(_("Copy your text, reload the page and put your changes in again")),
    )


def own_rule() -> Problem:
    return told(
        "rule-own",
        said(_("Whoever wrote a rule does not adopt it")),
        said(_("Somebody else who may adopt rules must do it")),
    )


def continued(key: str, by: Sequence[str]) -> Problem:
    return told(
        "rule-continued",
        said(_("Rules in force take over from %(key)s: %(others)s"), key=key, others=", ".join(by)),
        said(_("Adopt new versions of them that rest on another rule, and withdraw these ones first")),
    )


def general(key: str) -> Problem:
    return told(
        "rule-general",
        said(
            _("%(key)s is the only general rule; studies that name no rule are checked against it"), key=key
        ),
        said(_("Adopt another version of it first")),
    )


def unreadable(key: str) -> Problem:
    return told(
        "rule-unreadable",
        said(_("The rule %(key)s is adopted here, but this version of the software cannot read it"), key=key),
        said(_("Choose another rule, or have its editors adopt a new version; its page says what is wrong")),
        Place(field="rule"),
    )


def reason_missing() -> Problem:
    return told(
        "reason-missing",
        said(_("The reason is missing")),
        said(_("Name the decision or document; it is shown to everybody")),
        Place(field="reason"),
    )


def too_large(most: int) -> Problem:
    return told(
        "rule-too-large",
        said(_("The text is larger than %(most)s KB"), most=most // 1024),
        said(_("A rule usually has a few kilobytes; check that it is the right text")),
        Place(field="text"),
    )
