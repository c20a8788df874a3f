"""Template tags of the house; loaded in every template."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from zuji.errors import Problem
from zuji.text import Text
from zuji.units import shown_unit
from zuji_web.ui.numbers import published, share, shown

register = template.Library()
_NOT_HERE = SafeString("")
_THIS_PAGE = SafeString(' aria-current="page"')
_THIS_SECTION = SafeString(' aria-current="true"')


def current_language() -> str:
    """The language of this page, Chinese where none is active."""
    return get_language() or settings.LANGUAGE_CODE


@register.filter
def words(text: Text | str | None) -> str:
    """A bilingual text in the page's language."""
    if isinstance(text, Text):
        return text.in_language(current_language())
    return text or ""


@register.filter
def figure(value: float | None, digits: int | None = None) -> str:
    """A number without markup: a datum as stated, or a result with so many significant digits."""
    return shown(value, digits)


@register.filter(name="published")
def published_figure(value: float | None) -> str:
    """A result with the digits in which it is published."""
    return published(value)


@register.simple_tag
def number(value: float | None, unit: str = "", digits: int | None = None) -> SafeString:
    """A number with its unit, ready for a table cell or a sentence."""
    text = figure(value, digits)
    if not unit or value is None:
        return format_html('<span class="number">{}</span>', text)
    shown = shown_unit(unit, current_language())
    return format_html('<span class="number">{}</span><span class="unit">{}</span>', text, shown)


@register.filter
def when(moment: datetime | date | None) -> str:
    """A day, with the time of day where there is one, in the site's time zone."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        return date_format(timezone.localtime(moment), "Y-m-d H:i")
    return date_format(moment, "Y-m-d")


@register.filter
def percent(value: float | None, places: int = 1) -> str:
    """A fraction (0…1) as per cent."""
    return share(value, places)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line icon; without a label it is decoration."""
    source = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, source
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', source)


@register.simple_tag(takes_context=True)
def here_in(context: Context, language: str) -> str:
    """The address of this very page in another language."""
    request = context.get("request")
    return translate_url(request.get_full_path(), language) if request else "/"


@register.simple_tag(takes_context=True)
def at(context: Context, address: str, exactly: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a tag's flag
    """`aria-current` for a navigation link whose section this page belongs to."""
    request = context.get("request")
    path = urlsplit(address).path
    if not request or not path:
        return _NOT_HERE
    if request.path == path:
        return _THIS_PAGE
    return _THIS_SECTION if not exactly and request.path.startswith(path) else _NOT_HERE


@register.simple_tag
def control(field: BoundField, **attributes: Any) -> SafeString:
    """The widget of a form field, dressed for the house. `data_x=1` becomes `data-x="1"`."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        dress = "form-check-input"
    elif isinstance(widget, forms.Select):
        dress = "form-select"
    else:
        dress = "form-control"
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    classes = " ".join(filter(None, (dress, "is-invalid" if field.errors else "", named.pop("class", ""))))
    return field.as_widget(attrs={"class": classes, **named})


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label belongs behind the control."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_choice_group(field: BoundField) -> bool:
    """Whether the control is a group of choices, which needs a legend instead of a label."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def explained(problem: Problem) -> dict[str, str]:
    """A problem's place, what and cure in the page's language."""
    language = current_language()
    return {
        "place": problem.place.text().in_language(language),
        "what": problem.what.in_language(language),
        "cure": problem.cure.in_language(language),
    }


@register.simple_tag
def badge(label: str, tone: str = "") -> SafeString:
    """A small label; tones are good, note, warn, bad, brand or none."""
    return format_html('<span class="tag{}">{}</span>', f" tag-{tone}" if tone else "", label)


@register.simple_block_tag
def card(content: str, title: str = "", subtitle: str = "", **options: Any) -> str:
    """A card around its content.

    Options: `level` of the heading (2), `id`, `classes`, and `body=False` for a table to the edges.
    """
    context = {"level": 2, "body": True, **options, "content": content, "title": title, "subtitle": subtitle}
    return render_to_string("ui/components/card.html", context)


@register.simple_block_tag
def modal(content: str, id: str, title: str, size: str = "") -> str:  # noqa: A002 - the attribute's name
    """A dialogue that a button with `data-bs-toggle="modal" data-bs-target="#id"` opens."""
    context = {"content": content, "id": id, "title": title, "size": size, "close": gettext("Close")}
    return render_to_string("ui/components/modal.html", context)


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The page numbers worth linking to, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds under a key that the template only knows as a variable."""
    return mapping.get(key)


@register.filter
def unlocalised(value: float | str) -> str:
    """A number as programs write it, for attributes that scripts read."""
    return str(value)
