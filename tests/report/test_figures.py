"""Flows balance, credits stay visible, drawings hold what they should, options carry the published digits."""

import json
import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import made, studies
from zuji.lca.published import published
from zuji.model.footprints import LineResult
from zuji.report import figures
from zuji.report.certainty import band_figure, scenario_stacks
from zuji.report.drawings import Bar, bars
from zuji.report.flows import Flows, flows
from zuji.report.impact import flow_labels, stage_bars
from zuji.report.sankey import drawn
from zuji.report.svg import Drawing, shortened, text_width

SVG = "{http://www.w3.org/2000/svg}"


def assert_balanced(found: Flows) -> None:
    """What enters a node equals its size, and so does what leaves it."""
    for node in found.nodes:
        entering = math.fsum(link.value for link in found.links if link.target == node.id)
        leaving = math.fsum(link.value for link in found.links if link.source == node.id)
        for stream in filter(None, (entering, leaving)):
            assert stream == pytest.approx(node.value, rel=1e-9), node
    assert all(link.value > 0 for link in found.links)


def with_totals(*totals: float) -> Flows | None:
    """The flows of the tray with other contributions on its lines."""
    material = made.tray()
    lines = tuple(
        replace(line, total=total, totals=(total, 0.0, 0.0, 0.0, 0.0))
        for line, total in zip(material.footprint.lines, totals, strict=False)
    )
    footprint = replace(material.footprint, lines=lines, total=math.fsum(totals[: len(lines)]))
    return flows(material.study, footprint, "zh")


def test_flows_balance_and_end_in_the_total() -> None:
    material = made.tray()
    found = flows(material.study, material.footprint, "zh")
    assert found is not None
    assert_balanced(found)
    assert found.node("net").value == pytest.approx(material.footprint.total)


def test_credits_leave_the_gross_emissions() -> None:
    found = with_totals(10.0, 5.0, -4.0)
    assert found is not None
    assert found.node("gross").value == 15.0
    assert found.node("net").value == 11.0
    assert [node.value for node in found.nodes if node.role == "credit"] == [4.0]


def test_a_net_removal_is_a_source_of_its_own() -> None:
    found = with_totals(2.0, -5.0, -1.0)
    assert found is not None
    assert_balanced(found)
    assert found.node("net").value == pytest.approx(4.0)
    assert found.node("net").label == "净清除"
    assert sum(node.value for node in found.nodes if node.role == "credit") == pytest.approx(6.0)


def test_nothing_emitted_has_no_diagram() -> None:
    assert with_totals(-1.0, -2.0) is None
    assert with_totals(0.0) is None


@given(st.lists(st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-3), min_size=1, max_size=11))
def test_any_mixture_of_burdens_and_credits_balances(totals: list[float]) -> None:
    found = with_totals(*totals)
    if found is not None:
        assert_balanced(found)
        ET.fromstring(drawn(found, flow_labels(found, sum(totals)), name="x", title="x"))


def test_many_small_lines_are_gathered_without_loss() -> None:
    material = made.tray()
    one = material.footprint.lines[3]
    many: tuple[LineResult, ...] = tuple(
        replace(one, line=f"L{i}", item=f"项 {i}", total=float(i), process="assembly") for i in range(1, 60)
    )
    found = flows(material.study, replace(material.footprint, lines=many, total=1770.0), "zh")
    assert found is not None
    assert_balanced(found)
    assert found.node("net").value == 1770.0
    assert len([node for node in found.nodes if node.column == 0]) <= 13
    assert "其他 47 项" in {node.label for node in found.nodes}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_drawings_are_well_formed_and_named(language: str) -> None:
    material = made.tray(language)
    band = material.footprint.uncertainty
    assert band is not None
    for svg in (stage_bars(material), band_figure(material, band), scenario_stacks(material)):
        root = ET.fromstring(svg)
        assert root.tag == f"{SVG}svg"
        assert root.find(f"{SVG}title") is not None
        assert root.get("role") == "img"
        assert "style=" not in svg  # the page's policy forbids inline styles


def test_a_hostile_name_stays_text() -> None:
    drawing = Drawing("x", '<script>"&', 10)
    drawing.text(0, 0, "</text><script>alert(1)</script>")
    root = ET.fromstring(str(drawing))
    assert [child.tag for child in root] == [f"{SVG}title", f"{SVG}text"]


def test_credits_are_hatched_and_absent_stages_explained() -> None:
    svg = bars(
        [Bar(label="甲", value=5.0, text="5"), Bar(label="乙", value=-2.0, text="−2", colour="#112233"),
         Bar(label="丙", value=0.0, text="", absent="未包括")],
        name="b", title="t",
    )  # fmt: skip
    assert "url(#b-112233)" in svg
    assert "未包括" in svg
    widths = [float(rect.get("width", 0)) for rect in ET.fromstring(svg).findall(f"{SVG}rect")]
    assert widths[0] / widths[1] == pytest.approx(2.5, rel=1e-2)


def test_long_labels_are_cut_to_their_room() -> None:
    assert shortened("短", 100, 10) == "短"
    cut = shortened("很长很长很长很长的名称", 60, 10)
    assert cut.endswith("…")
    assert text_width(cut, 10) <= 60


def test_options_are_plain_json_with_the_published_digits() -> None:
    material = made.tray()
    digits = published(material.footprint)
    stages = figures.stage_option(material)
    labels = [item["label"]["formatter"] for item in stages["series"][0]["data"]]
    assert [label.split(" ")[0] for label in labels] == [
        digits["stages"][stage] for stage in ("raw_material", "manufacturing", "distribution", "end_of_life")
    ]
    band = material.footprint.uncertainty
    assert band is not None
    options = [
        stages,
        figures.hot_spot_option(material),
        figures.sankey_option(material),
        figures.scenario_option(material),
        figures.histogram_option(material, band, [1.0, 2.0, 3.0], [4, 5]),
    ]
    for option in options:
        assert json.loads(json.dumps(option, allow_nan=False)) == option


def test_the_flow_chart_of_the_page_shows_the_same_streams() -> None:
    material = made.tray()
    found = flows(material.study, material.footprint, "zh")
    option = figures.sankey_option(material)
    assert found is not None
    assert option is not None
    series = option["series"][0]
    assert {node["name"] for node in series["data"]} == {node.id for node in found.nodes}
    assert [link["value"] for link in series["links"]] == [link.value for link in found.links]


def test_a_study_of_one_process_skips_the_column_of_processes() -> None:
    material = made.plain()
    found = flows(material.study, material.footprint, "zh")
    assert found is not None
    assert {node.role for node in found.nodes} == {"line", "stage", "net"}
    assert studies.plain().processes[0].id == material.footprint.lines[0].process
