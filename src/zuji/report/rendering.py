"""The report as HTML: the body for a page's frame, or a whole document for the PDF.

Jinja escapes everything but the drawings, which `zuji.report.svg` escapes itself. The body carries no
inline style and no script, so it stands in a page under a strict content security policy.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import zuji
from zuji.report.document import Report, Section, speaker

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent


def body(report: Report, *, prefix: str = "report-") -> str:
    """The report's body for a page; anchors begin with `prefix`."""
    return _render("body.html", report, prefix=prefix, scrolls=True)


def document(report: Report, *, generator: str) -> str:
    """The report as a whole HTML document, for the PDF."""
    return _render("report.html", report, prefix="", scrolls=False, generator=generator, style="")


def page(report: Report) -> str:
    """The report as a web page that stands alone, with its style inside."""
    generator, style = f"Zuji {zuji.__version__}", stylesheet("report.css") + stylesheet("alone.css")
    return _render("report.html", report, prefix="", scrolls=True, generator=generator, style=style)


def stylesheet(name: str) -> str:
    """The text of a style sheet: "report.css" for page and PDF, "paged.css" for the PDF alone."""
    return (HERE / "static" / name).read_text(encoding="utf-8")


def page_numbers(language: str) -> str:
    """The rule that numbers the pages in words of the language."""
    say = speaker(language)
    before, between, after = say("第 ", "Page "), say(" 页 / 共 ", " of "), say(" 页", "")
    content = f'"{before}" counter(page) "{between}" counter(pages) "{after}"'
    everywhere = f"@page {{ @bottom-right {{ content: {content} }} }}"
    return everywhere + "@page cover { @bottom-right { content: none } }"


def heading(section: Section, language: str) -> str:
    """A section's heading with its number; annexes say what they are."""
    if section.annex:
        say = speaker(language)
        return f"{say(f'附录 {section.number}', f'Annex {section.number}')}　{section.title}"
    return f"{section.number}　{section.title}" if section.number else section.title


def _render(template: str, report: Report, **context: object) -> str:
    say = speaker(report.language)
    return (
        _environment()
        .get_template(template)
        .render(
            report=report,
            words={"contents": say("目录", "Contents")},
            words_between=say("、", ", "),
            heading=lambda section: heading(section, report.language),
            **context,
        )
    )


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
