"""The few elements of WordprocessingML that the report needs, made by hand.

Building a table cell by cell through python-docx looks every cell up anew; elements are as clear and a
hundred times faster. Names and order of children follow ECMA-376 part 1.
"""

import re
from typing import Any

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Characters that XML 1.0 does not allow at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def writable(text: str) -> str:
    """A text in which a sign stands for each character that XML cannot hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def attribute(name: str) -> str:
    """A prefixed name with its namespace: w:val."""
    from docx.oxml.ns import qn

    return qn(name)


def element(name: str, /, **attributes: str) -> Any:
    """An element; attributes are in its own namespace."""
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(name)
    prefix = name.partition(":")[0]
    for key, value in attributes.items():
        made.set(attribute(f"{prefix}:{key}"), writable(value))
    return made


def run(
    text: str = "",
    *,
    bold: bool = False,
    colour: str = "",
    size: float = 0.0,
    style: str = "",
    tab: bool = False,
    line_break: bool = False,
) -> Any:
    """A run of text; `size` in points; a tab or line break before the text."""
    made = element("w:r")
    properties = element("w:rPr")
    if style:
        properties.append(element("w:rStyle", val=style))
    if bold:
        properties.append(element("w:b"))
    if colour:
        properties.append(element("w:color", val=colour))
    if size:
        properties.append(element("w:sz", val=str(round(size * 2))))
    if len(properties):
        made.append(properties)
    if tab:
        made.append(element("w:tab"))
    if line_break:
        made.append(element("w:br"))
    if text:
        words = element("w:t")
        words.text = writable(text)
        words.set(_XML_SPACE, "preserve")
        made.append(words)
    return made


def paragraph(
    *runs: Any,
    style: str = "",
    align: str = "",
    shade: str = "",
    keep: bool = False,
    after: int | None = None,
) -> Any:
    """A paragraph; `align` is right or center, `keep` holds it with the next, `after` is in points / 20."""
    made = element("w:p")
    properties = element("w:pPr")
    if style:
        properties.append(element("w:pStyle", val=style))
    if keep:
        properties.append(element("w:keepNext"))
    if shade:
        properties.append(element("w:shd", val="clear", color="auto", fill=shade))
    if after is not None:
        properties.append(element("w:spacing", before="0", after=str(after), line="260", lineRule="auto"))
    if align:
        properties.append(element("w:jc", val=align))
    if len(properties):
        made.append(properties)
    made.extend(runs)
    return made


def field(code: str, shown: str = "1") -> list[Any]:
    """A field such as PAGE with what it shows until it is updated."""
    begin, instruction, middle, end = (element("w:r") for _ in range(4))
    begin.append(element("w:fldChar", fldCharType="begin"))
    words = element("w:instrText")
    words.text = f" {code} "
    words.set(_XML_SPACE, "preserve")
    instruction.append(words)
    middle.append(element("w:fldChar", fldCharType="separate"))
    end.append(element("w:fldChar", fldCharType="end"))
    return [begin, instruction, middle, run(shown), end]


def bookmark_name(anchor: str) -> str:
    """A name that Word accepts for a bookmark: letters, digits and underscores."""
    return re.sub(r"\W", "_", anchor, flags=re.ASCII)


def bookmarked(anchor: str, number: int, *runs: Any) -> list[Any]:
    """Runs within a bookmark; `number` is unique in the document."""
    start = element("w:bookmarkStart", id=str(number), name=bookmark_name(anchor))
    return [start, *runs, element("w:bookmarkEnd", id=str(number))]


def link(anchor: str, *runs: Any) -> Any:
    """A link to a bookmark of the document."""
    made = element("w:hyperlink", anchor=bookmark_name(anchor), history="1")
    made.extend(runs)
    return made


def tick_box(number: int, label: str) -> Any:
    """A check box that can be ticked in Word; elsewhere the empty box is shown."""
    made, properties, content = element("w:sdt"), element("w:sdtPr"), element("w:sdtContent")
    properties.append(element("w:alias", val=label))
    properties.append(element("w:id", val=str(number)))
    box = element("w14:checkbox")
    box.append(element("w14:checked", val="0"))
    box.append(element("w14:checkedState", val="2612", font="MS Gothic"))
    box.append(element("w14:uncheckedState", val="2610", font="MS Gothic"))
    properties.append(box)
    sign = run("☐", size=12)
    fonts = element("w:rFonts", ascii="MS Gothic", hAnsi="MS Gothic", eastAsia="MS Gothic", hint="eastAsia")
    sign.find(attribute("w:rPr")).insert(0, fonts)
    content.append(sign)
    made.append(properties)
    made.append(content)
    return made
