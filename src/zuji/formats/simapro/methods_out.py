"""Impact methods as blocks Method."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zuji.errors import Place
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.exchanges_out import path_of
from zuji.formats.simapro.identity import content_of, id_of, rows_of
from zuji.formats.simapro.measures import Measures
from zuji.formats.simapro.numbers import written, written_so_that
from zuji.formats.simapro.places import spot_of
from zuji.formats.simapro.spreading import DAMAGE, written_in_file
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory, ImpactMethod, WeightingSet
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.package import Package
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.wording import Wording
from zuji.text import Text

Rows = list[tuple[str, ...]]

_USES = ("Use Damage Assessment", "Use Normalization", "Use Weighting", "Use Addition")


@dataclass(frozen=True, slots=True)
class MethodWriter:
    """Blocks of methods with their categories; what belongs to no method gets one of its own name."""

    package: Package
    flows: Mapping[str, Flow]
    measures: Measures
    book: LedgerBook

    def rows(self) -> Iterator[Rows]:
        """One block after another."""
        categories = {each.heading.id: each for each in self.package.impact_categories}
        self.book.read(Kind.IMPACT_METHOD, len(self.package.impact_methods))
        self.book.read(Kind.IMPACT_CATEGORY, len(categories))
        placed: set[str] = set()
        for method in self.package.impact_methods:
            found = [categories[ref.id] for ref in method.categories if ref.id in categories]
            placed.update(each.heading.id for each in found)
            self.book.mapped(Kind.IMPACT_METHOD)
            yield self._block(method, found)
        orphans: dict[str, list[ImpactCategory]] = {}
        for identity, category in categories.items():
            if identity not in placed:
                orphans.setdefault(category.method or str(category.heading.name), []).append(category)
        for name, found in orphans.items():
            heading = Heading(id=id_of("method", name), name=Wording.of(name))
            refs = tuple(Ref(each.heading.id) for each in found)
            yield self._block(ImpactMethod(heading=heading, categories=refs), found)

    def _block(self, method: ImpactMethod, categories: Sequence[ImpactCategory]) -> Rows:
        names = _unique_names(categories)
        damages = [each for each in categories if content_of(each.extras, DAMAGE) is not None]
        rows: Rows = [(words.METHOD,), ()]
        for label, values in self._labels(method, damages=bool(damages)):
            rows.extend(((label,), *values, ()))
        for category in categories:
            name = names[category.heading.id]
            kept = content_of(category.extras, DAMAGE)
            item = Item(self.book, Kind.IMPACT_CATEGORY, Place(line=name, field=category.heading.id))
            header = words.IMPACT_CATEGORY if kept is None else words.DAMAGE_CATEGORY
            rows.extend(((header,), (name, category.unit), ()))
            if kept is None:
                rows.extend(((words.SUBSTANCES,), *self._factors(category, name), ()))
            else:
                rows.extend(((words.IMPACT_CATEGORIES,), *(tuple(_row(row)) for row in rows_of(kept)), ()))
            if name != category.heading.name.in_language("en"):
                item.default(
                    "simapro.name.told_apart",
                    "类别重名，名称后加了编号",
                    "categories of the same name; a number was added to the name",
                )
            item.settle()
        for weighting in method.weighting_sets:
            rows.extend(self._weighting(weighting, names))
        return [*rows, ("End",), ()]

    def _labels(self, method: ImpactMethod, *, damages: bool) -> Iterator[tuple[str, Rows]]:
        heading = method.heading
        unit = next((each.unit for each in method.weighting_sets if each.unit), "")
        factors = [factor for each in method.weighting_sets for factor in each.factors]
        uses = {
            "Use Damage Assessment": damages,
            "Use Normalization": any(factor.normalisation is not None for factor in factors),
            "Use Weighting": any(factor.weighting is not None for factor in factors),
            "Use Addition": False,
        }
        ours = any(extra.format == words.FORMAT for extra in method.extras)
        version = tuple(heading.version.split(".")) if heading.version else ("",)
        texts: dict[str, tuple[str, ...]] = {
            "Name": (heading.name.in_language("en"),),
            "Version": version,
            "Comment": (heading.comment.in_language("en"),),
            "Category": (path_of(heading.categories) or ("" if ours else "Others"),),
            "Weighting unit": (unit,),
        }
        for label in words.METHOD_LABELS:
            kept = rows_of(content_of(method.extras, label))
            if kept:
                yield label, [tuple(row) for row in kept]
            elif label in texts:
                if any(texts[label]) or label == "Name":
                    yield label, [texts[label]]
            elif not ours:
                yield label, [("Yes" if uses[label] else "No",)]
        for extra in method.extras:
            if extra.format == words.FORMAT and extra.place not in words.METHOD_LABELS:
                yield extra.place, [tuple(row) for row in rows_of(extra.content)]

    def _factors(self, category: ImpactCategory, name: str) -> Iterator[tuple[str, ...]]:
        """compartment; sub-compartment; substance; CAS; factor; unit."""
        seen: dict[tuple[str, ...], float | None] = {}
        for factor in category.factors:
            if not written_in_file(factor):
                continue
            self.book.read(Kind.FACTOR)
            place = Place(line=name, field=str(factor.flow.name) or factor.flow.id)
            item = Item(self.book, Kind.FACTOR, place)
            row = self._factor(factor, item)
            code = row if isinstance(row, str) else ""
            if not isinstance(row, str) and row[:3] in seen and seen[row[:3]] != factor.value:
                code = "simapro.factor.twice"
            if code or isinstance(row, str):
                self.book.dropped(Kind.FACTOR, code, _REFUSED[code], place)
                continue
            if row[:3] not in seen:
                seen[row[:3]] = factor.value
                yield row
            item.settle()

    def _factor(self, factor: CharacterisationFactor, item: Item) -> tuple[str, ...] | str:
        flow = self.flows.get(factor.flow.id)
        if flow is None or flow.type is not FlowType.ELEMENTARY:
            return "simapro.factor.flow"
        if factor.location:
            return "simapro.factor.location"
        kept = content_of(factor.extras, "factor")
        if factor.value is None and kept is None:
            return "simapro.factor.value"
        spot = spot_of(flow, factor.direction)
        measure = self.measures.of(flow.heading.id, factor.property, factor.unit)
        if spot is None or measure is None:
            return "simapro.factor.flow"
        if spot.coarser:
            item.default(
                "simapro.compartment.coarser",
                "SimaPro 没有这么细的环境分区",
                "SimaPro has no compartment as fine as that",
            )
        cas = content_of(factor.extras, "cas")
        rest = rows_of(content_of(factor.extras, "rest"))
        return (
            content_of(factor.extras, "compartment") or words.METHOD_COMPARTMENT_OF[spot.compartment],
            spot.sub or "(unspecified)",
            flow.heading.name.in_language("en"),
            flow.cas if cas is None else cas,
            kept if kept is not None else written((factor.value or 0.0) / measure.factor),
            measure.unit,
            *(rest[0] if rest else ()),
        )

    def _weighting(self, weighting: WeightingSet, names: Mapping[str, str]) -> Rows:
        """SimaPro multiplies by its normalisation factor; the model divides by its own."""
        rows: Rows = [(words.WEIGHTING_SETS[0],), (weighting.name.in_language("en"),), ()]
        factors = [factor for factor in weighting.factors if factor.category.id in names]
        self.book.read(Kind.FIELD, len(weighting.factors))
        self.book.mapped(Kind.FIELD, len(factors))
        for factor in weighting.factors:
            if factor.category.id not in names:
                self.book.dropped(
                    Kind.FIELD,
                    "simapro.weighting",
                    Text("类别不在这个方法里", "the category is not in this method"),
                    Place(line=str(weighting.name), field=str(factor.category.name)),
                )
        normalised = [
            (names[each.category.id], written_so_that(each.normalisation, 1 / each.normalisation, _inverse))
            for each in factors
            if each.normalisation
        ]
        weighted = [
            (names[each.category.id], written(each.weighting))
            for each in factors
            if each.weighting is not None
        ]
        for label, found in ((words.NORMALIZATION, normalised), (words.WEIGHTING, weighted)):
            kept = [
                tuple(row)
                for extra in weighting.extras
                if extra.format == words.FORMAT and extra.place == label
                for row in rows_of(extra.content)
            ]
            if found or kept:
                rows.extend(((label,), *found, *kept, ()))
        return rows


def _inverse(number: float) -> float:
    return 1 / number


def _row(cells: Sequence[str]) -> list[str]:
    """A row of a damage category: whole numbers without a fraction."""
    return [cells[0], *(cell.removesuffix(".0") for cell in cells[1:])]


def _unique_names(categories: Sequence[ImpactCategory]) -> dict[str, str]:
    """Names by id; impact categories and damage categories may share theirs."""
    names: dict[str, str] = {}
    taken: set[tuple[bool, str]] = set()
    for category in categories:
        damage = content_of(category.extras, DAMAGE) is not None
        name = category.heading.name.in_language("en") or category.heading.id
        count = 1
        plain = name
        while (damage, name) in taken:
            count += 1
            name = f"{plain} #{count}"
        taken.add((damage, name))
        names[category.heading.id] = name
    return names


_REFUSED = {
    "simapro.factor.flow": Text(
        "流不在数据包里，或分区、单位无法判断",
        "its flow is not there, or its compartment or unit cannot be told",
    ),
    "simapro.factor.location": Text("SimaPro 的因子没有地点", "in SimaPro a factor has no place"),
    "simapro.factor.value": Text("因子没有数值", "the factor has no number"),
    "simapro.factor.twice": Text(
        "SimaPro 不区分的两个流有不同的因子，写出了第一个",
        "flows that SimaPro does not tell apart have different factors; the first one is written",
    ),
}
