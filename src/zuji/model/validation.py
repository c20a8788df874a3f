"""What is wrong with a study that can be said without any factor: identity, units, dates, ranges."""

from collections.abc import Iterable, Iterator
from datetime import date

from zuji.errors import Place, Problem
from zuji.model.amounts import negative, positive_findings
from zuji.model.findings import Finding, Path, path_text, problems_of
from zuji.model.line_checks import line_findings
from zuji.model.organisations import valid_credit_code
from zuji.model.records import mistake
from zuji.model.stages import STAGE_NAMES
from zuji.model.studies import AllocationMethod, BoundaryKind, LineChange, Study, UnitKind, UnitProcess


def validate(study: Study) -> tuple[Problem, ...]:
    """Every semantic mistake of a study, with the field path and the line it is on."""

    def locate(finding: Finding) -> Place:
        return Place(field=path_text(finding.path), line=finding.line)

    return tuple(problems_of(findings_of(study), locate))


def findings_of(study: Study) -> list[Finding]:
    """The same as findings, whose paths a reader of a file turns into places."""
    found = [*_study(study), *_identities(study)]
    for number, process in enumerate(study.processes):
        found += (finding.at("processes", number) for finding in _process(study, process))
    for number, scenario in enumerate(study.scenarios):
        lines = {line.id for line in study.lines}
        for index, change in enumerate(scenario.changes):
            path: Path = ("scenarios", number, "changes", index)
            found += (finding.at(*path) for finding in _change(change, lines))
    return found


def _study(study: Study) -> Iterator[Finding]:
    yield from (finding.at("unit", "quantity") for finding in positive_findings(study.unit.quantity))
    yield from _reference_unit(study)
    yield from _boundary(study)
    yield from (finding.at("period") for finding in _period(study.period.start, study.period.end))
    code = study.product.credit_code
    if code and not valid_credit_code(code):
        yield mistake(
            "credit-code",
            f"统一社会信用代码“{code}”不正确：应为 18 位且末位校验码相符",
            f"the unified social credit code “{code}” is wrong: 18 characters, the last of which checks",
            "请对照营业执照逐位核对",
            "compare it with the business licence",
        ).at("product", "credit_code")
    carbon = study.product.biogenic_carbon_kg
    if carbon is not None and carbon < 0:
        yield negative(carbon).at("product", "biogenic_carbon_kg")


def _reference_unit(study: Study) -> Iterator[Finding]:
    """GB/T 24067-2024: a functional unit speaks of the whole life, a declared unit of a part of it."""
    whole = study.boundary.kind is BoundaryKind.CRADLE_TO_GRAVE
    if study.unit.kind is UnitKind.FUNCTIONAL and not whole:
        found = mistake(
            "unit-and-boundary",
            "系统边界不含完整生命周期，应使用声明单位而不是功能单位",
            "the boundary is not the whole life cycle: a declared unit is needed, not a functional unit",
            "请把单位类型改为声明单位（declared），或把边界改为摇篮到坟墓",
            "make the unit declared, or the boundary cradle_to_grave",
        ).at("unit", "kind")
        found.depends = (("boundary",),)
        yield found


def _boundary(study: Study) -> Iterator[Finding]:
    boundary = study.boundary
    if not boundary.stages:
        yield mistake(
            "no-stage",
            "系统边界内没有任何生命周期阶段",
            "no life-cycle stage is inside the boundary",
            "请至少列出一个阶段",
            "name at least one stage",
        ).at("boundary", "stages")
    yield from _duplicates(
        ((stage.value, ("boundary", "stages", at)) for at, stage in enumerate(boundary.stages)),
        "duplicate-stage",
        "阶段",
        "stage",
    )
    for at, exclusion in enumerate(boundary.excluded):
        if exclusion.stage in boundary.stages:
            yield mistake(
                "stage-in-and-out",
                f"阶段“{STAGE_NAMES[exclusion.stage].zh}”既在边界内又被排除",
                f"the stage “{STAGE_NAMES[exclusion.stage].en}” is both inside and excluded",
                "请只保留一处",
                "keep one of the two",
            ).at("boundary", "excluded", at)
        elif not exclusion.reason.strip():
            yield mistake(
                "exclusion-reason",
                f"排除阶段“{STAGE_NAMES[exclusion.stage].zh}”没有说明理由",
                f"the stage “{STAGE_NAMES[exclusion.stage].en}” is excluded without a reason",
                "请写明排除理由",
                "give the reason",
            ).at("boundary", "excluded", at, "reason")


def _period(start: str, end: str) -> Iterator[Finding]:
    days = {}
    for key, text in (("start", start), ("end", end)):
        try:
            days[key] = date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            days[key] = None
        if days[key] is None:
            yield mistake(
                "date",
                f"“{text}”不是日期",
                f"“{text}” is not a date",
                "请写成 2024-01-31 的形式",
                "write it like 2024-01-31",
            ).at(key)
    first, last = days["start"], days["end"]
    if first is not None and last is not None and last < first:
        yield mistake(
            "period",
            f"数据期从 {start} 到 {end}，起止颠倒",
            f"the data period from {start} to {end} is reversed",
            "结束日期不能早于开始日期，一般为一个完整自然年",
            "the end must not be before the start; a whole year is usual",
        ).at("end")


def _identities(study: Study) -> Iterator[Finding]:
    processes = [(process.id, ("processes", at, "id")) for at, process in enumerate(study.processes)]
    yield from _duplicates(processes, "duplicate-process", "工序编号", "process id")
    lines = [
        (line.id, ("processes", at, "lines", index, "id"))
        for at, process in enumerate(study.processes)
        for index, line in enumerate(process.lines)
    ]
    yield from _duplicates(lines, "duplicate-line", "清单行编号", "line id")
    scenarios = [(scenario.id, ("scenarios", at, "id")) for at, scenario in enumerate(study.scenarios)]
    yield from _duplicates(scenarios, "duplicate-scenario", "情景编号", "scenario id")


def _duplicates(named: Iterable[tuple[str, Path]], code: str, zh: str, en: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for name, path in named:
        if name in seen and name:
            found = mistake(
                code,
                f"{zh}“{name}”重复",
                f"the {en} “{name}” is there twice",
                "请改为不同的名称",
                "make it unique",
            ).at(*path)
            found.line = name if code == "duplicate-line" else ""
            yield found
        seen.add(name)


def _process(study: Study, process: UnitProcess) -> Iterator[Finding]:
    if not process.outputs:
        yield mistake(
            "no-output",
            f"工序“{process.name}”没有产出",
            f"the process “{process.name}” has no output",
            "请填写产出的产品及数量",
            "name its product and amount",
        ).at("outputs")
    for at, output in enumerate(process.outputs):
        yield from (finding.at("outputs", at, "quantity") for finding in positive_findings(output.quantity))
        if output.property_value is not None and output.property_value < 0:
            yield negative(output.property_value).at("outputs", at, "property_value")
    products = [(output.product, ("outputs", at, "product")) for at, output in enumerate(process.outputs)]
    yield from _duplicates(products, "duplicate-product", "产出", "product")
    if len(process.outputs) > 1 and process.allocation is AllocationMethod.NONE:
        yield mistake(
            "allocation-missing",
            f"工序“{process.name}”有多个产出，但没有选择分配方法",
            f"the process “{process.name}” has several products but no allocation",
            "请选择分配方法（细分、替代、物理、经济）并说明理由",
            "choose subdivision, substitution, physical or economic, with the reason",
        ).at("allocation")
    made = {output.product for output in process.outputs}
    for at, line in enumerate(process.lines):
        for finding in line_findings(study, line, made):
            finding.line = line.id
            yield finding.at("lines", at)


def _change(change: LineChange, lines: set[str]) -> Iterator[Finding]:
    if change.line not in lines:
        yield mistake(
            "unknown-line",
            f"情景改动的清单行“{change.line}”不存在",
            f"the scenario changes a line “{change.line}” that does not exist",
            "请填写清单中已有的行编号",
            "name a line of the inventory",
        ).at("line")
    stated = (change.amount, change.scale, change.factor, change.stated_value)
    if all(value is None for value in stated):
        yield mistake(
            "empty-change",
            "情景改动没有写改什么",
            "the change does not say what changes",
            "请填写新数量、倍数、因子或自有因子数值之一",
            "give a new amount, a multiple, a factor or a stated value",
        )
    if change.amount is not None and change.scale is not None:
        yield mistake(
            "two-changes",
            "同一改动既写了新数量又写了倍数",
            "the change has both an amount and a multiple",
            "请只保留一个",
            "keep one of the two",
        ).at("scale")
    for field in ("amount", "scale"):
        value = getattr(change, field)
        if value is not None and not value >= 0:
            yield negative(value).at(field)
