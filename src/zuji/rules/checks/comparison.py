"""V34 and V35: comparison with another product, and the critical review that disclosure needs."""

from datetime import date

from zuji.model.conformity import CheckedItem
from zuji.model.statements import Comparison, Review, ReviewKind
from zuji.rules.checks.answer import Answer, stated
from zuji.rules.checks.facts import Facts, in_unit, in_words
from zuji.text import counted


def comparison(facts: Facts, answer: Answer) -> CheckedItem:
    """V34: compared only where unit, rule, boundary and potentials are the same."""
    other = facts.statements.comparison
    if other is None and not facts.study.goal.comparison:
        return answer.does_not_apply("不作比较", "nothing is compared")
    if other is None:
        answer.error(
            "comparison.missing",
            "研究目的是比较，没有说明与哪个产品比较",
            "the study is meant for comparison and does not say with what",
            "请在“比较”中填写对方产品、数值、单位与规则；不比较时取消勾选",
            "enter product, value, unit and rule of the other under “Comparison”, or clear the tick",
            field="statements.comparison",
        )
        return answer.met("没有比较对象", "there is nothing to compare with")
    for field, zh, en in _failing(facts, other):
        answer.error(
            f"comparison.{field}",
            f"与“{other.product}”不可比：{zh}",
            f"not comparable with “{other.product}”: {en}",
            "请换用同一规则、单位、边界和 GWP 的结果，或删去比较",
            "use a result of the same rule, unit, boundary and potentials, or remove the comparison",
            field=f"statements.comparison.{field}",
        )
    if not stated(other.source):
        answer.error(
            "comparison.source",
            f"“{other.product}”的数值没有来源",
            f"the value of “{other.product}” has no source",
            "请写明报告、声明或证书的名称与编号",
            "name the report, declaration or certificate",
            field="statements.comparison.source",
        )
    return answer.met(
        f"与“{other.product}”比较：逐项看了单位、规则、边界、GWP 与来源",
        f"compared with “{other.product}”: unit, rule, boundary, potentials and source looked at one by one",
    )


def _failing(facts: Facts, other: Comparison) -> list[tuple[str, str, str]]:
    study, found = facts.study, []
    own = study.unit.quantity
    amount = in_unit(other.unit.amount, other.unit.unit, own.unit)
    if amount is None or abs(amount - own.amount) > 1e-9 * abs(own.amount):
        theirs, here = in_words(other.unit), in_words(own)
        found.append(
            ("unit", f"单位是 {theirs.zh}，本研究是 {here.zh}", f"per {theirs.en}, this study per {here.en}")
        )
    for field, given, ours, zh, en in (
        ("rule", other.rule, (study.rule, facts.rule.key), "规则", "rule"),
        ("boundary", other.boundary, (study.boundary.kind.value,), "边界", "boundary"),
        ("gwp", other.gwp, (study.gwp,), "GWP", "potentials"),
    ):
        if given not in ours or not stated(given):
            found.append(
                (
                    field,
                    f"{zh}是 {given or '未知'}，本研究是 {ours[-1]}",
                    f"{en} {given or 'unknown'}, this study {ours[-1]}",
                )
            )
    return found


def critical_review(facts: Facts, answer: Answer) -> CheckedItem:
    """V35: a comparison that is disclosed was critically reviewed by independent persons."""
    other = facts.statements.comparison
    reviews = [each for each in facts.statements.reviews if each.kind is ReviewKind.CRITICAL_REVIEW]
    if other is None or not other.disclosed:
        return answer.does_not_apply("没有对外披露的比较", "no comparison is disclosed")
    if not reviews:
        answer.error(
            "review.missing",
            "比较要对外披露，没有鉴定性评审记录",
            "the comparison is to be disclosed and no critical review is recorded",
            "请委托独立于研究的专家评审，并在“评审”中登记；或不披露比较",
            "have it reviewed by independent experts and record that, or do not disclose it",
            field="statements.reviews",
        )
    for review in reviews:
        _review(facts, review, answer)
    names = [review.reviewer for review in reviews] or ["—"]
    return answer.met(
        f"比较要披露；鉴定性评审 {len(reviews)} 次（{'、'.join(names)}）",
        f"the comparison is disclosed; {counted(len(reviews), 'critical review')} ({', '.join(names)})",
    )


def _review(facts: Facts, review: Review, answer: Answer) -> None:
    at = facts.statements.reviews.index(review)
    aim, place = facts.study.goal, f"statements.reviews[{at}]"
    involved = {name.strip() for name in (aim.author, aim.commissioner) if name.strip()}
    if not review.independent or review.reviewer.strip() in involved:
        answer.error(
            "review.not_independent",
            f"评审人“{review.reviewer}”不独立于研究",
            f"the reviewer “{review.reviewer}” is not independent of the study",
            "请由没有参与研究、也不受委托方约束的人评审",
            "have it reviewed by somebody who took no part and does not depend on the commissioner",
            field=f"{place}.independent",
        )
    for field, zh, en in (
        ("date", "日期", "date"),
        ("conclusion", "结论", "conclusion"),
        ("standard", "依据", "basis"),
    ):
        if not stated(getattr(review, field)):
            answer.error(
                f"review.{field}",
                f"评审记录没有{zh}",
                f"the record of the review has no {en}",
                f"请填写评审{zh}" + ("（例如 ISO/TS 14071）" if field == "standard" else ""),
                f"enter its {en}" + (" (such as ISO/TS 14071)" if field == "standard" else ""),
                field=f"{place}.{field}",
            )
    try:
        later = stated(review.date) and date.fromisoformat(review.date) > facts.grounds.on
    except ValueError:
        later = True
    if later:
        answer.error(
            "review.day",
            f"评审日期“{review.date}”不成立或晚于检查日",
            f"the day of the review “{review.date}” is no date or after the day of the check",
            "请改正日期，写成 2024-12-31 的形式",
            "correct it, like 2024-12-31",
            field=f"{place}.date",
        )
