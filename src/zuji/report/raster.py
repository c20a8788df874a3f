"""The report's drawings as PNG, for files that cannot hold SVG.

Word shows SVG only from version 2016 on, WPS and older Word not at all, and patterns in SVG nowhere
alike; a picture at print resolution opens the same everywhere. This reads exactly what
`zuji.report.svg` writes (rectangles, lines, paths of M, L, C and Z, text) and nothing else.
"""

import io
import re
from functools import cache
from itertools import pairwise
from math import ceil, hypot
from typing import TYPE_CHECKING, Any

from zuji.errors import ZujiError, problem

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Point = tuple[float, float]
SCALE = 3  # 680 units over 170 mm: 305 dots an inch
_FINER = 2  # drawn larger and reduced, so that edges are smooth
_ZOOM = SCALE * _FINER
_CURVE_STEPS = 32
_HATCH_PITCH, _HATCH_WIDTH = 6.0, 1.6
# File names by which common systems install a font with Chinese, and the face of simplified Chinese in it.
_REGULAR = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("SourceHanSansSC-Regular.otf", 0),
    ("msyh.ttc", 0),
    ("PingFang.ttc", 0),
    ("simhei.ttf", 0),
)
_BOLD = (
    ("NotoSansCJK-Bold.ttc", 2),
    ("NotoSansCJKsc-Bold.otf", 0),
    ("NotoSansSC-Bold.otf", 0),
    ("SourceHanSansSC-Bold.otf", 0),
    ("msyhbd.ttc", 0),
    *_REGULAR,
)


def png(svg: str) -> bytes:
    """A drawing as PNG bytes, `SCALE` pixels a unit; the same drawing gives the same bytes."""
    from defusedxml.ElementTree import fromstring
    from PIL import Image

    root = fromstring(svg)
    width, height = (ceil(float(root.get(side, "0"))) for side in ("width", "height"))
    picture = Image.new("RGB", (width * _ZOOM, height * _ZOOM), "#ffffff")
    canvas = _Canvas(picture)
    for element in root:
        name = element.tag.rpartition("}")[2]
        if name in ("rect", "line", "path", "text"):
            getattr(canvas, name)(element)
    small = picture.resize((width * SCALE, height * SCALE), Image.Resampling.BOX)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True, dpi=(72 * SCALE * 680 / 482, 72 * SCALE * 680 / 482))
    return out.getvalue()


class _Canvas:
    """Draws elements of a drawing on an enlarged picture."""

    def __init__(self, picture: "Picture") -> None:
        self._picture = picture

    def rect(self, element: Any) -> None:
        x, y, width, height = (_number(element, name) for name in ("x", "y", "width", "height"))
        corner = min(_number(element, "rx"), width / 2, height / 2)
        self._shape(element, [_rounded(x, y, width, height, corner)], closed=True)

    def line(self, element: Any) -> None:
        ends = [
            (_number(element, "x1"), _number(element, "y1")),
            (_number(element, "x2"), _number(element, "y2")),
        ]
        self._shape(element, [ends], closed=False)

    def path(self, element: Any) -> None:
        d = str(element.get("d"))
        self._shape(element, [_flattened(d)], closed=d.rstrip().endswith("Z"))

    def text(self, element: Any) -> None:
        draw = self._draw()
        size = _number(element, "font-size") * _ZOOM
        font = _font(size, bold=element.get("font-weight") == "bold")
        anchor = {"middle": "ms", "end": "rs"}.get(element.get("text-anchor", ""), "ls")
        halo = element.get("stroke")
        draw.text(
            (_number(element, "x") * _ZOOM, _number(element, "y") * _ZOOM),
            element.text or "",
            fill=element.get("fill"),
            font=font,
            anchor=anchor,
            stroke_width=round(_number(element, "stroke-width") * _ZOOM / 2) if halo else 0,
            stroke_fill=halo,
        )

    def _draw(self, picture: "Picture | None" = None) -> "ImageDraw":
        from PIL import ImageDraw

        return ImageDraw.Draw(picture or self._picture)

    def _shape(self, element: Any, outlines: list[list[Point]], *, closed: bool) -> None:
        fill, stroke = element.get("fill", "#000000" if closed else "none"), element.get("stroke", "none")
        for outline in outlines:
            if fill != "none" and closed:
                self._fill(outline, fill)
            if stroke != "none":
                width = _number(element, "stroke-width", 1.0)
                opacity = _number(element, "stroke-opacity", 1.0)
                points = [*outline, outline[0]] if closed else outline
                dashes = [float(part) for part in str(element.get("stroke-dasharray") or "").split()]
                runs = _dashed(points, dashes) if dashes else [points]
                self._paint([quad for run in runs for quad in _ribbon(run, width)], stroke, opacity)

    def _fill(self, outline: list[Point], fill: str) -> None:
        if not fill.startswith("url("):
            self._paint([outline], fill, 1.0)
            return
        colour = f"#{fill.rpartition('-')[2].rstrip(')')}"
        self._paint([outline], "#ffffff", 1.0)
        self._paint([outline], colour, 1.0, hatched=True)

    def _paint(
        self, polygons: list[list[Point]], colour: str, opacity: float, *, hatched: bool = False
    ) -> None:
        """Paints the union of polygons, so that overlaps are no darker."""
        from PIL import Image, ImageChops

        points = [(x * _ZOOM, y * _ZOOM) for polygon in polygons for x, y in polygon]
        if not points:
            return
        left, top = int(min(x for x, _ in points)) - 1, int(min(y for _, y in points)) - 1
        right, bottom = int(max(x for x, _ in points)) + 2, int(max(y for _, y in points)) + 2
        mask = Image.new("L", (right - left, bottom - top), 0)
        draw = self._draw(mask)
        for polygon in polygons:
            draw.polygon([(x * _ZOOM - left, y * _ZOOM - top) for x, y in polygon], fill=round(255 * opacity))
        if hatched:
            stripes = Image.new("L", mask.size, 0)
            lines, pitch = self._draw(stripes), int(_HATCH_PITCH * _ZOOM)
            for start in range(-mask.size[1] - (left + top) % pitch, mask.size[0] + pitch, pitch):
                ends = [(start, mask.size[1]), (start + mask.size[1], 0)]
                lines.line(ends, fill=255, width=round(_HATCH_WIDTH * _ZOOM))
            mask = ImageChops.multiply(mask, stripes)
        self._picture.paste(colour, (left, top, right, bottom), mask)


def _number(element: Any, name: str, default: float = 0.0) -> float:
    return float(element.get(name, default))


def _rounded(x: float, y: float, width: float, height: float, corner: float) -> list[Point]:
    right, bottom = x + width, y + height
    if not corner:
        return [(x, y), (right, y), (right, bottom), (x, bottom)]
    points: list[Point] = []
    for start, pull, end in (
        ((x, y + corner), (x, y), (x + corner, y)),
        ((right - corner, y), (right, y), (right, y + corner)),
        ((right, bottom - corner), (right, bottom), (right - corner, bottom)),
        ((x + corner, bottom), (x, bottom), (x, bottom - corner)),
    ):
        for step in range(9):
            t = step / 8
            points.append(
                (
                    (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * pull[0] + t**2 * end[0],
                    (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * pull[1] + t**2 * end[1],
                )
            )
    return points


def _flattened(d: str) -> list[Point]:
    """The points of a path of M, L, C and Z; curves become short lines."""
    points: list[Point] = []
    for letter, rest in re.findall(r"([MLCZ])([^MLCZ]*)", d):
        values = [float(number) for number in re.findall(r"-?\d+\.?\d*", rest)]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        if letter in "ML":
            points += pairs
        elif letter == "C":
            (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points[-1], *pairs
            for step in range(1, _CURVE_STEPS + 1):
                t = step / _CURVE_STEPS
                a, b, c, e = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
                points.append((a * x0 + b * x1 + c * x2 + e * x3, a * y0 + b * y1 + c * y2 + e * y3))
    return points


def _dashed(points: list[Point], pattern: list[float]) -> list[list[Point]]:
    """The dashes of a line: every second length of the pattern is a gap."""
    runs: list[list[Point]] = []
    index, left, run = 0, pattern[0], [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        length, done = hypot(x1 - x0, y1 - y0), 0.0
        while length - done > left:
            done += left
            at = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if index % 2 == 0:
                runs.append([*run, at])
            index, run = index + 1, [at]
            left = pattern[index % len(pattern)]
        left -= length - done
        run.append((x1, y1))
    if index % 2 == 0:
        runs.append(run)
    return runs


def _ribbon(points: list[Point], width: float) -> list[list[Point]]:
    """A line of some width as quadrangles that share their corners."""
    normals = []
    for index in range(len(points)):
        (x0, y0), (x1, y1) = points[max(index - 1, 0)], points[min(index + 1, len(points) - 1)]
        length = hypot(x1 - x0, y1 - y0) or 1.0
        normals.append(((y0 - y1) / length * width / 2, (x1 - x0) / length * width / 2))
    quads = []
    for ((x0, y0), (u0, v0)), ((x1, y1), (u1, v1)) in pairwise(zip(points, normals, strict=True)):
        quads.append([(x0 + u0, y0 + v0), (x1 + u1, y1 + v1), (x1 - u1, y1 - v1), (x0 - u0, y0 - v0)])
    return quads


def _font(size: float, *, bold: bool) -> "FreeTypeFont":
    path, face = font_file(bold=bold)
    return _opened(path, face, size)


@cache
def _opened(path: str, face: int, size: float) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(path, size, index=face, layout_engine=ImageFont.Layout.BASIC)


@cache
def font_file(*, bold: bool) -> tuple[str, int]:
    """The file of a font with Chinese, and its face for simplified Chinese; raises where there is none."""
    from PIL import ImageFont

    for name, face in _BOLD if bold else _REGULAR:
        try:
            return str(ImageFont.truetype(name, 10, index=face).path), face
        except OSError:
            continue
    raise ZujiError(
        problem(
            "report.no_font",
            "没有找到含中文的字体，无法绘制报告中的图与标记",
            "no font with Chinese was found to draw figures and marks of the report",
            cure_zh="请安装 fonts-noto-cjk（Noto Sans CJK）",
            cure_en="install fonts-noto-cjk (Noto Sans CJK)",
        )
    )
