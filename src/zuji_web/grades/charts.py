"""The distribution of results against three values as a chart option; colours are names of tokens."""

from collections.abc import Mapping, Sequence
from typing import Any

from zuji.rules.grades_methods import THRESHOLD_NAMES, Threshold
from zuji.rules.grading import Thresholds
from zuji_web.ui.numbers import published

Option = dict[str, Any]
_COLOURS: Mapping[Threshold, str] = {
    Threshold.BENCHMARK: "token:good",
    Threshold.BASE: "token:note",
    Threshold.LIMIT: "token:bad",
}


def distribution(
    results: Sequence[float], thresholds: Thresholds, language: str, names: Mapping[str, str]
) -> Option:
    """How many products lie at or below a value, with the three values as lines.

    `results` in ascending order; `names` words for "products" and the value with its unit, "value".
    """
    points = [[value, number] for number, value in enumerate(results, 1)]
    low = min([*results, thresholds.benchmark])
    high = max([*results, thresholds.limit])
    margin = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return {
        "grid": {"left": 28, "right": 24, "top": 52, "bottom": 28, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "value",
            "name": names["value"],
            "nameLocation": "middle",
            "nameGap": 28,
            "min": _round(low - margin),
            "max": _round(high + margin),
            # The ends are no round numbers and would touch their neighbours.
            "axisLabel": {"showMinLabel": False, "showMaxLabel": False},
        },
        "yAxis": {
            "type": "value",
            "name": names["products"],
            "nameLocation": "middle",
            "nameGap": 36,
            "nameTextStyle": {"align": "center"},
            "minInterval": 1,
            "min": 0,
        },
        "series": [
            {
                "type": "line",
                "name": names["products"],
                "step": "end",
                "showSymbol": True,
                "symbolSize": 6,
                "data": points,
                "lineStyle": {"color": "token:brand", "width": 2},
                "itemStyle": {"color": "token:brand"},
                "markLine": {
                    "symbol": "none",
                    "silent": True,
                    "data": [_line(name, thresholds.of(name), language) for name in Threshold],
                },
            }
        ],
    }


def _line(name: Threshold, value: float, language: str) -> Option:
    told = f"{THRESHOLD_NAMES[name].in_language(language)}\n{published(value)}"
    return {
        "xAxis": value,
        "lineStyle": {"color": _COLOURS[name], "type": "dashed", "width": 2},
        "label": {"formatter": told, "position": "end", "color": _COLOURS[name], "fontSize": 11},
    }


def _round(value: float) -> float:
    return float(f"{value:.3g}")
