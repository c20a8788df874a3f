"""The body stands in a page under a strict policy, and nothing a person typed becomes markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from tests.report import made, studies
from zuji.report.content import compose
from zuji.report.rendering import body, document, running, stylesheet


class Seen(HTMLParser):
    """Tags, attributes and ids of a document, and whether tags are closed in order."""

    VOID = frozenset({"meta", "col", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    assert not parser.open
    return parser


def test_the_body_needs_no_inline_style_and_no_script() -> None:
    found = seen(body(compose(made.tray())))
    assert "script" not in found.tags
    assert "style" not in found.tags
    assert not [name for name, _value in found.attributes if name == "style" or name.startswith("on")]


def test_anchors_of_the_contents_and_of_the_list_lead_to_sections_and_parts() -> None:
    html = body(compose(made.tray()), prefix="r-")
    found = seen(html)
    targets = {value for name, value in found.attributes if name == "id"}
    links = {str(value).removeprefix("#") for name, value in found.attributes if name == "href"}
    assert len(links) > 40
    assert links <= targets


def test_ids_are_unique() -> None:
    ids = [value for name, value in seen(body(compose(made.tray()))).attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_what_people_type_stays_text() -> None:
    hostile = '<img src=x onerror="alert(1)">'
    study = studies.plain()
    product = replace(study.product, name=hostile, manufacturer=hostile)
    process = study.processes[0]
    line = replace(process.lines[0], item=hostile, supplier=hostile, note=hostile)
    study = replace(study, product=product, processes=(replace(process, name=hostile, lines=(line,)),))
    material = made.material(study, runs=0)
    for html in (body(compose(material)), document(compose(material), generator=hostile)):
        assert "<img" not in html
        assert "&lt;img" in html


def test_every_width_that_tables_use_is_in_the_style_sheet() -> None:
    used = set(re.findall(r'class="w(\d+)"', body(compose(made.tray())) + body(compose(made.plain()))))
    assert used <= set(re.findall(r"\.w(\d+) \{", stylesheet("report.css")))


def test_widths_of_each_table_fill_the_page() -> None:
    from zuji.report.document import Table

    for block in compose(made.tray()).blocks():
        if isinstance(block, Table):
            assert sum(column.width for column in block.columns) == 100, block.caption


def test_the_head_of_pages_keeps_the_blanks_of_its_text() -> None:
    """CSS takes one blank behind the number of a sign for its end: those of the text must remain."""
    report = replace(compose(made.tray("en")), running='Report · Tray: 36 kg, “new” "old"', marks=("Draft",))
    texts = re.findall(r'content: "([^"]*)"', running(report))
    read = [re.sub(r"\\([0-9a-f]{1,6})\s?", lambda found: chr(int(found[1], 16)), text) for text in texts]
    assert 'Report · Tray: 36 kg, “new” "old"' in read
    assert "Draft" in read
