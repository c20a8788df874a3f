"""What the terms of a comparison are called on pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zuji.rules import comparands

Words = str | Promise

ACCOUNTING: Mapping[str, Words] = {
    comparands.GRID: _("grid mix only"),
    comparands.PHYSICAL: _("grid, own generation and direct lines"),
    comparands.MARKET: _("with contracts or the residual mix"),
    comparands.LOCATION: _("recounted at the grid of its place"),
    "none": _("no electricity"),
}
GRID: Mapping[str, Words] = {
    "country": _("national factor"),
    "province": _("provincial factor"),
    "other": _("another factor"),
    "stated": _("a factor stated by the firm"),
}
ALLOCATION: Mapping[str, Words] = {
    "subdivision": _("subdivision"),
    "substitution": _("substitution"),
    "physical": _("by a physical property"),
    "economic": _("by value"),
}
RECYCLING: Mapping[str, Words] = {
    "cff": _("Circular Footprint Formula"),
    "cut_off": _("cut-off"),
}
LEVELS: Mapping[str, Words] = {
    "limited": _("Limited assurance"),
    "reasonable": _("Reasonable assurance"),
}
