"""Every shortcoming that any check can raise leads to a page of the study on which its field stands."""

import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client as Browser

from tests.golden.conformity import test_conformity as golden
from tests.web.factories import accounts, products
from zuji.errors import Place, Problem
from zuji.model import documents
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji_web.checks.presenting import mended_at
from zuji_web.checks.queries import checking
from zuji_web.factors.queries import library
from zuji_web.products import drafts
from zuji_web.products.actions import studies
from zuji_web.products.models import ProductStudy

pytestmark = pytest.mark.django_db
FAULTS = golden.FAULTS
# What the grid calls the fields whose cells have other names.
_LISTED = {"id": "item", "detail": "kind"}
# Pages that are reached as a whole.
_WHOLE_PAGES = ("scenarios",)
# The calculation contradicts itself: no field of the study is at fault.
_NOWHERE = {"relation.sum"}


class Anchors(HTMLParser):
    """The ids, names and questions of a page, found as its scripts find them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.names: set[str] = set()
        self.fields: set[str] = set()
        self.feed(page)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            kept = {"id": self.ids, "name": self.names, "data-field": self.fields}.get(name)
            if kept is not None and value:
                kept.add(value)

    def has_question(self, path: str) -> bool:
        parts = re.sub(r"\[\d+\]", "", path).split(".")
        around = {".".join(parts[:end]) for end in range(1, len(parts) + 1)}
        return bool(around & self.fields) or any(field.startswith(f"{path}.") for field in self.fields)

    def has_control(self, anchor: str) -> bool:
        record, _dot, part = anchor.partition(".")
        there = record in self.ids or any(each.startswith(f"{record}_") for each in self.ids)
        inside = any(name.endswith(f"-{part}") or f"-{part}-" in name for name in self.names)
        return there and (not part or inside)


@pytest.fixture(autouse=True)
def _by_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be calculated is told as the platform tells it, at the fields of the draft."""

    def calculated(study: Study) -> tuple[Footprint | None, tuple[Problem, ...]]:
        found = checking.evaluated(study, library())
        return found.footprint, found.problems

    monkeypatch.setattr(golden, "calculated", calculated)


def stored(fault: dict[str, Any]) -> tuple[ProductStudy, Browser]:
    """The faulty study as a draft of somebody who may mend it."""
    by = products.modeller()
    tree = golden.patched(golden.written("clean", fault["base"]), fault)
    return studies.create_from(study=documents.from_dict(tree), by=by), accounts.browser(by)


def fields_of(page: str) -> set[str]:
    """The fields of a line that the workbench shows."""
    found = re.search(r'<script id="workbench-data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    vocabulary = json.loads(found[1])["vocabulary"]
    roles = {f"recycling.{role}" for role in vocabulary["roles"]}
    return {*vocabulary["fields"], *roles, "factor"}


def missing(study: ProductStudy, browser: Browser, place: Place, seen: dict[str, str]) -> str:
    """Why the link to a place leads nowhere, "" where it does."""
    url = mended_at(study.pk, place)
    parts = urlsplit(url)
    if parts.path not in seen:
        answer = browser.get(parts.path)
        if answer.status_code != 200:
            return f"{url} answers {answer.status_code}"
        seen[parts.path] = answer.content.decode()
    page = seen[parts.path]
    query = parse_qs(parts.query)
    if "line" in query:
        if query["line"][0] not in {line["id"] for _process, line in drafts.lines(study.document)}:
            return f"{url}: no such line"
        field = re.sub(r"\[\d+\].*", "", query.get("field", ["item"])[0])
        plain = _LISTED.get(field, field)
        near = any(each == plain or each.startswith(f"{plain}.") for each in fields_of(page))
        return "" if near else f"{url}: no such field"
    anchor = unquote(parts.fragment)
    if not anchor:
        return (
            ""
            if place.field.startswith(_WHOLE_PAGES) or place.field.endswith(".lines")
            else f"{url}: no field"
        )
    found = Anchors(page)
    known = found.has_question if "/statements/" in url else found.has_control
    return "" if known(anchor) else f"{url}: no such anchor"


@pytest.mark.parametrize("base", golden.CLEAN)
def test_every_shortcoming_of_the_faulty_studies_leads_to_its_field(base: str) -> None:
    wrong: set[str] = set()
    for fault in FAULTS:
        if fault["base"] != base:
            continue
        study, browser = stored(fault)
        seen: dict[str, str] = {}
        for item, each in golden.checked(base, fault).shortcomings:
            place = each.problem.place
            if each.problem.code in _NOWHERE:
                continue
            if reason := missing(study, browser, place, seen):
                said = reason.replace(str(study.pk), "…")
                wrong.add(f"{item.id} {each.problem.code} [{place.line} {place.field}]: {said}")
    assert not wrong, "\n".join(sorted(wrong))
