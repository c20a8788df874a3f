"""The form by which an officer enters a verified declaration."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.errors import InvalidInput
from zuji.model.lines import RecyclingMethod
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.studies import BOUNDARY_NAMES, AllocationMethod, BoundaryKind
from zuji.rules import comparands
from zuji.text import Text
from zuji_web.grades import refusals
from zuji_web.grades.declarations import Declaration
from zuji_web.grades.forms import ProductionForm, pair_choices
from zuji_web.grades.labels import ACCOUNTING, ALLOCATION, GRID, LEVELS, RECYCLING
from zuji_web.grades.queries.rules import rule
from zuji_web.grades.queries.verification import Evidence


def _words(text: Text) -> str:
    return text.in_language(get_language() or "zh")


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def boundary_choices() -> list[tuple[str, str]]:
    return [(kind.value, _words(name)) for kind, name in BOUNDARY_NAMES.items()]


def stage_choices() -> list[tuple[str, str]]:
    return [(stage.value, _words(name)) for stage, name in STAGE_NAMES.items()]


class DeclarationForm(ProductionForm):
    """What the declaration says, as the gate needs it."""

    pair = forms.ChoiceField(
        label=_("Product and rule"),
        choices=pair_choices,
        help_text=_("The rule settles function, unit, cut-off limits, warming potentials and switches"),
    )
    firm_code = forms.CharField(
        label=_("Maker's unified social credit code"),
        max_length=24,
        help_text=_("Kept apart from the sample, which carries an alias"),
    )
    value = forms.FloatField(label=_("Result, kgCO2e per unit of the rule"))
    start = _day(label=_("Data period from"))
    end = _day(label=_("Data period until"))
    boundary = forms.ChoiceField(label=_("Boundary"), choices=boundary_choices, initial="cradle_to_gate")
    stages = forms.MultipleChoiceField(
        label=_("Stages inside"),
        choices=stage_choices,
        initial=["raw_material", "manufacturing"],
        widget=forms.CheckboxSelectMultiple,
    )
    accounting = forms.ChoiceField(label=_("Electricity"), choices=list(ACCOUNTING.items()))
    grid = forms.MultipleChoiceField(
        label=_("Grid factors used"),
        choices=list(GRID.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    allocation = forms.MultipleChoiceField(
        label=_("Allocation between co-products"),
        choices=list(ALLOCATION.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None where there is no co-product"),
    )
    recycling = forms.MultipleChoiceField(
        label=_("Recycling formula"),
        choices=list(RECYCLING.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None where nothing is recycled"),
    )
    cut_share = forms.FloatField(
        label=_("Cut off, per cent of the result"), min_value=0, max_value=100, initial=0
    )
    score = forms.FloatField(
        label=_("Data quality score"),
        min_value=1,
        max_value=5,
        required=False,
        help_text=_("Under the scheme of the rule, 1 best and 5 worst"),
    )
    coverage = forms.FloatField(
        label=_("Share of the result that was rated, %"), min_value=0, max_value=100, required=False
    )
    body = forms.CharField(label=_("Verification body"), max_length=200)
    level = forms.ChoiceField(label=_("Level of assurance"), choices=list(LEVELS.items()))
    standard = forms.CharField(label=_("Standard of verification"), max_length=160, required=False)
    number = forms.CharField(label=_("Number of the statement"), max_length=120)
    verified_on = _day(label=_("Date of the statement"))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Title of the declaration, who published it, and its address"),
    )
    field_order = [
        "pair",
        "firm_code",
        "value",
        "start",
        "end",
        "production",
        "production_unit",
        "boundary",
        "stages",
        "accounting",
        "grid",
        "allocation",
        "recycling",
        "cut_share",
        "score",
        "coverage",
        "body",
        "level",
        "standard",
        "number",
        "verified_on",
        "source",
    ]

    def declaration(self) -> Declaration:
        """The declaration; raises `InvalidInput` for a rule that is no longer there."""
        given = self.cleaned_data
        key, _bar, product = given["pair"].partition("|")
        known = rule(key)
        if known is None:
            raise InvalidInput(refusals.unknown_choice("pair", key, ()))
        return Declaration(
            rule=known,
            product=product,
            firm_code=given["firm_code"],
            value=given["value"],
            boundary=BoundaryKind(given["boundary"]),
            stages=tuple(Stage(stage) for stage in given["stages"]),
            start=given["start"],
            end=given["end"],
            evidence=Evidence(
                body=given["body"].strip(),
                level=given["level"],
                date=given["verified_on"],
                standard=given["standard"].strip(),
                number=given["number"].strip(),
            ),
            source=given["source"],
            production=self.quantity(),
            accounting=given["accounting"] if given["accounting"] != "none" else comparands.NONE,
            grid=tuple(given["grid"]),
            allocation=tuple(AllocationMethod(each).value for each in given["allocation"]),
            recycling=tuple(RecyclingMethod(each).value for each in given["recycling"]),
            cut_share=given["cut_share"] / 100,
            score=given["score"],
            coverage=None if given["coverage"] is None else given["coverage"] / 100,
        )
