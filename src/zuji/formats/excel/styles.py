"""How cells of our workbooks look."""

from typing import Any

FONT = "Microsoft YaHei"
_BASE = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_HEAD = {**_BASE, "bold": True, "text_wrap": True, "border": 1, "border_color": "#B8C4CE"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {**_BASE, "bold": True, "font_size": 16, "font_color": "#0B4F6C"},
    "heading": {**_BASE, "bold": True, "font_size": 12, "font_color": "#0B4F6C", "bottom": 1},
    "wrapped": {**_BASE, "text_wrap": True},
    "required": {**_HEAD, "bg_color": "#0B4F6C", "font_color": "#FFFFFF"},
    "optional": {**_HEAD, "bg_color": "#D6E8F0", "font_color": "#0B4F6C"},
    "advanced": {**_HEAD, "bg_color": "#E6E8EA", "font_color": "#4A5560"},
    "note": {**_BASE, "font_color": "#5B6770", "text_wrap": True},
    "text": {**_BASE},
    # a leading apostrophe in Excel's sense: editing the cell does not turn it into a formula
    "quoted": {**_BASE, "quote_prefix": True},
    "number": {**_BASE, "num_format": "General"},
    "share": {**_BASE, "num_format": "0.0##"},
    "percent": {**_BASE, "num_format": "0.0%"},
    "date": {**_BASE, "num_format": "yyyy-mm-dd", "align": "left"},
    "figure": {**_BASE, "align": "right"},
    "total": {**_BASE, "bold": True, "font_size": 14, "align": "right"},
}
