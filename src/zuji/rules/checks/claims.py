"""V37: no certificate, recycling credit or removal is used twice."""

from zuji.model.conformity import CheckedItem, Severity
from zuji.model.lines import BiogenicDetail, LineKind, RecyclingDetail
from zuji.rules.certificates import FIELD, Claim, claims_of, conflicts, spelled
from zuji.rules.checks.answer import Answer
from zuji.rules.checks.facts import Facts
from zuji.rules.checks.recycling import recycled
from zuji.text import counted


def double_counting(facts: Facts, answer: Answer) -> CheckedItem:
    """V37: certificates here and against other studies, credits of recycling, removals."""
    numbers = _certificates(facts, answer)
    credited = _credits(facts, answer)
    removals = _removals(facts, answer)
    return answer.met(
        f"核对了 {numbers} 个证书编号（研究内及其他已冻结研究）、{credited} 项回收抵扣、{removals} 项清除",
        f"{counted(numbers, 'certificate number')} (here and in other frozen studies), "
        f"{counted(credited, 'credit')} of recycling and {counted(removals, 'removal')} compared",
    )


def _certificates(facts: Facts, answer: Answer) -> int:
    own = claims_of(facts.study)
    numbers = {claim.key: claim.number for claim in own}
    taken = {key: facts.grounds.claims.claimed(number) for key, number in numbers.items()}
    held = [
        Claim(number=numbers[key], kwh=kwh, study="其他研究 other studies", line="")
        for key, kwh in taken.items()
        if kwh
    ]
    for problem in conflicts(own, held):
        answer.carry(Severity.ERROR, problem)
    offset = {spelled(each.certificate): each.certificate for each in facts.statements.offsets}
    for claim in own:
        if claim.key in offset:
            answer.error(
                "claims.certificate_as_offset",
                f"证书 {claim.number} 既用于电力，又列为抵消",
                f"certificate {claim.number} serves electricity and is listed as an offset",
                "请只保留一种用途",
                "keep one of the two uses",
                line=claim.line,
                field=FIELD,
            )
    return len(numbers)


def _credits(facts: Facts, answer: Answer) -> int:
    seen: dict[tuple[str, str, str], str] = {}
    credited = [(line, detail) for line, detail in recycled(facts) if _credits_something(detail)]
    for line, detail in credited:
        first = seen.setdefault((facts.process_of[line.id].id, line.item, detail.avoided), line.id)
        if first != line.id:
            answer.error(
                "claims.credit_twice",
                f"“{line.item}”的回收抵扣在行 {first} 和本行各计了一次",
                f"the credit for recycling “{line.item}” counts in line {first} and again here",
                "同一份废料只能抵扣一次：请合并两行，或删去一行",
                "the same scrap is credited once: join the two lines or remove one",
                line=line.id,
                field="recycling",
            )
    for line, detail in credited:
        # another process may replace more of the same product by another stream
        beside = facts.process_of[line.id].outputs[1:]
        if any(output.avoided_factor == detail.avoided for output in beside):
            answer.error(
                "claims.credit_of_coproduct",
                f"“{line.item}”替代的产品已经由副产品抵扣过一次",
                f"what “{line.item}” replaces is credited already through a co-product",
                "请只在一处抵扣：改用物理分配，或清空本行的被替代因子",
                "credit it in one place: allocate physically, or clear the avoided factor here",
                line=line.id,
                field="recycling.avoided",
            )
    return len(credited)


def _credits_something(detail: RecyclingDetail) -> bool:
    return detail.r2 > 0 and bool(detail.avoided)


def _removals(facts: Facts, answer: Answer) -> int:
    seen: dict[tuple[str, str, float, str], str] = {}
    lines = [
        line
        for line in facts.by_kind[LineKind.BIOGENIC_CARBON]
        if isinstance(line.detail, BiogenicDetail) and line.detail.removal
    ]
    for line in lines:
        key = (facts.process_of[line.id].id, line.item, line.quantity.amount, line.quantity.unit)
        first = seen.setdefault(key, line.id)
        if first != line.id:
            answer.error(
                "claims.removal_twice",
                f"清除“{line.item}”在行 {first} 和本行各计了一次",
                f"the removal “{line.item}” counts in line {first} and again here",
                "请删去重复的一行",
                "remove one of them",
                line=line.id,
                field="quantity",
            )
    return len(lines)
