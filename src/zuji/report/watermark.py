"""The marks of a report (demonstration, draft) across every page of the PDF, as outlines.

As text they would stand between the letters of the page for whoever searches or copies it; as outlines
in the page's background they are seen and nothing else. The header says the marks in text.
"""

from base64 import b64encode
from functools import cache

from zuji.report.raster import font_file

_PAGE = (210.0, 297.0)  # A4, mm
_COLOUR = "#f8efee"
_TURN = -32  # degrees
_WIDEST, _TALLEST = 205.0, 46.0  # mm along the turned line, and of a line


@cache
def background(marks: tuple[str, ...]) -> str:
    """A rule for every page with the marks behind its text; empty where there are none."""
    if not marks:
        return ""
    svg = b64encode(_drawing(marks).encode()).decode()
    image = f"url(data:image/svg+xml;base64,{svg}) no-repeat"
    # a background begins at the text of the page; the margins are those of paged.css
    return (
        f"@page {{ background: {image} -20mm -27mm / 210mm 297mm }}"
        f"@page cover {{ background: {image} 0 0 / 210mm 297mm }}"
    )


def _drawing(marks: tuple[str, ...]) -> str:
    width, height = _PAGE
    lines = [_outline(mark) for mark in marks]
    parts = []
    for index, (path, advance, ascent) in enumerate(lines):
        scale = min(_WIDEST / advance, _TALLEST / ascent)
        y = (index - (len(lines) - 1) / 2) * _TALLEST * 1.3 + ascent * scale * 0.38
        move = f"translate({-advance * scale / 2:.3f} {y:.3f}) scale({scale:.6f} {-scale:.6f})"
        parts.append(f'<path transform="{move}" d="{path}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<g fill="{_COLOUR}" transform="translate({width / 2:g} {height / 2:g}) rotate({_TURN})">'
        f"{''.join(parts)}</g></svg>"
    )


def _outline(text: str) -> tuple[str, float, float]:
    """The path of a line of text in font units, its width and the size of the font."""
    from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
    from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    path, face = font_file(bold=True)
    with TTFont(path, fontNumber=face, lazy=True) as font:
        glyphs, names, x = font.getGlyphSet(), font.getBestCmap(), 0.0
        pen = SVGPathPen(glyphs)
        for sign in text:
            glyph = glyphs[names.get(ord(sign), ".notdef")]
            glyph.draw(TransformPen(pen, (1, 0, 0, 1, x, 0)))
            x += glyph.width * 1.12
        size = float(font["head"].unitsPerEm)
    return str(pen.getCommands()), x, size
