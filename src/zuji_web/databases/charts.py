"""The network around a product as a chart option; colours are names of tokens."""

from typing import Any

from zuji_web.databases.queries.analysis import Around
from zuji_web.ui.numbers import published, share

Option = dict[str, Any]
_LONGEST = 22


def network(around: Around, language: str) -> Option | None:
    """Providers on the left, the product on the right. Links that close a loop stand only in the table.

    None where nothing upstream carries enough to be drawn.
    """
    drawn = [each for each in around.supplies if not each.loop and each.value]
    if not drawn:
        return None
    used = {each.provider for each in drawn} | {each.consumer for each in drawn}
    return {
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "sankey",
                "left": 8,
                "right": 150,
                "top": 12,
                "bottom": 12,
                "nodeAlign": "right",
                "nodeGap": 14,
                "nodeWidth": 12,
                "draggable": False,
                "emphasis": {"focus": "adjacency"},
                "data": [_node(around, position, language) for position in sorted(used)],
                "links": [
                    {
                        "source": str(each.provider),
                        "target": str(each.consumer),
                        "value": abs(each.value),
                        "lineStyle": {
                            "color": "token:note" if each.value < 0 else "token:brand",
                            "opacity": 0.3,
                        },
                        "tooltip": {"formatter": f"{published(each.value)} {around.unit}"},
                    }
                    for each in drawn
                ],
            }
        ],
    }


def _node(around: Around, position: int, language: str) -> Option:
    stop = around.stops[position]
    name = stop.name.in_language(language)
    part = share(stop.total / around.total) if around.total else ""
    told = f"{name}\n{published(stop.total)} {around.unit} {part}"
    short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
    return {
        "name": str(position),
        "itemStyle": {"color": "token:brand" if position == 0 else "token:stage-distribution"},
        "label": {
            "formatter": f"{part} {short}",
            "position": "right",
            "width": 140 if position == 0 else 260,
            "overflow": "truncate",
        },
        "tooltip": {"formatter": told},
    }
