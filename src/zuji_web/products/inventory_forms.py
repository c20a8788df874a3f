"""Forms of processes and scenarios: records with a few rows each."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from zuji.formats.excel import words
from zuji.model.studies import AllocationMethod
from zuji_web.factors.queries import library
from zuji_web.products import drafts
from zuji_web.products.forms import AmountField, DraftForm, UnitField, in_words
from zuji_web.products.operations import Document, Operation, same


class ProcessForm(DraftForm):
    """Name and allocation of a process, and who runs it."""

    name = forms.CharField(label=_("Name of the process"), max_length=200)
    allocation = forms.ChoiceField(
        label=_("Allocation"),
        choices=lambda: in_words(words.ALLOCATIONS),
        help_text=_("How several products share what the process takes"),
    )
    allocation_reason = forms.CharField(label=_("Reason for the allocation"), max_length=1000, required=False)
    controlled = forms.BooleanField(
        label=_("We run this process ourselves"),
        required=False,
        help_text=_("Rules ask for measured data of what you run yourself"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A process is one's own unless somebody says otherwise.
        self.initial["controlled"] = self.initial.get("controlled") is not False

    def value(self, name: str) -> Any:
        given = super().value(name)
        if name == "controlled":
            return None if given else False
        return None if name == "allocation" and given == AllocationMethod.NONE else given


class FactorField(forms.CharField):
    """The code of a dataset that an organisation's studies may use: of the library, or a factor of its own.

    A form gives `of`, the organisation whose study it is; without one only the library counts.
    """

    of: UUID | None = None

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        if code and code not in library(self.of).source:
            raise forms.ValidationError(
                _("Neither the factor library nor your organisation's own factors have this code")
            )
        return code


class OutputForm(forms.Form):
    """A product of a process in a study of the organisation `of`."""

    product = forms.CharField(label=_("Product"), max_length=200)
    amount = AmountField(label=_("Amount"))
    unit = UnitField(label=_("Unit"), max_length=40)
    property_value = AmountField(
        label=_("Property or price per unit"),
        required=False,
        help_text=_("What the allocation goes by, for example kg per piece or yuan per kg"),
    )
    avoided_factor = FactorField(
        label=_("Replaces (factor code)"),
        max_length=120,
        required=False,
        help_text=_("For substitution: the dataset that is credited"),
    )

    def __init__(self, *args: Any, of: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _for_organisation(self, of)

    def clean_amount(self) -> Any:
        if self.cleaned_data["amount"] <= 0:
            raise forms.ValidationError(_("The amount must be above 0"))
        return self.cleaned_data["amount"]

    def record(self) -> dict[str, Any]:
        """The output as a draft holds it."""
        given = self.cleaned_data
        extra = {
            key: given[key]
            for key in ("property_value", "avoided_factor")
            if given.get(key) not in (None, "")
        }
        return {
            "product": given["product"],
            "quantity": {"amount": given["amount"], "unit": given["unit"]},
            **extra,
        }


def _for_organisation(form: forms.Form, of: UUID) -> None:
    for each in form.fields.values():
        if isinstance(each, FactorField):
            each.of = of


def _output(record: Mapping[str, Any]) -> dict[str, Any]:
    quantity = record.get("quantity")
    quantity = quantity if isinstance(quantity, Mapping) else {}
    return {**record, "amount": quantity.get("amount"), "unit": quantity.get("unit")}


OutputForms = formset_factory(OutputForm, extra=1, can_delete=True, min_num=1, validate_min=True, max_num=50)


class ScenarioForm(DraftForm):
    """Name of a scenario."""

    name = forms.CharField(label=_("Scenario"), max_length=200)
    description = forms.CharField(label=_("Description"), max_length=2000, required=False)


class ChangeForm(forms.Form):
    """What a scenario changes on one line, in a study of the organisation `of`."""

    line = forms.ChoiceField(label=_("Line"), choices=list)
    amount = AmountField(label=_("New amount"), required=False)
    scale = AmountField(label=_("Times"), required=False, help_text=_("0.9 means ten per cent less"))
    factor = FactorField(label=_("Other factor (code)"), max_length=120, required=False)
    stated_value = AmountField(label=_("Own factor, kgCO2e per unit"), required=False)

    def __init__(self, *args: Any, document: Document, of: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _for_organisation(self, of)
        lines = [
            (line["id"], str(line.get("item") or line["id"])) for _process, line in drafts.lines(document)
        ]
        self.fields["line"].choices = [("", "—"), *lines]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(key) not in (None, "") for key in ("amount", "scale", "factor", "stated_value")):
            raise forms.ValidationError(_("Say what changes on this line"))
        if given.get("amount") is not None and given.get("scale") is not None:
            raise forms.ValidationError(_("Give a new amount or a multiple, not both"))
        return given

    def record(self) -> dict[str, Any]:
        """The change as a draft holds it."""
        return {key: value for key, value in self.cleaned_data.items() if value not in (None, "", False)}


ChangeForms = formset_factory(ChangeForm, extra=1, can_delete=True, max_num=200)


def rows(formset: "BaseFormSet[Any]") -> list[dict[str, Any]]:
    """The records of the rows that are filled and not to be deleted."""
    return [
        {key: value for key, value in form.record().items() if key != "DELETE"}
        for form in formset.forms
        if form.has_changed() or form.initial
        if not form.cleaned_data.get("DELETE")
    ]


def outputs_of(process: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The products of a process as rows of the form."""
    return [_output(record) for record in process.get("outputs", ()) if isinstance(record, Mapping)]


def list_operation(path: tuple[str, ...], new: list[Any], was: Any) -> list[Operation]:
    """The operation that sets a list, or none where it is the same."""
    if same(new or None, was or None):
        return []
    return [{"op": "set", "path": list(path), "value": new or None, "was": was}]
