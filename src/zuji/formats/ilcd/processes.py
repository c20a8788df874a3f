"""Processes: exchanges seen together, reference flows, allocation, documentation."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from lxml import etree

from zuji.formats.ilcd.allocation import allocations, as_fractions, complete, written
from zuji.formats.ilcd.beyond import BEYOND, FLAG, METHOD, NUMBER, SHARE, applied, many, stated
from zuji.formats.ilcd.documentation import (
    ADMINISTRATIVE,
    GEOGRAPHY,
    MODELLING,
    TECHNOLOGY,
    TIME,
    documentation_of,
    documentation_values,
)
from zuji.formats.ilcd.exchanges import Draft, read_exchange, write_exchange
from zuji.formats.ilcd.fields import Box, Items, Plain, Plains, Values, Words, words
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.headings import (
    CLASSES,
    NAMED,
    heading_of,
    information,
    name_parts,
    parts_of,
    values_of,
)
from zuji.formats.ilcd.names import PROCESS, clark
from zuji.formats.ilcd.parameters import differs, evaluated, read_parameter, write_parameter
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.results import Module, by_module, grouped, read_result, unit_of, write_result
from zuji.model.lci.processes import Exchange, IndicatorResult, Parameter, Process, ProcessType
from zuji.model.lci.references import Kind
from zuji.text import Text

PARTS = ("treatmentStandardsRoutes", "mixAndLocationTypes", "functionalUnitFlowProperties")
_REFERENCE_TYPE = "Reference flow(s)"
_QUANTITATIVE = "processInformation/quantitativeReference"
_OF_PROCESS = {"production_volume": NUMBER, "infrastructure": FLAG, "allocation_method": METHOD}
_ALLOCATIONS = {"allocations": many(SHARE)}

ReferenceUnits: TypeAlias = Callable[[Exchange], float | None]
"""How many reference units of its flow one unit of the exchange is; None where nothing tells."""

_PROCESS = Box(
    {
        "processInformation": Box(
            {
                "dataSetInformation": information(
                    {
                        "common:UUID": Plain("id"),
                        "name": Box({"baseName": Words("name"), **{part: Words(part) for part in PARTS}}),
                        "common:synonyms": Words("synonyms"),
                        "classificationInformation": CLASSES,
                        "common:generalComment": Words("comment"),
                    }
                ),
                "quantitativeReference": Box(
                    {
                        "referenceToReferenceFlow": Plains("references"),
                        "functionalUnitOrOther": Words("functional_unit"),
                    },
                    {"type": "reference_type"},
                ),
                "time": TIME,
                "geography": GEOGRAPHY,
                "technology": TECHNOLOGY,
                "mathematicalRelations": Box(
                    {"variableParameter": Items("parameters", read_parameter, write_parameter)}
                ),
            }
        ),
        "modellingAndValidation": MODELLING,
        "administrativeInformation": ADMINISTRATIVE,
        "exchanges": Box({"exchange": Items("exchanges", read_exchange, write_exchange)}),
        "LCIAResults": Box({"LCIAResult": Items("results", read_result, write_result)}),
    },
    {BEYOND: "beyond"},
)


def read_process(root: etree._Element, reading: Reading) -> Process:
    """A process data set. Enters its exchanges, parameters, allocations and results into the ledger."""
    values: Values = {}
    _PROCESS.read(root, values, reading, "")
    if values.get("reference_type", _REFERENCE_TYPE) != _REFERENCE_TYPE:
        reading.taken -= 1
        reading.keep_attribute(_QUANTITATIVE, "type", values["reference_type"])
    if "type" not in values:
        reading.defaulted("ilcd.process-type", _NO_TYPE, reading.at(root, "typeOfDataSet"))
    drafts: list[Draft] = values.get("exchanges", [])
    parameters = evaluated(values.get("parameters", ()), reading, root)
    exchanges, ids = _exchanges(drafts, values.get("references", ()), parameters, reading, root)
    shares = [draft.shares for draft in drafts]
    found = allocations(exchanges, shares, ids)
    reading.book.mapped(Kind.ALLOCATION, len(found))
    if all(each.exchange for each in found):
        _remark_sums(exchanges, shares, reading, root)
    results = [result for group in values.get("results", ()) for result in group]
    for draft, exchange in zip(drafts, exchanges, strict=True):
        if draft.modules:
            first = IndicatorResult(indicator=exchange.flow, amount=None, unit=unit_of(exchange.extras))
            results += by_module(first, draft.modules)
    reading.book.mapped(Kind.RESULT, len(results))
    said: Values = {"allocations": found, "name_parts": name_parts(values, PARTS)}
    said |= applied(values.get("beyond", ""), _OF_PROCESS | _ALLOCATIONS | NAMED)
    return Process(
        heading=heading_of(values),
        type=values.get("type", ProcessType.UNIT),
        location=values.get("location", ""),
        exchanges=exchanges,
        parameters=parameters,
        results=tuple(results),
        documentation=documentation_of(values),
        production_volume_text=words(values, "production_volume_text"),
        functional_unit=words(values, "functional_unit"),
        extras=in_order(reading.extras),
        **said,
    )


def write_process(process: Process, root: etree._Element, units: ReferenceUnits) -> None:
    """Fills the root element of a process data set."""
    named, codecs = parts_of(process.name_parts, PARTS)
    shares = written(process.exchanges, process.allocations)
    if allocations(process.exchanges, shares) != process.allocations:
        codecs = codecs | _ALLOCATIONS
    groups, modules = _placed(process)
    values = values_of(process.heading) | documentation_values(process.documentation) | named
    references = [exchange.id for exchange in process.exchanges if exchange.reference]
    values |= {
        "type": process.type,
        "location": process.location,
        "references": references,
        "functional_unit": process.functional_unit,
        "reference_type": _REFERENCE_TYPE if references or process.functional_unit else "",
        "production_volume_text": process.production_volume_text,
        "parameters": process.parameters,
        "exchanges": [
            (exchange, units(exchange) or 1.0, parts, modules.get(n, ()))
            for n, (exchange, parts) in enumerate(zip(process.exchanges, shares, strict=True))
        ],
        "results": groups,
        "beyond": stated(process, _OF_PROCESS | codecs),
    }
    _PROCESS.fill(values, root)
    put_back(root, process.extras, PROCESS.namespace)


def _exchanges(
    drafts: Sequence[Draft],
    references: Sequence[str],
    parameters: Sequence[Parameter],
    reading: Reading,
    root: etree._Element,
) -> tuple[tuple[Exchange, ...], dict[str, str]]:
    """The exchanges with ids of their own, reference marks and amounts; ids by internal number."""
    names = {parameter.name: parameter.value for parameter in parameters}
    wanted = set(references)
    elements = root.findall("/".join(clark(name, reading.namespace) for name in ("exchanges", "exchange")))
    seen: dict[str, str] = {}
    result = []
    used: set[str] = set()
    for draft, element in zip(drafts, elements, strict=True):
        exchange = draft.exchange
        internal, own = exchange.id, _own_id(exchange.id, used)
        used.add(own)
        is_first = seen.setdefault(internal, own) == own
        is_reference = bool(internal) and is_first and internal in wanted
        if internal != own:
            reading.defaulted("ilcd.exchange-id", _NO_ID, reading.at(element, f"exchange {own}"))
        if internal != own or is_reference:
            exchange = replace(exchange, id=own, reference=is_reference)
        if exchange.variable:
            exchange = _with_variable(exchange, names, reading, element)
        _enter(exchange, reading, element)
        if draft.resulting is not None:
            reading.resulting[own] = draft.resulting
        result.append(exchange)
    for wrong in references:
        if wrong not in seen:
            tag = clark("referenceToReferenceFlow", PROCESS.namespace)
            reading.give_back(_QUANTITATIVE, tag, wrong)
            reading.remark(
                "ilcd.reference-flow", _WRONG_REFERENCE, reading.at(root, f"referenceToReferenceFlow {wrong}")
            )
    return tuple(result), seen


def _own_id(internal: str, used: set[str]) -> str:
    if internal and internal not in used:
        return internal
    return next(name for n in range(2, len(used) + 3) if (name := f"{internal}#{n}") not in used)


def _with_variable(
    exchange: Exchange, names: dict[str, float | None], reading: Reading, element: etree._Element
) -> Exchange:
    """amount = mean · variable: computed where it is not stated, checked where it is."""
    value = names.get(exchange.variable)
    place = reading.at(element, f"exchange {exchange.id}: {exchange.variable}")
    if value is None or exchange.mean is None:
        if exchange.variable not in names:
            reading.remark("ilcd.variable", _NO_VARIABLE, place)
        return exchange
    product = exchange.mean * value
    resulting = reading.resulting.get(exchange.id, exchange.amount)
    if exchange.amount is None:
        return replace(exchange, amount=product)
    if not exchange.unit and resulting is not None and differs(product, resulting):
        reading.remark("ilcd.resulting-amount", _RESULTING, place)
    return exchange


def _enter(exchange: Exchange, reading: Reading, element: etree._Element) -> None:
    """The exchange in the ledger: what is odd about it is said once, nothing is left out."""
    sound = exchange.amount is not None and not (exchange.reference and exchange.amount == 0)
    if sound:
        reading.book.mapped(Kind.EXCHANGE)
        if exchange.flow.id:
            return
    place = reading.at(element, f"exchange {exchange.id}")
    if not exchange.flow.id:
        reading.remark("ilcd.no-flow", _NO_FLOW, place)
    if exchange.amount is None:
        reading.book.remarked(Kind.EXCHANGE, "ilcd.no-amount", _NO_AMOUNT, place)
        if exchange.reference:
            reading.remark("ilcd.no-reference-amount", _NO_REFERENCE_AMOUNT, place)
    elif not sound:
        reading.book.remarked(Kind.EXCHANGE, "ilcd.zero-reference", _ZERO, place)


def _remark_sums(
    exchanges: Sequence[Exchange],
    shares: Sequence[Sequence[tuple[str, str]]],
    reading: Reading,
    root: etree._Element,
) -> None:
    fractions = as_fractions(shares)
    if fractions:
        reading.remark("ilcd.allocation-fractions", _FRACTIONS, reading.at(root, "allocations"))
    for exchange, parts in zip(exchanges, shares, strict=True):
        if parts and not complete(parts, fractions=fractions):
            reading.remark(
                "ilcd.allocation-sum", _SUM, reading.at(root, f"exchange {exchange.id}: allocations")
            )


def _placed(
    process: Process,
) -> tuple[list[tuple[IndicatorResult, tuple[Module, ...]]], dict[int, tuple[Module, ...]]]:
    """Results as LCIAResults, and amounts by module of indicators that are exchanges, by exchange index."""
    groups = []
    modules: dict[int, tuple[Module, ...]] = {}
    for first, parts in grouped(process.results):
        plain = (
            first.indicator.kind is Kind.FLOW and not first.comment and not first.extras and not first.spread
        )
        home = next(
            (
                n
                for n, exchange in enumerate(process.exchanges)
                if plain
                and parts
                and n not in modules
                and exchange.flow == first.indicator
                and unit_of(exchange.extras) == first.unit
            ),
            None,
        )
        if home is None:
            groups.append((first, parts))
        else:
            modules[home] = parts
    return groups, modules


_NO_TYPE = Text(
    "过程没有可用的数据集类型，按单元过程读入", "the process has no usable type; read as a unit process"
)
_NO_ID = Text(
    "交换没有编号或编号重复，另给编号", "an exchange without a number, or with another's; it got its own"
)
_WRONG_REFERENCE = Text(
    "参考流编号不对应任何交换，不作猜测，该过程可能没有参考流",
    "the number of the reference flow is on no exchange; nothing is guessed",
)
_NO_VARIABLE = Text("交换引用的变量不存在", "the exchange names a variable that does not exist")
_RESULTING = Text(
    "resultingAmount 不等于 meanAmount 乘变量，采用 resultingAmount",
    "resultingAmount is not meanAmount times the variable; resultingAmount is used",
)
_NO_FLOW = Text("交换没有指明流", "the exchange does not say which flow")
_NO_AMOUNT = Text(
    "交换没有数值，保留但不参与计算",
    "the exchange has no amount; it is kept and takes no part in calculation",
)
_NO_REFERENCE_AMOUNT = Text("参考流没有数值", "the reference flow has no amount")
_ZERO = Text("参考流的数量为零，按原文保留", "the reference amount is zero; kept as it stands")
_FRACTIONS = Text(
    "分配系数以小数而不是百分数给出，按合计为 1 读入", "allocation is given as fractions of 1, not in percent"
)
_SUM = Text("分配系数合计不是 100 %", "the allocation of the exchange does not add up to 100 %")
