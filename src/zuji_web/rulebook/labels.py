"""What stands beside a rule on a page: in which tone its standing and state are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zuji.model.category_rules import RuleStanding
from zuji.model.standards import Certainty
from zuji_web.rulebook.models import RuleState

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Grade:
    """How well something is known: its name, what it means, and the tone of its badge."""

    name: Words
    meaning: Words
    tone: str


CERTAINTIES: Mapping[Certainty, Grade] = {
    Certainty.SEEN: Grade(_("Seen"), _("The document or its official notice was seen."), "good"),
    Certainty.PART: Grade(
        _("Seen in part"), _("Seen in part, or named in a document that was seen."), "note"
    ),
    Certainty.SECOND_HAND: Grade(
        _("Second-hand"), _("Told by others; to be confirmed before anybody relies on it."), "warn"
    ),
    Certainty.UNCONFIRMED: Grade(
        _("Unconfirmed"), _("From a weak or demonstration source; not a fact until it is confirmed."), "bad"
    ),
}
STANDINGS: Mapping[RuleStanding, str] = {
    RuleStanding.ADOPTED: "good",
    RuleStanding.METHOD: "note",
    RuleStanding.DEMONSTRATION: "warn",
}
STATES: Mapping[RuleState, str] = {
    RuleState.DRAFT: "",
    RuleState.ADOPTED: "good",
    RuleState.WITHDRAWN: "bad",
}
