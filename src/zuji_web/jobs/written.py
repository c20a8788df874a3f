"""Problems as a job keeps them, in both languages, read back."""

from typing import Any

from zuji.errors import Place, Problem
from zuji.text import Text


def read_problem(written: dict[str, Any]) -> Problem:
    """The problem that `dataclasses.asdict` wrote."""
    return Problem(
        code=written["code"],
        what=Text(**written["what"]),
        cure=Text(**written["cure"]),
        place=Place(**written["place"]),
    )
