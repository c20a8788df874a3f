"""Forms about people and organisations."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zuji.model.credit_codes import tidy_credit_code
from zuji.model.regions import REGIONS
from zuji.text import Text
from zuji_web.accounts.actions.clients import grantable_roles
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation, User
from zuji_web.accounts.permissions import ROLES, Role
from zuji_web.gateway import SCOPES


def _words(text: Text) -> str:
    return text.in_language(get_language() or "zh")


class SignupForm(forms.Form):
    """What allauth asks for at sign-up besides e-mail and password."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("Colleagues see it beside what you do"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["display_name", "email", "password1", "password2"]

    def signup(self, _request: HttpRequest, user: User) -> None:
        """Called by allauth with the new user."""
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    class Meta:
        model = User
        fields = ["display_name"]


class ParticularsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    """What an organisation says about itself."""

    region = forms.ChoiceField(label=_("Province"), choices=list)

    class Meta:
        model = Organisation
        fields = ["name", "name_en", "kind", "region", "address"]
        labels = {"name": _("Name as on the business licence"), "name_en": _("English name (optional)")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, _words(name)) for code, name in REGIONS.items()]
        self.fields["region"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


class RegistrationForm(ParticularsForm):
    """An organisation that is new here. Whether it exists already is for the action to say."""

    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        help_text=_("18 characters, as on the business licence; blanks and small letters are fine"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ["credit_code", "name", "name_en", "kind", "region", "address"]

    def clean_credit_code(self) -> str:
        return tidy_credit_code(self.cleaned_data["credit_code"])


def _role_choices(roles: list[Role]) -> list[tuple[str, str]]:
    return [(role.value, f"{_words(ROLES[role].name)} · {_words(ROLES[role].description)}") for role in roles]


class RoleForm(forms.Form):
    """A role to give; the owner's role only where an owner gives it."""

    role = forms.ChoiceField(label=_("Role"), choices=list)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [role for role in Role if role != Role.OWNER or by.role == Role.OWNER]
        self.fields["role"].choices = _role_choices(roles)  # type: ignore[attr-defined]


class InvitationForm(RoleForm):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ["email", "role"]


class ClientForm(forms.Form):
    """An API client to create."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Which system it is, for example: ERP, plant 2")
    )
    role = forms.ChoiceField(label=_("Role"), choices=list)
    scopes = forms.MultipleChoiceField(
        label=_("What its tokens may be used for"),
        choices=list,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _role_choices(grantable_roles(by))  # type: ignore[attr-defined]
        scopes = [(key, f"{name} ({key})") for key, name in SCOPES.items()]
        self.fields["scopes"].choices = scopes  # type: ignore[attr-defined]
