"""Impact methods and categories written."""

from collections.abc import Iterable, Sequence

from zuji.errors import Place
from zuji.formats.jsonld.pen import Json, Pen, derived_id, filled
from zuji.formats.jsonld.reasons import REASONS
from zuji.formats.jsonld.write_processes import Desk, write_parameter
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory, ImpactMethod
from zuji.model.lci.processes import Direction
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.wording import Wording

_DIRECTIONS = {Direction.INPUT: "INPUT", Direction.OUTPUT: "OUTPUT", None: None}


def write_method(method: ImpactMethod, pen: Pen) -> Json:
    place = pen.place(Kind.IMPACT_METHOD, method.heading)
    value = pen.heading(Kind.IMPACT_METHOD, method.heading)
    value |= filled(
        {
            "impactCategories": [pen.refer(one, Kind.IMPACT_CATEGORY) for one in method.categories],
            "nwSets": [
                pen.restore(
                    filled(
                        {
                            "@type": "NwSet",
                            "@id": one.id,
                            "name": pen.say(one.name, place),
                            "weightedScoreUnit": one.unit,
                            "factors": [
                                filled(
                                    {
                                        "@type": "NwFactor",
                                        "impactCategory": pen.refer(factor.category, Kind.IMPACT_CATEGORY),
                                        "normalisationFactor": pen.number(factor.normalisation, place),
                                        "weightingFactor": pen.number(factor.weighting, place),
                                    }
                                )
                                for factor in one.factors
                            ],
                        }
                    ),
                    one.extras,
                )
                for one in method.weighting_sets
            ],
        }
    )
    return pen.restore(value, method.extras)


def methods_by_name(
    categories: Sequence[ImpactCategory], methods: Iterable[ImpactMethod], pen: Pen
) -> list[ImpactMethod]:
    """Methods for categories that name theirs and that no method lists (ILCD)."""
    listed = {ref.id for method in methods for ref in method.categories}
    members: dict[str, list[Ref]] = {}
    for one in categories:
        if one.method and one.heading.id not in listed:
            ref = Ref(one.heading.id, name=one.heading.name, kind=Kind.IMPACT_CATEGORY)
            members.setdefault(one.method, []).append(ref)
    made = []
    for name, refs in members.items():
        heading = Heading(id=derived_id("impact method", name), name=Wording.of(name))
        made.append(ImpactMethod(heading=heading, categories=tuple(refs)))
        pen.add(Kind.IMPACT_METHOD, pen.place(Kind.IMPACT_METHOD, heading))
    return made


def write_category(category: ImpactCategory, desk: Desk) -> Json:
    pen = desk.pen
    place = pen.place(Kind.IMPACT_CATEGORY, category.heading)
    value = pen.heading(Kind.IMPACT_CATEGORY, category.heading)
    value |= filled(
        {
            "refUnit": category.unit or _unit_of_property(category, desk),
            "direction": _DIRECTIONS[_direction(category)],
            "parameters": [write_parameter(one, "IMPACT_SCOPE", pen, place) for one in category.parameters],
            "impactFactors": list(_factors(category, desk, place)),
        }
    )
    return pen.restore(value, category.extras)


def _unit_of_property(category: ImpactCategory, desk: Desk) -> str:
    """ILCD names the flow property of an indicator; its reference unit is the indicator's."""
    group = desk.quantities.group_of(category.unit_property.id) if category.unit_property else None
    unit = group.unit(group.reference) if group else None
    return unit.name if unit else ""


def _direction(category: ImpactCategory) -> Direction | None:
    """What openLCA holds of directions: one for a whole category, here where all factors agree on it."""
    if category.direction is not None:
        return category.direction
    stated = {factor.direction for factor in category.factors}
    return stated.pop() if len(stated) == 1 else None


def _factors(category: ImpactCategory, desk: Desk, place: Place) -> Iterable[Json]:
    """One factor for each flow and place; openLCA counts the other direction with the opposite sign."""
    book = desk.pen.book
    agreed = _direction(category)
    written: dict[tuple[str, str], tuple[Direction, float | None]] = {}
    for factor in category.factors:
        book.read(Kind.FACTOR)
        if factor.direction is not None:
            key = factor.flow.id, factor.location
            direction, value = written.setdefault(key, (factor.direction, factor.value))
            if direction is not factor.direction and (
                value is None or factor.value is None or factor.value != -value
            ):
                book.dropped(Kind.FACTOR, "both-directions", REASONS["both-directions"], place)
                continue
            if factor.direction is agreed:
                book.mapped(Kind.FACTOR)
            else:
                book.remarked(
                    Kind.FACTOR, "no-direction-of-factors", REASONS["no-direction-of-factors"], place
                )
            if direction is not factor.direction:
                continue
        else:
            book.mapped(Kind.FACTOR)
        yield _factor(factor, desk, place)


def _factor(factor: CharacterisationFactor, desk: Desk, place: Place) -> Json:
    pen = desk.pen
    pen.lose_filled(factor, ("comment",), place)
    unit, property_ = desk.quantities.of(factor.flow.id, factor.unit, factor.property, place)
    value = filled(
        {
            "@type": "ImpactFactor",
            "value": pen.number(factor.value, place),
            "formula": factor.formula,
            "flow": desk.flow_ref(factor.flow),
            "unit": unit,
            "flowProperty": property_,
            "location": desk.places.refer(factor.location, factor.extras),
            "uncertainty": pen.spread(factor.spread, factor.value, place),
        }
    )
    return pen.restore(value, factor.extras)
