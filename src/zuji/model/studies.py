"""A study: everything a person states about a product before anything is calculated."""

from dataclasses import dataclass, field
from enum import StrEnum

from zuji.model.lines import Line
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.statements import Statements
from zuji.text import Text


class UnitKind(StrEnum):
    """What results refer to: functional for cradle to grave, declared for a partial footprint."""

    FUNCTIONAL = "functional"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceUnit:
    """The functional or declared unit, for example 1 kWh of pack capacity."""

    kind: UnitKind
    quantity: Quantity
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What the study is about."""

    name: str
    name_en: str = ""
    model: str = ""
    code: str = ""
    specification: str = ""
    manufacturer: str = ""
    credit_code: str = ""
    site: str = ""
    biogenic_carbon_kg: float | None = None


class BoundaryKind(StrEnum):
    """From where to where."""

    CRADLE_TO_GRAVE = "cradle_to_grave"
    CRADLE_TO_GATE = "cradle_to_gate"
    GATE_TO_GATE = "gate_to_gate"


BOUNDARY_NAMES: dict[BoundaryKind, Text] = {
    BoundaryKind.CRADLE_TO_GRAVE: Text("摇篮到坟墓", "Cradle to grave"),
    BoundaryKind.CRADLE_TO_GATE: Text("摇篮到大门", "Cradle to gate"),
    BoundaryKind.GATE_TO_GATE: Text("大门到大门", "Gate to gate"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StageExclusion:
    """A stage left out, and why."""

    stage: Stage
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemBoundary:
    """Stages inside, and those left out with their reason."""

    kind: BoundaryKind
    stages: tuple[Stage, ...]
    excluded: tuple[StageExclusion, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Why the study is made."""

    reason: str = ""
    use: str = ""
    audience: str = ""
    comparison: bool = False
    commissioner: str = ""
    author: str = ""


class AllocationMethod(StrEnum):
    """How a process with several products shares its burdens, in order of preference."""

    NONE = "none"
    SUBDIVISION = "subdivision"
    SUBSTITUTION = "substitution"
    PHYSICAL = "physical"
    ECONOMIC = "economic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A product of a process.

    `property_value` is the physical property (mass, energy) or the price per unit of `quantity`
    that allocation uses; `avoided_factor` is the factor credited under substitution.
    """

    product: str
    quantity: Quantity
    property_value: float | None = None
    avoided_factor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProcess:
    """A process: its outputs (the first is its main product), its lines, its allocation.

    Lines are stated per the amounts of `outputs`: one batch, one year or one unit, as measured.
    `controlled` says whether the firm that makes the study runs it.
    """

    id: str
    name: str
    outputs: tuple[Output, ...]
    lines: tuple[Line, ...] = ()
    allocation: AllocationMethod = AllocationMethod.NONE
    allocation_reason: str = ""
    controlled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """What a scenario changes on one line; None keeps the base value."""

    line: str
    amount: float | None = None
    scale: float | None = None
    factor: str | None = None
    stated_value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named set of changes, compared with the base on the same random numbers."""

    id: str
    name: str
    changes: tuple[LineChange, ...]
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The data period, ISO dates, both inclusive."""

    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Product, unit, boundary, inventory and scenarios. `processes[0]` makes the studied product.

    `rule` names the product rule that was used, `id@version` where the platform or the library holds it.
    """

    id: str
    product: Product
    unit: ReferenceUnit
    boundary: SystemBoundary
    period: Period
    geography: str
    processes: tuple[UnitProcess, ...]
    goal: Goal = field(default_factory=Goal)
    gwp: str = "AR6"
    rule: str = ""
    scenarios: tuple[Scenario, ...] = ()
    assumptions: str = ""
    limitations: str = ""
    demonstration: bool = False
    note: str = ""
    statements: Statements = field(default_factory=Statements)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of every process, in order."""
        return tuple(line for process in self.processes for line in process.lines)
