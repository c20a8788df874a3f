"""The flow diagram drawn: bars in columns, streams between them, labels that do not collide."""

from dataclasses import dataclass
from itertools import pairwise

from zuji.report.flows import Flows, Link, Node
from zuji.report.svg import (
    BRAND,
    CREDIT,
    INK,
    PAPER,
    QUIET,
    STAGE_COLOURS,
    WIDTH,
    Drawing,
    shortened,
    text_width,
)

_BAR = 10.0
_PITCH = 15.0  # the least distance between the centres of two labels
_ABOVE = 17.0  # room for a label above a bar in the middle
_BESIDE = 29.0  # the same as the pitch, for labels of two lines
_LEFT = 168.0  # room for the labels of the lines
_RIGHT = 132.0  # room for the labels of the last column
_TOP = 26.0
_SIZE = 10.5
_SMALL = 9.8


@dataclass(slots=True)
class _Box:
    """Where a node stands, and how much of its two sides is already joined."""

    x: float
    y: float
    height: float
    joined_in: float = 0.0
    joined_out: float = 0.0


def _gaps(sizes: list[float], column: int, columns: int) -> list[float]:
    """The spaces between the bars of a column, so that its labels keep apart."""
    if 0 < column < columns - 1:
        return [_ABOVE] * (len(sizes) - 1)
    pitch = _PITCH if column == 0 else _BESIDE
    return [max(pitch - (a + b) / 2, 4.0) for a, b in pairwise(sizes)]


def _boxes(flows: Flows, scale: float, height: float) -> dict[str, _Box]:
    span = (WIDTH - _LEFT - _RIGHT - _BAR) / (flows.columns - 1)
    boxes: dict[str, _Box] = {}
    for column in range(flows.columns):
        nodes = [node for node in flows.nodes if node.column == column]
        sizes = [max(node.value * scale, 0.8) for node in nodes]
        gaps = _gaps(sizes, column, flows.columns)
        y = _TOP + (height - sum(sizes) - sum(gaps)) / 2
        for node, size, gap in zip(nodes, sizes, [*gaps, 0.0], strict=True):
            boxes[node.id] = _Box(_LEFT + column * span, y, size)
            y += size + gap
    return boxes


def _colour(node: Node) -> str:
    if node.stage is not None:
        return STAGE_COLOURS[node.stage]
    return {"net": BRAND, "credit": CREDIT}.get(node.role, QUIET)


def _stream(drawing: Drawing, link: Link, boxes: dict[str, _Box], scale: float) -> None:
    source, target = boxes[link.source], boxes[link.target]
    width = max(link.value * scale, 0.4)
    x1, x2 = source.x + _BAR, target.x
    y1 = source.y + source.joined_out + width / 2
    y2 = target.y + target.joined_in + width / 2
    source.joined_out += width
    target.joined_in += width
    middle = (x1 + x2) / 2
    colour = CREDIT if link.credit else STAGE_COLOURS[link.stage] if link.stage else BRAND
    drawing.path(
        f"M{x1:.2f} {y1:.2f}C{middle:.2f} {y1:.2f} {middle:.2f} {y2:.2f} {x2:.2f} {y2:.2f}",
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_opacity=0.22 if link.credit else 0.38,
        stroke_dasharray="6 3" if link.credit else None,
    )


def _fitted(text: str, room: float, size: float) -> str:
    """A name with its share, the name cut where both are too wide: the share is never cut."""
    name, gap, share = text.rpartition("  ") if "  " in text else (text, "", "")
    return shortened(name, room - text_width(gap + share, size), size) + gap + share


def _label(drawing: Drawing, node: Node, box: _Box, text: str, *, last: int, room: float) -> None:
    middle = box.y + box.height / 2 + _SIZE * 0.36
    if node.column == 0:
        words = _fitted(text, _LEFT - 8, _SIZE)
        drawing.text(box.x - 6, middle, words, size=_SIZE, text_anchor="end")
    elif node.column == last:
        name, _, value = text.partition("\n")
        weight = "bold" if node.role == "net" else None
        words = shortened(name, _RIGHT - 8, _SIZE)
        drawing.text(box.x + _BAR + 6, middle - (6 if value else 0), words, size=_SIZE, font_weight=weight)
        if value:
            drawing.text(box.x + _BAR + 6, middle + 7, value, size=_SIZE - 1, fill=QUIET)
    else:
        words = _fitted(text, room, _SMALL)
        x, y = box.x + _BAR / 2, box.y - 5
        drawing.text(x, y, words, size=_SMALL, text_anchor="middle", stroke=PAPER, stroke_width=3.2)
        drawing.text(x, y, words, size=_SMALL, text_anchor="middle", fill=INK)


def drawn(flows: Flows, labels: dict[str, str], *, name: str, title: str) -> str:
    """The diagram as SVG. `labels` gives the words beside each node; a line break parts name and value."""
    counts = [sum(node.column == column for node in flows.nodes) for column in range(flows.columns)]
    height = min(max(_PITCH * counts[0] + 160.0, 220.0), 500.0)
    widest = max(
        sum(node.value for node in flows.nodes if node.column == column) for column in range(flows.columns)
    )
    scale = max(height - _PITCH * max(counts), height * 0.4) / widest
    boxes = _boxes(flows, scale, height)
    lift = min(box.y for box in boxes.values()) - _TOP
    for box in boxes.values():
        box.y -= lift
    bottom = max(box.y + box.height for box in boxes.values())
    drawing = Drawing(name, title, bottom + 16)
    for link in sorted(flows.links, key=lambda one: (boxes[one.source].y, boxes[one.target].y)):
        _stream(drawing, link, boxes, scale)
    for node in flows.nodes:
        box, colour = boxes[node.id], _colour(node)
        paint = drawing.hatched(colour) if node.role == "credit" else colour
        drawing.rect(box.x, box.y, _BAR, box.height, fill=paint, stroke=colour, stroke_width=0.6)
    last = flows.columns - 1
    room = (WIDTH - _LEFT - _RIGHT) / last + 44
    for node in flows.nodes:
        _label(drawing, node, boxes[node.id], labels[node.id], last=last, room=room)
    return str(drawing)
