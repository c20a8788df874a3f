"""What commands that count a study ask for alike: the day, the potentials, what governs the product."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import typer

from zuji.errors import InvalidInput, Place, problem

if TYPE_CHECKING:
    from zuji.model.gwp import GwpSet
    from zuji.model.standards import Governing
    from zuji.model.studies import Study


def day(text: str, option: str) -> date:
    """The day that somebody writes behind `option`; today where they write none."""
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).astimezone().date()
    except ValueError:
        raise typer.BadParameter(f"{text}: YYYY-MM-DD", param_hint=option) from None


def potentials(study: "Study", sets: "Mapping[str, GwpSet]", name: str = "") -> "GwpSet":
    """The potentials that the study names; raises `InvalidInput` with the place in the file `name`."""
    if study.gwp in sets:
        return sets[study.gwp]
    listing = ", ".join(sets)
    raise InvalidInput(
        problem(
            "gwp.unknown",
            f"没有全球增温潜势“{study.gwp}”",
            f"there is no set of potentials “{study.gwp}”",
            cure_zh=f"可选：{listing}",
            cure_en=f"choose one of {listing}",
            place=Place(file=name, field="gwp"),
        )
    )


def governing(study: "Study", on: date) -> "Governing | None":
    """What the shipped registry says of the product, None where the study has no product code."""
    from zuji.formats.standards import registry, tree
    from zuji.rules.checks.ruled_frame import codes_of
    from zuji.rules.governing import governing as answer

    codes = codes_of(study.product.code)
    return answer(registry(), tree(), codes, on, study.geography) if codes else None
