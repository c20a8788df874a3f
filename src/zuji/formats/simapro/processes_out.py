"""Unit processes as blocks Process and Product stage."""

from collections.abc import Mapping
from uuid import UUID

from zuji.errors import Place
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.exchanges_out import ExchangeWriter, Lexicon, is_ours, section_of
from zuji.formats.simapro.expressions_out import ParameterRows, parameter_rows
from zuji.formats.simapro.identity import content_of, rows_of
from zuji.formats.simapro.shares import percentages
from zuji.model.lci.flows import FlowType
from zuji.model.lci.formulas import Scope
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.processes import Direction, Exchange, Parameter, Process, ProcessType
from zuji.model.lci.publications import Source
from zuji.model.lci.references import Kind
from zuji.model.lci.wording import Wording
from zuji.text import Text

Rows = list[tuple[str, ...]]

_UNSPECIFIED_LABELS = frozenset(
    {
        *("Time period", "Geography", "Technology", "Representativeness", "Waste treatment allocation"),
        *("Multiple output allocation", "Substitution allocation", "Cut off rules", "Capital goods"),
        "Boundary with nature",
    }
)
_SAYS_NOTHING: tuple[Rows, ...] = (
    [("",)],
    [(words.UNSPECIFIED,)],
    [(words.UNIT_PROCESS,)],
    [("No",)],
)
_STANDARD = words.SECTION_ORDER[3:15]
"""Sections that every process shows, with or without rows."""


class ProcessWriter:
    """Blocks of processes. `sources` are those of the package by id, `given` its global parameters."""

    def __init__(
        self,
        lexicon: Lexicon,
        sources: Mapping[str, Source],
        given: Mapping[str, float],
        book: LedgerBook,
    ) -> None:
        self._lexicon = lexicon
        self._sources = sources
        self._given = given
        self._book = book

    def rows(self, process: Process) -> Rows:
        """The block, or nothing where the process supplies nothing: SimaPro has no name for it then."""
        ours = is_ours(process)
        place = Place(line=str(process.heading.name), field=process.heading.id)
        self._book.read(Kind.PROCESS)
        references = [each for each in process.exchanges if each.reference and self._makes(each)]
        treats = bool(references) and self._treats(references[0])
        products = frozenset(each.id for each in _products(references, treats=treats, ours=ours))
        sections = [
            (
                each,
                section_of(
                    each,
                    self._lexicon,
                    ours=ours,
                    treats=treats,
                    product=each.id in products,
                ),
            )
            for each in process.exchanges
        ]
        if not ours and not any(section in words.REFERENCES for _, section in sections):
            self._drop(process, place)
            return []
        item = Item(self._book, Kind.PROCESS, place)
        self._book.read(Kind.EXCHANGE, len(process.exchanges))
        parameters = self._parameters(process, place, ours=ours)
        shown = [each for each, section in sections if section == words.PRODUCTS]
        scope = Scope(parameters.names)
        shares = percentages(process, shown, self._lexicon.measures, scope, self._book, ours=ours)
        if shares.code:
            item.default(shares.code, shares.why.zh, shares.why.en)
        writer = ExchangeWriter(process, self._lexicon, parameters.names, shares.cells, self._book)
        writer.write(sections)
        self._say_what_is_lost(process, place)
        item.settle()
        stage = content_of(process.extras, "block") == words.STAGE
        rows: Rows = [(words.STAGE if stage else words.PROCESS,), ()]
        for label, values in self._labels(process, treats=treats, ours=ours):
            rows.extend(((label,), *values, ()))
        writer.rows[words.INPUT_PARAMETERS] = list(parameters.inputs)
        writer.rows[words.CALCULATED_PARAMETERS] = list(parameters.calculated)
        for section in words.SECTION_ORDER:
            found = writer.rows.get(section, [])
            if found or (section in _STANDARD and not stage) or section in words.SECTION_ORDER[-2:]:
                rows.extend(((section,), *found, ()))
        return [*rows, ("End",), ()]

    def _makes(self, exchange: Exchange) -> bool:
        flow = self._lexicon.flows.get(exchange.flow.id)
        if flow is None:
            return bool(exchange.flow.name)
        return flow.type is not FlowType.ELEMENTARY

    def _treats(self, exchange: Exchange) -> bool:
        """Whether the reference is a waste taken in, or a negative output, which means the same."""
        flow = self._lexicon.flows.get(exchange.flow.id)
        if exchange.direction is Direction.INPUT:
            return True
        return bool(
            flow is not None
            and flow.type is FlowType.WASTE
            and exchange.amount is not None
            and exchange.amount < 0
        )

    def _drop(self, process: Process, place: Place) -> None:
        why = Text(
            "过程没有产品，SimaPro 无法指称", "it has no product, and SimaPro has no other name for it"
        )
        self._book.dropped(Kind.PROCESS, "simapro.process.no_product", why, place)
        for kind, number in (
            (Kind.EXCHANGE, len(process.exchanges)),
            (Kind.PARAMETER, len(process.parameters)),
            (Kind.ALLOCATION, len(process.allocations)),
        ):
            self._book.read(kind, number)
            for _ in range(number):
                self._book.dropped(kind, "simapro.process.no_product", why, place)

    def _parameters(self, process: Process, place: Place, *, ours: bool) -> ParameterRows:
        rows = parameter_rows(process.parameters, self._given, ours=ours)
        enter_parameters(process.parameters, rows, self._book, place)
        return rows

    def _labels(self, process: Process, *, treats: bool, ours: bool) -> list[tuple[str, Rows]]:
        """Every label with its rows: as kept, else from the model, else what SimaPro writes for nothing."""
        found: list[tuple[str, Rows]] = []
        stage = content_of(process.extras, "block") == words.STAGE
        for label in words.PROCESS_LABELS:
            values = self._label_rows(label, process, treats=treats, ours=ours)
            other = words.PRODUCT_LABELS if treats else words.WASTE_LABELS
            seldom = stage or label in words.SELDOM_LABELS or label in other
            if label != words.CATEGORY_TYPE and seldom and values in _SAYS_NOTHING:
                continue
            found.append((label, values))
        found.extend(
            (extra.place, [tuple(row) for row in rows_of(extra.content)])
            for extra in process.extras
            if extra.format == words.FORMAT and extra.place not in (*words.PROCESS_LABELS, "block")
        )
        return found

    def _label_rows(self, label: str, process: Process, *, treats: bool, ours: bool) -> Rows:
        kept = content_of(process.extras, label)
        if label == words.CATEGORY_TYPE:
            usual = words.WASTE_TREATMENT.lower() if treats else "material"
            return [(usual if kept is None else kept,)]
        rows = [tuple(row) for row in rows_of(kept)]
        if rows:
            return rows
        if label == "Literature references":
            names = [self._source_name(each.id, each.name) for each in process.documentation.sources]
            return [(name,) for name in names] or [("",)]
        return [(self._value(label, process, ours=ours),)]

    def _source_name(self, identity: str, name: Wording) -> str:
        source = self._sources.get(identity)
        return (source.heading.name if source else name).in_language("en") or identity

    def _value(self, label: str, process: Process, *, ours: bool) -> str:
        text = self._model_value(label, process)
        if not text and not ours:
            text = _foreign_value(label, process)
        if not text and label in _UNSPECIFIED_LABELS:
            return words.UNSPECIFIED
        return text

    def _model_value(self, label: str, process: Process) -> str:
        about = process.documentation
        if label == "Process name":
            name = process.heading.name.in_language("en")
            first = next((each for each in process.exchanges if each.reference), None)
            return "" if first and name == self._lexicon.labels.supply(process, first.flow) else name
        if label == "Type":
            return words.SYSTEM_PROCESS if process.type is ProcessType.RESULT else words.UNIT_PROCESS
        if label == "Infrastructure":
            return "Yes" if process.infrastructure else "No"
        texts: dict[str, str] = {
            "Status": about.publication_status,
            "Time period": about.time.in_language("en"),
            "Geography": about.geography.in_language("en"),
            "Technology": about.technology.in_language("en"),
            "Date": process.heading.changed,
            "Record": about.documentor.name.in_language("en") if about.documentor else "",
            "Generator": "; ".join(each.name.in_language("en") for each in about.generators),
            "Collection method": about.collection.in_language("en"),
            "Data treatment": about.treatment.in_language("en"),
            "Verification": "\n".join(each.details.in_language("en") for each in about.reviews),
            "Comment": _comment(process),
            "Allocation rules": about.method.in_language("en"),
        }
        text = texts.get(label, "")
        # a line of its own that says End would end the block
        return "End." if text == "End" else text

    def _say_what_is_lost(self, process: Process, place: Place) -> None:
        """Enters, one by one, the parts of a process that SimaPro has no label for."""
        lost = [f"{each.format}: {each.place}" for each in process.extras if each.format != words.FORMAT]
        if len({code[:2] for code, _ in process.heading.name}) > 1:
            lost.append("other languages")
        self._book.read(Kind.FIELD, len(lost))
        for name in lost:
            self._book.dropped(
                Kind.FIELD,
                "simapro.documentation",
                Text("SimaPro 没有对应的栏目", "SimaPro has no label for it"),
                Place(line=place.line, field=name),
            )
        for name in _beyond(process):
            self._book.read(Kind.FIELD)
            self._book.remarked(
                Kind.FIELD,
                "simapro.comment",
                Text(
                    "SimaPro 没有对应的栏目，写在备注里",
                    "SimaPro has no label for it; it stands in the comment",
                ),
                Place(line=place.line, field=name),
            )
        self._book.read(Kind.RESULT, len(process.results))
        for result in process.results:
            self._book.dropped(
                Kind.RESULT,
                "simapro.results",
                Text("SimaPro 的过程不含结果", "a process of SimaPro holds no results"),
                Place(line=place.line, field=str(result.indicator.name)),
            )


def _products(references: list[Exchange], *, treats: bool, ours: bool) -> list[Exchange]:
    """What is written as a product: a treatment has one, others have all that they put out."""
    if ours:
        return references
    if treats:
        return references[:1]
    return [each for each in references if each.direction is Direction.OUTPUT]


def _beyond(process: Process) -> dict[str, str]:
    """What is documented and has no label in SimaPro, by name."""
    about = process.documentation
    volume = "" if process.production_volume is None else f"{process.production_volume:g}"
    texts = {
        "Functional unit": process.functional_unit.in_language("en"),
        "Starts with": about.starts_with.in_language("en"),
        "Includes": about.includes.in_language("en"),
        "Intended use": about.intended_use.in_language("en"),
        "Applicability": about.applicability.in_language("en"),
        "Method principle": about.method_principle,
        "Method approaches": "; ".join(about.method_approaches),
        "Modelling constants": about.modelling_constants.in_language("en"),
        "Completeness": about.completeness.in_language("en"),
        "Selection": about.selection.in_language("en"),
        "Sampling": about.sampling.in_language("en"),
        "Use advice": about.use_advice.in_language("en"),
        "Restrictions": about.restrictions.in_language("en"),
        "Project": about.project.in_language("en"),
        "Annual production": volume or process.production_volume_text.in_language("en"),
        "Compliance": "; ".join(each.name.in_language("en") for each in about.compliance),
        "Owner": about.owner.name.in_language("en") if about.owner else "",
        "Licence": about.licence,
    }
    return {name: text for name, text in texts.items() if text}


def _comment(process: Process) -> str:
    paragraphs = [process.heading.comment.in_language("en")]
    paragraphs.extend(f"{name}: {text}" for name, text in _beyond(process).items())
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _foreign_value(label: str, process: Process) -> str:
    about = process.documentation
    if label == "PlatformId":
        return process.heading.id if _is_uuid(process.heading.id) else ""
    if label == "Process identifier" and _is_uuid(process.heading.id):
        return f"Zuji{UUID(process.heading.id).int % 10**17:017d}"
    if label == "Time period" and (about.valid_from or about.valid_until):
        return f"{about.valid_from} - {about.valid_until}".strip(" -")
    return process.location if label == "Geography" else ""


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def enter_parameters(
    parameters: tuple[Parameter, ...], rows: ParameterRows, book: LedgerBook, place: Place
) -> None:
    """What became of parameters, into the ledger."""
    book.read(Kind.PARAMETER, len(parameters))
    for number, parameter in enumerate(parameters):
        at = Place(line=place.line, field=parameter.name)
        if number in rows.left_out:
            book.dropped(
                Kind.PARAMETER,
                "simapro.parameter",
                Text(
                    "参数没有数值，名称不能用于表达式，或名称重复",
                    "it has no number, a name that expressions cannot use, or one that occurs before",
                ),
                at,
            )
            continue
        item = Item(book, Kind.PARAMETER, at)
        if number in rows.constants:
            item.default(
                "simapro.expression",
                "表达式在 SimaPro 中得不到同样的数，写成了数值",
                "SimaPro would not get the same number from the expression; the number is written",
            )
        item.settle()
