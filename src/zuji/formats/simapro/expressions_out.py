"""Parameters and expressions for SimaPro: only where they give the number that the package states."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zuji.errors import InvalidInput
from zuji.formats.simapro import words
from zuji.formats.simapro.identity import content_of, rows_of
from zuji.formats.simapro.numbers import written
from zuji.formats.simapro.uncertainty import NONE, pedigree_in, spread_out
from zuji.model.lci.distributions import Spread
from zuji.model.lci.formulas import Dialect, Scope, evaluate, names_in, settle
from zuji.model.lci.processes import Parameter
from zuji.model.lci.references import Extra
from zuji.model.lci.wording import Wording

_CHOICE = re.compile(r"\b(?:iif|if)\s*\(", re.IGNORECASE)


def expression_out(formula: str) -> str:
    """The expression with SimaPro's separators and its name for a choice."""
    return _CHOICE.sub("Iff(", formula.replace(";", ","))


def gives(expression: str, value: float | None, names: Scope) -> bool:
    """Whether SimaPro computes `value` from the expression; an expression without a value must read only."""
    try:
        if value is None:
            names_in(expression, Dialect.SIMAPRO)
            return True
        found = evaluate(expression, names, dialect=Dialect.SIMAPRO)
    except InvalidInput:
        return False
    return math.isclose(found, value, rel_tol=1e-9, abs_tol=1e-300)


@dataclass(frozen=True, slots=True)
class ParameterRows:
    """Rows of input and calculated parameters, and the names that expressions beside them may use.

    `constants` are places of parameters whose formula SimaPro would not compute: they are written as numbers.
    `left_out` are those of parameters that have neither, or a name that no expression could use, or one that
    occurs before.
    """

    inputs: tuple[tuple[str, ...], ...]
    calculated: tuple[tuple[str, ...], ...]
    names: dict[str, float]
    constants: frozenset[int]
    left_out: frozenset[int]


def parameter_rows(
    parameters: Sequence[Parameter], given: Mapping[str, float], *, ours: bool
) -> ParameterRows:
    """`ours`: the package was read from SimaPro, and is written as it was."""
    first: dict[str, int] = {}
    for place, each in enumerate(parameters):
        first.setdefault(each.name.lower(), place)
    places = [
        place
        for place, each in enumerate(parameters)
        if ours or (_usable(each.name) and _has_number(each) and first[each.name.lower()] == place)
    ]
    kept = [parameters[place] for place in places]
    trial = [
        Parameter(name=each.name, value=each.value, formula=expression_out(each.formula)) for each in kept
    ]
    values, _ = settle(_unique(trial), given, dialect=Dialect.SIMAPRO)
    inputs, calculated, constants, numbers = [], [], [], []
    for place, each, tried in zip(places, kept, trial, strict=True):
        agreed = tried.formula and (
            each.value is None
            or (each.name in values and math.isclose(values[each.name], each.value, rel_tol=1e-9))
        )
        if agreed and content_of(each.extras, "section") != words.INPUT_PARAMETERS:
            calculated.append(_calculated_row(each, tried.formula))
            numbers.append(tried)
            continue
        if tried.formula and not agreed:
            constants.append(place)
        amount = tried.formula if agreed else ("" if each.value is None else written(each.value))
        inputs.append(_input_row(each, amount))
        numbers.append(tried if agreed else Parameter(name=each.name, value=each.value))
    names, _ = settle(_unique(numbers), given, dialect=Dialect.SIMAPRO)
    left_out = frozenset(range(len(parameters))) - frozenset(places)
    return ParameterRows(tuple(inputs), tuple(calculated), names, frozenset(constants), left_out)


def uncertainty_cells(
    spread: Spread | None, factor: float, extras: tuple[Extra, ...]
) -> tuple[tuple[str, ...], bool]:
    """Kind and three numbers of an amount multiplied by `factor`, and whether they say what `spread` says."""
    kept = rows_of(content_of(extras, "uncertainty"))
    if kept:
        return tuple((*kept[0], "", "", "", "")[:4]), True
    cells = spread_out(_scaled(spread, factor))
    return (NONE, False) if cells is None else (cells, True)


def comment_out(comment: Wording, spread: Spread | None) -> str:
    """The remark, led by the pedigree where it does not stand there already."""
    text = comment.in_language("en")
    if spread is None or not any(spread.pedigree) or pedigree_in(text):
        return text
    scores = ",".join(str(score) if score else "na" for score in spread.pedigree)
    return f"({scores}) {text}".strip()


def _scaled(spread: Spread | None, factor: float) -> Spread | None:
    if spread is None or factor == 1:
        return spread
    bounds = [None if each is None else each * factor for each in (spread.low, spread.high)]
    low, high = reversed(bounds) if factor < 0 else bounds
    scale = spread.scale
    if spread.shape is not None and spread.shape.value == "normal" and scale is not None:
        scale *= abs(factor)
    return Spread(
        shape=spread.shape,
        centre=spread.centre,
        scale=scale,
        low=low,
        high=high,
        pedigree=spread.pedigree,
        base=spread.base,
    )


def _input_row(parameter: Parameter, amount: str) -> tuple[str, ...]:
    cells, _ = uncertainty_cells(parameter.spread, 1.0, parameter.extras)
    hidden = content_of(parameter.extras, "hidden") or ("Yes" if parameter.hidden else "No")
    return (parameter.name, amount, *cells, hidden, *_tail(parameter))


def _calculated_row(parameter: Parameter, expression: str) -> tuple[str, ...]:
    return (parameter.name, expression, *_tail(parameter))


def _tail(parameter: Parameter) -> tuple[str, ...]:
    rest = rows_of(content_of(parameter.extras, "rest"))
    return (comment_out(parameter.comment, parameter.spread), *(rest[0] if rest else ()))


def _has_number(parameter: Parameter) -> bool:
    return bool(parameter.formula) or (parameter.value is not None and math.isfinite(parameter.value))


def _usable(name: str) -> bool:
    try:
        return names_in(name, Dialect.SIMAPRO) == {name}
    except InvalidInput:
        return False


def _unique(parameters: Sequence[Parameter]) -> list[Parameter]:
    first: dict[str, Parameter] = {}
    for parameter in parameters:
        first.setdefault(parameter.name.lower(), parameter)
    return list(first.values())
