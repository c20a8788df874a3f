"""The times of all configurations over the size of the database, as an SVG on two logarithmic axes."""

import math
from collections import Counter
from collections.abc import Sequence
from html import escape

from benchmarks.lca.confined import Limits
from benchmarks.lca.scale import Point
from benchmarks.lca.timing import shown

WIDTH, HEIGHT = 1040, 560
LEFT, RIGHT, TOP, BOTTOM = 84, 368, 72, 64
_ROOT = 'role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13"'
GAP = 34  # between two names at the right edge
# (on light, on dark): told apart by people who see colours differently, as are the marks and dashes
COLOURS = (
    ("#00695c", "#4dd0b5"),
    ("#2e7d32", "#9ccc65"),
    ("#c2410c", "#fb923c"),
    ("#9d174d", "#f472b6"),
    ("#1d4ed8", "#7db0ff"),
    ("#6d28d9", "#c4a5ff"),
    ("#57534e", "#c9c3bd"),
)
DASHES = ("none", "7 3", "none", "7 3", "2 3", "9 3 2 3", "4 4")


def drawn(points: Sequence[Point], limits: Limits) -> str:
    """The plot; the same points give the same bytes. Where a configuration stopped, a cross on the limit."""
    sizes = sorted({point.processes for point in points})
    times = [point.seconds for point in points if not point.stopped] + [limits.seconds]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    across = _Axis(math.log10(sizes[0]), math.log10(sizes[-1]), LEFT, WIDTH - RIGHT)
    up = _Axis(low, high, HEIGHT - BOTTOM, TOP)
    lines = list(dict.fromkeys(point.who for point in points))
    parts = [*_frame(sizes, range(low, high + 1), across, up), *_limit(limits, across, up)]
    crosses: Counter[int] = Counter()
    ends: list[tuple[float, int, str, str]] = []
    for number, who in enumerate(lines):
        mine = [point for point in points if point.who == who]
        fine = [(across(p.processes), up(p.seconds)) for p in mine if not p.stopped]
        stop = next((p for p in mine if p.stopped), None)
        parts.append(f'<g class="c{number % len(COLOURS)}"><title>{escape(_told(mine))}</title>')
        if len(fine) > 1:
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in fine)
            parts.append(f'<path class="line" d="M{path}"/>')
        parts += [_mark(number, x, y) for x, y in fine]
        last = fine[-1] if fine else None
        if stop is not None:
            x, y = across(stop.processes) + 10 * crosses[stop.processes], up(limits.seconds)
            crosses[stop.processes] += 1  # those that stop together stand side by side
            if last is not None:
                parts.append(f'<path class="gone" d="M{last[0]:.1f} {last[1]:.1f}L{x:.1f} {y:.1f}"/>')
            parts.append(f'<path class="cross" d="M{x - 6:.1f} {y - 6:.1f}l12 12m0 -12l-12 12"/>')
            last = x, y
        parts.append("</g>")
        if last is not None:
            ends.append((last[1], number, who, _end(mine)))
    parts += _labels(ends)
    title = "求解时间与数据库规模 Time to solve over the size of the database"
    described = "; ".join(_told([p for p in points if p.who == who]) for who in lines)
    note = f"两轴均为对数；× 停止处 both axes logarithmic; × where it stopped; {limits.in_words()}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {_ROOT}>',
            f'<title id="title">{title}</title>',
            f'<desc id="desc">{escape(described)}</desc>',
            f"<style>{_style()}</style>",
            f'<text class="head" x="{LEFT}" y="28">{title}</text>',
            f'<text x="{LEFT}" y="50">{note}</text>',
            *parts,
            "</svg>\n",
        ]
    )


class _Axis:
    """A logarithmic axis: log10 from `low` to `high` laid over pixels `first` to `last`."""

    def __init__(self, low: float, high: float, first: float, last: float) -> None:
        self.low, self.first = low, first
        self.scale = (last - first) / ((high - low) or 1.0)

    def __call__(self, value: float) -> float:
        return self.first + (math.log10(value) - self.low) * self.scale


def _style() -> str:
    light = "".join(f".c{i}{{color:{colour}}}" for i, (colour, _) in enumerate(COLOURS))
    dark = "".join(f".c{i}{{color:{colour}}}" for i, (_, colour) in enumerate(COLOURS))
    dashes = "".join(f".c{i} .line{{stroke-dasharray:{dash}}}" for i, dash in enumerate(DASHES))
    return (
        "text{fill:#24292f}.head{font-size:17px;font-weight:600}.grid{stroke:#d0d7de}.limit{stroke:#8c959f;"
        "stroke-dasharray:3 3}.line,.gone,.cross,.lead{fill:none;stroke:currentColor}.line{stroke-width:2.2}"
        ".cross{stroke-width:3}.gone{stroke-dasharray:1 5;stroke-width:2}.lead{opacity:.5}"
        ".mark,.name{fill:currentColor}.name{font-weight:600}.small{font-size:11.5px}"
        f"{light}{dashes}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#30363d}.limit{stroke:#6e7681}"
        f".name{{fill:currentColor}}{dark}}}"
    )


def _frame(sizes: Sequence[int], decades: range, across: _Axis, up: _Axis) -> list[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = []
    shown_at = -math.inf
    for size in sizes:
        x = across(size)
        parts.append(f'<path class="grid" d="M{x:.1f} {TOP}V{bottom}"/>')
        row = 18 if x - shown_at > 52 else 34  # 12,000, 24,000 and 50,000 lie close together
        parts.append(f'<text text-anchor="middle" x="{x:.1f}" y="{bottom + row}">{size:,}</text>')
        shown_at = x if row == 18 else shown_at
    for decade in decades:
        y = up(10.0**decade)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>')
        parts.append(f'<text text-anchor="end" x="{LEFT - 8}" y="{y + 4:.1f}">{_unit(decade)}</text>')
    middle = (LEFT + right) / 2
    parts.append(f'<text text-anchor="middle" x="{middle}" y="{HEIGHT - 10}">过程数 processes</text>')
    return parts


def _unit(decade: int) -> str:
    """A power of ten of seconds, without "1e+03"."""
    for unit, power in (("s", 0), ("ms", -3), ("µs", -6)):
        if decade >= power:
            return f"{10 ** (decade - power):,} {unit}"
    return f"1e{decade} s"


def _limit(limits: Limits, across: _Axis, up: _Axis) -> list[str]:
    y, told = up(limits.seconds), f"上限 limit {limits.seconds:g} s"
    return [
        f'<path class="limit" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>',
        f'<text class="small" x="{across.first + 6:.1f}" y="{y - 5:.1f}">{told}</text>',
    ]


def _mark(number: int, x: float, y: float) -> str:
    shape = number % 4
    if shape == 0:
        return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    path = ("M-4 -4h8v8h-8z", "M0 -5.5l5 9h-10z", "M0 -6l5.5 6l-5.5 6l-5.5 -6z")[shape - 1]
    return f'<path class="mark" transform="translate({x:.1f} {y:.1f})" d="{path}"/>'


def _labels(ends: list[tuple[float, int, str, str]]) -> list[str]:
    """Names beside the ends of the lines, moved apart where lines end together."""
    places: list[float] = []
    for y, *_ in sorted(ends):
        places.append(max(y, places[-1] + GAP if places else TOP))
    for at in range(len(places)):  # not below the plot
        places[at] = min(places[at], HEIGHT - BOTTOM - GAP * (len(places) - 1 - at))
    edge = WIDTH - RIGHT + 6
    x = edge + 24
    parts = []
    for (y, number, who, told), place in zip(sorted(ends), places, strict=True):
        name, _, rest = who.partition("，")
        lead = f'<path class="lead" d="M{edge} {y:.1f}L{x - 4} {place:.1f}"/>'
        if told.startswith("×"):  # a line that stopped does not reach the edge
            lead = ""
        below = escape(f"{told} · {rest or _what(who)}")
        parts += [
            f'<g class="c{number % len(COLOURS)}">',
            lead,
            f'<text class="name" x="{x}" y="{place + 1:.1f}">{escape(name)}</text>',
            f'<text class="small" x="{x}" y="{place + 15:.1f}">{below}</text>',
            "</g>",
        ]
    return parts


def _what(who: str) -> str:
    return "全部产品 every product" if "adjoint" in who else "一个产品 one product"


def _end(mine: Sequence[Point]) -> str:
    stop = next((point for point in mine if point.stopped), None)
    return shown(mine[-1].seconds) if stop is None else f"× {stop.processes:,}"


def _told(mine: Sequence[Point]) -> str:
    """A line in words, for those who hear the plot."""
    fine = ", ".join(f"{p.processes:,} {shown(p.seconds)}" for p in mine if not p.stopped)
    stop = next((p for p in mine if p.stopped), None)
    end = "" if stop is None else f", 停止 stopped {stop.processes:,}: {stop.stopped}"
    return f"{mine[0].who}: {fine}{end}"
