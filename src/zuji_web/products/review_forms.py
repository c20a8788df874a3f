"""Forms of reviewing and publishing a study."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zuji_web.accounts.models import Organisation, User
from zuji_web.products.actions.opinions import Opinion
from zuji_web.products.actions.reviews import MOST_TEXT
from zuji_web.products.models import Assurance, Audience, OpinionConclusion, OpinionKind, Weight

MOST_CODES = 100


def _words(label: Any, *, rows: int = 3, required: bool = True, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=MOST_TEXT, widget=area, required=required, **options)


class _Form(forms.Form):
    """A form that stands beside others on one page, so that its fields have ids of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}-%s")
        super().__init__(*args, **kwargs)


def _day(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, **options)


class SubmitForm(_Form):
    """What the reviewer should know."""

    note = _words(
        _("Note to the reviewer"),
        rows=2,
        required=False,
        help_text=_("What changed, what you are not sure of"),
    )


class AssignForm(_Form):
    """Who is asked."""

    reviewer = forms.ModelChoiceField(label=_("Who reviews"), queryset=User.objects.none())

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people])  # type: ignore[attr-defined]


class DeclareForm(_Form):
    """Whether the reviewer has an interest of their own."""

    conflict = forms.ChoiceField(
        label=_("Conflict of interest"),
        choices=[("no", _("I have none")), ("yes", _("I have one"))],
        widget=forms.RadioSelect,
    )
    text = _words(_("Which"), rows=2, required=False, help_text=_("Only where you have one"))


class CommentForm(_Form):
    """A comment on a line, a field or the whole."""

    line = forms.ChoiceField(label=_("Line"), required=False)
    field = forms.CharField(
        label=_("Field or subject"),
        max_length=120,
        required=False,
        help_text=_("Such as amount, factor, boundary"),
    )
    weight = forms.ChoiceField(label=_("Weight"), choices=Weight.choices, initial=Weight.MUST)
    text = _words(_("Comment"))

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [("", _("The study as a whole")), *lines]  # type: ignore[attr-defined]


class TextForm(_Form):
    """An answer."""

    text = _words(_("Answer"), rows=2)


class ConcludeForm(_Form):
    """Pass or return."""

    conclusion = forms.ChoiceField(
        label=_("Conclusion"),
        choices=[("pass", _("Passed: may be frozen as it is")), ("return", _("Returned for correction"))],
        widget=forms.RadioSelect,
    )
    reasons = _words(
        _("Reasons"),
        required=False,
        help_text=_("Needed when returning, and when passing although the check has items that are not met"),
    )


class ReasonForm(_Form):
    """Why."""

    reason = _words(_("Reason"), rows=2)


class OpinionForm(_Form):
    """An opinion as its body states it, with the document."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OpinionKind.choices)
    body = forms.CharField(label=_("Body"), max_length=200)
    body_code = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    person = forms.CharField(label=_("Responsible person"), max_length=120, required=False)
    standard = forms.CharField(
        label=_("Standard"), max_length=120, help_text=_("By which the body worked, such as ISO 14064-3:2019")
    )
    level = forms.ChoiceField(
        label=_("Level of assurance"),
        choices=Assurance.choices,
        required=False,
        help_text=_("A verification states one"),
    )
    number = forms.CharField(label=_("Number of the opinion"), max_length=120, required=False)
    date = _day(_("Date"))
    valid_until = _day(_("Valid until"), required=False, help_text=_("Where the opinion states a last day"))
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=OpinionConclusion.choices)
    text = _words(_("Conclusion in words"))
    file = forms.FileField(label=_("Document"), help_text=_("One PDF of at most 20 MB"))
    independent = forms.BooleanField(
        label=_("The body is independent: it took no part in the study and has no interest in its result")
    )

    def opinion(self) -> Opinion:
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return Opinion(**given)


class FileForm(_Form):
    """A filing with the authority."""

    document = forms.CharField(label=_("Number of the filing"), max_length=120)
    reason = _words(_("Remark"), rows=2, required=False)


class DiscloseForm(_Form):
    """Who may read the study, and until when."""

    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Audience.choices, widget=forms.RadioSelect
    )
    codes = forms.CharField(
        label=_("Organisations"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Unified social credit codes of registered organisations, apart by blanks"),
    )
    valid_until = _day(_("Valid until"), required=False)

    def clean_codes(self) -> list[Organisation]:
        written = self.cleaned_data["codes"].upper().replace(",", " ").split()[: MOST_CODES + 1]
        found: QuerySet[Organisation] = Organisation.objects.filter(credit_code__in=written)
        missing = sorted(set(written) - {each.credit_code for each in found})
        if missing:
            raise forms.ValidationError(
                [_("No organisation with the code %(codes)s is registered") % {"codes": ", ".join(missing)}]
            )
        return list(found)
