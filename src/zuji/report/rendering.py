"""The report as HTML: the body for a page's frame, or a whole document for the PDF.

Jinja escapes everything but the drawings, which `zuji.report.svg` escapes itself. The body carries no
inline style and no script, so it stands in a page under a strict content security policy.
"""

import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import zuji
from zuji.report.document import GAP, Report, Section, speaker

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# as in paged.css: of this family only the Korean member draws quotation marks as narrow as letters
_ENGLISH_FONTS = '"Noto Sans CJK KR", "Noto Sans", sans-serif'
# runs of Chinese with the signs that belong to it
_CHINESE = re.compile(r"([\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+)")
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


def running(report: Report) -> str:
    """The rules for the head and foot of every page: title, marks, digest, page number in words."""
    say = speaker(report.language)
    before, between, after = say("第 ", "Page "), say(" 页 / 共 ", " of "), say(" 页", "")
    content = f'"{before}" counter(page) "{between}" counter(pages) "{after}"'
    boxes = {
        "top-left": _quoted(report.running),
        "top-right": _quoted(" · ".join(report.marks)),
        "bottom-left": _quoted(f"SHA-256 {report.digest[:16]}…"),
        "bottom-right": content,
    }
    font = "" if report.language.startswith("zh") else f" font-family: {_ENGLISH_FONTS};"
    everywhere = " ".join(f"@{box} {{ content: {text};{font} }}" for box, text in boxes.items())
    nowhere = " ".join(f"@{box} {{ content: none; border: none }}" for box in boxes)
    return f"@page {{ {everywhere} }} @page cover {{ {nowhere} }}"


def _quoted(text: str) -> str:
    """A text as a string of CSS: what is no letter, digit or Chinese stands by its number."""
    # the blank after a number belongs to it: CSS would swallow the first of the text's own
    signs = (sign if sign.isalnum() or sign == " " else f"\\{ord(sign):06x} " for sign in text)
    return f'"{"".join(signs)}"'


def heading(section: Section, language: str) -> str:
    """A section's heading with its number; annexes say what they are."""
    if section.annex:
        say = speaker(language)
        return f"{say(f'附录 {section.number}', f'Annex {section.number}')}{GAP}{section.title}"
    return f"{section.number}{GAP}{section.title}" if section.number else section.title


def _spoken(text: str, *, language: str) -> "Markup":
    """A text as HTML; Chinese in a report of another language is marked, for fonts and for reading aloud."""
    from markupsafe import Markup, escape

    if language.startswith("zh"):
        return escape(text)
    marked = Markup('<span lang="zh-Hans">{}</span>')
    parts = enumerate(_CHINESE.split(text))
    return Markup("").join(marked.format(part) if index % 2 else escape(part) for index, part in parts)


def _render(template: str, report: Report, **context: object) -> str:
    say = speaker(report.language)
    return (
        _environment(report.language)
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
def _environment(language: str) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    found.filters["spoken"] = partial(_spoken, language=language)
    return found
