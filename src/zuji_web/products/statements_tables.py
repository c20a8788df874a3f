"""Records that a person states by the row: balances, offsets, reviews."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zuji.formats.excel import words
from zuji.model.written import parse_quantity
from zuji_web.products.forms import AmountField, UnitField, in_words
from zuji_web.products.labels import Words
from zuji_web.products.operations import Document

MOST_ROWS = 50


def _chosen(choices: Iterable[tuple[str, str]], stored: Any) -> list[tuple[str, Any]]:
    """The choices, with what is stored among them even where it is none of them."""
    listed: list[tuple[str, Any]] = [("", "—"), *choices]
    if stored not in (None, "") and stored not in dict(listed):
        listed.append((str(stored), str(stored)))
    return listed


class RecordForm(forms.Form):
    """One row; `record` is what a draft holds of it, `cells` what a row shows of a record."""

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document

    def record(self) -> dict[str, Any]:
        return {key: value for key, value in self.values().items() if value not in (None, "", False)}

    def values(self) -> dict[str, Any]:
        given = {key: value for key, value in self.cleaned_data.items() if key != "DELETE"}
        return {
            key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in given.items()
        }

    @staticmethod
    def cells(record: Mapping[str, Any]) -> dict[str, Any]:
        return dict(record)


def _amount_and_unit(value: Any) -> tuple[Any, Any]:
    """Amount and unit of a stored quantity, in its full or its short form."""
    if isinstance(value, Mapping):
        return value.get("amount"), value.get("unit")
    read = parse_quantity(value) if isinstance(value, str) else None
    return (read.amount, read.unit) if read else (None, None)


class BalanceForm(RecordForm):
    """What went into a process and what came out of it, in the data period."""

    process = forms.ChoiceField(label=pgettext_lazy("study", "Process"), choices=list)
    kind = forms.ChoiceField(
        label=_("Balance of"),
        choices=lambda: [("", "—"), *in_words(words.BALANCES)],
    )
    inputs = AmountField(label=_("Went in"))
    inputs_unit = UnitField(label=_("Unit"), max_length=40)
    outputs = AmountField(label=_("Came out"))
    outputs_unit = UnitField(label=_("Unit"), max_length=40)
    note = forms.CharField(label=_("Explanation"), max_length=1000, required=False)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, document=document, **kwargs)
        processes = [(each["id"], each.get("name") or each["id"]) for each in document.get("processes", ())]
        self.fields["process"].choices = _chosen(processes, self.initial.get("process"))  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        given = super().values()
        for side in ("inputs", "outputs"):
            given[side] = {"amount": given[side], "unit": given.pop(f"{side}_unit")}
        return given

    @staticmethod
    def cells(record: Mapping[str, Any]) -> dict[str, Any]:
        shown = dict(record)
        for side in ("inputs", "outputs"):
            shown[side], shown[f"{side}_unit"] = _amount_and_unit(record.get(side))
        return shown


class OffsetForm(RecordForm):
    """A credit that was bought elsewhere."""

    amount = AmountField(label=_("Amount, kgCO2e per unit"))
    certificate = forms.CharField(label=_("Certificate"), max_length=300, required=False)
    source = forms.CharField(label=_("Seller or registry"), max_length=300, required=False)


class ReviewForm(RecordForm):
    """Somebody who looked at the study."""

    kind = forms.ChoiceField(label=_("Kind of review"), choices=lambda: [("", "—"), *in_words(words.REVIEWS)])
    reviewer = forms.CharField(label=_("Reviewer"), max_length=200)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    independent = forms.BooleanField(label=_("Independent of you"), required=False)
    date = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )
    level = forms.CharField(label=_("Level of assurance"), max_length=100, required=False)
    standard = forms.CharField(label=_("By which standard"), max_length=200, required=False)
    conclusion = forms.CharField(label=_("Conclusion"), max_length=2000, required=False)


FORMS: Mapping[str, type[RecordForm]] = {
    "statements.balances": BalanceForm,
    "statements.offsets": OffsetForm,
    "statements.reviews": ReviewForm,
}
TITLES: Mapping[str, tuple[Words, Words]] = {
    "statements.balances": (
        _("Balances of processes"),
        _("What goes in comes out again: by mass, energy or carbon, for the data period."),
    ),
    "statements.offsets": (
        _("Offsets"),
        _("Credits bought elsewhere never lower a footprint; they are stated so that nobody adds them."),
    ),
    "statements.reviews": (
        _("Reviews and verification"),
        _("Who looked at the study, when, and what they concluded."),
    ),
}


def table(path: str, data: Any, *, document: Document, stored: Any) -> "BaseFormSet[Any]":
    """The rows of a list of records, with an empty one for a new record."""
    form = FORMS[path]
    records = [record for record in stored if isinstance(record, Mapping)] if isinstance(stored, list) else []
    made = formset_factory(form, extra=1, can_delete=True, max_num=MOST_ROWS, validate_max=True)
    return made(
        data,
        initial=[form.cells(record) for record in records],
        prefix=path.rpartition(".")[2],
        form_kwargs={"document": document},
    )
