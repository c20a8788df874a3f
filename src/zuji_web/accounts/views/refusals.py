"""Refusals of actions, shown where the person looks."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from zuji.errors import ZujiError


def show_in_form(error: ZujiError, form: forms.BaseForm) -> None:
    """Each problem at its field, where the form has it."""
    language = get_language() or "zh"
    stop = "。" if language.startswith("zh") else ". "
    for problem in error:
        field = problem.place.field if problem.place.field in form.fields else None
        what, cure = problem.what.in_language(language), problem.cure.in_language(language)
        form.add_error(field, f"{what}{stop}{cure}{stop.strip()}")


def show_as_message(error: ZujiError, request: HttpRequest) -> None:
    """The problems as messages of the next page, without the names that fields have in the program."""
    for problem in error:
        told = replace(problem, place=replace(problem.place, field=""))
        messages.error(request, told.in_language(get_language() or "zh"))
