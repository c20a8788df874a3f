"""What is wrong with one line of an inventory, without any factor."""

import math
from collections.abc import Iterator, Mapping

from zuji.model.amounts import amount_findings, negative, not_finite, share, unit_findings
from zuji.model.findings import Finding
from zuji.model.lines import (
    FuelDetail,
    Line,
    LineKind,
    RecyclingDetail,
    SubAssemblyDetail,
    TransportDetail,
)
from zuji.model.quality import DataQuality
from zuji.model.quantities import Distribution, Quantity, Uncertainty
from zuji.model.records import mistake
from zuji.model.stages import STAGE_NAMES
from zuji.model.studies import Study
from zuji.text import Text

# Detail fields that must lie between 0 and 1; `a` and `b` are allocation factors of the CFF.
_FRACTIONS = ("r1", "r2", "r3", "a", "b", "heat_efficiency", "electricity_efficiency")
_SIGNED = frozenset({LineKind.LAND_USE_CHANGE})
_NEEDED_DETAIL: Mapping[LineKind, Text] = {
    LineKind.DIRECT_EMISSION: Text("请填写排放的气体，例如 CH4、SF6", "name the gas, such as CH4 or SF6"),
    LineKind.SUB_ASSEMBLY: Text("请填写来源工序的编号", "name the process it comes from"),
    LineKind.BIOGENIC_CARBON: Text(
        "请说明是吸收（removal: true）还是释放（removal: false）",
        "say whether it is uptake (removal: true) or release (removal: false)",
    ),
}


def line_findings(study: Study, line: Line, made: set[str]) -> Iterator[Finding]:
    # without any stage the boundary itself is reported
    if study.boundary.stages and line.stage not in study.boundary.stages:
        found = mistake(
            "stage-outside-boundary",
            f"阶段“{STAGE_NAMES[line.stage].zh}”不在系统边界内",
            f"the stage “{STAGE_NAMES[line.stage].en}” is outside the boundary",
            "请改阶段，或把该阶段加入系统边界",
            "change the stage, or put it inside the boundary",
        ).at("stage")
        found.depends = (("boundary", "stages"),)
        yield found
    amount = amount_findings(line.quantity, signed=line.kind in _SIGNED)
    yield from (finding.at("quantity") for finding in amount)
    if line.allocate_to and line.allocate_to not in made:
        yield mistake(
            "unknown-product",
            f"本工序没有产出“{line.allocate_to}”",
            f"this process has no product “{line.allocate_to}”",
            f"请改为：{'、'.join(sorted(made)) or '（无）'}",
            f"the products are: {', '.join(sorted(made)) or '(none)'}",
        ).at("allocate_to")
    if line.quality is not None:
        yield from (finding.at("quality") for finding in _quality(line.quality))
    if line.uncertainty is not None:
        yield from (finding.at("uncertainty") for finding in _uncertainty(line.uncertainty))
    if line.stated is not None:
        yield from (finding.at("stated") for finding in _stated(line))
    yield from (finding.at(line.kind.value) for finding in _detail(study, line))


def _stated(line: Line) -> Iterator[Finding]:
    stated = line.stated
    assert stated is not None  # noqa: S101 - the caller asked
    if line.factor:
        yield mistake(
            "two-factors",
            "同一行既选了因子又填了自有因子",
            "the line has both a factor of the library and one of its own",
            "请只保留一个",
            "keep one of the two",
        ).at("value")
    if not math.isfinite(stated.value):
        yield not_finite().at("value")
    yield from (finding.at("per") for finding in unit_findings(stated.per))
    if not stated.source.strip():
        yield mistake(
            "stated-source",
            "自有因子没有写来源",
            "the line's own factor has no source",
            "请写明来源（报告名称、编号或供应商）",
            "give its source",
        ).at("source")
    if not 0 <= stated.primary_share <= 1:
        yield share(stated.primary_share).at("primary_share")


def _detail(study: Study, line: Line) -> Iterator[Finding]:
    match line.detail:
        case TransportDetail(distance=Quantity() as distance):
            yield from (finding.at("distance") for finding in amount_findings(distance))
        case SubAssemblyDetail() as detail:
            yield from _sub_assembly(study, detail)
        case RecyclingDetail() as detail:
            yield from _recycling(detail)
        case FuelDetail() as detail:
            yield from _fuel(detail)
        case None if line.kind in _NEEDED_DETAIL:
            yield mistake(
                "detail-missing",
                f"类别为 {line.kind} 的清单行缺少“{line.kind}”参数",
                f"a line of kind {line.kind} needs “{line.kind}”",
                _NEEDED_DETAIL[line.kind].zh,
                _NEEDED_DETAIL[line.kind].en,
            )


def _recycling(detail: RecyclingDetail) -> Iterator[Finding]:
    for field in _FRACTIONS:
        if not 0 <= getattr(detail, field) <= 1:
            yield share(getattr(detail, field)).at(field)
    for field in ("qs_in", "qs_out", "lhv"):
        if not getattr(detail, field) >= 0:
            yield negative(getattr(detail, field)).at(field)
    if 0 <= detail.r2 <= 1 and 0 <= detail.r3 <= 1 < detail.r2 + detail.r3 - 1e-9:
        yield mistake(
            "recycling-shares",
            f"回收率与能量回收率之和为 {detail.r2 + detail.r3:g}，超过 1",
            f"recycling and energy recovery together are {detail.r2 + detail.r3:g}, more than 1",
            "请核对 r2 与 r3：同一份废料不能既再生又焚烧",
            "check r2 and r3: the same waste is not both recycled and burned",
        ).at("r3")


def _fuel(detail: FuelDetail) -> Iterator[Finding]:
    if detail.oxidation is not None and not 0 <= detail.oxidation <= 1:
        yield share(detail.oxidation).at("oxidation")
    for field in ("ncv", "carbon_content", "ch4", "n2o"):
        value = getattr(detail, field)
        if value is not None and not value >= 0:
            yield negative(value).at(field)


def _sub_assembly(study: Study, detail: SubAssemblyDetail) -> Iterator[Finding]:
    process = next((process for process in study.processes if process.id == detail.process), None)
    if process is None:
        known = [process.id for process in study.processes]
        yield mistake(
            "unknown-process",
            f"没有编号为“{detail.process}”的工序",
            f"there is no process “{detail.process}”",
            f"请改为：{'、'.join(known)}",
            f"the processes are: {', '.join(known)}",
        ).at("process")
        return
    products = [output.product for output in process.outputs]
    if (detail.product and detail.product not in products) or (not detail.product and len(products) > 1):
        yield mistake(
            "unknown-product",
            f"工序“{process.id}”的产出中没有“{detail.product}”"
            if detail.product
            else f"工序“{process.id}”有多个产出，需写明用的是哪一个",
            f"the process “{process.id}” makes no “{detail.product}”"
            if detail.product
            else f"the process “{process.id}” has several products; say which one is used",
            f"请改为：{'、'.join(products)}",
            f"its products are: {', '.join(products)}",
        ).at("product")


def _quality(quality: DataQuality) -> Iterator[Finding]:
    for field in ("technology", "geography", "time", "precision"):
        value = getattr(quality, field)
        if value is not None and not 1 <= value <= 5:
            yield mistake(
                "quality-range",
                f"数据质量评分 {value:g} 不在 1 到 5 之间",
                f"the quality score {value:g} is not between 1 and 5",
                "1 为最好，5 为最差；未评分请留空",
                "1 is best, 5 is worst; leave it empty where not rated",
            ).at(field)


def _uncertainty(uncertainty: Uncertainty) -> Iterator[Finding]:
    kind = uncertainty.distribution
    if kind is Distribution.LOGNORMAL and not 1 <= uncertainty.spread < math.inf:
        yield _spread("几何标准差应不小于 1", "the geometric standard deviation must be at least 1")
    elif kind is Distribution.NORMAL and not 0 <= uncertainty.spread < math.inf:
        yield _spread("变异系数应不小于 0", "the coefficient of variation must not be negative")
    elif kind in {Distribution.TRIANGULAR, Distribution.UNIFORM}:
        low, high = uncertainty.low, uncertainty.high
        inside = kind is Distribution.UNIFORM or low <= 1 <= high
        if not (0 <= low <= high < math.inf and inside):
            yield mistake(
                "uncertainty-range",
                f"不确定性上下限 {low:g} 至 {high:g} 不成立",
                f"the uncertainty range from {low:g} to {high:g} does not hold",
                "下限不大于上限，三角分布还应包含 1（即原值）",
                "low must not exceed high, and a triangle must contain 1, the value itself",
            ).at("low")


def _spread(zh: str, en: str) -> Finding:
    return mistake("uncertainty-spread", zh, en, "请改正离散程度", "correct the spread").at("spread")
