"""An inventory with everything on which rules differ, and how it is counted."""

from dataclasses import replace

from zuji.formats import reference
from zuji.model.footprints import Footprint
from zuji.model.lines import (
    ElectricityDetail,
    ElectricityTreatment,
    EmissionDetail,
    EnergyCertificate,
    Line,
    LineKind,
    RecyclingDetail,
    RecyclingMethod,
    StatedFactor,
)
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import (
    AllocationMethod,
    BoundaryKind,
    LineChange,
    Output,
    Period,
    Product,
    ReferenceUnit,
    Scenario,
    Study,
    SystemBoundary,
    UnitKind,
    UnitProcess,
)
from zuji.quality import evaluate

DATA = reference.load()
GRID, HYDRO = "elec_cf_national_2024", "elec_cf_hydro_2024"
LIME = "mat_gbt51366_lime"
CONTRACT = ElectricityDetail(
    treatment=ElectricityTreatment.CONTRACT,
    attributes=True,
    sole_claim=True,
    tracked=True,
    close_in_time=True,
    same_market=True,
    certificates=(EnergyCertificate(number="1", kwh=100.0),),
    location_factor=GRID,
)


def line(name: str, kind: LineKind, amount: str, stage: Stage = Stage.MANUFACTURING, **more: object) -> Line:
    value, _, unit = amount.partition(" ")
    return Line(
        id=name,
        stage=stage,
        kind=kind,
        item=name,
        quantity=Quantity(float(value), unit),
        **more,  # type: ignore[arg-type]
    )


def stated(value: float, per: str) -> StatedFactor:
    return StatedFactor(value=value, per=per, source="test")


LINES = (
    line("lime", LineKind.MATERIAL, "100 kg", Stage.RAW_MATERIAL, factor=LIME),
    line(
        "machine",
        LineKind.MATERIAL,
        "2 kg",
        Stage.RAW_MATERIAL,
        stated=stated(5.0, "kg"),
        tags=("capital_goods",),
    ),
    line("power", LineKind.ELECTRICITY, "50 kWh", factor=HYDRO, detail=CONTRACT),
    line("methane", LineKind.DIRECT_EMISSION, "1 kg", detail=EmissionDetail(gas="CH4")),
    line("lorry", LineKind.TRANSPORT, "30 t·km", Stage.DISTRIBUTION, stated=stated(0.1, "t·km")),
    line("wear", LineKind.MATERIAL, "1 kg", Stage.USE, stated=stated(3.0, "kg")),
    line("tip", LineKind.WASTE, "10 kg", Stage.END_OF_LIFE, stated=stated(0.2, "kg")),
    line(
        "sheet",
        LineKind.RECYCLING,
        "20 kg",
        Stage.RAW_MATERIAL,
        detail=RecyclingDetail(method=RecyclingMethod.CUT_OFF, r1=0.4, virgin=LIME, recycled=LIME),
    ),
)


def a_study(*lines: Line, outputs: tuple[Output, ...] = (), **more: object) -> Study:
    """100 kg of a product from cradle to grave, per 1 kg; `lines` in place of `LINES`."""
    made = outputs or (Output(product="甲", quantity=Quantity(100.0, "kg")),)
    study = Study(
        id="study",
        product=Product(name="甲"),
        unit=ReferenceUnit(kind=UnitKind.FUNCTIONAL, quantity=Quantity(1.0, "kg")),
        boundary=SystemBoundary(kind=BoundaryKind.CRADLE_TO_GRAVE, stages=tuple(Stage)),
        period=Period(start="2024-01-01", end="2024-12-31"),
        geography="CN-SC",
        processes=(UnitProcess(id="main", name="main", outputs=made, lines=lines or LINES),),
        scenarios=(
            Scenario(id="far", name="far", changes=(LineChange(line="lorry", scale=2.0),)),
            Scenario(id="lime", name="lime", changes=(LineChange(line="lime", scale=2.0),)),
        )
        if not lines
        else (),
    )
    return replace(study, **more)  # type: ignore[arg-type]


def two_products(method: AllocationMethod, *properties: float | None, reason: str = "") -> Study:
    """The same from a process with a second product, 300 kg of it."""
    outputs = tuple(
        Output(product=name, quantity=Quantity(amount, "kg"), property_value=value)
        for name, amount, value in zip(("甲", "乙"), (100.0, 300.0), properties, strict=True)
    )
    study = a_study(outputs=outputs)
    (process,) = study.processes
    return replace(study, processes=(replace(process, allocation=method, allocation_reason=reason),))


def calculate(study: Study) -> Footprint:
    return evaluate(study, DATA.catalogue, DATA.gwp[study.gwp], DATA.fuels, uncertainty=None)
