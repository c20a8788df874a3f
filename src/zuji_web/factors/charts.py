"""Numbers as chart options; colours are names of tokens that the page's element resolves."""

from collections.abc import Mapping, Sequence
from typing import Any

Option = dict[str, Any]


def points(rows: Sequence[tuple[str, float, str, bool]], unit: str) -> Option:
    """Values on one axis, a row each: label, value, address, and whether it is the one spoken of."""
    data = [
        {
            "value": [value, number],
            "name": label,
            "url": address,
            "symbolSize": 14 if chosen else 10,
            "itemStyle": {"color": "token:brand" if chosen else "token:stage-distribution"},
        }
        for number, (label, value, address, chosen) in enumerate(rows)
    ]
    values = [value for _, value, _, _ in rows]
    return {
        "grid": {"left": 8, "right": 32, "top": 8, "bottom": 28, "containLabel": True},
        "tooltip": {"trigger": "item"},
        "xAxis": {
            "type": "value",
            "name": unit,
            "nameLocation": "middle",
            "nameGap": 26,
            "min": min(0.0, *values),
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [label for label, *_ in rows],
            "axisLabel": {"width": 220, "overflow": "truncate"},
        },
        "series": [{"type": "scatter", "data": data, "name": unit}],
    }


def bars(labels: Sequence[str], series: Mapping[str, Sequence[float | None]], unit: str) -> Option:
    """Bars side by side, a group each label."""
    colours = ["token:line-strong", "token:brand", "token:stage-distribution"]
    return {
        "legend": {"top": 0},
        "grid": {"left": 8, "right": 16, "top": 56, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {
            "type": "category",
            "data": list(labels),
            "axisLabel": {"interval": 0, "hideOverlap": True},
        },
        "yAxis": {"type": "value", "name": unit},
        "series": [
            {
                "type": "bar",
                "name": name,
                "data": list(values),
                "itemStyle": {"color": colour},
                "barMaxWidth": 28,
            }
            for (name, values), colour in zip(series.items(), colours[-len(series) :], strict=True)
        ],
    }


def shares(
    labels: Sequence[str], parts: Mapping[str, Sequence[float | None]], colours: Sequence[str], unit: str
) -> Option:
    """Stacked horizontal bars, a row each label."""
    return {
        "legend": {"top": 0},
        "grid": {"left": 8, "right": 24, "top": 32, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "value", "name": unit, "max": 100},
        "yAxis": {"type": "category", "inverse": True, "data": list(labels), "axisLabel": {"interval": 0}},
        "series": [
            {
                "type": "bar",
                "stack": "all",
                "name": name,
                "data": list(values),
                "itemStyle": {"color": colour},
            }
            for (name, values), colour in zip(parts.items(), colours, strict=True)
        ],
    }
