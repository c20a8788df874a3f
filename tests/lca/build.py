"""Small studies and factor libraries for the tests of this room."""

from collections.abc import Iterator

from zuji.errors import UnknownFactor, problem
from zuji.model.factors import Confidence, Factor, FactorKind, GasAmount, Source
from zuji.model.gwp import GwpSet
from zuji.model.lines import Line, LineKind, SubAssemblyDetail
from zuji.model.quantities import Distribution, Quantity, Uncertainty
from zuji.model.stages import Stage
from zuji.model.studies import (
    AllocationMethod,
    BoundaryKind,
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
from zuji.text import Text

# IPCC AR6 WG1, tables 7.15 and 7.SM.7
AR6 = GwpSet(
    id="AR6",
    version="test",
    name=Text("AR6"),
    values={"CO2": 1.0, "CH4": 27.9, "N2O": 273.0, "SF6": 25200.0, "CF4": 7380.0},
    fossil_ch4=29.8,
    biogenic_ch4=27.0,
    source="IPCC AR6 WG1",
)
AR5 = GwpSet(
    id="AR5",
    version="test",
    name=Text("AR5"),
    values={"CO2": 1.0, "CH4": 28.0, "N2O": 265.0, "SF6": 23500.0, "CF4": 6630.0},
    fossil_ch4=30.0,
    biogenic_ch4=28.0,
    source="IPCC AR5 WG1",
)


class Library:
    """A factor source over a few factors."""

    def __init__(self, *factors: Factor) -> None:
        self._factors = {factor.id: factor for factor in factors}

    def get(self, factor_id: str, version: str = "") -> Factor:
        if factor_id not in self._factors:
            raise UnknownFactor(
                problem(
                    "factor.unknown",
                    f"没有因子 {factor_id}",
                    "no such factor",
                    cure_zh="核对",
                    cure_en="check",
                )
            )
        return self._factors[factor_id]

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self._factors

    def __iter__(self) -> Iterator[Factor]:
        return iter(self._factors.values())

    def __len__(self) -> int:
        return len(self._factors)


def factor(
    factor_id: str,
    value: float,
    per: str = "kg",
    kind: FactorKind = FactorKind.PRODUCT_FOOTPRINT,
    *,
    totals: tuple[float, ...] | None = None,
    gases: tuple[GasAmount, ...] = (),
    confidence: Confidence = Confidence.HIGH,
    gsd: float | None = None,
    **rest,
) -> Factor:
    return Factor(
        id=factor_id,
        version="1",
        kind=kind,
        name=Text(f"因子{factor_id}", factor_id),
        value=value,
        unit=f"kgCO2e/{per}",
        per=per,
        totals=totals or (value, 0.0, 0.0, 0.0, 0.0),
        gases=gases,
        source=Source(title="test"),
        confidence=confidence,
        uncertainty=lognormal(gsd) if gsd else None,
        **rest,
    )


GRID_CO2 = Factor(
    id="grid",
    version="1",
    kind=FactorKind.GRID_CO2,
    name=Text("四川电网CO2因子", "Sichuan grid CO2"),
    value=0.1564,
    unit="kgCO2/kWh",
    source=Source(title="test"),
    confidence=Confidence.HIGH,
)
LIBRARY = Library(
    factor("steel", 2.0),
    factor("power", 0.5777, "kWh", FactorKind.ELECTRICITY_FOOTPRINT),
    factor("steam", 110.0, "GJ", FactorKind.HEAT),
    factor("truck", 0.1, "t·km", FactorKind.TRANSPORT),
    factor("sewage", 0.4, "m3", FactorKind.WASTE_TREATMENT),
    factor("limestone", 440.0, "t", FactorKind.PROCESS_EMISSION, gases=(GasAmount(gas="CO2", kg=440.0),)),
    factor("coal-supply", 0.2, "kg"),
    factor("coal-heat", 94.6, "GJ", FactorKind.FUEL_COMBUSTION, gases=(GasAmount(gas="CO2", kg=94.6),)),
    factor("weak", 1.0, confidence=Confidence.LOW),
    GRID_CO2,
)


def lognormal(gsd: float) -> Uncertainty:
    return Uncertainty(distribution=Distribution.LOGNORMAL, spread=gsd)


def line(
    line_id: str,
    kind: LineKind = LineKind.MATERIAL,
    amount: float = 1.0,
    unit: str = "kg",
    *,
    factor: str = "",
    stage: Stage = Stage.RAW_MATERIAL,
    **rest,
) -> Line:
    if kind is LineKind.MATERIAL and not factor and not rest.get("stated"):
        factor = "steel"
    return Line(
        id=line_id,
        stage=stage,
        kind=kind,
        item=line_id,
        quantity=Quantity(amount, unit),
        factor=factor,
        **rest,
    )


def part(line_id: str, process: str, amount: float, unit: str = "kg", product: str = "", **rest) -> Line:
    detail = SubAssemblyDetail(process=process, product=product)
    return line(line_id, LineKind.SUB_ASSEMBLY, amount, unit, detail=detail, **rest)


def output(product: str, amount: float = 1.0, unit: str = "kg", **rest) -> Output:
    return Output(product=product, quantity=Quantity(amount, unit), **rest)


def process(
    process_id: str,
    *lines: Line,
    outputs: tuple[Output, ...] = (),
    allocation: AllocationMethod = AllocationMethod.NONE,
) -> UnitProcess:
    return UnitProcess(
        id=process_id,
        name=process_id,
        outputs=outputs or (output(process_id),),
        lines=lines,
        allocation=allocation,
    )


def study(
    *processes: UnitProcess,
    amount: float = 1.0,
    unit: str = "kg",
    boundary: BoundaryKind = BoundaryKind.CRADLE_TO_GRAVE,
    scenarios: tuple[Scenario, ...] = (),
) -> Study:
    return Study(
        id="study",
        product=Product(name="产品"),
        unit=ReferenceUnit(kind=UnitKind.DECLARED, quantity=Quantity(amount, unit)),
        boundary=SystemBoundary(kind=boundary, stages=tuple(Stage)),
        period=Period(start="2024-01-01", end="2024-12-31"),
        geography="CN-SC",
        processes=processes,
        scenarios=scenarios,
    )


def one(*lines: Line, **rest) -> Study:
    """A study of one process that makes 1 kg."""
    return study(process("p", *lines), **rest)
