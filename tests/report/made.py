"""Studies evaluated and frozen for the report's tests; once a run, since the report reads only."""

from dataclasses import replace
from functools import cache

from tests.report import studies
from zuji.errors import Place, problem
from zuji.formats.reference import load
from zuji.model.category_rules import (
    AllocationRule,
    BoundaryRule,
    CutOffRule,
    ElectricityRule,
    GwpRule,
    PeriodRule,
    ProductCategoryRule,
    QualityFloor,
    ReportRule,
    RequiredItem,
    RuleItem,
    RuleStanding,
    SwitchChoice,
    UnitRule,
)
from zuji.model.conformity import CheckedItem, Conformity, Outcome, Severity, Shortcoming
from zuji.model.footprints import Footprint
from zuji.model.lines import ElectricityTreatment
from zuji.model.stages import Stage
from zuji.model.standards import Certainty
from zuji.model.statements import Review, ReviewKind, Switch
from zuji.model.studies import AllocationMethod, BoundaryKind, Study, UnitKind
from zuji.quality import evaluate
from zuji.report.material import Issue, Material
from zuji.rules.comparability import Gate, GateItem
from zuji.text import Text
from zuji.trust.snapshot import Snapshot, freeze

ISSUE = Issue(date="2026-11-21", organisation="示例铝业有限公司", author="李工", version="2")
DRAFT = Issue(date="2026-11-21", organisation="示例铝业有限公司", draft=True)

RULE = ProductCategoryRule(
    id="demo-tray",
    version="1",
    name="电池托盘演示规则",
    name_en="Battery tray demonstration",
    standing=RuleStanding.DEMONSTRATION,
    basis=("GB/T 24067-2024",),
    source="本测试 / this test",
    certainty=Certainty.UNCONFIRMED,
    unit=UnitRule(kind=UnitKind.FUNCTIONAL, units=("件",), amount=1.0),
    boundary=BoundaryRule(
        kinds=(BoundaryKind.CRADLE_TO_GRAVE,), required=(Stage.RAW_MATERIAL, Stage.MANUFACTURING)
    ),
    cut_off=CutOffRule(each=0.01, total=0.05, never=("制冷剂",)),
    allocation=AllocationRule(order=(AllocationMethod.SUBDIVISION, AllocationMethod.SUBSTITUTION)),
    required=(
        RequiredItem(id="ingot", name="铝锭", name_en="aluminium ingot", words=("铝锭",), primary=True),
        RequiredItem(id="wire", name="焊丝", name_en="welding wire", words=("焊丝",)),
    ),
    period=PeriodRule(months=12, oldest_years=3.0),
    electricity=ElectricityRule(
        accepted=(ElectricityTreatment.GRID, ElectricityTreatment.CONTRACT),
        grid_factors=("elec_cf_national_2024",),
    ),
    gwp=GwpRule(set="AR6"),
    switches={Switch.CAPITAL_GOODS: SwitchChoice.EXCLUDE},
    quality=QualityFloor(scheme="PEF", version="2021", worst=3.0, coverage=0.8),
    report=ReportRule(
        title="电池托盘产品碳足迹报告",
        title_en="Battery tray carbon footprint",
        statements=("规则要求的声明一。",),
        statements_en=("First statement of the rule.",),
    ),
    clauses=(RuleItem(item="cut_off", clause="5.4"),),
)
CONFORMITY = Conformity(
    rule=RULE.key,
    items=(
        CheckedItem(
            id="V1",
            title=Text("目的", "Goal"),
            clause="ISO 14067:2018 6.2",
            outcome=Outcome.MET,
            reason=Text("四项均已填写", "All four are stated"),
        ),
        CheckedItem(
            id="V27",
            title=Text("合同电力", "Contracted electricity"),
            clause="ISO 14067:2018 6.4.9.4",
            outcome=Outcome.NOT_MET,
            reason=Text("查看了 1 行", "One line was looked at"),
            shortcomings=(
                Shortcoming(
                    severity=Severity.ERROR,
                    problem=problem(
                        "v27.market",
                        "合同与用电不在同一市场",
                        "the contract is of another market",
                        cure_zh="改用剩余组合",
                        cure_en="take the residual mix",
                        place=Place(line="power"),
                    ),
                ),
            ),
        ),
    ),
)
INTERNAL = Review(kind=ReviewKind.INTERNAL, reviewer="王工", date="2026-11-20", conclusion="可以冻结")


GATE = Gate(
    items=(
        GateItem(id="rule", title=Text("规则与版本", "Rule"), met=True, reason=Text("一致", "the same")),
        GateItem(
            id="boundary",
            title=Text("边界与阶段", "Boundary"),
            met=False,
            reason=Text("系统边界不同", "the boundaries differ"),
        ),
    )
)


def evaluated(study: Study, *, runs: int = 200) -> tuple[Footprint, Snapshot]:
    data = load()
    gwp = data.gwp[study.gwp]
    footprint = evaluate(study, data.catalogue, gwp, data.fuels, uncertainty=runs, seed=7)
    return footprint, freeze(study, footprint, data.catalogue, gwp, data.fuels)


def material(study: Study, *, language: str = "zh", issue: Issue = ISSUE, runs: int = 200) -> Material:
    footprint, snapshot = evaluated(study, runs=runs)
    return Material(study=study, footprint=footprint, snapshot=snapshot, issue=issue, language=language)


@cache
def tray(language: str = "zh") -> Material:
    return material(studies.tray(), language=language)


@cache
def full(language: str = "zh") -> Material:
    """With every statement, a rule, a check, certificates, a review and a tested comparison."""
    bare = material(studies.full(), language=language)
    return replace(bare, rule=RULE, conformity=CONFORMITY, recorded_reviews=(INTERNAL,), gate=GATE)


@cache
def plain(language: str = "zh") -> Material:
    return material(studies.plain(), language=language, issue=DRAFT, runs=0)
