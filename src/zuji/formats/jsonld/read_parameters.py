"""Parameters of a scope, and the numbers that formulas give with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from zuji.errors import InvalidInput
from zuji.formats.jsonld.record import Record
from zuji.formats.jsonld.spreads import read_spread
from zuji.model.lci.formulas import Scope, evaluate, resolve
from zuji.model.lci.processes import Parameter
from zuji.model.lci.references import Kind

TOLERANCE = 1e-9
"""Relative difference from which a stored number is held to disagree with its formula."""


def read_parameters(
    records: Iterable[Record], scope: str, given: Mapping[str, float]
) -> tuple[tuple[Parameter, ...], Mapping[str, float]]:
    """The parameters of one scope and every name that its formulas may use.

    `scope` is the value of parameterScope that goes without saying here; `given` are the outer names. A
    formula that cannot be evaluated leaves the stored number standing.
    """
    pairs = [(record, _parameter(record, scope)) for record in records]
    if not pairs:
        return (), given
    # formulas cannot spell the blanks that some names end in
    keys = [parameter.name.strip() for _, parameter in pairs]
    last = {key: number for number, key in enumerate(keys)}
    for number, (record, _) in enumerate(pairs):
        if last[keys[number]] != number:
            record.remark("second-parameter")
    counted = [replace(pairs[number][1], name=key) for key, number in last.items()]
    names, failed = _names(counted, given)
    parameters = []
    for number, (record, parameter) in enumerate(pairs):
        value = parameter.value
        if parameter.formula and last[keys[number]] == number:
            if keys[number] in failed or keys[number] not in names:
                record.remark("formula-failed")
            else:
                value = agreed(record, value, names[keys[number]])
        if value is None:
            record.default("no-parameter-value")
        extras = record.extras()
        record.close(Kind.PARAMETER)
        parameters.append(replace(parameter, value=value, extras=extras))
    return tuple(parameters), Scope(names)


def evaluated(record: Record, stored: float | None, formula: str, names: Mapping[str, float]) -> float | None:
    """The number of a formula, or what is stored where there is none or it cannot be evaluated."""
    if not formula.strip():
        return stored
    try:
        number = evaluate(formula, names)
    except InvalidInput:
        record.remark("formula-failed")
        return stored
    return agreed(record, stored, number)


def agreed(record: Record, stored: float | None, number: float) -> float:
    """The stored number where it is what the formula gives, up to rounding; else the formula's, remarked."""
    if stored is None:
        return number
    if abs(stored - number) <= TOLERANCE * max(abs(stored), abs(number)):
        return stored
    record.remark("formula-differs")
    return number


def _parameter(record: Record, scope: str) -> Parameter:
    formula = record.text("formula")
    # openLCA takes a parameter for an input where it says nothing
    independent = record.flag("isInputParameter")
    if independent is None:
        independent = not formula
    if independent and formula:
        record.keep("formula", formula)
        formula = ""
    elif not independent and not formula:
        record.keep("isInputParameter", value=False)
    stated = record.text("parameterScope")
    if stated and stated != scope:
        record.keep("parameterScope", stated)
    value = record.number("value")
    return Parameter(
        name=record.text("name"),
        value=value,
        formula=formula,
        spread=read_spread(record, value),
        comment=record.wording("description"),
        id=record.text("@id"),
    )


def _names(
    parameters: Sequence[Parameter], given: Mapping[str, float]
) -> tuple[dict[str, float], frozenset[str]]:
    """Names with numbers, and which formulas failed: those count with their stored numbers, if any."""
    failed: set[str] = set()
    standing = list(parameters)
    while True:
        try:
            return resolve(standing, given), frozenset(failed)
        except InvalidInput as error:
            wrong = {problem.place.field for problem in error}
            formulas = {one.name: bool(one.formula) for one in standing}
            failed |= {name for name in wrong if formulas.get(name)}
            before = len(standing), sum(formulas.values())
            standing = [
                replace(one, formula="") if one.name in wrong else one
                for one in standing
                if not (one.name in wrong and (one.value is None or not one.formula))
            ]
            if before == (len(standing), sum(bool(one.formula) for one in standing)):
                return dict(given), frozenset(one.name for one in parameters if one.formula)
