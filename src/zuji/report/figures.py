"""Numbers to chart options: what the page draws with ECharts, as plain JSON.

Colours are names of tokens ("token:stage-use") that the page's style sheet resolves, so that every
chart of the platform agrees. Labels are finished words; no function crosses the border.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from zuji.model.footprints import UncertaintyResult
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.report import amounts
from zuji.report.flows import Flows, Node, flows
from zuji.report.impact import flow_labels
from zuji.report.material import Material

Option = dict[str, Any]
HOT_SPOTS = 10
_HATCH = {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": -0.7854}


def stage_colour(stage: Stage) -> str:
    return f"token:stage-{stage}"


def _bar(value: float, text: str, colour: str) -> Option:
    """A bar that says its number; what is credited is hatched."""
    style: Option = {"color": colour}
    if value < 0:
        style["decal"] = _HATCH
    return {
        "value": value,
        "itemStyle": style,
        "label": {"formatter": text, "position": "right" if value >= 0 else "left"},
        "tooltip": {"formatter": text},
    }


def _bars(names: Sequence[str], data: Sequence[Option], left: int = 8) -> Option:
    return {
        "grid": {"left": left, "right": 120, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"show": False}, "splitLine": {"show": False}},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": list(names),
            "axisLabel": {"width": 150, "overflow": "truncate"},
        },
        "tooltip": {"trigger": "item"},
        "series": [{"type": "bar", "barMaxWidth": 22, "label": {"show": True}, "data": list(data)}],
    }


def stage_option(material: Material) -> Option:
    """Bars by stage with absolute value and share."""
    names, data = [], []
    for stage, value, text, share in material.stage_figures:
        names.append(material.words(STAGE_NAMES[stage]))
        data.append(_bar(value, f"{text} ({share})", stage_colour(stage)))
    return _bars(names, data)


def hot_spot_option(material: Material) -> Option:
    """Bars of the lines that matter most."""
    shown = [line for line in material.ranked() if line.total][:HOT_SPOTS]
    total = material.footprint.total
    data = [
        _bar(
            line.total,
            f"{material.contributions[line.line]} ({amounts.share_of(line.total, total)})",
            stage_colour(line.stage),
        )
        for line in shown
    ]
    return _bars([material.item(line) for line in shown], data)


def sankey_option(material: Material) -> Option | None:
    """Lines to processes to stages to the total; credits leave the gross emissions. None if none."""
    found = flows(material.study, material.footprint, material.language)
    if found is None:
        return None
    labels = flow_labels(found, material.footprint.total)
    return {
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "sankey",
                "left": 212,
                "right": 190,
                "top": 26,
                "bottom": 16,
                "nodeAlign": "justify",
                "nodeGap": 18,
                "nodeWidth": 12,
                "layoutIterations": 0,
                "draggable": False,
                "emphasis": {"focus": "adjacency"},
                "data": [_sankey_node(found, node, labels[node.id]) for node in found.nodes],
                "links": [
                    {
                        "source": link.source,
                        "target": link.target,
                        "value": link.value,
                        "lineStyle": {
                            "color": _link_colour(link.stage, credit=link.credit),
                            "opacity": 0.2 if link.credit else 0.35,
                        },
                        "tooltip": {"formatter": f"{amounts.number(link.value)} kgCO2e"},
                    }
                    for link in found.links
                ],
            }
        ],
    }


def _link_colour(stage: Stage | None, *, credit: bool) -> str:
    if credit:
        return "token:note"
    return stage_colour(stage) if stage else "token:brand"


def _sankey_node(found: Flows, node: Node, label: str) -> Option:
    colour = {"net": "token:brand", "credit": "token:note"}.get(node.role, "token:muted")
    style: Option = {"color": stage_colour(node.stage) if node.stage else colour}
    if node.role == "credit":
        style["decal"] = _HATCH
    position = "left" if node.column == 0 else "right" if node.column == found.columns - 1 else "top"
    return {
        "name": node.id,
        "depth": node.column,
        "itemStyle": style,
        "label": {
            "formatter": label.replace("\n", " ") if node.role == "credit" else label,
            "position": position,
            "width": {"left": 198, "right": 176}.get(position, 140),
            "overflow": "truncate",
        },
        "tooltip": {"formatter": label.replace("\n", " ")},
    }


def histogram_option(
    material: Material, result: UncertaintyResult, edges: Sequence[float], counts: Sequence[int]
) -> Option:
    """Simulated totals as bars, with the 95 % interval and the published total marked."""
    say = material.say
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    marks = [
        (result.low, "2.5 %", amounts.band(result.low), "token:ink"),
        (result.high, "97.5 %", amounts.band(result.high), "token:ink"),
        (
            material.footprint.total,
            say("公布值", "published"),
            amounts.number(material.footprint.total),
            "token:bad",
        ),
    ]
    return {
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "value",
            "min": edges[0],
            "max": edges[-1],
            "name": "kgCO2e",
            "nameLocation": "end",
            "splitLine": {"show": False},
        },
        "yAxis": {"type": "value", "name": say("次数", "Runs"), "minInterval": 1},
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "bar",
                "barWidth": "96%",
                "itemStyle": {"color": "token:stage-distribution"},
                "data": [
                    {
                        "value": [middle, count],
                        "tooltip": {"formatter": f"{amounts.number(low)} … {amounts.number(high)}: {count}"},
                    }
                    for middle, low, high, count in zip(middles, edges, edges[1:], counts, strict=False)
                ],
                "markLine": {
                    "symbol": "none",
                    "data": [
                        {
                            "xAxis": value,
                            "label": {"formatter": f"{name}\n{text}"},
                            "lineStyle": {"color": colour, "type": "solid"},
                        }
                        for value, name, text, colour in marks
                    ],
                },
            }
        ],
    }


def scenario_option(material: Material) -> Option:
    """Base and scenarios as bars stacked by stage."""
    footprint = material.footprint
    names = [material.say("基准", "Base"), *(one.name for one in footprint.scenarios)]
    stages = [footprint.stages, *(one.stages for one in footprint.scenarios)]
    texts = [amounts.number(footprint.total)]
    texts += [
        f"{amounts.number(one.total)} ({amounts.signed_share(one.relative)})" for one in footprint.scenarios
    ]
    shown = [stage for stage in Stage if any(values.get(stage) for values in stages)]
    option = _bars([f"{name}\n{text}" for name, text in zip(names, texts, strict=True)], [])
    option["grid"] = {"left": 8, "right": 24, "top": 36, "bottom": 8, "containLabel": True}
    option["legend"] = {"top": 0}
    option["tooltip"] = {"trigger": "axis", "axisPointer": {"type": "shadow"}}
    option["yAxis"]["axisLabel"] = {"lineHeight": 18}
    option["series"] = [
        {
            "type": "bar",
            "stack": "total",
            "name": material.words(STAGE_NAMES[stage]),
            "barMaxWidth": 26,
            "itemStyle": {"color": stage_colour(stage)},
            "data": [values.get(stage, 0.0) for values in stages],
        }
        for stage in shown
    ]
    return option
