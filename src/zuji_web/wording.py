"""Texts and problems of the platform in both languages, from the catalogue: English ids, Chinese from it."""

from collections.abc import Mapping

from django.utils.translation import gettext, override

from zuji.errors import Place, Problem
from zuji.text import Text


def said(message: str, **values: object) -> Text:
    """`message` (marked with gettext_noop where it is written) in Chinese and English.

    A value that is itself a `Text` is put in by language.
    """
    with override("zh-hans"):
        chinese = gettext(message)
    return Text(_filled(chinese, values, "zh"), _filled(message, values, "en"))


def _filled(message: str, values: Mapping[str, object], language: str) -> str:
    if not values:
        return message
    return message % {
        name: value.in_language(language) if isinstance(value, Text) else value
        for name, value in values.items()
    }


def told(code: str, what: Text, cure: Text, place: Place | None = None) -> Problem:
    """A problem from texts."""
    return Problem(code=code, what=what, cure=cure, place=place or Place())
