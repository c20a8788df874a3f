"""Names that are code: every page shows them as text."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests.web.factories import accounts, products, rulebook, standards
from zuji_web.standards.actions import comments

pytestmark = pytest.mark.django_db
CODE = "<img src=x onerror=alert(1)>"
NAME = f"{CODE}\"'&{{{{7*7}}}}"


class Tags(HTMLParser):
    """The attributes of all elements, as a browser would read them."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _value in attrs}


@pytest.fixture
def pages() -> dict[str, object]:
    """A member, an editor, and pages that show what others wrote."""
    rulebook.loaded()
    home = accounts.organisation(NAME, name_en=NAME)
    owner, editor = accounts.owner(home), rulebook.editor()
    line = products.line(item=NAME, supplier=NAME, note=NAME)
    product = {"name": NAME, "name_en": NAME, "manufacturer": NAME}
    study = products.study(line, product=product, assumptions=NAME, by=owner)
    quoted = "'" + NAME.replace("'", "''") + "'"
    text = rulebook.text(name=quoted, name_en=quoted, source=quoted)
    rule = rulebook.draft(text, by=editor)
    offices = standards.Offices()
    record = standards.proposed(by=owner, name=NAME, name_en=NAME, purpose=NAME)
    offices.to_consultation(record)
    comments.comment(record=record, text=NAME, by=owner)
    of_study = ("product", "processes", "scenarios", "statements", "result", "changes", "report", "review")
    return {
        "owner": owner,
        "editor": editor,
        "owner_pages": [
            reverse("products:list"),
            *(reverse(f"products:{name}", args=[study.pk]) for name in of_study),
            reverse("standards:board"),
            reverse("standards:standard", args=[record.pk]),
            reverse("standards:comments", args=[record.pk]),
            reverse("accounts:organisation"),
            reverse("accounts:members"),
        ],
        "editor_pages": [
            reverse("rulebook:list"),
            *(reverse(f"rulebook:{name}", args=[rule.pk]) for name in ("rule", "edit")),
        ],
    }


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_name_that_is_code_is_shown_as_text(pages: dict[str, object], language: str) -> None:
    shown = 0
    for who in ("owner", "editor"):
        browser = accounts.browser(pages[who])  # type: ignore[arg-type]
        for address in pages[f"{who}_pages"]:  # type: ignore[attr-defined]
            answer = browser.get(f"{language}{address}", follow=True)
            assert answer.status_code == 200, address
            content = answer.content.decode()
            assert CODE not in content, address
            parser = Tags()
            parser.feed(content)
            assert "onerror" not in parser.attributes, address
            shown += "&lt;img src=x onerror" in content or "\\u003Cimg src=x" in content
    assert shown > 8
