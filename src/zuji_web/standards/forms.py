"""Forms of standards: proposing, registering, taking a step, commenting."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.errors import InvalidInput
from zuji.formats.standards import tree
from zuji.model.regions import REGIONS
from zuji.model.standards import (
    KIND_NAMES,
    LEVEL_NAMES,
    Certainty,
    DraftingBody,
    DraftingRole,
    ProductCode,
    Scheme,
    Standard,
    StandardKind,
    StandardLevel,
)
from zuji.text import Text
from zuji_web.standards.labels import CERTAINTIES, ROLES
from zuji_web.standards.models import Answer, StandardRecord

# Levels that a province's procedure can end in; the others are only registered.
PROVINCIAL = (StandardLevel.LOCAL, StandardLevel.GROUP, StandardLevel.ENTERPRISE)


def _words(text: Text) -> str:
    return text.in_language(get_language() or "zh")


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


# What word processors make of hyphens, slashes and blanks in a number.
_TYPED = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-") | {"\uff0f": "/", "\u3000": " "}
)


def as_number(written: str) -> str:
    """A standard's number as the registry writes it, whatever hyphens and blanks it was pasted with."""
    return " ".join(written.translate(_TYPED).split())


def level_choices(levels: Any = StandardLevel) -> list[tuple[str, str]]:
    return [(level.value, _words(LEVEL_NAMES[level])) for level in levels]


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.value, _words(KIND_NAMES[kind])) for kind in StandardKind]


def region_choices(none: Any = "—") -> list[tuple[str, str]]:
    """Every province; `none` says what it means to choose no province."""
    return [("", str(none)), *((code, _words(name)) for code, name in REGIONS.items())]


def product_choices() -> list[tuple[str, str]]:
    """The products of the tree, indented by their depth."""
    products = tree()
    return [
        (str(node.code), "\u3000" * (len(products.path(node.id)) - 1) + _words(node.name))
        for node in products
    ]


class ScopeForm(forms.Form):
    """What a standard is called and which products it covers."""

    name = forms.CharField(label=_("Name"), max_length=300)
    name_en = forms.CharField(label=_("English name"), max_length=300, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=level_choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices, initial=StandardKind.PRODUCT.value)
    products = forms.MultipleChoiceField(
        label=_("Products"),
        choices=product_choices,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("A group holds everything below it. Several with Ctrl."),
    )
    codes = forms.CharField(
        label=_("Further codes"),
        required=False,
        max_length=2000,
        help_text=_("Such as hs:7601 or cpc:41431, apart by blanks"),
    )
    region = forms.ChoiceField(
        label=_("Province"),
        choices=region_choices,
        required=False,
        help_text=_("Where a local standard holds"),
    )

    def clean_codes(self) -> list[str]:
        written = self.cleaned_data["codes"].replace(",", " ").replace("\uff0c", " ").split()
        try:
            return [str(tree().parse(code)) for code in written]
        except InvalidInput as error:
            raise forms.ValidationError([_words(Text(str(error), error.in_language("en")))]) from error

    def scope(self) -> tuple[ProductCode, ...]:
        """Products and codes together, each once."""
        written = [*self.cleaned_data.get("products", []), *self.cleaned_data.get("codes", [])]
        return tuple(dict.fromkeys(tree().parse(code) for code in written))


class ProposalForm(ScopeForm):
    """A proposal: what, for which products, and why."""

    converted_from = forms.CharField(
        label=_("Converted from"),
        max_length=80,
        required=False,
        help_text=_("The number of the group standard that is to become this one"),
    )
    purpose = forms.CharField(
        label=_("Why it is needed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = [
        "name",
        "name_en",
        "level",
        "kind",
        "products",
        "codes",
        "region",
        "converted_from",
        "purpose",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = level_choices(PROVINCIAL)  # type: ignore[attr-defined]


class EntryForm(ScopeForm):
    """An entry of the registry with its source and how sure it is."""

    number = forms.CharField(
        label=_("Standard number"), max_length=80, help_text=_("Such as GB/T 24067-2024")
    )
    issued = _day(label=_("Issue date"), required=False)
    in_force = _day(label=_("In force from"), required=False)
    withdrawn = _day(
        label=_("Withdrawn on"), required=False, help_text=_("The first day on which it no longer holds")
    )
    replaces = forms.CharField(
        label=_("Replaces"), max_length=400, required=False, help_text=_("Numbers, apart by semicolons")
    )
    converted_from = forms.CharField(label=_("Converted from"), max_length=80, required=False)
    rule = forms.CharField(
        label=_("Machine-readable rule"),
        max_length=160,
        required=False,
        help_text=_("The id of the rule that follows it"),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Where this is said: a notice, an address, a page"),
    )
    certainty = forms.ChoiceField(label=_("Certainty"), choices=list)
    demonstration = forms.BooleanField(
        label=_("Demonstration, no real standard"),
        required=False,
        help_text=_("It is marked everywhere and governs nothing unless somebody asks for demonstrations"),
    )
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(
        label=_("Reason of the amendment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = [
        "number",
        "name",
        "name_en",
        "level",
        "kind",
        "region",
        "products",
        "codes",
        "issued",
        "in_force",
    ]

    def __init__(self, *args: Any, amending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not amending:
            del self.fields["reason"]
        self.fields["certainty"].choices = [  # type: ignore[attr-defined]
            (key.value, f"{grade.name} · {grade.meaning}") for key, grade in CERTAINTIES.items()
        ]

    def clean_number(self) -> str:
        return as_number(self.cleaned_data["number"])

    def clean_converted_from(self) -> str:
        return as_number(self.cleaned_data["converted_from"])

    @staticmethod
    def initial_of(record: StandardRecord) -> dict[str, Any]:
        """What the form shows of a standard that is there."""
        scope = [str(code) for code in record.codes if code.scheme is Scheme.ZUJI]
        others = [str(code) for code in record.codes if code.scheme is not Scheme.ZUJI]
        names = (
            "number name name_en level kind region issued in_force withdrawn converted_from rule source "
            "certainty demonstration note"
        )
        return {
            **{name: getattr(record, name) for name in names.split()},
            "products": scope,
            "codes": " ".join(others),
            "replaces": "; ".join(record.replaces),
        }

    def standard(self, bodies: tuple[DraftingBody, ...]) -> Standard:
        """The entry as a document."""
        given = self.cleaned_data
        return Standard(
            number=given["number"].strip(),
            name=given["name"].strip(),
            name_en=given["name_en"].strip(),
            level=StandardLevel(given["level"]),
            kind=StandardKind(given["kind"]),
            scope=self.scope(),
            region=given["region"],
            issued=given["issued"],
            in_force=given["in_force"],
            withdrawn=given["withdrawn"],
            replaces=tuple(
                as_number(part)
                for part in given["replaces"].replace("\uff1b", ";").split(";")
                if part.strip()
            ),
            converted_from=given["converted_from"].strip(),
            bodies=bodies,
            rule=given["rule"].strip(),
            source=given["source"].strip(),
            certainty=Certainty(given["certainty"]),
            demonstration=given["demonstration"],
            note=given["note"].strip(),
        )


class BodyForm(forms.Form):
    """A drafting body; a row without a name is left out."""

    name = forms.CharField(label=_("Body"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Drafting role"), choices=list, required=False)
    region = forms.ChoiceField(label=_("Province"), choices=region_choices, required=False)
    credit_code = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    evidence = forms.CharField(label=_("Evidence of the role"), max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(key.value, name) for key, name in ROLES.items()]  # type: ignore[attr-defined]

    def body(self) -> DraftingBody | None:
        given = self.cleaned_data
        if not given.get("name"):
            return None
        return DraftingBody(
            name=given["name"].strip(),
            role=DraftingRole(given["role"] or DraftingRole.JOIN.value),
            region=given["region"],
            credit_code=given["credit_code"].strip().upper(),
            evidence=given["evidence"].strip(),
        )


BodyFormSet = formset_factory(BodyForm, extra=3, max_num=40)


class StepForm(forms.Form):
    """The reason and the paper of a step, and what this step fixes."""

    reason = forms.CharField(
        label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    document = forms.CharField(
        label=_("Document"),
        max_length=300,
        required=False,
        help_text=_("As it is cited: title and number of the decision, minutes, draft"),
    )
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF or Word, at most 10 MB"))
    number = forms.CharField(label=_("Standard number"), max_length=80)
    issued = _day(label=_("Issue date"))
    in_force = _day(label=_("In force from"))
    comments_until = _day(label=_("Comments until"))
    withdrawn = _day(
        label=_("Withdrawn on"), required=False, help_text=_("The first day on which it no longer holds")
    )

    field_order = ["number", "issued", "in_force", "comments_until", "withdrawn", "reason", "document"]

    def __init__(
        self, *args: Any, facts: tuple[str, ...] = (), needs_reason: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "issued", "in_force", "comments_until", "withdrawn"):
            if name not in facts:
                del self.fields[name]
        self.fields["reason"].required = needs_reason

    def clean_number(self) -> str:
        return as_number(self.cleaned_data["number"])


class CommentForm(forms.Form):
    """A comment on a draft."""

    clause = forms.CharField(label=_("Clause"), max_length=80, required=False, help_text=_("Such as 5.3.2"))
    text = forms.CharField(label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    proposal = forms.CharField(
        label=_("Proposed wording or value"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(forms.Form):
    """The answer to a comment."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=Answer.choices,
        error_messages={"required": _("Choose what became of the comment.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say the reason of the answer.")},
    )
