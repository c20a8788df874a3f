"""V24, V25, V26 and V28: what electricity and heat are multiplied by, and on what ground."""

import re

from zuji.model.conformity import CheckedItem
from zuji.model.factors import FACTOR_KIND_NAMES, Confidence, Factor, FactorKind
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, Line, LineKind
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts
from zuji.text import counted

Treated = tuple[Line, ElectricityDetail]
_BURNED_ONLY = re.compile(r"直接燃烧|direct combustion", re.I)
_ONE_TECHNOLOGY = re.compile(
    r"水力发电|水电|风力发电|风电|光伏|光热|核能|核电|生物质发电|燃煤|煤电|燃气"
    r"|hydro|wind|photovolt|solar|nuclear|biomass|coal|gas-fired|natural gas",
    re.I,
)
# what an average of the grid is called; waste heat, blast-furnace gas and the like are technologies too
_GRID_AVERAGE = re.compile(r"电网|平均|剩余|电力（模型|\bgrid\b|average|residual|\bmix\b", re.I)
_DELIVERY = re.compile(r"输配电|transmission|distribution", re.I)
_RESIDUAL = re.compile(r"剩余|residual", re.I)
_GRID = frozenset({ElectricityTreatment.GRID, ElectricityTreatment.RESIDUAL})
_ANYWHERE = frozenset({"", "GLO", "World", "RoW"})


def scope(facts: Facts, answer: Answer) -> CheckedItem:
    """V24: electricity and heat count over their life cycle; a grid CO2 factor stands nowhere."""
    powered = [line for line in facts.all_lines if line.kind is LineKind.ELECTRICITY]
    heated = [line for line in facts.all_lines if line.kind is LineKind.HEAT]
    for line in powered:
        _electricity_factor(facts, line, answer)
    for line in heated:
        factor = facts.factors.get(line.id)
        if factor is not None and _BURNED_ONLY.search(factor.boundary) and not line.cut_off:
            answer.warning(
                "heat.combustion_only",
                f"“{line.item}”的热力因子只含热源厂直接燃烧，不含燃料上游与管网损失",
                f"the heat factor of “{line.item}” holds combustion at the plant only",
                "请换用全生命周期热力因子，或另加一行燃料上游",
                "choose a life-cycle heat factor, or add a line for the supply of its fuel",
                line=line.id,
                field="factor",
            )
    for line in (*powered, *heated):
        if line.stated is not None and not line.stated.life_cycle:
            answer.error(
                "electricity.not_life_cycle" if line.kind is LineKind.ELECTRICITY else "heat.not_life_cycle",
                f"“{line.item}”的自有因子不是全生命周期数值",
                f"the factor stated for “{line.item}” is no life-cycle value",
                "请换用含上游、生产、损耗与下游的数值",
                "use a value that holds upstream, generation, losses and downstream",
                line=line.id,
                field="stated.life_cycle",
            )
    _elsewhere(facts, answer)
    if not powered and not heated and answer.clean:
        return answer.does_not_apply(
            "清单没有电力与热力的行", "the inventory has no line of electricity or heat"
        )
    return answer.met(
        f"看了电力 {len(powered)} 行、热力 {len(heated)} 行的因子类别与范围",
        f"kind and scope of factors of {counted(len(powered), 'line')} of electricity and "
        f"{len(heated)} of heat",
    )


def _electricity_factor(facts: Facts, line: Line, answer: Answer) -> None:
    factor = facts.factors.get(line.id)
    if factor is not None:
        _refuse_kind(line.item, factor, line.id, "factor", answer)
    if isinstance(line.detail, ElectricityDetail):
        located = facts.factor(line.detail.location_factor)
        if located is not None:
            _refuse_kind(line.item, located, line.id, "electricity.location_factor", answer)
            _refuse_part_of_the_mix(line, located, answer)


def _refuse_kind(item: str, factor: Factor, line: str, field: str, answer: Answer) -> None:
    if factor.kind is FactorKind.GRID_CO2:
        answer.error(
            "electricity.grid_co2",
            f"“{item}”用的“{factor.name.zh}”是电网 CO2 排放因子：只含发电燃烧的 CO2，不是碳足迹因子",
            f"“{item}” uses “{factor.name.en or factor.id}”, a grid CO2 factor: CO2 of combustion only, no "
            "footprint factor",
            "请换用电力碳足迹因子，例如全国平均（含上游、输配电与全部温室气体）",
            "choose an electricity footprint factor, such as the national average",
            line=line,
            field=field,
        )
    elif factor.kind is not FactorKind.ELECTRICITY_FOOTPRINT:
        answer.error(
            "electricity.kind",
            f"“{item}”用的“{factor.name.zh}”属于“{FACTOR_KIND_NAMES[factor.kind].zh}”，不是电力碳足迹因子",
            f"“{item}” uses “{factor.name.en or factor.id}” of kind “{FACTOR_KIND_NAMES[factor.kind].en}”",
            "请换用电力碳足迹因子",
            "choose an electricity footprint factor",
            line=line,
            field=field,
        )


def _refuse_part_of_the_mix(line: Line, located: Factor, answer: Answer) -> None:
    """What stands for the place is its whole mix: one technology, or delivery alone, would flatter it."""
    names = f"{located.name.zh} {located.name.en}"
    if located.kind is FactorKind.ELECTRICITY_FOOTPRINT and (
        _ONE_TECHNOLOGY.search(names) or _DELIVERY.search(names)
    ):
        answer.error(
            "electricity.location_part",
            f"“{line.item}”的所在地电网因子用的是“{located.name.zh}”，不是用电地区的电网平均",
            f"“{line.item}” takes “{located.name.en or located.id}” for the grid of its place",
            "请选择用电地区的电网碳足迹因子，没有地区值时选全国平均",
            "choose the grid footprint factor of the region, else the national average",
            line=line.id,
            field="electricity.location_factor",
        )


def _elsewhere(facts: Facts, answer: Answer) -> None:
    """A grid CO2 factor in a scenario would compare with a number that means something else."""
    for at, scenario in enumerate(facts.study.scenarios):
        for index, change in enumerate(scenario.changes):
            factor = facts.factor(change.factor) if change.factor else None
            if factor is not None and factor.kind is FactorKind.GRID_CO2:
                field = f"scenarios[{at}].changes[{index}].factor"
                _refuse_kind(scenario.name, factor, "", field, answer)


def _with(facts: Facts, treatment: ElectricityTreatment) -> list[Treated]:
    return [each for each in facts.electricity if each[1].treatment is treatment]


def own(facts: Facts, answer: Answer) -> CheckedItem:
    """V25: own generation counts with its own life-cycle data where nothing of it was sold by certificate."""
    lines = _with(facts, ElectricityTreatment.OWN)
    if not lines:
        return answer.does_not_apply("没有自发电", "there is no own generation")
    for line, detail in lines:
        _sold(line, detail, "own", answer)
        factor = facts.factors.get(line.id)
        if factor is not None and _of_the_grid(factor):
            answer.error(
                "own.grid_factor",
                f"“{line.item}”是自发电，用的却是电网因子“{factor.name.zh}”",
                f"“{line.item}” is generated on site but uses the grid factor {factor.id}",
                "请换用该发电方式的全生命周期数据，或把处理方式改为电网",
                "use life-cycle data of that technology, or make it grid electricity",
                line=line.id,
                field="factor",
            )
        name_location(line, detail, answer)
    return answer.met(
        f"自发电 {len(lines)} 行：看了环境权益是否售出、因子是否对应发电方式、有无基于位置的因子",
        f"{counted(len(lines), 'line')} of own generation: attributes sold, "
        "technology of the factor, location factor",
    )


def _of_the_grid(factor: Factor) -> bool:
    """Whether a factor stands for the grid, its mix or its delivery, and so for no generator."""
    names = f"{factor.name.zh} {factor.name.en}"
    return bool(_GRID_AVERAGE.search(names) or _DELIVERY.search(names))


def direct_line(facts: Facts, answer: Answer) -> CheckedItem:
    """V26: a dedicated line counts with the supplier's data where no certificate was sold to others."""
    lines = _with(facts, ElectricityTreatment.DIRECT_LINE)
    if not lines:
        return answer.does_not_apply("没有专线供电", "there is no dedicated line")
    for line, detail in lines:
        _sold(line, detail, "direct_line", answer)
        if not stated(line.supplier):
            answer.error(
                "direct_line.supplier",
                f"“{line.item}”是专线供电，没有写明供电方",
                f"“{line.item}” comes by a dedicated line and names no supplier",
                "请填写发电企业，并上传专线供电合同",
                "name the generator and attach the contract",
                line=line.id,
                field="supplier",
            )
        name_location(line, detail, answer)
    return answer.met(
        f"专线供电 {len(lines)} 行：看了供电方、环境权益是否售出、有无基于位置的因子",
        f"{counted(len(lines), 'line')} of electricity by dedicated line: supplier, "
        "attributes sold, location factor",
    )


def _sold(line: Line, detail: ElectricityDetail, code: str, answer: Answer) -> None:
    if detail.attributes_sold is None:
        answer.error(
            f"{code}.sold_unknown",
            f"没有说明“{line.item}”的绿证或环境权益是否售出",
            f"nothing says whether certificates of “{line.item}” were sold",
            "请选择“未售出”或“已售出”",
            "say whether they were sold or not",
            line=line.id,
            field="electricity.attributes_sold",
        )
    elif detail.attributes_sold:
        answer.error(
            f"{code}.sold",
            f"“{line.item}”的绿证已售出，不能再按这一电源计",
            f"certificates of “{line.item}” were sold: it may not count as that source any more",
            "请把处理方式改为电网，并用电网平均因子",
            "make it grid electricity with the grid factor",
            line=line.id,
            field="electricity.attributes_sold",
        )


def name_location(line: Line, detail: ElectricityDetail, answer: Answer, code: str = "electricity") -> None:
    """Warns where electricity that is not the grid's names no factor for the location-based result."""
    if not detail.location_factor:
        answer.warning(
            f"{code}.location_factor",
            f"“{line.item}”没有填写所在地电网因子，无法并列给出基于位置的结果",
            f"“{line.item}” names no grid factor of its region for the location-based result",
            "请选择用电地区的电网碳足迹因子，没有地区值时选全国平均",
            "choose the grid footprint factor of the region, else the national average",
            line=line.id,
            field="electricity.location_factor",
        )


def grid(facts: Facts, answer: Answer) -> CheckedItem:
    """V28: all other electricity at the mix of the region of use without attributes sold, with its limits."""
    lines = [each for each in facts.electricity if each[1].treatment in _GRID]
    if not lines:
        return answer.does_not_apply("没有取自电网平均的电力", "no electricity is counted at a grid mix")
    for line, detail in lines:
        factor = facts.factors.get(line.id)
        if factor is not None:
            _grid_factor(facts, line, detail, factor, answer)
        elif line.stated is not None and line.stated.life_cycle:
            answer.warning(
                "electricity.stated_on_grid",
                f"“{line.item}”按电网计，却填了自有因子",
                f"“{line.item}” counts as grid electricity but states a factor of its own",
                "请选用公布的电网因子；有合同或自发电时改正处理方式",
                "choose a published grid factor, or correct the treatment if there is a contract",
                line=line.id,
                field="stated.value",
            )
        if detail.certificates:
            answer.warning(
                "electricity.unused_certificates",
                f"“{line.item}”列了 {len(detail.certificates)} 张证书，处理方式却是电网",
                f"“{line.item}” lists {counted(len(detail.certificates), 'certificate')} but counts as grid "
                "electricity",
                "请把处理方式改为“合同”，或删去证书",
                "make it a contract, or remove the certificates",
                line=line.id,
                field="electricity.treatment",
            )
    if not stated(facts.statements.reasons.electricity):
        answer.error(
            "electricity.statement",
            f"有 {len(lines)} 行按电网计，没有说明选用的因子及其局限",
            f"{counted(len(lines), 'line')} at a grid mix and nothing is said of the factor and its limits",
            "请在“理由—电力”中写明用哪个因子、为什么，以及没有剔除已售绿电等局限",
            "name the factor under “Reasons: electricity”, why, and limits such as sold attributes left in",
            field="statements.reasons.electricity",
        )
    used = sorted({factor.id for line, _ in lines if (factor := facts.factors.get(line.id))})
    return answer.met(
        f"电网电力 {len(lines)} 行，因子 {'、'.join(used) or '—'}，地区 {facts.study.geography}",
        f"{counted(len(lines), 'line')} at a grid mix, factors {', '.join(used) or '—'}, region "
        f"{facts.study.geography}",
    )


def _grid_factor(facts: Facts, line: Line, detail: ElectricityDetail, factor: Factor, answer: Answer) -> None:
    if factor.kind is not FactorKind.ELECTRICITY_FOOTPRINT:
        return  # V24 says so
    names = f"{factor.name.zh} {factor.name.en}"
    place, home = factor.geography, facts.study.geography
    if _ONE_TECHNOLOGY.search(names):
        answer.error(
            "electricity.one_technology",
            f"“{line.item}”按电网计，用的却是“{factor.name.zh}”单一发电方式的因子",
            f"“{line.item}” counts as grid electricity but uses the factor of one technology",
            "请换用用电地区的电网因子；有绿证、专线或自发电时请改正处理方式并填证据",
            "use the grid factor of the region; correct the treatment if there is a certificate or own plant",
            line=line.id,
            field="factor",
        )
    elif detail.treatment is ElectricityTreatment.RESIDUAL and not _RESIDUAL.search(names):
        answer.error(
            "electricity.not_residual",
            f"“{line.item}”按剩余电力结构计，因子“{factor.name.zh}”却不是剩余结构",
            f"“{line.item}” counts at the residual mix but its factor is none",
            "请选剩余结构因子；没有公布值时改为电网，并在“理由—电力”中说明",
            "choose a residual mix; where none is published make it grid and say so under “Reasons”",
            line=line.id,
            field="electricity.treatment",
        )
    elif place not in _ANYWHERE and home and place != home and not home.startswith(f"{place}-"):
        own_process = facts.process_of[line.id].controlled
        (answer.error if own_process else answer.warning)(
            "electricity.other_region",
            f"“{line.item}”的因子代表 {place}，用电地区是 {home}",
            f"the factor of “{line.item}” stands for {place}, electricity is used in {home}",
            "请换用用电地区的因子，没有时用全国平均",
            "choose the factor of the region of use, else the national average",
            line=line.id,
            field="factor",
        )
    elif factor.confidence is Confidence.DERIVED:
        answer.warning(
            "electricity.modelled",
            f"“{line.item}”用的是模型估算因子，不是官方公布值",
            f"“{line.item}” uses a modelled factor, not an official one",
            "请换用官方公布的因子；模型值可放在情景里",
            "choose an official factor; keep the modelled one for a scenario",
            line=line.id,
            field="factor",
        )
