"""Tables in the terminal. What a person typed is never read as markup or as terminal codes."""

import sys
from functools import cache

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zuji.cli.answers import clean

_PIPED_WIDTH = 140  # columns where no terminal says how wide it is
_BAR = 24


@cache
def console() -> Console:
    """The terminal on stdout, or a wide page where it is a file."""
    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False)


def table(*headings: str, numeric: frozenset[int] | set[int] = frozenset(), title: str = "") -> Table:
    """A table with these headings; columns in `numeric` are aligned right and never broken."""
    made = Table(
        box=box.SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold", pad_edge=False
    )
    for at, heading in enumerate(headings):
        if at in numeric:
            made.add_column(heading, justify="right", no_wrap=True)
        else:
            made.add_column(heading, overflow="fold")
    return made


def cell(text: str, style: str = "", *, whole: bool = False) -> Text:
    """Plain text for a cell; `whole` keeps it in one piece, to be copied."""
    return Text(clean(text), style=style, no_wrap=whole, overflow="fold")


def bar(value: float, largest: float) -> Text:
    """A bar as long as the value is large; credits are drawn light."""
    length = round(_BAR * abs(value) / largest) if largest else 0
    return Text(("█" if value >= 0 else "░") * length, style="green" if value >= 0 else "yellow")
