"""Beginning a study from a rule: what the rule cannot know."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.model.regions import REGIONS
from zuji_web.accounts.models import Organisation


def _regions() -> list[tuple[str, str]]:
    language = get_language() or "zh"
    named = [(code, name.in_language(language)) for code, name in REGIONS.items()]
    return [("CN", str(_("China, no particular province"))), *named]


class BeginForm(forms.Form):
    """Product, data period and place of a new study."""

    product = forms.CharField(label=_("What is the product?"), max_length=200)
    start = forms.DateField(
        label=_("Data from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    end = forms.DateField(
        label=_("to"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A whole year is usual"),
    )
    region = forms.ChoiceField(label=_("Where is it made?"), choices=_regions)

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = today.year - 1
        self.fields["start"].initial = date(last, 1, 1)
        self.fields["end"].initial = date(last, 12, 31)
        self.fields["region"].initial = organisation.region or "CN"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("start") and given.get("end") and given["end"] <= given["start"]:
            self.add_error("end", _("The end must be after the begin"))
        return given
