"""The functions and constants that the expressions of inventory formats may use, by dialect.

openLCA's are those of its formula interpreter (openLCA 2 manual, "Constants, operators and functions").
SimaPro runs on Delphi and shares their names; EcoSpold 2 adds unit conversion. `log` means base 10 to openLCA
and is not settled in the others, so there it is refused in favour of `ln` and `log10`.
"""

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Dialect(StrEnum):
    """Whose expression it is. SIMAPRO_COMMA: the file says that its decimal separator is a comma."""

    OPENLCA = "openlca"
    SIMAPRO = "simapro"
    SIMAPRO_COMMA = "simapro, decimal comma"
    ILCD = "ilcd"
    ECOSPOLD2 = "ecospold2"

    @property
    def decimal_comma(self) -> bool:
        return self is Dialect.SIMAPRO_COMMA

    @property
    def powers_from_left(self) -> bool:
        """openLCA alone: 2^3^2 = 64 and -2^2 = 4; elsewhere as in mathematics, 512 and -4."""
        return self is Dialect.OPENLCA

    @property
    def percent(self) -> bool:
        """Whether a % after a number divides it by 100 (else it is the remainder of a division)."""
        return self is Dialect.ECOSPOLD2

    @property
    def quotes(self) -> bool:
        """Whether texts in quotation marks may occur (unit names, identifiers)."""
        return self is Dialect.ECOSPOLD2


@dataclass(frozen=True, slots=True)
class Function:
    """`compute` of `least` to `most` numbers; `most` None: any number."""

    compute: Callable[..., float]
    least: int = 1
    most: int | None = 1


def half_up(x: float) -> float:
    """The nearest integer, halves towards plus infinity, as Java rounds."""
    return float(math.floor(x + 0.5))


def whole_quotient(a: float, b: float) -> float:
    """Integer division of the rounded operands, truncated towards zero."""
    return float(math.trunc(half_up(a) / half_up(b)))


def _half_even(x: float) -> float:
    return float(round(x))


def _average(*numbers: float) -> float:
    return math.fsum(numbers) / len(numbers)


def _truth(value: object) -> float:
    return 1.0 if value else 0.0


_SHARED: dict[str, Function] = {
    "pi": Function(lambda: math.pi, 0, 0),
    "e": Function(lambda: math.e, 0, 0),
    "true": Function(lambda: 1.0, 0, 0),
    "false": Function(lambda: 0.0, 0, 0),
    "abs": Function(abs),
    "ceil": Function(lambda x: float(math.ceil(x))),
    "floor": Function(lambda x: float(math.floor(x))),
    "frac": Function(lambda x: math.modf(x)[0]),
    "int": Function(lambda x: float(math.trunc(x))),
    "trunc": Function(lambda x: float(math.trunc(x))),
    "sqr": Function(lambda x: x * x),
    "sqrt": Function(math.sqrt),
    "exp": Function(math.exp),
    "ln": Function(math.log),
    "log10": Function(math.log10),
    "power": Function(math.pow, 2, 2),
    "pow": Function(math.pow, 2, 2),
    "sin": Function(math.sin),
    "cos": Function(math.cos),
    "tan": Function(math.tan),
    "cot": Function(lambda x: 1 / math.tan(x)),
    "cotan": Function(lambda x: 1 / math.tan(x)),
    "sinh": Function(math.sinh),
    "cosh": Function(math.cosh),
    "tanh": Function(math.tanh),
    "asin": Function(math.asin),
    "arcsin": Function(math.asin),
    "acos": Function(math.acos),
    "arccos": Function(math.acos),
    "atan": Function(math.atan),
    "arctan": Function(math.atan),
    "min": Function(min, 1, None),
    "max": Function(max, 1, None),
    "sum": Function(lambda *numbers: math.fsum(numbers), 0, None),
    "avg": Function(_average, 1, None),
    "mean": Function(_average, 1, None),
    "not": Function(lambda x: _truth(not x)),
    "sign": Function(lambda x: float((x > 0) - (x < 0))),
}

_OPENLCA = _SHARED | {
    "round": Function(half_up),
    "log": Function(math.log10),
    "lg": Function(math.log10),
    "ipower": Function(lambda x, n: math.pow(x, math.trunc(n)), 2, 2),
}

# Delphi rounds halves to the even neighbour, and so does .NET, on which the ecoEditor runs.
_SIMAPRO = _SHARED | {
    "round": Function(_half_even),
    "lg": Function(math.log10),
    "log2": Function(math.log2),
    "logn": Function(lambda base, x: math.log(x) / math.log(base), 2, 2),
    "ipower": Function(lambda x, n: math.pow(x, math.trunc(n)), 2, 2),
    "intpower": Function(lambda x, n: math.pow(x, math.trunc(n)), 2, 2),
    "arctan2": Function(math.atan2, 2, 2),
}
_ECOSPOLD2 = _SHARED | {
    "round": Function(lambda x, digits=0.0: round(x, int(digits)) + 0.0, 1, 2),
    "average": Function(_average, 1, None),
}

FUNCTIONS: Mapping[Dialect, Mapping[str, Function]] = MappingProxyType(
    {
        Dialect.OPENLCA: _OPENLCA,
        Dialect.ILCD: _OPENLCA,
        Dialect.SIMAPRO: _SIMAPRO,
        Dialect.SIMAPRO_COMMA: _SIMAPRO,
        Dialect.ECOSPOLD2: _ECOSPOLD2,
    }
)

_REMAINDER = Function(math.fmod, 2, 2)
_RAISED = Function(math.pow, 2, 2)


def _comparison(compare: Callable[[float, float], bool]) -> Function:
    return Function(lambda a, b: _truth(compare(a, b)), 2, 2)


OPERATORS: Mapping[str, Function] = MappingProxyType(
    {
        "+": Function(operator.add, 2, 2),
        "-": Function(operator.sub, 2, 2),
        "*": Function(operator.mul, 2, 2),
        "/": Function(operator.truediv, 2, 2),
        "div": Function(whole_quotient, 2, 2),
        "mod": _REMAINDER,
        "%": _REMAINDER,
        "^": _RAISED,
        "**": _RAISED,
        "xor": Function(lambda a, b: _truth(bool(a) != bool(b)), 2, 2),
        "=": _comparison(operator.eq),
        "==": _comparison(operator.eq),
        "<>": _comparison(operator.ne),
        "!=": _comparison(operator.ne),
        "<": _comparison(operator.lt),
        "<=": _comparison(operator.le),
        ">": _comparison(operator.gt),
        ">=": _comparison(operator.ge),
    }
)
"""Between two numbers; a comparison gives 1 or 0. The remainder has the sign of the first number."""

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e, "true": 1.0, "false": 0.0})
"""Known without brackets, unless a parameter has that name."""

CHOICES = frozenset({"if", "iff", "iif"})
"""Functions that evaluate only the branch they return."""

RANDOM = frozenset({"random", "rand"})
"""Refused: the same data must give the same number."""
