"""Expressions translated into steps for a stack of numbers; nothing of the text is ever executed as Python.

The steps are flat and jumps lead only forward, so a run takes at most as many steps as there are tokens,
whatever the expression says; nesting is bounded while translating. Numbers are floats from the first digit
on: 9^9^9^9 is an overflow, not a computation.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import chain

from zuji.model.lci.formula_functions import (
    CHOICES,
    FUNCTIONS,
    OPERATORS,
    RANDOM,
    Dialect,
    Function,
)
from zuji.text import Text

LONGEST = 20_000
"""Characters of one expression."""
DEEPEST = 100
"""Brackets, calls and chained powers inside each other."""


class FormulaMistake(Exception):
    """What is wrong with an expression; it becomes an InvalidInput as soon as its place is known."""

    def __init__(self, code: str, zh: str, en: str, cure: Text) -> None:
        super().__init__(en)
        self.code, self.what, self.cure = code, Text(zh, en), cure


_SYNTAX_CURE = Text("请检查括号、运算符和分隔符", "Check brackets, operators and separators")


class Op(Enum):
    """What a step does with the stack."""

    NUMBER = auto()
    NAME = auto()
    APPLY = auto()
    NEGATE = auto()
    NOT = auto()
    TRUTH = auto()
    """Turns the top into 0 or 1."""
    JUMP = auto()
    JUMP_UNLESS = auto()
    """Takes the top and jumps if it is false."""
    ENOUGH_IF_FALSE = auto()
    """Jumps, leaving 0, if the top is false; else takes it."""
    ENOUGH_IF_TRUE = auto()
    CONVERT = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """A function or operator with its number of operands."""

    name: str
    function: Function
    operands: int


@dataclass(slots=True)
class Step:
    """`value`: the number, name, Call, jump target, or pair of units."""

    op: Op
    value: float | str | Call | int | tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A translated expression and the names in it, as written, in the order first met."""

    steps: tuple[Step, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


_NUMBER = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER_COMMA = r"(?:[0-9]+(?:,[0-9]+|\.[0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
_REST = (
    r"|(?P<name>[^\W0-9][\w$]*|\$[\w$]*)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<mark>\*\*|<=|>=|<>|!=|==|&&|\|\||[-+*/^%<>=&|();,])"
)
_PATTERN = re.compile(f"(?P<number>{_NUMBER}){_REST}")
_PATTERN_COMMA = re.compile(f"(?P<number>{_NUMBER_COMMA}){_REST}")
_BLANK = re.compile(r"\s+")

# Precedence from loose to tight. A sign stands between products and powers, except in openLCA.
_OR, _XOR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER = range(1, 10)
_LEVEL = {
    **dict.fromkeys(("|", "||", "or"), _OR),
    "xor": _XOR,
    **dict.fromkeys(("&", "&&", "and"), _AND),
    **dict.fromkeys(("=", "==", "<>", "!=", "<", "<=", ">", ">="), _COMPARE),
    **dict.fromkeys(("+", "-"), _SUM),
    **dict.fromkeys(("*", "/", "%", "div", "mod"), _PRODUCT),
    **dict.fromkeys(("^", "**"), _POWER),
}
_WORDS = frozenset({"or", "xor", "and", "div", "mod"})


def _tokens(text: str, dialect: Dialect) -> list[_Token]:
    pattern = _PATTERN_COMMA if dialect.decimal_comma else _PATTERN
    found: list[_Token] = []
    at = 0
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank:
            at = blank.end()
            continue
        match = pattern.match(text, at)
        if match is None or (match.lastgroup == "text" and not dialect.quotes):
            raise FormulaMistake(
                "formula.character",
                f"表达式第 {at + 1} 个字符“{text[at]}”无法识别",
                f"character {at + 1} of the expression, “{text[at]}”, has no meaning here",
                _SYNTAX_CURE,
            )
        found.append(_Token(str(match.lastgroup), match.group(), at))
        at = match.end()
    found.append(_Token("end", "", len(text)))
    return found


@lru_cache(maxsize=1024)
def translate(text: str, dialect: Dialect) -> Code:
    """The steps of `text`; FormulaMistake where it is no expression of the dialect."""
    if len(text) > LONGEST:
        raise FormulaMistake(
            "formula.too_long",
            f"表达式有 {len(text)} 个字符，超过 {LONGEST}",
            f"the expression has {len(text)} characters, more than {LONGEST}",
            Text("请拆成几个参数", "Split it into several parameters"),
        )
    return _Translator(text, dialect).code()


class _Translator:
    """Precedence climbing over the tokens; every method leaves exactly one number on the stack."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self._tokens = _tokens(text, dialect)
        self._dialect = dialect
        self._position = 0
        self._depth = 0
        self._steps: list[Step] = []
        self._names: dict[str, None] = {}

    def code(self) -> Code:
        self._conditional()
        if self._next.kind != "end":
            raise self._unexpected()
        return Code(tuple(self._steps), tuple(self._names))

    @property
    def _next(self) -> _Token:
        return self._tokens[self._position]

    def _take(self) -> _Token:
        token = self._next
        self._position += 1
        return token

    def _conditional(self) -> None:
        """An expression, in SimaPro also `a IF condition ELSE b`, whose value comes before its condition."""
        first = len(self._steps)
        self._expression(_OR)
        if not (self._dialect.value.startswith("simapro") and self._word() == "if"):
            return
        value = self._steps[first:]
        del self._steps[first:]
        self._take()
        self._expression(_OR)
        unless = self._emit(Op.JUMP_UNLESS)
        moved = len(self._steps) - first
        for step in value:
            if isinstance(step.value, int):
                step.value += moved
        self._steps.extend(value)
        done = self._emit(Op.JUMP)
        unless.value = len(self._steps)
        if self._word() != "else":
            raise self._unexpected()
        self._take()
        self._deeper()
        self._conditional()
        self._depth -= 1
        done.value = len(self._steps)

    def _expression(self, loosest: int) -> None:
        self._deeper()
        self._operand()
        while True:
            mark = self._word() or self._next.text
            level = _LEVEL.get(mark, 0) if self._next.kind in ("mark", "name") else 0
            if level < loosest:
                break
            self._take()
            if level in (_OR, _AND):
                enough = self._emit(Op.ENOUGH_IF_TRUE if level == _OR else Op.ENOUGH_IF_FALSE)
                self._expression(level + 1)
                self._emit(Op.TRUTH)
                enough.value = len(self._steps)
                continue
            # The right side of a power may be signed: 10^-3.
            right_first = level == _POWER and not self._dialect.powers_from_left
            self._expression(_SIGN if right_first else level + 1)
            self._emit(Op.APPLY, Call(mark, OPERATORS[mark], 2))
        self._depth -= 1

    def _operand(self) -> None:
        token = self._take()
        if token.kind == "number":
            number = float(token.text.replace(",", "."))
            if self._dialect.percent and self._next.text == "%":
                self._take()
                number /= 100
            self._emit(Op.NUMBER, number)
        elif token.text in ("+", "-"):
            self._expression(_POWER + 1 if self._dialect.powers_from_left else _SIGN)
            if token.text == "-":
                self._emit(Op.NEGATE)
        elif token.text == "(":
            self._conditional()
            self._close()
        elif token.kind == "name":
            self._name(token)
        else:
            self._position -= 1
            raise self._unexpected()

    def _name(self, token: _Token) -> None:
        name = token.text.lower()
        if self._next.text == "(":
            if name in CHOICES:
                self._take()
                self._choice(name)
            elif name in ("and", "or"):
                self._take()
                self._connective(name)
            elif self._dialect is Dialect.ECOSPOLD2 and name in ("unitconversion", "ref"):
                self._take()
                self._conversion() if name == "unitconversion" else self._reference()
            else:
                self._take()
                self._call(token.text, name)
        elif name == "not" and (self._next.kind in ("number", "name") or self._next.text in ("+", "-")):
            self._expression(_NOT + 1)
            self._emit(Op.NOT)
        else:
            self._names[token.text] = None
            self._emit(Op.NAME, token.text)

    def _call(self, written: str, name: str) -> None:
        if name in RANDOM:
            raise FormulaMistake(
                "formula.random",
                f"函数 {written} 每次给出不同的数，不能用于核算",
                f"the function {written} gives another number each time and cannot be calculated with",
                Text("请改用参数及其分布", "Use a parameter and its distribution instead"),
            )
        function = FUNCTIONS[self._dialect].get(name)
        if function is None:
            raise FormulaMistake(
                "formula.unknown_function",
                f"没有函数 {written[:40]}",
                f"there is no function {written[:40]}",
                Text(f"可用的函数：{_known(self._dialect)}", f"There are: {_known(self._dialect)}"),
            )
        count = 0
        if self._next.text != ")":
            count = 1
            self._conditional()
            while self._separator():
                self._conditional()
                count += 1
        self._close()
        if count < function.least or (function.most is not None and count > function.most):
            raise FormulaMistake(
                "formula.arguments",
                f"函数 {written} 不能有 {count} 个参数",
                f"the function {written} does not take {count} arguments",
                _SYNTAX_CURE,
            )
        self._emit(Op.APPLY, Call(name, function, count))

    def _choice(self, name: str) -> None:
        self._conditional()
        unless = self._emit(Op.JUMP_UNLESS)
        self._require_separator(name)
        self._conditional()
        done = self._emit(Op.JUMP)
        unless.value = len(self._steps)
        self._require_separator(name)
        self._conditional()
        done.value = len(self._steps)
        self._close()

    def _connective(self, name: str) -> None:
        skips: list[Step] = []
        self._conditional()
        while self._separator():
            skips.append(self._emit(Op.ENOUGH_IF_TRUE if name == "or" else Op.ENOUGH_IF_FALSE))
            self._conditional()
        self._close()
        self._emit(Op.TRUTH)
        for skip in skips:
            skip.value = len(self._steps)

    def _conversion(self) -> None:
        self._conditional()
        self._require_separator("UnitConversion")
        source = self._text()
        self._require_separator("UnitConversion")
        target = self._text()
        self._close()
        self._emit(Op.CONVERT, (source, target))

    def _reference(self) -> None:
        parts = [self._text()]
        while self._separator():
            parts.append(self._text())
        self._close()
        name = f"Ref({';'.join(parts)})"
        self._names[name] = None
        self._emit(Op.NAME, name)

    def _text(self) -> str:
        if self._next.kind != "text":
            raise self._unexpected()
        return self._take().text[1:-1].strip()

    def _separator(self) -> bool:
        if self._next.text == ";" or (self._next.text == "," and not self._dialect.decimal_comma):
            self._take()
            return True
        return False

    def _require_separator(self, name: str) -> None:
        if not self._separator():
            raise FormulaMistake(
                "formula.arguments",
                f"{name} 需要三个参数",
                f"{name} takes three arguments",
                _SYNTAX_CURE,
            )

    def _close(self) -> None:
        if self._next.text != ")":
            raise self._unexpected()
        self._take()

    def _word(self) -> str:
        """The next token in lower case where it is a word that stands between operands, else empty."""
        word = self._next.text.lower()
        return word if self._next.kind == "name" and (word in _WORDS or word in ("if", "else")) else ""

    def _emit(self, op: Op, value: float | str | Call | tuple[str, str] | None = None) -> Step:
        step = Step(op, value)
        self._steps.append(step)
        return step

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaMistake(
                "formula.too_deep",
                f"表达式嵌套超过 {DEEPEST} 层",
                f"the expression is nested more than {DEEPEST} levels deep",
                Text("请拆成几个参数", "Split it into several parameters"),
            )

    def _unexpected(self) -> FormulaMistake:
        token = self._next
        if token.kind == "end":
            zh, en = "表达式不完整", "the expression is not complete"
        else:
            zh = f"表达式第 {token.at + 1} 个字符处的“{token.text[:40]}”位置不对"
            en = f"“{token.text[:40]}” cannot stand at character {token.at + 1} of the expression"
        return FormulaMistake("formula.syntax", zh, en, _SYNTAX_CURE)


def _known(dialect: Dialect) -> str:
    return ", ".join(sorted(chain(FUNCTIONS[dialect], CHOICES, ("and", "or"))))
