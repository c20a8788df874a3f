"""Expressions of inventory formats: evaluated safely, parameters resolved in the order they need each other.

    evaluate("2*m_steel", {"m_steel": 3.0})                                    6.0
    resolve([Parameter(name="a", value=None, formula="b^2"), Parameter(name="b", value=3.0)])
                                                                               {"a": 9.0, "b": 3.0}

A name is looked up as written, else without regard to case; it is refused where that leaves two. Truth is 1
and 0, and every number but 0 is true. A branch that a condition does not take is not evaluated.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from zuji.errors import InvalidInput, Place, Problem, UnitMismatch, UnknownUnit
from zuji.model.lci.formula_code import Call, Code, FormulaMistake, Op, translate
from zuji.model.lci.formula_functions import CONSTANTS, Dialect
from zuji.model.lci.processes import Parameter
from zuji.text import Text
from zuji.units import conversion

__all__ = ["Dialect", "Scope", "evaluate", "names_in", "resolve", "settle"]

# What ecoinvent calls a unit that the table knows under another name.
_UNIT_NAMES = {"pound avoirdupois": "lb"}


def evaluate(
    text: str,
    names: Mapping[str, float],
    *,
    place: Place | None = None,
    dialect: Dialect = Dialect.OPENLCA,
) -> float:
    """The number that `text` means with `names`; always finite.

    InvalidInput with `place` where it is no expression of the dialect, a name is unknown, or the result is no
    finite number. EcoSpold 2 references are names too: `Ref('id')` is looked up as "Ref(id)", and
    `Ref('id', 'ProductionVolume')` as "Ref(id;ProductionVolume)".
    """
    try:
        code = translate(text, dialect)
        scope = names if isinstance(names, Scope) else Scope(names)
        return _run(code, {name: scope.number(name) for name in code.names})
    except FormulaMistake as mistake:
        raise InvalidInput(_problem(mistake, text, place or Place())) from None


def names_in(text: str, dialect: Dialect = Dialect.OPENLCA) -> frozenset[str]:
    """The names that `text` uses, as written, without constants (pi, e, true, false).

    InvalidInput where it is no expression.
    """
    try:
        names = translate(text, dialect).names
    except FormulaMistake as mistake:
        raise InvalidInput(_problem(mistake, text, Place())) from None
    return frozenset(name for name in names if name.lower() not in CONSTANTS)


def resolve(
    parameters: Sequence[Parameter],
    given: Mapping[str, float] | None = None,
    *,
    dialect: Dialect = Dialect.OPENLCA,
    place: Place | None = None,
) -> dict[str, float]:
    """All names with their numbers: those of `given`, and `parameters`, which hide a given one of their name.

    A parameter with a formula is evaluated, whatever its `value` says. The order of `parameters` does not
    matter. InvalidInput with every parameter that has no number: cycles, unknown names, division by zero,
    results that are not finite, names that occur twice. Each problem names the parameter in `place.field` and
    the chain that led to it.
    """
    values, problems = settle(parameters, given, dialect=dialect, place=place)
    if problems:
        raise InvalidInput(*problems)
    return values


def settle(
    parameters: Sequence[Parameter],
    given: Mapping[str, float] | None = None,
    *,
    dialect: Dialect = Dialect.OPENLCA,
    place: Place | None = None,
) -> tuple[dict[str, float], tuple[Problem, ...]]:
    """As `resolve`, for readers that go on: the names that have a number, and the problems of the others.

    A parameter without a number that has no problem of its own needs one that has.
    """
    resolution = _Resolution(parameters, given or {}, dialect, place or Place())
    values = resolution.run()
    return values, tuple(resolution.problems)


class Scope(Mapping[str, float]):
    """Names with their numbers, looked up as expressions do; worth making where many share the same names."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = values
        self._spellings: dict[str, list[str]] | None = None

    def spelling(self, name: str) -> str | None:
        """The name in this scope that `name` means; None where there is none."""
        if name in self._values:
            return name
        if self._spellings is None:
            self._spellings = {}
            for spelling in self._values:
                self._spellings.setdefault(spelling.lower(), []).append(spelling)
        found = self._spellings.get(name.lower(), [])
        if len(found) > 1:
            raise FormulaMistake(
                "formula.ambiguous_name",
                f"名称 {name} 可以指 {'、'.join(found)}",
                f"the name {name} may mean {', '.join(found)}",
                Text("请改用不同的名称", "Give them different names"),
            )
        return found[0] if found else None

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def number(self, name: str) -> float:
        """What `name` means: a number of this scope, or a constant."""
        spelling = self.spelling(name)
        if spelling is not None:
            return self._values[spelling]
        if name.lower() in CONSTANTS:
            return CONSTANTS[name.lower()]
        raise FormulaMistake(
            "formula.unknown_name",
            f"没有名为 {name[:60]} 的参数",
            f"there is no parameter {name[:60]}",
            Text("请补上这个参数，或改正名称", "Add this parameter, or correct the name"),
        )


class _Resolution:
    """A walk over the parameters, each after those it needs; the trail is the chain that a problem tells."""

    def __init__(
        self, parameters: Sequence[Parameter], given: Mapping[str, float], dialect: Dialect, place: Place
    ) -> None:
        self._dialect = dialect
        self._place = place
        self.problems: list[Problem] = []
        self._failed: set[str] = set()
        self._parameters: dict[str, Parameter] = {}
        for parameter in parameters:
            if parameter.name in self._parameters:
                self._fail([parameter.name], _twice(parameter.name), parameter)
            self._parameters[parameter.name] = parameter
        hidden = {name.lower() for name in self._parameters}
        self._values = {name: float(value) for name, value in given.items() if name.lower() not in hidden}
        self._scope = Scope(dict.fromkeys((*self._values, *self._parameters), 0.0))
        self._needs: dict[str, tuple[str, ...]] = {}

    def run(self) -> dict[str, float]:
        for name in self._parameters:
            self._reach(name)
        return self._values

    def _reach(self, start: str) -> None:
        """Settles `start` and all it needs, without recursion: chains may be long."""
        if self._settled(start):
            return
        trail: list[str] = [start]
        waiting = [iter(self._needed(start, trail))]
        on_trail = {start}
        while trail:
            needed = next((name for name in waiting[-1] if not self._settled(name)), None)
            if needed is None:
                self._settle(trail)
                on_trail.discard(trail.pop())
                waiting.pop()
            elif needed in on_trail:
                cycle = [*trail[trail.index(needed) :], needed]
                self._fail(cycle, _cycle(), self._parameters[needed])
                self._failed.update(cycle)
            else:
                trail.append(needed)
                on_trail.add(needed)
                waiting.append(iter(self._needed(needed, trail)))

    def _settled(self, name: str) -> bool:
        return name in self._values or name in self._failed

    def _needed(self, name: str, trail: Sequence[str]) -> Iterable[str]:
        """The parameters that `name` needs, as they are spelt; a mistake in its formula fails it."""
        parameter = self._parameters[name]
        if not parameter.formula:
            return ()
        try:
            written = translate(parameter.formula, self._dialect).names
            spelt = tuple(self._scope.spelling(each) for each in written)
        except FormulaMistake as mistake:
            self._fail(trail, mistake, parameter)
            return ()
        self._needs[name] = tuple(each for each in spelt if each is not None)
        return self._needs[name]

    def _settle(self, trail: Sequence[str]) -> None:
        name = trail[-1]
        parameter = self._parameters[name]
        if name in self._failed:
            return
        if any(each in self._failed for each in self._needs.get(name, ())):
            self._failed.add(name)  # told where it went wrong
            return
        try:
            self._values[name] = self._number(parameter)
        except FormulaMistake as mistake:
            self._fail(trail, mistake, parameter)

    def _number(self, parameter: Parameter) -> float:
        if parameter.formula:
            code = translate(parameter.formula, self._dialect)
            scope = Scope({each: self._values[each] for each in self._needs[parameter.name]})
            return _run(code, {each: scope.number(each) for each in code.names})
        if parameter.value is None or not math.isfinite(parameter.value):
            raise FormulaMistake(
                "formula.no_value",
                f"参数 {parameter.name} 没有数值",
                f"the parameter {parameter.name} has no number",
                Text("请填写数值或公式", "Give a number or a formula"),
            )
        return float(parameter.value)

    def _fail(self, trail: Sequence[str], mistake: FormulaMistake, parameter: Parameter) -> None:
        self._failed.add(parameter.name)
        place = replace(self._place, field=parameter.name)
        chain = list(trail) if len(trail) <= 12 else [*trail[:5], "…", *trail[-6:]]
        self.problems.append(_problem(mistake, parameter.formula, place, chain))


def _run(code: Code, names: Mapping[str, float]) -> float:
    """Runs the steps; each is done at most once, since jumps lead forward."""
    stack: list[float] = []
    steps = code.steps
    at = 0
    while at < len(steps):
        step = steps[at]
        at += 1
        op, value = step.op, step.value
        if op is Op.NUMBER and isinstance(value, float):
            stack.append(_finite(value))
        elif op is Op.NAME and isinstance(value, str):
            stack.append(_finite(names[value]))
        elif op is Op.APPLY and isinstance(value, Call):
            first = len(stack) - value.operands
            stack[first:] = [_applied(value, stack[first:])]
        elif op is Op.CONVERT and isinstance(value, tuple):
            stack[-1] = _finite(stack[-1] * _ratio(*value))
        elif op is Op.NEGATE:
            stack[-1] = -stack[-1]
        elif op is Op.NOT:
            stack[-1] = 0.0 if stack[-1] else 1.0
        elif op is Op.TRUTH:
            stack[-1] = 1.0 if stack[-1] else 0.0
        elif isinstance(value, int):
            at = _jump(op, value, at, stack)
    return stack[-1]


def _jump(op: Op, target: int, after: int, stack: list[float]) -> int:
    """Where to go on: `target` if the jump is taken, else `after`."""
    if op is Op.JUMP:
        return target
    top = bool(stack.pop())
    if op is Op.JUMP_UNLESS:
        return after if top else target
    if top is (op is Op.ENOUGH_IF_TRUE):
        stack.append(float(top))
        return target
    return after


def _applied(call: Call, operands: list[float]) -> float:
    shown = f"{call.name}({', '.join(f'{operand:g}' for operand in operands[:4])})"
    try:
        return _finite(float(call.function.compute(*operands)))
    except ZeroDivisionError:
        raise FormulaMistake(
            "formula.division_by_zero",
            f"除以零：{shown}",
            f"division by zero: {shown}",
            Text("请检查作除数的参数", "Check the parameter that divides"),
        ) from None
    except OverflowError:
        raise _not_finite() from None
    except ValueError:
        raise FormulaMistake(
            "formula.undefined",
            f"{shown} 没有定义",
            f"{shown} is not defined",
            Text("请检查函数的参数", "Check what the function is given"),
        ) from None


def _ratio(source: str, target: str) -> float:
    try:
        return conversion(_UNIT_NAMES.get(source, source), _UNIT_NAMES.get(target, target))
    except (UnknownUnit, UnitMismatch) as error:
        first = next(iter(error))
        raise FormulaMistake("formula.units", first.what.zh, first.what.en, first.cure) from None


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise _not_finite()
    return value


def _not_finite() -> FormulaMistake:
    return FormulaMistake(
        "formula.not_finite",
        "结果超出数的范围",
        "the result is no finite number",
        Text("请检查指数和参数的大小", "Check exponents and the size of parameters"),
    )


def _cycle() -> FormulaMistake:
    return FormulaMistake(
        "formula.cycle",
        "参数互相引用，无法计算",
        "parameters need each other in a circle",
        Text("请在其中一个参数处填写数值", "Give one of them a number"),
    )


def _twice(name: str) -> FormulaMistake:
    return FormulaMistake(
        "formula.duplicate",
        f"参数 {name} 出现两次",
        f"the parameter {name} occurs twice",
        Text("请保留一个", "Keep one of them"),
    )


def _problem(mistake: FormulaMistake, text: str, place: Place, chain: Sequence[str] = ()) -> Problem:
    shown = text if len(text) <= 80 else f"{text[:77]}…"
    zh, en = mistake.what.zh, mistake.what.en
    if shown:
        zh, en = f"{zh}（表达式：{shown}）", f"{en} (expression: {shown})"
    if len(chain) > 1:
        path = " → ".join(chain)
        zh, en = f"{zh}（引用链：{path}）", f"{en} (chain: {path})"
    return Problem(code=mistake.code, what=Text(zh, en), cure=mistake.cure, place=place)
