"""The block Method: impact categories, damage categories, normalisation and weighting."""

from dataclasses import replace

from zuji.errors import Place
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.blocks import Block, Section
from zuji.formats.simapro.catalogue import Catalogue
from zuji.formats.simapro.identity import (
    category_of,
    content_of,
    extra,
    id_of,
    rows_extra,
    rows_of,
    wording,
)
from zuji.formats.simapro.numbers import number_in
from zuji.formats.simapro.spreading import DAMAGE
from zuji.formats.simapro.table import Row
from zuji.formats.simapro.words import Compartment
from zuji.model.lci.formulas import Dialect
from zuji.model.lci.impacts import (
    CharacterisationFactor,
    ImpactCategory,
    ImpactMethod,
    WeightingFactor,
    WeightingSet,
)
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.processes import Direction
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.text import Text

_HELD = frozenset({"Name", "Comment", "Category", "Version", "Weighting unit"})
_OUT_OF_ORDER = Text("这一行不在影响类别之内", "the row stands outside of any category")


class MethodReader:
    """One block Method; its sections come in groups that begin with a category or a set."""

    def __init__(
        self, block: Block, catalogue: Catalogue, dialect: Dialect, book: LedgerBook, file: str
    ) -> None:
        self._block = block
        self._catalogue = catalogue
        self._dialect = dialect
        self._book = book
        self._name = block.text("Name")
        self._place = Place(file=file, row=block.number)
        self._categories: dict[str, ImpactCategory] = {}
        self._factors: dict[str, list[CharacterisationFactor]] = {}
        self._damages: dict[str, ImpactCategory] = {}
        self._sets: list[WeightingSet] = []
        self._group = ""
        self._current = ""

    def read(self) -> tuple[ImpactMethod, tuple[ImpactCategory, ...]]:
        """The method and its categories: impact categories first, then damage categories."""
        extras: list[Extra] = []
        for section in self._block.sections:
            place = replace(self._place, row=section.number, column=section.label)
            if section.label in (words.IMPACT_CATEGORY, words.DAMAGE_CATEGORY):
                self._begin(section, place)
            elif section.label in words.WEIGHTING_SETS:
                self._begin_set(section, place)
            elif section.label in words.METHOD_SECTIONS:
                for row in section.rows:
                    self._row(section, row, replace(place, row=row.number, field=row.cell(0)))
            elif section.rows or not self._block.knows(section.label):
                item = Item(self._book, Kind.FIELD, place)
                if not self._block.knows(section.label):
                    item.remark(
                        "simapro.label.unknown",
                        "这一栏不在已知的格式中，已原样保留",
                        "the format as known has no such label; it is kept as written",
                    )
                if section.label not in _HELD:
                    extras.append(rows_extra(section.label, section.rows))
                item.settle()
        filled = (
            replace(each, factors=tuple(self._factors[name])) for name, each in self._categories.items()
        )
        categories = (*filled, *self._damages.values())
        order = {each.heading.id: index for index, each in enumerate(categories)}
        sets = (
            replace(each, factors=tuple(sorted(each.factors, key=lambda factor: order[factor.category.id])))
            for each in self._sets
        )
        version = self._block.section("Version")
        method = ImpactMethod(
            heading=Heading(
                id=id_of("method", self._name),
                version=".".join(version.rows[0].cells) if version and version.rows else "",
                name=wording(self._name),
                categories=category_of(self._block.text("Category")),
                comment=wording(self._block.text("Comment")),
            ),
            categories=tuple(Ref(each.heading.id, name=each.heading.name) for each in categories),
            weighting_sets=tuple(sets),
            extras=tuple(extras),
        )
        self._book.mapped(Kind.IMPACT_METHOD)
        return method, categories

    def _begin(self, section: Section, place: Place) -> None:
        item = Item(self._book, Kind.IMPACT_CATEGORY, place)
        row = section.rows[0] if section.rows else Row(section.number, ())
        self._group, self._current = section.label, row.cell(0)
        damage = section.label == words.DAMAGE_CATEGORY
        within = self._damages if damage else self._categories
        if self._current in within:
            item.default(
                "simapro.category.twice", "类别重名，已合并", "the category occurs twice; both are joined"
            )
        else:
            self._factors.setdefault(self._current, [])
            within[self._current] = ImpactCategory(
                heading=Heading(
                    id=id_of("damage" if damage else "category", self._name, self._current),
                    name=wording(self._current),
                ),
                unit=row.cell(1),
                method=self._name,
                extras=(rows_extra(DAMAGE, ()),) if damage else (),
            )
        item.settle()

    def _begin_set(self, section: Section, place: Place) -> None:
        self._group = section.label
        name = section.text()
        self._sets.append(
            WeightingSet(
                id=id_of("weighting", self._name, name, str(len(self._sets))),
                name=wording(name),
                unit=self._block.text("Weighting unit"),
            )
        )
        if section.rows:
            Item(self._book, Kind.FIELD, place).settle()

    def _row(self, section: Section, row: Row, place: Place) -> None:
        item = Item(self._book, Kind.FACTOR, place)
        if section.label == words.SUBSTANCES and self._group == words.IMPACT_CATEGORY:
            self._factor(row, item)
        elif section.label == words.IMPACT_CATEGORIES and self._group == words.DAMAGE_CATEGORY:
            self._damage_row(row, item)
        elif section.label in (words.NORMALIZATION, words.WEIGHTING) and self._sets:
            self._weight(section.label, row, item)
        else:
            self._book.dropped(
                Kind.FACTOR,
                "simapro.method.order",
                _OUT_OF_ORDER,
                place,
            )
            return
        item.settle()

    def _factor(self, row: Row, item: Item) -> None:
        """compartment; sub-compartment; substance; CAS; factor; unit."""
        extras: list[Extra] = []
        compartment = words.METHOD_COMPARTMENTS.get(row.cell(0))
        if compartment is None:
            compartment = Compartment.NON_MATERIAL
            extras.append(extra("compartment", row.cell(0)))
            item.default(
                "simapro.compartment.unknown",
                "环境分区不在已知的格式中，按“非物质排放”读取",
                "the format as known has no such compartment; read as a non-material emission",
            )
        name, unit, cas = row.cell(2), row.cell(5), row.cell(3)
        flow = self._catalogue.elementary(compartment, row.cell(1), name, unit, cas)
        if cas != self._catalogue.cas(compartment, name, unit):
            extras.append(extra("cas", cas))
        value = number_in(row.cell(4), self._dialect)
        if value is None:
            extras.append(extra("factor", row.cell(4)))
            item.default("simapro.factor", "因子不是数，已原样保留", "the factor is no number; it is kept")
        if len(row.cells) > 6:
            extras.append(rows_extra("rest", [row.cells[6:]]))
        inward = compartment is Compartment.RESOURCES
        self._factors[self._current].append(
            CharacterisationFactor(
                flow=flow,
                value=value,
                direction=Direction.INPUT if inward else Direction.OUTPUT,
                unit=unit,
                extras=tuple(extras),
            )
        )

    def _damage_row(self, row: Row, item: Item) -> None:
        damage = self._damages[self._current]
        if number_in(row.cell(1), self._dialect) is None or row.cell(0) not in self._categories:
            item.default(
                "simapro.damage",
                "损害类别引用的影响类别或因子不存在，已原样保留，不参与计算",
                "the damage category names an impact category or a factor that is not there; it is kept only",
            )
        number = number_in(row.cell(1), self._dialect)
        cells = (row.cell(0), row.cell(1) if number is None else repr(number), *row.cells[2:])
        rows = [*rows_of(content_of(damage.extras, DAMAGE)), cells]
        self._damages[self._current] = replace(damage, extras=(rows_extra(DAMAGE, rows),))

    def _weight(self, label: str, row: Row, item: Item) -> None:
        """category; factor. SimaPro multiplies by its normalisation factor, the model divides by its own."""
        number = number_in(row.cell(1), self._dialect)
        category = self._damages.get(row.cell(0)) or self._categories.get(row.cell(0))
        current = self._sets[-1]
        if category is None or number is None or (label == words.NORMALIZATION and number == 0):
            if category is None or number is None:
                item.default(
                    "simapro.weighting",
                    "引用的类别或因子不存在，已原样保留",
                    "the category or the factor is not there; the row is kept only",
                )
            kept = rows_extra(label, [row])
            self._sets[-1] = replace(current, extras=(*current.extras, kept))
            return
        found = {each.category.id: each for each in current.factors}
        factor = found.get(category.heading.id) or WeightingFactor(
            category=Ref(category.heading.id, name=category.heading.name)
        )
        if label == words.NORMALIZATION:
            factor = replace(factor, normalisation=1 / number)
        else:
            factor = replace(factor, weighting=number)
        found[category.heading.id] = factor
        self._sets[-1] = replace(current, factors=tuple(found.values()))
