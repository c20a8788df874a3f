"""The form that appoints somebody to a work area."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.model.credit_codes import tidy_credit_code
from zuji_web.accounts.permissions import PERMISSION_NAMES, WORK_AREAS


def _areas() -> list[tuple[str, str]]:
    """Work areas that grant something, with what they grant."""
    language = get_language() or "zh"
    comma = "\u3001" if language.startswith("zh") else ", "
    return [
        (
            key,
            f"{area.name.in_language(language)} · "
            + comma.join(PERMISSION_NAMES[right].in_language(language) for right in sorted(area.permissions)),
        )
        for key, area in WORK_AREAS.items()
        if area.permissions
    ]


class AppointmentForm(forms.Form):
    """Whom, for which organisation, to what, on which document, until when."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        help_text=_("Of the organisation for which the person acts; the appointment holds there alone"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )
    area = forms.ChoiceField(label=_("Work area"), choices=_areas)
    reason = forms.CharField(
        label=_("Reason or document"), max_length=200, help_text=_("Such as the number of the order")
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The first day on which it no longer holds; empty means until it is revoked"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_credit_code(self) -> str:
        return tidy_credit_code(self.cleaned_data["credit_code"])

    def clean_until(self) -> datetime | None:
        day: Any = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None


class RevocationForm(forms.Form):
    """Why an appointment ends."""

    reason = forms.CharField(label=_("Reason or document"), max_length=200)
