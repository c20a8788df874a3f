"""Texts and problems of the platform in both languages, from the catalogue: English ids, Chinese from it."""

from django.utils.translation import gettext, override

from zuji.errors import Place, Problem
from zuji.text import Text


def said(message: str, **values: object) -> Text:
    """`message` (marked with gettext_noop where it is written) in Chinese and English."""
    with override("zh-hans"):
        chinese = gettext(message)
    return Text(chinese % values, message % values) if values else Text(chinese, message)


def told(code: str, what: Text, cure: Text, place: Place | None = None) -> Problem:
    """A problem from texts."""
    return Problem(code=code, what=what, cure=cure, place=place or Place())
