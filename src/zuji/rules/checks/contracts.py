"""V27: contracts for electricity over the grid, with the certificates that carry them."""

from zuji.lca.publishing import told
from zuji.model.conformity import CheckedItem, Severity
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, Line
from zuji.rules.certificates import certified_kwh, shortcomings
from zuji.rules.checks.answer import Answer
from zuji.rules.checks.electricity import name_location
from zuji.rules.checks.facts import Facts, in_unit
from zuji.rules.checks.limits import LIMITS
from zuji.text import Text, counted

_FLAGS = {
    "attributes": Text(
        "凭证载有发电机组的属性", "the instrument carries the attributes of the generating unit"
    ),
    "sole_claim": Text("凭证是对这些属性的唯一主张", "the instrument is the only claim on these attributes"),
    "tracked": Text("凭证已登记并为本用户注销", "the instrument is tracked and cancelled for this user"),
    "close_in_time": Text("凭证与用电时间相近", "the instrument is close in time to the use"),
    "same_market": Text("凭证来自同一市场", "the instrument comes from the same market"),
}


def contract(facts: Facts, answer: Answer) -> CheckedItem:
    """V27: five conditions and cancelled certificates that cover the kWh, or the contract does not count."""
    lines = [each for each in facts.electricity if each[1].treatment is ElectricityTreatment.CONTRACT]
    if not lines:
        return answer.does_not_apply("没有以合同或绿证主张的电力", "no electricity is claimed by contract")
    count = 0
    for line, detail in lines:
        _flags(line, detail, answer)
        _cover(line, detail, answer)
        name_location(line, detail, answer, "contract")
        count += len(detail.certificates)
    contracted = {line.id for line, _detail in lines}
    for problem in shortcomings(facts.study, facts.grounds.on, holders=(facts.study.goal.commissioner,)):
        if problem.place.line in contracted:
            answer.carry(Severity.ERROR, problem)
    return answer.met(
        f"合同电力 {len(lines)} 行、证书 {count} 张：看了五项条件、编号、注销、电量",
        f"{counted(len(lines), 'line')} by contract, {counted(count, 'certificate')}: "
        "five conditions, numbers, cancellation, kWh",
    )


def _flags(line: Line, detail: ElectricityDetail, answer: Answer) -> None:
    for field, meaning in _FLAGS.items():
        if not getattr(detail, field):
            answer.error(
                f"contract.{field}",
                f"“{line.item}”没有确认：{meaning.zh}",
                f"not confirmed for “{line.item}”: {meaning.en}",
                "核对凭证后请勾选；不满足时把处理方式改为电网，并用电网因子",
                "tick it after looking at the instrument; otherwise make it grid electricity",
                line=line.id,
                field=f"electricity.{field}",
            )


def _cover(line: Line, detail: ElectricityDetail, answer: Answer) -> None:
    used = in_unit(line.quantity.amount, line.quantity.unit, "kWh")
    covered = certified_kwh(line)
    if not detail.certificates:
        answer.error(
            "contract.no_certificate",
            f"“{line.item}”没有列出注销的证书",
            f"“{line.item}” lists no cancelled certificate",
            "请填写绿证编号、电量与注销日期；没有证书时把处理方式改为电网",
            "enter number, kWh and day of cancellation, or make it grid electricity",
            line=line.id,
            field="electricity.certificates",
        )
    elif used is not None and covered < used * (1 - LIMITS.declared_kwh):
        answer.error(
            "contract.kwh_short",
            f"“{line.item}”用电 {told(used, 6)} kWh，证书只有 {told(covered, 6)} kWh",
            f"“{line.item}” uses {told(used, 6)} kWh, its certificates stand for {told(covered, 6)} kWh",
            f"请补 {told(used - covered, 6)} kWh 的证书，或把不足部分另列一行按电网计",
            f"add certificates for {told(used - covered, 6)} kWh, or count the rest as grid electricity",
            line=line.id,
            field="electricity.certificates",
        )
