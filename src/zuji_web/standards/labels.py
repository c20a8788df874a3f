"""What stands beside a standard on a page: how sure an entry is, and in which tone a state is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zuji.model.standards import Certainty, DraftingRole, Scheme

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Grade:
    """How well an entry is known: its name, what it means, and the tone of its badge."""

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
ROLES: Mapping[DraftingRole, Words] = {
    DraftingRole.LEAD: _("leads"),
    DraftingRole.JOIN: _("takes part"),
}
SCHEMES: Mapping[Scheme, Words] = {
    Scheme.ZUJI: _("product tree"),
    Scheme.CPC: "CPC",
    Scheme.HS: "HS",
}
