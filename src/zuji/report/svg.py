"""Drawing SVG by hand: enough for bars, bands, boxes and flows, legible in colour and in greyscale.

Everything is a presentation attribute, so the same drawing stands in a page under a strict content
security policy and in the PDF. Lengths are SVG user units; 680 of them span the text width.
"""

import unicodedata
from html import escape

from zuji.model.stages import Stage

WIDTH = 680.0
FONT = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, sans-serif"
INK = "#1b2b29"
QUIET = "#5c6b68"
RULE = "#c9d2cf"
BRAND = "#0f5e55"
PAPER = "#ffffff"
CREDIT = "#2d5f92"
# The hues of the stages on every chart; the lightness rises from stage to stage, so that they stay
# apart on a greyscale print.
STAGE_COLOURS: dict[Stage, str] = {
    Stage.RAW_MATERIAL: "#2a4313",
    Stage.MANUFACTURING: "#1b8472",
    Stage.DISTRIBUTION: "#5a94c6",
    Stage.USE: "#e0a843",
    Stage.END_OF_LIFE: "#d3bcdb",
}


def text_width(text: str, size: float) -> float:
    """The approximate width of `text`: wide characters count one em, the others 0.56."""
    return sum(size if unicodedata.east_asian_width(sign) in "WF" else size * 0.56 for sign in text)


def shortened(text: str, width: float, size: float) -> str:
    """`text`, cut with an ellipsis where it would be wider than `width`."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _attributes(attributes: dict[str, object]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not None
    )


def _value(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(str(value))


class Drawing:
    """A growing SVG. `name` makes the ids of its patterns unique on a page; `title` is read aloud."""

    def __init__(self, name: str, title: str, height: float, width: float = WIDTH) -> None:
        self._name, self._title = name, title
        self.width, self.height = width, height
        self._parts: list[str] = []
        self._patterns: dict[str, str] = {}

    def rect(self, x: float, y: float, width: float, height: float, **attributes: object) -> None:
        given = {"x": x, "y": y, "width": max(width, 0.0), "height": max(height, 0.0), **attributes}
        self._parts.append(f"<rect{_attributes(given)}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, **attributes: object) -> None:
        given = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": RULE, "stroke_width": 1, **attributes}
        self._parts.append(f"<line{_attributes(given)}/>")

    def path(self, d: str, **attributes: object) -> None:
        self._parts.append(f"<path{_attributes({'d': d, **attributes})}/>")

    def text(self, x: float, y: float, words: str, *, size: float = 11.0, **attributes: object) -> None:
        given = {"x": x, "y": y, "font_size": size, "font_family": FONT, "fill": INK, **attributes}
        self._parts.append(f"<text{_attributes(given)}>{escape(words)}</text>")

    def hatched(self, colour: str) -> str:
        """A paint of diagonal lines in `colour`: what is credited, told apart without colour."""
        key = colour.lstrip("#")
        self._patterns[key] = (
            f'<pattern id="{self._name}-{key}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="{PAPER}"/>'
            f'<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{colour}" stroke-width="1.6"/></pattern>'
        )
        return f"url(#{self._name}-{key})"

    def __str__(self) -> str:
        size = f'viewBox="0 0 {_value(self.width)} {_value(self.height)}"'
        patterns = f"<defs>{''.join(self._patterns.values())}</defs>" if self._patterns else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} width="{_value(self.width)}" '
            f'height="{_value(self.height)}" role="img" aria-labelledby="{self._name}-title">'
            f'<title id="{self._name}-title">{escape(self._title)}</title>'
            f"{patterns}{''.join(self._parts)}</svg>"
        )
