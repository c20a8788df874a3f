"""What the parts of a ledger, an account of linking and a health report are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zuji.lca.network.linking.options import Allocation
from zuji.lca.network.rules import CutReason, LinkRule
from zuji.text import Text

Words = str | Promise

ITEMS: Mapping[str, Words] = {
    "process": _("Processes"),
    "flow": _("Flows"),
    "flow_property": _("Flow properties"),
    "unit_group": _("Unit groups"),
    "impact_method": _("Impact methods"),
    "impact_category": _("Impact categories"),
    "model": _("Life cycle models"),
    "source": _("Sources"),
    "contact": _("Contacts"),
    "location": _("Locations"),
    "parameter": _("Parameters"),
    "exchange": _("Exchanges"),
    "allocation": _("Allocation shares"),
    "factor": _("Characterisation factors"),
    "result": _("Stated results"),
    "file": _("Files"),
    "field": _("Fields"),
}
OUTCOMES: Mapping[str, Words] = {
    "mapped": _("taken over, with a remark"),
    "defaulted": _("taken over with a value the source does not give"),
    "dropped": _("left out"),
}
SEVERITIES: Mapping[str, tuple[Words, str]] = {
    "error": (_("Some products have no number because of it"), "bad"),
    "warning": (_("Results may be wrong or incomplete"), "warn"),
    "note": (_("Good to know"), ""),
}
SEVERITY_NAMES: Mapping[str, Words] = {
    "error": _("Error"),
    "warning": _("Warning"),
    "note": _("Note"),
}
ALLOCATIONS: Mapping[str, Words] = {
    Allocation.STATED.value: _("as each data set states, else by a physical quantity"),
    Allocation.PHYSICAL.value: _("by a physical quantity all co-products share"),
    Allocation.MASS.value: _("by mass"),
    Allocation.ENERGY.value: _("by energy"),
    Allocation.ECONOMIC.value: _("by value"),
    Allocation.EQUAL.value: _("in equal parts"),
    Allocation.SUBSTITUTION.value: _("by substitution: co-products displace other supply"),
    Allocation.REFERENCE.value: _("the first reference product bears all"),
    Allocation.REFUSE.value: _("not at all: such processes get no footprint"),
}
# The rest of the account of linking, in the order in which a reader asks.
ACCOUNT: Mapping[str, Words] = {
    "products": _("reference products and co-products"),
    "elementary": _("elementary exchanges"),
    "reminders": _("reminders that the source says are no part of the inventory"),
    "zeros": _("amounts of zero"),
    "left_out": _("exchanges of repeated data sets"),
}
COUNTS: Mapping[str, Words] = {
    "datasets": _("data sets"),
    "columns": _("products after allocation"),
    "repeated": _("data sets that repeat another"),
    "links": _("links"),
    "split": _("exchanges with several suppliers"),
    "converted": _("exchanges converted to another unit"),
    "other_version": _("exchanges linked to another version of the flow"),
    "named_absent": _("named providers that are not in the package"),
    "credits": _("credits (negative links)"),
    "factors": _("characterisation factors in use"),
    "factors_unused": _("characterisation factors of flows that nothing exchanges"),
    "factors_refused": _("characterisation factors without a usable number"),
    "spreads": _("uncertain amounts"),
    "spreads_refused": _("uncertainties without a complete distribution"),
    "spreads_of_products": _("uncertain amounts of products, which are not drawn"),
}
NUMBERS: Mapping[str, Words] = {
    "processes": _("Products"),
    "solved": _("with a footprint"),
    "unsolved": _("without a footprint"),
    "links": _("Links"),
    "flows": _("Elementary flows"),
    "cut_offs": _("Cut-off exchanges"),
    "categories": _("Categories"),
    "loops": _("Loops"),
}
PARTS: Mapping[str, Words] = {
    "input": _("by what goes into it"),
    "process": _("by process"),
    "flow": _("by elementary flow"),
    "place": _("by place"),
}


def rule(name: str) -> Text:
    """A rule of linking by its name in the account."""
    return LinkRule[name.upper()].words


def cut(name: str) -> Text:
    """A reason of a cut by its name in the account."""
    return CutReason[name.upper()].words
