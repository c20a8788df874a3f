"""Forms of databases."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.formats.inventories import FORMATS
from zuji.model.factors import FACTOR_KIND_NAMES
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.permissions import Permission
from zuji_web.databases import labels
from zuji_web.databases.actions.factors import KINDS
from zuji_web.databases.models import InventoryDatabase, Visibility
from zuji_web.databases.queries.server import server_packages


def _formats() -> list[tuple[str, Any]]:
    language = get_language() or "zh"
    return [("", _("Told by its content"))] + [
        (key, one.name.in_language(language)) for key, one in FORMATS.items()
    ]


class ImportForm(forms.Form):
    """A package and what is said about it. A new version keeps name and visibility of its database."""

    file = forms.FileField(
        label=_("Package"),
        required=False,
        help_text=_("ILCD, TIDAS, openLCA JSON-LD, EcoSpold 1 or 2 (.zip, .xml, .spold), SimaPro (.csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.xml,.json,.spold,.csv,.txt"}),
    )
    on_server = forms.ChoiceField(
        label=_("or a package on the server"), required=False, help_text=_("The operator puts packages there")
    )
    name = forms.CharField(label=_("Name of the database"), max_length=200)
    source = forms.CharField(
        label=_("Publisher or source"),
        max_length=300,
        required=False,
        help_text=_("Who publishes it, and where"),
    )
    licence = forms.CharField(
        label=_("Licence"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As its owner words it. It is shown with every number that comes from the database."),
    )
    label = forms.CharField(
        label=_("Version"),
        max_length=60,
        required=False,
        help_text=_("As its publisher calls it, such as 3.11"),
    )
    year = forms.CharField(
        label=_("Year of the data"), max_length=20, required=False, help_text=_("Such as 2024 or 2018-2022")
    )
    visibility = forms.ChoiceField(
        label=_("Visible to"),
        choices=Visibility.choices,
        initial=Visibility.PRIVATE,
        widget=forms.RadioSelect,
        help_text=_("Only an owner or signatory may show it to everybody, where the licence allows it."),
    )
    format = forms.ChoiceField(label=_("Format"), choices=_formats, required=False)
    allocation = forms.ChoiceField(
        label=_("Processes with several products are divided"),
        choices=lambda: list(labels.ALLOCATIONS.items()),
    )

    def __init__(
        self, *args: Any, by: Actor, database: InventoryDatabase | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = server_packages(by=by)
        if listed:
            rows = [("", "—"), *((each.name, f"{each.name} ({each.size / 1e6:,.1f} MB)") for each in listed)]
            self.fields["on_server"].choices = rows  # type: ignore[attr-defined]
        else:
            del self.fields["on_server"]
            self.fields["file"].required = True
        if database is not None:
            for name in ("name", "source", "visibility"):
                del self.fields[name]
        elif not by.may(Permission.DATABASE_SHARE):
            del self.fields["visibility"]


class DescribeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is said about a database, and who may see it."""

    class Meta:
        model = InventoryDatabase
        fields = ("name", "source", "licence", "visibility")
        widgets = {"licence": forms.Textarea(attrs={"rows": 3}), "visibility": forms.RadioSelect}


class OfferForm(forms.Form):
    """As which kind of factor a product is offered."""

    kind = forms.ChoiceField(label=_("Kind of factor"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        rows = [(kind.value, FACTOR_KIND_NAMES[kind].in_language(language)) for kind in KINDS]
        self.fields["kind"].choices = rows  # type: ignore[attr-defined]
