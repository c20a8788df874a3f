"""A small world: coal, electricity and steel that need each other, a car, and a loop that eats itself."""

from dataclasses import replace

from tests.lca.network.linking.packages import ENERGY, GROUPS, PROPERTIES, flow, goes, makes, takes
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Exchange, Process
from zuji.model.lci.references import Heading
from zuji.model.lci.wording import Wording

AIR = ("Emissions", "Emissions to air")


def gas(name: str, cas: str, compartment: tuple[str, ...] = AIR) -> Flow:
    made = flow(name, FlowType.ELEMENTARY)
    return replace(made, cas=cas, compartment=compartment)


def process(name: str, *exchanges: Exchange, location: str = "CN") -> Process:
    heading = Heading(id=name, name=Wording(((("zh", f"{name}过程")), ("en", f"{name} process"))))
    numbered = tuple(replace(exchange, id=str(number)) for number, exchange in enumerate(exchanges))
    return Process(heading=heading, location=location, exchanges=numbered)


def lognormal(scale: float) -> Spread:
    return Spread(shape=Shape.LOGNORMAL, scale=scale)


def world(*, sick: bool = False) -> Package:
    """Coal, electricity and steel in a loop, wood, a car; `sick` adds a hen that eats her eggs."""
    processes = [
        process(
            "coal",
            makes("coal", 1.0),
            goes("methane, fossil", 0.01, spread=lognormal(0.3)),
            takes("electricity", 0.05),
        ),
        process(
            "electricity",
            makes("electricity", 1.0),
            takes("coal", 0.1, spread=lognormal(0.1)),
            takes("steel", 0.01),
            goes("carbon dioxide (fossil)", 0.25, spread=lognormal(0.05)),
        ),
        process(
            "steel",
            makes("steel", 1.0),
            takes("electricity", 2.0),
            takes("coal", 0.5),
            goes("carbon dioxide (fossil)", 1.2),
            goes("mystery gas", 0.3),
        ),
        process(
            "wood",
            makes("wood", 1.0),
            takes("carbon dioxide, in air", 1.8),
            goes("carbon dioxide (biogenic)", 0.1),
            goes("carbon dioxide (land use change)", 0.02),
            location="SC-CN",
        ),
        process("car", makes("car", 1.0), takes("steel", 900.0), takes("wood", 5.0), takes("rubber", 30.0)),
    ]
    if sick:
        processes += [
            process("egg", makes("egg", 1.0), takes("hen", 1.5)),
            process("hen", makes("hen", 1.0), takes("egg", 1.0), takes("coal", 1.0)),
            process("omelette", makes("omelette", 1.0), takes("egg", 3.0)),
        ]
    names = ("coal", "steel", "wood", "car", "rubber", "egg", "hen", "omelette")
    flows = [
        *(flow(name) for name in names),
        flow("electricity", counted=ENERGY),
        gas("carbon dioxide (fossil)", "000124-38-9"),
        gas("carbon dioxide (biogenic)", "124-38-9"),
        gas("carbon dioxide (land use change)", "124-38-9"),
        gas("carbon dioxide, in air", "124-38-9", ("Resources", "Resources from air")),
        gas("methane, fossil", "74-82-8"),
        gas("mystery gas", ""),
    ]
    return Package(
        name="world",
        processes=tuple(processes),
        flows=tuple(flows),
        flow_properties=PROPERTIES,
        unit_groups=GROUPS,
    )
