"""Forms of grades: planning a set, steps, comments, samples, trials."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.formats import grades
from zuji.model.quantities import Quantity
from zuji.rules.grades_methods import THRESHOLD_NAMES, Threshold
from zuji.text import Text
from zuji.units import known
from zuji_web.grades.actions.sets import Parameters, Plan
from zuji_web.grades.models import Purpose, SetAnswer
from zuji_web.grades.queries.rules import pairs, product_name, rule_name


def _words(text: Text) -> str:
    return text.in_language(get_language() or "zh")


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _share(**options: Any) -> forms.FloatField:
    return forms.FloatField(min_value=0, max_value=100, required=False, **options)


def pair_choices() -> list[tuple[str, Any]]:
    """Products with the rule under which results are compared, by product; none is chosen beforehand."""
    found = [
        (f"{rule.key}|{product}", f"{_words(product_name(product))} · {_words(rule_name(rule.key))}")
        for rule, product in pairs()
        if rule.unit.units
    ]
    return [("", _("Choose a product")), *sorted(found, key=lambda choice: choice[1])]


def method_choices() -> list[tuple[str, str]]:
    return [
        (key, f"{_words(Text(method.name, method.name_en or method.name))} ({key})")
        for key, method in grades.shipped().items()
    ]


class PlanForm(forms.Form):
    """By which method and parameters a set is derived; an empty parameter is that of the method."""

    pair = forms.ChoiceField(label=_("Product and rule"), choices=pair_choices)
    method = forms.ChoiceField(label=_("Method"), choices=method_choices)
    applies_from = _day(
        label=_("Data periods from"),
        required=False,
        help_text=_("For which data periods of products the values hold; empty: the samples' common period"),
    )
    applies_until = _day(label=_("Data periods until"), required=False)
    benchmark = _share(
        label=_("Share for the benchmark value, %"), help_text=_("Empty: as the method has it")
    )
    base = _share(label=_("Share for the base value, %"))
    limit = _share(label=_("Share for the limit value, %"))
    samples = forms.IntegerField(label=_("Least number of samples"), min_value=3, required=False)
    firms = forms.IntegerField(label=_("Least number of firms"), min_value=3, required=False)
    sample_dominance = _share(label=_("Most samples of one firm, %"))
    production_dominance = _share(label=_("Most production of one firm, %"))
    note = forms.CharField(
        label=_("Why the parameters differ"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed as soon as one parameter is not that of the method"),
    )

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        """`fixed` where product and rule are settled already."""
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["pair"]

    def plan(self, rule: str = "", product: str = "") -> Plan:
        """The plan, for the given or the chosen product and rule."""
        given = self.cleaned_data
        chosen = given.get("pair", "|").partition("|")
        return Plan(
            rule=rule or chosen[0],
            product=product or chosen[2],
            method=given["method"],
            applies_from=given["applies_from"],
            applies_until=given["applies_until"],
            parameters=Parameters(
                shares={name: given[name.value] / 100 for name in Threshold if given[name.value] is not None},
                samples=given["samples"],
                firms=given["firms"],
                sample_dominance=_part(given["sample_dominance"]),
                production_dominance=_part(given["production_dominance"]),
                note=given["note"],
            ),
        )


def _part(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


class StepForm(forms.Form):
    """The reason and the paper of a step, and what this step fixes."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.CharField(
        label=_("Document"),
        max_length=300,
        required=False,
        help_text=_("As it is cited: title and number of the decision, minutes, draft"),
    )
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF or Word, at most 10 MB"))
    comments_until = _day(label=_("Comments until"))
    in_force = _day(label=_("In force from"))

    def __init__(self, *args: Any, facts: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("comments_until", "in_force"):
            if name not in facts:
                del self.fields[name]


def about_choices() -> list[tuple[str, str]]:
    return [("", str(_("All values"))), *((name.value, _words(THRESHOLD_NAMES[name])) for name in Threshold)]


class CommentForm(forms.Form):
    """A comment on proposed thresholds."""

    about = forms.ChoiceField(label=_("About"), choices=about_choices, required=False)
    text = forms.CharField(label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class AnswerForm(forms.Form):
    """The answer to a comment."""

    answer = forms.ChoiceField(label=_("Answer"), choices=SetAnswer.choices)
    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class FindingForm(ReasonForm):
    """An officer's finding on the verification behind a sample."""

    finding = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class ProductionForm(forms.Form):
    """The production that stands behind a result."""

    production = forms.FloatField(label=_("Production in the data period"), min_value=0, required=False)
    production_unit = forms.CharField(
        label=_("Unit of production"), max_length=40, required=False, initial="t"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        unit = given.get("production_unit", "").strip()
        if given.get("production") is not None and not known(unit):
            self.add_error("production_unit", _("This unit is not known. Write it as t, kg, kWh or L."))
        return given

    def quantity(self) -> Quantity | None:
        """Amount and unit; None where nothing is stated."""
        amount = self.cleaned_data.get("production")
        return None if amount is None else Quantity(amount, self.cleaned_data["production_unit"].strip())


class OfferForm(ProductionForm):
    """The consent with which a frozen study becomes a sample."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    until = _day(label=_("Consent until"), required=False, help_text=_("The last day; empty: until revoked"))
    agreed = forms.BooleanField(
        label=_("I may decide this for the organisation and consent to the use described above.")
    )
    field_order = ["production", "production_unit", "purpose", "until", "agreed"]


class TrialForm(forms.Form):
    """Values that somebody tries."""

    benchmark = forms.FloatField(required=False)
    base = forms.FloatField(required=False)
    limit = forms.FloatField(required=False)

    def wanted(self) -> dict[Threshold, float]:
        """The values that are stated and are numbers."""
        self.full_clean()
        found = {name: self.cleaned_data.get(name.value) for name in Threshold}
        return {name: value for name, value in found.items() if value is not None}
