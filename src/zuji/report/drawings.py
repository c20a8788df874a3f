"""The report's drawings: bars by stage, hot spots, the system boundary, bands and scenarios, as SVG.

Numbers arrive already written (`zuji.report.amounts`); values only give lengths.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zuji.model.stages import STAGE_NAMES, Stage
from zuji.report.svg import (
    BRAND,
    INK,
    PAPER,
    QUIET,
    RULE,
    STAGE_COLOURS,
    WIDTH,
    Drawing,
    shortened,
    text_width,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A horizontal bar: its label, its length, and what is written at its end."""

    label: str
    value: float
    text: str
    colour: str = BRAND
    absent: str = ""


def bars(rows: Sequence[Bar], *, name: str, title: str) -> str:
    """Bars from a common zero; negative ones go left and are hatched; absent ones say why."""
    left = min(max(text_width(row.label, 11.5) for row in rows) + 18.0, 210.0)
    pitch, thick, right = 30.0, 17.0, 150.0
    low = min(0.0, *(row.value for row in rows))
    high = max(0.0, *(row.value for row in rows))
    room = WIDTH - left - right - (90.0 if low < 0 else 0.0)
    scale = room / ((high - low) or 1.0)
    zero = left + (90.0 if low < 0 else 0.0) - low * scale
    drawing = Drawing(name, title, pitch * len(rows) + 10)
    drawing.line(zero, 3, zero, pitch * len(rows) + 7, stroke=QUIET)
    for index, one in enumerate(rows):
        y = 5 + pitch * index + (pitch - thick) / 2
        middle = y + thick / 2 + 4
        drawing.text(left - 10, middle, shortened(one.label, left - 14, 11.5), size=11.5, text_anchor="end")
        if one.absent:
            drawing.text(zero + 8, middle, one.absent, size=10.5, fill=QUIET)
            continue
        length = abs(one.value) * scale
        if one.value < 0:
            paint = drawing.hatched(one.colour)
            drawing.rect(zero - length, y, length, thick, fill=paint, stroke=one.colour, stroke_width=0.8)
            drawing.text(zero - length - 7, middle, one.text, size=11, text_anchor="end")
        else:
            drawing.rect(zero, y, max(length, 0.8), thick, fill=one.colour)
            drawing.text(zero + length + 7, middle, one.text, size=11)
    return str(drawing)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageBox:
    """A stage in the boundary diagram: what it holds, or why it is outside."""

    stage: Stage
    inside: bool
    lines: tuple[str, ...]


def boundary(
    boxes: Sequence[StageBox], *, language: str, frame: str, unit: str, name: str, title: str
) -> str:
    """The five stages in a row; those inside stand within the dashed frame `frame`."""
    width, gap, top, height = 118.0, 20.0, 46.0, 122.0
    drawing = Drawing(name, title, top + height + 52)
    x_of = {box.stage: 5 + index * (width + gap) for index, box in enumerate(boxes)}
    inside = [box for box in boxes if box.inside]
    if inside:
        start = x_of[inside[0].stage] - 5
        end = x_of[inside[-1].stage] + width + 5
        drawing.rect(
            start + 0.6,
            14,
            end - start - 1.2,
            top + height + 2,
            fill="none",
            stroke=BRAND,
            stroke_width=1.4,
            stroke_dasharray="7 4",
            rx=8,
        )
        drawing.text((start + end) / 2, 33, frame, size=11.5, text_anchor="middle", font_weight="bold")
    for index, box in enumerate(boxes):
        _stage_box(drawing, box, x_of[box.stage], top, width, height, language)
        if index < len(boxes) - 1:
            x, y = x_of[box.stage] + width, top + height / 2
            drawing.line(x + 3, y, x + gap - 7, y, stroke=QUIET, stroke_width=1.6)
            drawing.path(f"M{x + gap - 8} {y - 4}L{x + gap - 2} {y}L{x + gap - 8} {y + 4}Z", fill=QUIET)
    drawing.text(WIDTH / 2, top + height + 40, unit, size=11, text_anchor="middle", fill=QUIET)
    return str(drawing)


def _stage_box(
    drawing: Drawing, box: StageBox, x: float, y: float, width: float, height: float, language: str
) -> None:
    colour = STAGE_COLOURS[box.stage] if box.inside else RULE
    drawing.rect(
        x,
        y,
        width,
        height,
        fill=PAPER,
        stroke=colour,
        stroke_width=1.2,
        stroke_dasharray=None if box.inside else "3 3",
        rx=4,
    )
    drawing.rect(x, y, width, 5, fill=colour, rx=2)
    shade = INK if box.inside else QUIET
    heading = STAGE_NAMES[box.stage].in_language(language)
    size = min(11.5 if language.startswith("zh") else 9.5, (width - 8) / text_width(heading, 1))
    drawing.text(
        x + width / 2, y + 25, heading, size=size, text_anchor="middle", fill=shade, font_weight="bold"
    )
    for index, words in enumerate(box.lines[:5]):
        drawing.text(
            x + width / 2,
            y + 46 + index * 16,
            shortened(words, width - 10, 10),
            size=10,
            text_anchor="middle",
            fill=shade if box.inside else QUIET,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A 95 % interval with its marks, as numbers and as they are written."""

    low: float
    median: float
    high: float
    total: float
    low_text: str
    median_text: str
    high_text: str
    total_text: str


def band(one: Band, *, name: str, title: str) -> str:
    """An interval from low to high with its median, and the published total as a diamond."""
    drawing = Drawing(name, title, 108)
    least, most = min(one.low, one.total, 0.0), max(one.high, one.total, 0.0)
    # Zero belongs to the scale only where the interval comes near it: a narrow band must stay readable.
    if one.low > 0 and (one.high - one.low) < one.high * 0.5:
        span = one.high - one.low or abs(one.total) or 1.0
        least, most = min(one.low, one.total) - span * 0.35, max(one.high, one.total) + span * 0.35
    scale = (WIDTH - 160) / ((most - least) or 1.0)

    def at(value: float) -> float:
        return 80 + (value - least) * scale

    y = 52.0
    drawing.line(60, y + 22, WIDTH - 60, y + 22, stroke=RULE)
    drawing.rect(at(one.low), y - 9, at(one.high) - at(one.low), 18, fill=STAGE_COLOURS[Stage.DISTRIBUTION])
    for value in (one.low, one.high):
        drawing.line(at(value), y - 14, at(value), y + 14, stroke=INK, stroke_width=1.6)
    drawing.line(at(one.median), y - 9, at(one.median), y + 9, stroke=PAPER, stroke_width=2.4)
    x = at(one.total)
    drawing.path(
        f"M{x} {y - 8}L{x + 8} {y}L{x} {y + 8}L{x - 8} {y}Z", fill=INK, stroke=PAPER, stroke_width=1.4
    )
    drawing.text(x, y - 24, one.total_text, size=11.5, text_anchor="middle", font_weight="bold")
    drawing.text(at(one.low), y + 40, one.low_text, size=10.5, text_anchor="end")
    drawing.text(at(one.high), y + 40, one.high_text, size=10.5, text_anchor="start")
    drawing.text(at(one.median), y + 40, one.median_text, size=10.5, text_anchor="middle", fill=QUIET)
    return str(drawing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A scenario as one bar of stages, with its total, its band and how it is written."""

    label: str
    parts: tuple[tuple[Stage, float], ...]
    total: float
    text: str


def stacks(rows: Sequence[Stack], *, language: str, name: str, title: str) -> str:
    """Scenarios under each other on one scale, divided by stage."""
    left, right, pitch, thick = 158.0, 150.0, 40.0, 20.0
    low = min(0.0, *(sum(value for _, value in row.parts if value < 0) for row in rows))
    high = max(0.0, *(sum(value for _, value in row.parts if value > 0) for row in rows))
    scale = (WIDTH - left - right) / ((high - low) or 1.0)
    zero = left - low * scale
    drawing = Drawing(name, title, pitch * len(rows) + 44)
    _legend(drawing, rows, language)
    top = 30.0
    drawing.line(zero, top, zero, top + pitch * len(rows) + 4, stroke=QUIET)
    for index, one in enumerate(rows):
        y = top + 6 + pitch * index
        drawing.text(
            left - 10, y + thick / 2 + 4, shortened(one.label, left - 14, 11.5), size=11.5, text_anchor="end"
        )
        up = down = zero
        for stage, value in one.parts:
            colour, length = STAGE_COLOURS[stage], abs(value) * scale
            if value >= 0:
                drawing.rect(up, y, length, thick, fill=colour, stroke=PAPER, stroke_width=0.6)
                up += length
            else:
                down -= length
                drawing.rect(
                    down, y, length, thick, fill=drawing.hatched(colour), stroke=colour, stroke_width=0.8
                )
        x = zero + one.total * scale
        drawing.line(x, y - 3, x, y + thick + 3, stroke=INK, stroke_width=2)
        drawing.text(max(up, x) + 8, y + thick / 2 + 4, one.text, size=11, font_weight="bold")
    return str(drawing)


def _legend(drawing: Drawing, rows: Sequence[Stack], language: str) -> None:
    x = 158.0
    for stage in Stage:
        if any(value for row in rows for key, value in row.parts if key is stage):
            words = STAGE_NAMES[stage].in_language(language)
            drawing.rect(x, 8, 11, 11, fill=STAGE_COLOURS[stage])
            drawing.text(x + 16, 17.5, words, size=10)
            x += 32 + sum(10.0 if ord(sign) > 255 else 5.4 for sign in words)
