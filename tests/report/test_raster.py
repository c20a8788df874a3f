"""Drawings as pictures: colours where the drawing has them, nothing cut off, the same bytes again."""

import io

import pytest
from PIL import Image

from tests.report import made
from zuji.report.content import compose
from zuji.report.document import Figure
from zuji.report.raster import SCALE, png
from zuji.report.svg import Drawing


def opened(drawing: Drawing) -> Image.Image:
    return Image.open(io.BytesIO(png(str(drawing)))).convert("RGB")


def at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = picture.getpixel((round(x * SCALE), round(y * SCALE)))
    assert isinstance(found, tuple)
    return found


def test_a_rectangle_fills_its_place_and_no_other() -> None:
    drawing = Drawing("t", "t", 100.0, 200.0)
    drawing.rect(20.0, 10.0, 50.0, 30.0, fill="#1b8472")
    picture = opened(drawing)
    assert picture.size == (600, 300)
    inside = [at(picture, x, y) for x in (20.5, 45, 69.5) for y in (10.5, 25, 39.5)]
    outside = [at(picture, x, y) for x, y in ((19, 25), (71, 25), (45, 9), (45, 41))]
    assert set(inside) == {(0x1B, 0x84, 0x72)}
    assert set(outside) == {(255, 255, 255)}


def test_a_dashed_line_has_gaps() -> None:
    drawing = Drawing("t", "t", 20.0, 100.0)
    drawing.line(0.0, 10.0, 100.0, 10.0, stroke="#000000", stroke_width=4.0, stroke_dasharray="10 10")
    picture = opened(drawing)
    assert [at(picture, x, 10) == (0, 0, 0) for x in (5, 15, 25, 35, 95)] == [True, False, True, False, False]


def test_a_faint_stream_is_lighter_and_crossings_of_itself_no_darker() -> None:
    drawing = Drawing("t", "t", 100.0, 200.0)
    drawing.path(
        "M10 30C100 30 100 70 190 70", fill="none", stroke="#000000", stroke_width=20.0, stroke_opacity=0.5
    )
    colours = {at(opened(drawing), x, y) for x, y in ((12, 30), (100, 50), (188, 70))}
    assert len(colours) == 1
    assert 120 <= colours.pop()[0] <= 135


def test_hatching_shows_both_colour_and_paper() -> None:
    drawing = Drawing("t", "t", 60.0, 60.0)
    drawing.rect(0.0, 0.0, 60.0, 60.0, fill=drawing.hatched("#2d5f92"))
    colours = opened(drawing).getcolors(1 << 20) or []
    share = sum(count for count, colour in colours if colour == (0x2D, 0x5F, 0x92)) / (180 * 180)
    assert 0.15 < share < 0.5


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_text_stands_where_it_is_anchored(anchor: str) -> None:
    drawing = Drawing("t", "t", 40.0, 200.0)
    drawing.text(100.0, 25.0, "碳足迹", size=12.0, text_anchor=anchor)
    box = Image.eval(opened(drawing).convert("L"), lambda value: 255 - value).getbbox()
    assert box is not None
    left, _, right, _ = (value / SCALE for value in box)
    expected = {"start": (100, 136), "middle": (82, 118), "end": (64, 100)}[anchor]
    assert (left, right) == pytest.approx(expected, abs=1.5)


def test_every_figure_of_a_report_is_drawn_alike_each_time() -> None:
    for block in compose(made.full()).blocks():
        if isinstance(block, Figure):
            assert png(block.svg) == png(block.svg)
