"""Results that a process states: one number an indicator, or one a module of the life cycle (ILCD+EPD)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from zuji.formats.ilcd.beyond import BEYOND, TEXT, applied, stated
from zuji.formats.ilcd.fields import Box, Number, Reference, Values, Words, words, written_number
from zuji.formats.ilcd.fragments import element_of, in_order, put_back
from zuji.formats.ilcd.names import COMMON, EPD, EPD_2013, FORMAT, OTHER, PROCESS, clark
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.spreads import DISTRIBUTION, EXACT, read_spread, write_spread
from zuji.formats.ilcd.values import number
from zuji.formats.xml_tree import writable
from zuji.model.lci.processes import IndicatorResult
from zuji.model.lci.references import Extra, Kind, Ref
from zuji.text import Text

_AMOUNTS = tuple(f"{{{namespace}}}amount" for namespace in EPD)
_UNIT_GROUPS = tuple(f"{{{namespace}}}referenceToUnitGroupDataSet" for namespace in EPD)
_MODULES = tuple(f"{{{namespace}}}module" for namespace in EPD)
_SCENARIOS = tuple(f"{{{namespace}}}scenario" for namespace in EPD)
_SAID = "text()"
"""The place of an amount's text that is no number, such as MND (module not declared)."""
_AMOUNT = "epd:amount"
"""Where the path of a module's own extras begins."""
_SHORT = f"{{{COMMON}}}shortDescription"


@dataclass(frozen=True, slots=True)
class Module:
    """The amount of one module; what else its element says is in `extras`."""

    module: str
    scenario: str
    amount: float | None
    extras: tuple[Extra, ...] = ()


class Modules:
    """common:other with epd:amount in it: the amounts are taken, the rest is kept beside them."""

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        amounts = [child for child in element if child.tag in _AMOUNTS]
        if not amounts or "modules" in values:
            reading.keep(element, path)
            return
        reading.taken += 1
        for name, value in element.attrib.items():
            reading.keep_attribute("common:other", name, value)
        values["modules"] = [_read_module(amount, reading) for amount in amounts]
        for child in element:
            if child.tag in _UNIT_GROUPS:
                values["unit"] = next((text.text.strip() for text in child.iter(_SHORT) if text.text), "")
            if child.tag not in _AMOUNTS:
                reading.keep(child, "common:other")

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        modules: Sequence[Module] = values.get("modules", ())
        if not modules:
            return
        other = etree.SubElement(parent, tag)
        for module in modules:
            amount = etree.SubElement(other, f"{{{EPD_2013}}}amount", nsmap={"epd": EPD_2013})
            if module.module:
                amount.set(_MODULES[0], writable(module.module))
            if module.scenario:
                amount.set(_SCENARIOS[0], writable(module.scenario))
            said = next((extra.content for extra in module.extras if extra.place == _SAID), None)
            amount.text = written_number(module.amount) if module.amount is not None else writable(said or "")
            put_back(amount, (extra for extra in module.extras if extra.place != _SAID), PROCESS.namespace)


def _read_module(element: etree._Element, reading: Reading) -> Module:
    text = (element.text or "").strip()
    amount = number(text)
    module, scenario = _attribute(element, "module"), _attribute(element, "scenario")
    with reading.inner() as extras:
        reading.taken += 1 + bool(module) + bool(scenario)
        for name, value in element.attrib.items():
            if name not in (module, scenario):
                reading.keep_attribute("", name, value)
        for child in element:
            reading.keep(child, "")
        if text and amount is None:
            extras.append(Extra(FORMAT, _SAID, text))
    return Module(
        element.get(module, "").strip() if module else "",
        element.get(scenario, "").strip() if scenario else "",
        amount,
        tuple(extras),
    )


def _attribute(element: etree._Element, name: str) -> str:
    """The attribute under its qualified or its bare name; both occur."""
    spellings = (*(f"{{{namespace}}}{name}" for namespace in EPD), name)
    return next((spelling for spelling in spellings if spelling in element.attrib), "")


_RESULT = Box(
    {
        "referenceToLCIAMethodDataSet": Reference("indicator", Kind.IMPACT_CATEGORY),
        "meanAmount": Number("amount"),
        **DISTRIBUTION,
        "generalComment": Words("comment"),
        "common:other": Modules(),
    },
    {BEYOND: "beyond", EXACT: "spread"},
)
_NO_INDICATOR = Text(
    "结果没有指明指标，原文保留但不使用", "a result that does not say of what; kept as it stands, not used"
)
_OF_RESULT = {"unit": TEXT, "module": TEXT, "scenario": TEXT}


def read_result(element: etree._Element, reading: Reading, path: str) -> tuple[IndicatorResult, ...] | None:
    """The results of one LCIAResult: one a module, else one; None where it names no indicator."""
    if element.find(clark("referenceToLCIAMethodDataSet", reading.namespace)) is None:
        amounts = sum(child.tag in _AMOUNTS for other in element.iterchildren(OTHER) for child in other)
        for _ in range(amounts or 1):
            reading.book.dropped(Kind.RESULT, "ilcd.no-indicator", _NO_INDICATOR, reading.at(element, path))
        return None
    values: Values = {}
    with reading.inner() as extras:
        _RESULT.read(element, values, reading, "")
        spread = read_spread(values, reading)
        if values.get("modules") and values.get("amount"):
            tag = clark("meanAmount", reading.namespace)
            reading.give_back("", tag, written_number(values["amount"]))
    first = IndicatorResult(
        indicator=values.get("indicator") or Ref("", kind=Kind.IMPACT_CATEGORY),
        amount=values.get("amount"),
        spread=spread,
        comment=words(values, "comment"),
        extras=in_order(extras),
        **({"unit": values.get("unit", "")} | applied(values.get("beyond", ""), _OF_RESULT)),
    )
    return by_module(first, values.get("modules", ()))


def by_module(first: IndicatorResult, modules: Iterable[Module]) -> tuple[IndicatorResult, ...]:
    """A result for each module; what is said once for all of them stays with the first."""
    results = []
    for n, module in enumerate(modules):
        own = replace(
            first, module=module.module, scenario=module.scenario, amount=module.amount, extras=_own(module)
        )
        results.append(
            replace(own, extras=(*own.extras, *first.extras)) if n == 0 else replace(own, spread=None)
        )
    return tuple(results) or (first,)


def grouped(results: Iterable[IndicatorResult]) -> list[tuple[IndicatorResult, tuple[Module, ...]]]:
    """The reverse of `by_module`: what is said once, and the modules that belong to it."""
    groups: list[tuple[IndicatorResult, list[Module]]] = []
    for result in results:
        own, shared = _split(result.extras)
        module = Module(result.module, result.scenario, result.amount, own)
        rest = replace(result, extras=shared)
        if groups and _continues(groups[-1][0], groups[-1][1], rest):
            groups[-1][1].append(module)
        else:
            groups.append((rest, [module] if result.module else []))
    return [(first, tuple(modules)) for first, modules in groups]


def _continues(first: IndicatorResult, modules: list[Module], result: IndicatorResult) -> bool:
    same = (first.indicator, first.unit, first.comment) == (result.indicator, result.unit, result.comment)
    new = (result.module, result.scenario) not in {(module.module, module.scenario) for module in modules}
    return bool(modules and result.module and same and new and not result.extras and result.spread is None)


def write_result(group: tuple[IndicatorResult, tuple[Module, ...]], tag: str, parent: etree._Element) -> None:
    """One LCIAResult."""
    first, modules = group
    element = etree.SubElement(parent, tag)
    whole_amount = 0.0 if modules else first.amount
    if modules and any("meanAmount" in extra.content for extra in first.extras):
        whole_amount = None
    values: Values = {
        "indicator": first.indicator,
        "amount": whole_amount,
        "comment": first.comment,
        "modules": modules,
    }
    values |= write_spread(first.spread, bounds=False)
    values["beyond"] = _beyond(first, modules)
    _RESULT.fill(values, element)
    put_back(element, first.extras, PROCESS.namespace)


def _beyond(first: IndicatorResult, modules: Sequence[Module]) -> str:
    """What the elements do not say of the results: a unit without its unit group, a lone scenario."""
    unit = "" if first.unit == unit_of(first.extras) else first.unit
    said = IndicatorResult(indicator=first.indicator, amount=None, unit=unit)
    if not modules:
        said = replace(said, scenario=first.scenario)
    return stated(said, _OF_RESULT)


def unit_of(extras: Iterable[Extra]) -> str:
    """The unit that the extension's reference to a unit group among `extras` names."""
    for extra in extras:
        if extra.place == "common:other" and "referenceToUnitGroupDataSet" in extra.content:
            texts = (text.text for text in element_of(extra.content).iter(_SHORT))
            return next((text.strip() for text in texts if text), "")
    return ""


def _own(module: Module) -> tuple[Extra, ...]:
    return tuple(replace(extra, place=f"{_AMOUNT}/{extra.place}") for extra in module.extras)


def _split(extras: Iterable[Extra]) -> tuple[tuple[Extra, ...], tuple[Extra, ...]]:
    """(of the module's own element, of the whole result)."""
    own, rest = [], []
    for extra in extras:
        head, mark, place = extra.place.partition(f"{_AMOUNT}/")
        if mark and not head:
            own.append(replace(extra, place=place))
        else:
            rest.append(extra)
    return tuple(own), tuple(rest)
