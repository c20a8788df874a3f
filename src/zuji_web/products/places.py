"""Where on the platform a field of a study is filled in, so that every shortcoming leads to its cure."""

import re
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from zuji.errors import Place
from zuji_web.products.statements_questions import EXCLUDED, QUESTIONS, TABLES

_INDEX = re.compile(r"\[\d+\]")
_SCENARIO = "scenarios"
_PROCESS = "processes"


def page_of(study: UUID | str, place: Place) -> str:
    """The address where what a problem speaks of is mended, with the field to be focused.

    A line leads to its cell or field in the inventory, a statement to its question; an unknown place leads
    to the inventory.
    """
    if place.line:
        query = {"line": place.line, **({"field": place.field} if place.field else {})}
        return f"{reverse('products:workbench', args=[study])}?{urlencode(query)}"
    question = question_of(place.field)
    if question:
        return f"{reverse('products:statements', args=[study])}#{question}"
    name, anchor = _page(place.field)
    return reverse(f"products:{name}", args=[study]) + (f"#{anchor}" if anchor else "")


def question_of(field: str) -> str:
    """The question of the page of statements that a field belongs to, "" where it belongs elsewhere.

    A record leads to its first question: `statements.comparison` to the product compared with.
    """
    plain = _INDEX.sub("", field)
    if plain in QUESTIONS or plain in TABLES:
        return plain
    for whole in (EXCLUDED, *TABLES):
        if plain.startswith(f"{whole}."):
            return whole
    if plain == EXCLUDED:
        return EXCLUDED
    if not plain:
        return ""
    inside = (path for path in QUESTIONS if path.startswith(f"{plain}."))
    around = (path for path in QUESTIONS if plain.startswith(f"{path}."))
    return next(inside, "") or next(around, "")


def _page(field: str) -> tuple[str, str]:
    plain = _INDEX.sub("", field)
    top = plain.partition(".")[0]
    if top in ("product", "unit", "boundary", "geography", "demonstration"):
        return "product", f"id_{plain.replace('.', '__')}"
    if top == _PROCESS:
        number = _INDEX.search(field)
        field = plain.partition(".")[2]
        anchor = f"process-{number[0][1:-1]}{f'.{field}' if field else ''}" if number else ""
        return ("workbench", "") if plain.endswith(".lines") else ("processes", anchor)
    if top == _SCENARIO:
        return "scenarios", ""
    return "workbench", ""
