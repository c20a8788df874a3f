"""The compartment of SimaPro that an elementary flow of any format belongs to."""

from dataclasses import dataclass

from zuji.formats.simapro.words import METHOD_COMPARTMENTS, NO_SUBCOMPARTMENT, Compartment
from zuji.model.lci.flows import Flow
from zuji.model.lci.processes import Direction


@dataclass(frozen=True, slots=True)
class Spot:
    """A compartment and sub-compartment; `coarser` where the flow's own path says more than that."""

    compartment: Compartment
    sub: str = ""
    coarser: bool = False


# Words in a compartment path -> sub-compartment; the first row whose words all occur decides.
_SUBS: dict[Compartment, tuple[tuple[tuple[str, ...], str], ...]] = {
    Compartment.RESOURCES: (
        (("biotic",), "biotic"),
        (("land",), "land"),
        (("ground",), "in ground"),
        (("water",), "in water"),
        (("air",), "in air"),
        (("biolog",), "biotic"),
    ),
    Compartment.AIR: (
        (("stratosphere", "troposphere"), "stratosphere + troposphere"),
        (("stratosphere",), "stratosphere"),
        (("non-urban", "long"), "low. pop., long-term"),
        (("low", "long"), "low. pop., long-term"),
        (("non-urban",), "low. pop."),
        (("rural",), "low. pop."),
        (("low", "pop"), "low. pop."),
        (("indoor",), "indoor"),
        (("urban",), "high. pop."),
        (("high", "pop"), "high. pop."),
    ),
    Compartment.WATER: (
        (("ground", "long"), "groundwater, long-term"),
        (("ground",), "groundwater"),
        (("fossil",), "fossilwater"),
        (("ocean",), "ocean"),
        (("sea water",), "ocean"),
        (("lake",), "lake"),
        (("river", "long"), "river, long-term"),
        (("river",), "river"),
    ),
    Compartment.SOIL: (
        (("non-agricultural",), ""),
        (("agricultural",), "agricultural"),
        (("forest",), "forestry"),
        (("industrial",), "industrial"),
        (("urban",), "urban"),
    ),
}
# Words anywhere in a path -> compartment; the order decides where several occur.
_COMPARTMENTS = (
    ("social", Compartment.SOCIAL),
    ("economic", Compartment.ECONOMIC),
    ("resource", Compartment.RESOURCES),
    ("raw", Compartment.RESOURCES),
    ("final waste", Compartment.WASTE),
    ("air", Compartment.AIR),
    ("soil", Compartment.SOIL),
    ("water", Compartment.WATER),
    ("noise", Compartment.NON_MATERIAL),
    ("non material", Compartment.NON_MATERIAL),
    ("non-material", Compartment.NON_MATERIAL),
)
_VAGUE = ("unspecified", "unknown", "other")
_DEPTH = 3
"""How many names from the end of a path say where a flow goes to."""


def spot_of(flow: Flow, direction: Direction | None = None) -> Spot | None:
    """Where SimaPro files the flow, or None where its path does not say.

    A path that begins with a compartment of SimaPro stands as it is. Others are read by the words they use
    (ILCD, EcoSpold and openLCA write "Emissions to urban air close to ground", "urban air close to ground",
    "high population density"); what flows in is a resource where nothing else is said.
    """
    if not flow.compartment:
        return Spot(Compartment.RESOURCES, coarser=True) if direction is Direction.INPUT else None
    first, *rest = flow.compartment
    # ILCD has "Resources" too, and goes on with "Resources from ground"
    if first in frozenset(Compartment) and not (rest and rest[0].lower().startswith("resources")):
        sub = rest[0] if rest else ""
        return Spot(Compartment(first), "" if sub.lower() in NO_SUBCOMPARTMENT else sub, len(rest) > 1)
    if first in METHOD_COMPARTMENTS and len(rest) < 2:
        return Spot(METHOD_COMPARTMENTS[first], rest[0] if rest else "")
    path = " / ".join(flow.compartment).lower()
    compartment = next((place for word, place in _COMPARTMENTS if word in path), None)
    if compartment is None and "land" in path:
        compartment = Compartment.RESOURCES
    if compartment is None and direction is Direction.INPUT:
        compartment = Compartment.RESOURCES
    if compartment is None:
        return None
    tail = " / ".join(flow.compartment[-_DEPTH:]).lower()
    for needed, sub in _SUBS.get(compartment, ()):
        if all(word in tail for word in needed):
            return Spot(compartment, sub, coarser=not sub)
    last = flow.compartment[-1].lower()
    said = len(flow.compartment) > 1 and not any(word in last for word in _VAGUE)
    plain = last in ("air", "water", "soil", "resource", "resources") or last.startswith("emission")
    return Spot(compartment, "", coarser=said and not plain)
