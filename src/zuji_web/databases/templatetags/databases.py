"""Texts of kept reports in the page's language."""

from collections.abc import Mapping

from django import template

from zuji_web.ui.templatetags.ui import current_language

register = template.Library()


@register.filter
def in_language(text: Mapping[str, str] | None) -> str:
    """The half of {"zh": …, "en": …} that is in the page's language, the other where it is empty."""
    if not text:
        return ""
    first, second = ("zh", "en") if current_language().startswith("zh") else ("en", "zh")
    return text.get(first) or text.get(second) or ""
