"""An accounting rule as data: what a product category rule asks of a study.

The YAML form of these dataclasses is the rule schema of docs/rules.md; `zuji.formats.rules` reads it.
An item that a rule does not state is taken from the rule it `extends`; None and empty mean "not ruled".
"""

from dataclasses import dataclass, field
from enum import StrEnum

from zuji.model.lines import ElectricityTreatment, LineKind, RecyclingMethod
from zuji.model.stages import Stage
from zuji.model.standards import Certainty, ProductCode
from zuji.model.statements import Switch
from zuji.model.studies import AllocationMethod, BoundaryKind, UnitKind
from zuji.text import Text


class RuleStanding(StrEnum):
    """What a rule is worth."""

    ADOPTED = "adopted"  # issued by who may issue it
    METHOD = "method"  # follows a published method; not itself a standard
    DEMONSTRATION = "demonstration"  # shows how such a rule works; no public text was seen


STANDING_NAMES: dict[RuleStanding, Text] = {
    RuleStanding.ADOPTED: Text("已发布规则", "Adopted rule"),
    RuleStanding.METHOD: Text("依公开方法编写", "After a published method"),
    RuleStanding.DEMONSTRATION: Text("演示规则，不是标准", "Demonstration, not a standard"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScope:
    """Which products: codes of the classification, words for people, and what is not meant."""

    products: tuple[ProductCode, ...] = ()
    description: str = ""
    description_en: str = ""
    excluded: tuple[ProductCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRule:
    """The functional or declared unit; `units` are interchangeable ones, the first is the rule's own."""

    kind: UnitKind | None = None
    units: tuple[str, ...] = ()
    amount: float | None = None
    description: str = ""
    description_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermittedExclusion:
    """A stage that may be left out, and why the rule allows it."""

    stage: Stage
    reason: str
    reason_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryRule:
    """Boundaries allowed, stages that must be inside, stages that may be left out."""

    kinds: tuple[BoundaryKind, ...] = ()
    required: tuple[Stage, ...] = ()
    may_exclude: tuple[PermittedExclusion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOffRule:
    """Largest shares (0…1 of the result's size) that one flow and all flows together may be cut.

    `never` are words of items that are not cut whatever their size.
    """

    each: float | None = None
    total: float | None = None
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRule:
    """Allocation methods in the order in which they are to be tried; `property` names the physical one."""

    order: tuple[AllocationMethod, ...] = ()
    property: str = ""
    property_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredItem:
    """An input or emission that the inventory must have, found by kind, stage and any of its `words`.

    `primary` where its amount must be the firm's own datum; `condition` says in words when it applies,
    and an item with a condition is only reminded of, never demanded.
    """

    id: str
    name: str
    name_en: str = ""
    kind: LineKind | None = None
    stage: Stage | None = None
    words: tuple[str, ...] = ()
    primary: bool = False
    condition: str = ""
    condition_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryDataRule:
    """Kinds of lines whose amounts must be primary in controlled processes, and the least primary share."""

    kinds: tuple[LineKind, ...] = ()
    least_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """Least length in months, and the greatest age of the data's end in years before the study."""

    months: int | None = None
    oldest_years: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectricityRule:
    """Treatments of electricity that the rule accepts, and how the grid is counted where none else holds.

    `grid_factors` are ids of the factor library in order of preference for grid electricity.
    """

    accepted: tuple[ElectricityTreatment, ...] = ()
    grid_factors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GwpRule:
    """The set of global warming potentials, and those that are accepted with a reason."""

    set: str = ""
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecyclingRule:
    """Formulas accepted for recycling, the first preferred; CFF factors `a` and `b` where they are set."""

    methods: tuple[RecyclingMethod, ...] = ()
    a: float | None = None
    b: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProfile:
    """A use profile or end-of-life scenario that the rule offers."""

    id: str
    name: str
    name_en: str = ""
    description: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRule:
    """Whether a profile must be named where the stage is inside, and those that the rule offers."""

    required: bool | None = None
    profiles: tuple[RuleProfile, ...] = ()


class SwitchChoice(StrEnum):
    """What a rule says of an activity that others handle otherwise."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFloor:
    """The worst rating accepted under a scheme of `zuji.quality` and the share of the result to be rated."""

    scheme: str = ""
    version: str = ""
    worst: float | None = None
    coverage: float | None = None


class ReportAnnex(StrEnum):
    """Annexes of a footprint report, in the order of a Chinese standard."""

    DATA_LIST = "data_list"
    PARAMETERS = "parameters"
    DATA_QUALITY = "data_quality"
    GWP = "gwp"
    CONTENTS = "contents"
    CONFORMITY = "conformity"
    ELECTRICITY = "electricity"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule:
    """Title and annexes of the report, and statements that it must print."""

    title: str = ""
    title_en: str = ""
    annexes: tuple[ReportAnnex, ...] = ()
    statements: tuple[str, ...] = ()
    statements_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleItem:
    """Where an item of the rule comes from: `item` is a path such as cut_off.each, `clause` its reference."""

    item: str
    clause: str
    certainty: Certainty = Certainty.UNCONFIRMED
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductCategoryRule:
    """A rule that drives a study. `id` with `version` is for good: a change is a new version."""

    id: str
    version: str
    name: str
    name_en: str = ""
    standing: RuleStanding
    extends: str = ""
    basis: tuple[str, ...] = ()
    source: str
    certainty: Certainty
    note: str = ""
    note_en: str = ""
    scope: RuleScope = field(default_factory=RuleScope)
    unit: UnitRule = field(default_factory=UnitRule)
    boundary: BoundaryRule = field(default_factory=BoundaryRule)
    cut_off: CutOffRule = field(default_factory=CutOffRule)
    allocation: AllocationRule = field(default_factory=AllocationRule)
    required: tuple[RequiredItem, ...] = ()
    primary: PrimaryDataRule = field(default_factory=PrimaryDataRule)
    period: PeriodRule = field(default_factory=PeriodRule)
    electricity: ElectricityRule = field(default_factory=ElectricityRule)
    gwp: GwpRule = field(default_factory=GwpRule)
    recycling: RecyclingRule = field(default_factory=RecyclingRule)
    use: ProfileRule = field(default_factory=ProfileRule)
    end_of_life: ProfileRule = field(default_factory=ProfileRule)
    switches: dict[Switch, SwitchChoice] = field(default_factory=dict)
    quality: QualityFloor = field(default_factory=QualityFloor)
    report: ReportRule = field(default_factory=ReportRule)
    clauses: tuple[RuleItem, ...] = ()

    @property
    def key(self) -> str:
        """`id@version`, as a study names it."""
        return f"{self.id}@{self.version}"
