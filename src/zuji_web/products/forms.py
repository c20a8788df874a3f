"""Forms of the workbench. A form over a draft becomes operations that carry what the person saw."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.formats.excel import words
from zuji.formats.json_tree import depth_exceeds
from zuji.model.documents import STAGES_OF
from zuji.model.regions import REGIONS
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.studies import BOUNDARY_NAMES, BoundaryKind, UnitKind
from zuji.model.written import parse_number, written_number
from zuji.text import Text
from zuji.units import known
from zuji_web.accounts.models import Organisation
from zuji_web.products import labels
from zuji_web.products.operations import Document, Operation

# A value of a draft is a text, a number or a list of them.
_DEEPEST = 8

BOUNDARY_EXPLANATIONS: Mapping[BoundaryKind, labels.Words] = {
    BoundaryKind.CRADLE_TO_GATE: _(
        "From raw materials to your factory gate. What most business customers ask for."
    ),
    BoundaryKind.CRADLE_TO_GRAVE: _(
        "The whole life: raw materials, making, transport, use and disposal. For products that people use."
    ),
    BoundaryKind.GATE_TO_GATE: _("Only what happens inside your own factory. For steps of a longer chain."),
}


def _in_words(text: Text) -> str:
    return text.in_language(get_language() or "zh")


def in_words(names: Mapping[str, Text]) -> list[tuple[str, str]]:
    """Choices as a form takes them, in the language in force."""
    return [(value, _in_words(text)) for value, text in names.items()]


def _regions() -> list[tuple[str, str]]:
    return [("CN", str(_("China, no particular province")))] + [
        (code, _in_words(name)) for code, name in REGIONS.items()
    ]


def _boundaries() -> list[tuple[str, str]]:
    return [
        (kind.value, f"{_in_words(BOUNDARY_NAMES[kind])} — {text}")
        for kind, text in BOUNDARY_EXPLANATIONS.items()
    ]


class AmountField(forms.CharField):
    """A number as people write it: 1,234.5 or １２; "1,5" may be two things and is not read."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "number"})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        number = parse_number(str(text))
        if number is None:
            raise ValidationError(_("Write a number such as 12.5"))
        return number

    def prepare_value(self, value: Any) -> Any:
        return written_number(value) if isinstance(value, float) else value


class UnitField(forms.CharField):
    """A unit of the unit table."""

    def clean(self, value: Any) -> Any:
        unit = super().clean(value)
        if unit and not known(unit):
            raise ValidationError(_("This unit is not known; choose one of the list, for example kg or kWh"))
        return unit


class NewStudyForm(forms.Form):
    """What is needed to begin: product, unit, boundary, period, region, and what the figures are for."""

    product = forms.CharField(label=_("What is the product?"), max_length=200)
    model = forms.CharField(
        label=_("Model or specification"), max_length=200, required=False, help_text=_("If there is one")
    )
    unit_amount = AmountField(label=_("The footprint is for"), initial="1")
    unit = UnitField(label=_("Unit"), max_length=40, help_text=_("For example kg, t, kWh, m2 or piece"))
    unit_description = forms.CharField(
        label=_("In words"),
        max_length=300,
        required=False,
        help_text=_("For example: 1 kWh of rated capacity of the battery pack"),
    )
    boundary = forms.ChoiceField(
        label=_("How far does it reach?"),
        choices=_boundaries,
        widget=forms.RadioSelect,
        initial=BoundaryKind.CRADLE_TO_GATE.value,
    )
    start = forms.DateField(
        label=_("Data from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    end = forms.DateField(
        label=_("to"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A whole year is usual"),
    )
    region = forms.ChoiceField(label=_("Where is it made?"), choices=_regions)
    basis = forms.ChoiceField(
        label=_("Your figures are"),
        choices=[
            ("unit", _("for one unit, as in a bill of materials")),
            ("period", _("for everything that was made in the period, as in the accounts")),
        ],
        widget=forms.RadioSelect,
        initial="unit",
    )
    made_amount = AmountField(
        label=_("Made in the period"), required=False, help_text=_("Only for figures of the whole period")
    )

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        last = today.year - 1
        self.fields["start"].initial = date(last, 1, 1)
        self.fields["end"].initial = date(last, 12, 31)
        self.fields["region"].initial = organisation.region or "CN"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("unit_amount") is not None and given["unit_amount"] <= 0:
            self.add_error("unit_amount", _("The amount must be above 0"))
        if given.get("start") and given.get("end") and given["end"] <= given["start"]:
            self.add_error("end", _("The end must be after the begin"))
        if given.get("basis") == "period" and not (given.get("made_amount") or 0) > 0:
            self.add_error("made_amount", _("Say how much was made in the period"))
        return given

    def document(self, study_id: str) -> Document:
        """The draft to begin with."""
        given = self.cleaned_data
        kind = BoundaryKind(given["boundary"])
        whole = kind is BoundaryKind.CRADLE_TO_GRAVE
        unit = {"amount": given["unit_amount"], "unit": given["unit"]}
        made = unit if given["basis"] == "unit" else {"amount": given["made_amount"], "unit": given["unit"]}
        product = {
            "name": given["product"],
            "model": given["model"],
            "manufacturer": self.organisation.name,
            "credit_code": self.organisation.credit_code,
        }
        return {
            "id": study_id,
            "product": {key: value for key, value in product.items() if value},
            "unit": {
                "kind": (UnitKind.FUNCTIONAL if whole else UnitKind.DECLARED).value,
                "quantity": unit,
                **({"description": given["unit_description"]} if given["unit_description"] else {}),
            },
            "boundary": {"kind": kind.value, "stages": [stage.value for stage in STAGES_OF[kind]]},
            "period": {"start": given["start"].isoformat(), "end": given["end"].isoformat()},
            "geography": given["region"],
            "processes": [
                {
                    "id": "main",
                    "name": given["product"],
                    "outputs": [{"product": given["product"], "quantity": made}],
                    "lines": [],
                }
            ],
        }


class UploadForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("Inventory file"),
        help_text=_("The filled template (.xlsx), or .yaml or .json"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.yaml,.yml,.json"}),
    )


def seen_values(text: str | None) -> dict[str, Any]:
    """What a form says its person had seen; nothing where it is no such list."""
    try:
        seen = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return seen if isinstance(seen, dict) and not depth_exceeds(seen, _DEEPEST) else {}


class DraftForm(forms.Form):
    """A form over some fields of a draft. `a__b` is the field b of the record a."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, document: Document, base: Sequence[str] = (), **kwargs: Any) -> None:
        self.document, self.base = document, tuple(base)
        values = {name: self.stored(name) for name in self.declared_fields if name != "seen"}
        kwargs["initial"] = {
            **values,
            "seen": json.dumps(values, ensure_ascii=False),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)

    def path(self, name: str) -> tuple[str, ...]:
        """Where a field stands in the draft."""
        return (*self.base, *name.split("__"))

    def stored(self, name: str) -> Any:
        """The value of a field in the draft."""
        node: Any = self.document
        for part in self.path(name):
            if isinstance(node, list):
                node = next((item for item in node if item.get("id") == part), None)
            else:
                node = node.get(part) if isinstance(node, dict) else None
        return node

    def operations(self) -> list[Operation]:
        """What the person changed, each with what they had seen."""
        seen = seen_values(self.cleaned_data.get("seen"))
        changes: list[Operation] = []
        for name in self.declared_fields:
            if name == "seen":
                continue
            value, was = self.value(name), seen.get(name)
            if value != was:
                changes.append({"op": "set", "path": list(self.path(name)), "value": value, "was": was})
        return changes

    def value(self, name: str) -> Any:
        """What a field is stored as; nothing where it is empty."""
        given = self.cleaned_data.get(name)
        if isinstance(given, date):
            return given.isoformat()
        return None if given in ("", [], False) else given


class ProductForm(DraftForm):
    """Product, unit, boundary, period and region of a study."""

    product__name = forms.CharField(label=_("Product"), max_length=200)
    product__name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    product__model = forms.CharField(label=_("Model"), max_length=200, required=False)
    product__code = forms.CharField(
        label=_("Product code"),
        max_length=100,
        required=False,
        help_text=_("With its scheme, such as hs:850760 or cpc:46420: the rule that governs is found by it"),
    )
    product__specification = forms.CharField(label=_("Specification"), max_length=500, required=False)
    product__manufacturer = forms.CharField(label=_("Manufacturer"), max_length=200, required=False)
    product__credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=18, required=False
    )
    product__site = forms.CharField(label=_("Site"), max_length=200, required=False)
    product__biogenic_carbon_kg = AmountField(
        label=_("Biogenic carbon in the product, kg C per unit"),
        required=False,
        help_text=_("Stated separately, never deducted"),
    )
    unit__kind = forms.ChoiceField(
        label=_("Kind of unit"),
        choices=lambda: in_words(words.UNIT_KINDS),
        help_text=_("Functional for the whole life, declared for a part of it"),
    )
    unit__quantity__amount = AmountField(label=_("Amount"))
    unit__quantity__unit = UnitField(label=_("Unit"), max_length=40)
    unit__description = forms.CharField(label=_("In words"), max_length=500, required=False)
    boundary__kind = forms.ChoiceField(label=_("Boundary"), choices=_boundaries, widget=forms.RadioSelect)
    boundary__stages = forms.MultipleChoiceField(
        label=_("Stages inside"),
        choices=lambda: in_words(words.STAGES),
        widget=forms.CheckboxSelectMultiple,
    )
    boundary__description = forms.CharField(
        label=_("Boundary in words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )
    period__start = forms.DateField(
        label=_("Data from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    period__end = forms.DateField(
        label=_("to"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    geography = forms.ChoiceField(label=_("Region"), choices=_regions)
    demonstration = forms.BooleanField(
        label=_("The figures are a demonstration, not this company's own"),
        required=False,
        help_text=_("Every page and report then says so"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.initial.get("geography")
        choices = dict(_regions())
        if region and region not in choices:
            self.fields["geography"].choices = [*choices.items(), (region, region)]  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        given = super().value(name)
        if name == "boundary__stages" and given:
            return [stage.value for stage in Stage if stage.value in given]
        return given


class ExclusionForm(forms.Form):
    """Why each stage outside the boundary is left out."""

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boundary = document.get("boundary", {})
        self.was = boundary.get("excluded")
        reasons = {item.get("stage"): item.get("reason", "") for item in self.was or ()}
        for stage, name in STAGE_NAMES.items():
            self.fields[stage.value] = forms.CharField(
                label=_in_words(name),
                required=False,
                max_length=1000,
                initial=reasons.get(stage.value, ""),
            )

    def operations(self, stages: Sequence[str]) -> list[Operation]:
        """The list of exclusions, for stages that are not inside."""
        excluded = [
            {"stage": stage, "reason": reason.strip()}
            for stage, reason in self.cleaned_data.items()
            if reason.strip() and stage not in stages
        ]
        if (excluded or None) == self.was:
            return []
        return [{"op": "set", "path": ["boundary", "excluded"], "value": excluded or None, "was": self.was}]
