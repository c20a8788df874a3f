"""The plot of the scale says what the table says."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from benchmarks.lca import page
from benchmarks.lca.confined import Limits
from benchmarks.lca.plot import HEIGHT, drawn
from benchmarks.lca.scale import Point

LIMITS = Limits(120)
POINTS = (
    Point(1_000, "ours", 0.001, 5, 10**8),
    Point(1_000, "peer <direct>", 0.1, 5, 10**8),
    Point(50_000, "ours", 0.05, 5, 10**9, 1.0),
    Point(50_000, "peer <direct>", 20.0, 1, 10**9, 1.35),
    Point(1_000_000, "ours", 1.0, 5, 2 * 10**9, 1.0),
    Point(1_000_000, "peer <direct>", stopped="> 120 s"),
)
SVG = "{http://www.w3.org/2000/svg}"


def test_the_same_points_give_the_same_readable_picture():
    text = drawn(POINTS, LIMITS)
    assert text == drawn(list(POINTS), LIMITS)
    root = ET.fromstring(text)
    assert root.find(f"{SVG}title").text.startswith("求解时间")
    described = root.find(f"{SVG}desc").text
    assert "ours: 1,000 1 ms, 50,000 50 ms, 1,000,000 1 s" in described
    assert "peer <direct>: 1,000 100 ms, 50,000 20 s, 停止 stopped 1,000,000: > 120 s" in described
    assert "prefers-color-scheme:dark" in text
    assert "× 1,000,000" in text
    assert ">peer &lt;direct&gt;<" in text


def test_a_line_has_a_mark_a_point_and_a_cross_where_it_stopped():
    groups = [
        g for g in ET.fromstring(drawn(POINTS, LIMITS)).iter(f"{SVG}g") if g.find(f"{SVG}title") is not None
    ]
    classes = [[part.get("class") for part in group] for group in groups]
    assert [found.count("mark") for found in classes] == [3, 2]
    assert [found.count("cross") for found in classes] == [0, 1]


def test_equal_steps_on_both_axes_are_equal_ratios():
    points = [Point(10**k, "ours", 10.0 ** (k - 4), 5) for k in (3, 4, 5, 6)]
    circles = list(ET.fromstring(drawn(points, LIMITS)).iter(f"{SVG}circle"))
    xs, ys = ([float(c.get(key)) for c in circles] for key in ("cx", "cy"))
    assert [b - a for a, b in pairwise(xs)] == pytest.approx([xs[1] - xs[0]] * 3, abs=0.2)
    assert [a - b for a, b in pairwise(ys)] == pytest.approx([ys[0] - ys[1]] * 3, abs=0.2)


def test_names_of_lines_that_end_together_stand_apart_and_inside():
    points = [
        Point(size, f"peer {i}", stopped="> 120 s") if size > 1000 else Point(size, f"peer {i}", 1.0, 5)
        for i in range(7)
        for size in (1000, 2000)
    ]
    root = ET.fromstring(drawn(points, LIMITS))
    places = sorted(float(t.get("y")) for t in root.iter(f"{SVG}text") if t.get("class") == "name")
    assert len(places) == 7
    assert all(b - a >= 30 for a, b in pairwise(places))
    assert 0 < places[0] < places[-1] < HEIGHT


def test_rows_say_growth_memory_and_why_it_stopped():
    rows = [point.row() for point in POINTS]
    assert rows[4] == "| 1,000,000 | ours | 1 s | n^1.00 | 2.00 GB |  |"
    assert "20 s (r=1) | n^1.35" in rows[3]
    assert rows[5] == "| 1,000,000 | peer <direct> | 停止 stopped | — | — | > 120 s |"


def test_only_what_is_between_the_marks_changes():
    text = "a\n<!-- table -->\nold\n<!-- end table -->\nb\n<!-- scale -->\n<!-- end scale -->\n"
    found = page.replaced(text, "table", [r"new \1"])
    assert found == "a\n<!-- table -->\nnew \\1\n<!-- end table -->\nb\n<!-- scale -->\n<!-- end scale -->\n"
    with pytest.raises(ValueError, match="other"):
        page.replaced(text, "other", [])


def test_the_page_has_its_places_and_its_plot():
    text = page.PAGE.read_text("utf-8")
    assert page.replaced(text, "table", []) != text
    assert page.replaced(text, "scale", []) != text
    assert page.PLOT.name in text
    ET.parse(page.PLOT)
