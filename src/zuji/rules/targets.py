"""How many rules a province led or joined, row by row with the evidence, against its targets.

Counted are accounting rules for products that were issued, by their number (SC 二（一） and 附表3).
A rule that was superseded still counts as developed and is shown apart from those in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zuji.model.standards import Certainty, DraftingBody, DraftingRole, Standard, StandardKind
from zuji.rules.governing import province_of
from zuji.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """So many rules led or joined by the end of `by`, in the region that set it."""

    region: str
    by: date
    number: int
    name: Text
    clause: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRule:
    """A rule that counts, the bodies of the region that wrote it, and whether it still holds."""

    standard: Standard
    bodies: tuple[DraftingBody, ...]
    in_force: bool

    @property
    def led(self) -> bool:
        return any(body.role is DraftingRole.LEAD for body in self.bodies)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCounted:
    """A standard that has to do with the region and does not count, why, and what would make it count."""

    standard: Standard
    because: Text
    needs: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A target with what was reached by the day of the count, or by its own day where that is past."""

    target: Target
    reached: int

    @property
    def missing(self) -> int:
        return max(0, self.target.number - self.reached)

    @property
    def met(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """The count of a region on a day. Every figure is the length of a list of rows."""

    region: str
    on: date
    counted: tuple[CountedRule, ...]
    not_counted: tuple[NotCounted, ...]
    standings: tuple[Standing, ...]
    # Issued rules of the country or of groups, of which nobody knows who drafted them: some may count.
    unattributed: tuple[Standard, ...] = ()

    @property
    def developed(self) -> int:
        return len(self.counted)

    @property
    def led(self) -> tuple[CountedRule, ...]:
        return tuple(each for each in self.counted if each.led)

    @property
    def joined(self) -> tuple[CountedRule, ...]:
        """Rules in which the region took part without leading."""
        return tuple(each for each in self.counted if not each.led)

    @property
    def in_force(self) -> tuple[CountedRule, ...]:
        return tuple(each for each in self.counted if each.in_force)

    @property
    def superseded(self) -> tuple[CountedRule, ...]:
        """Developed, and withdrawn by the day of the count."""
        return tuple(
            each
            for each in self.counted
            if each.standard.withdrawn is not None and each.standard.withdrawn <= self.on
        )


def count_rules(
    standards: Iterable[Standard], region: str, on: date, targets: Iterable[Target] = ()
) -> RuleCount:
    """The rules that bodies of a province led or joined, issued by a day, and how far its targets are met."""
    counted, not_counted = [], []
    rows = sorted(standards, key=lambda standard: standard.number)
    for each in rows:
        bodies = tuple(body for body in each.bodies if province_of(body.region) == region)
        own = province_of(each.region) == region if each.region else False
        if not bodies and not own:
            continue
        reason = _why_not(each, bodies, on)
        if reason is None:
            evident = tuple(body for body in bodies if body.evidence)
            counted.append(CountedRule(standard=each, bodies=evident, in_force=each.holds(on)))
        else:
            because, needs = reason
            not_counted.append(NotCounted(standard=each, because=because, needs=needs))
    standings = tuple(
        Standing(target=target, reached=_by(counted, min(on, target.by)))
        for target in sorted(targets, key=lambda target: target.by)
        if target.region == region
    )
    return RuleCount(
        region=region,
        on=on,
        counted=tuple(counted),
        not_counted=tuple(not_counted),
        standings=standings,
        unattributed=tuple(each for each in rows if _unattributed(each, on)),
    )


_SURE = Text(
    "需要：见到标准文本或官方公告，并在登记中改为已见",
    "needed: the standard or its official notice seen, and the entry amended to say so",
)
_BODY = Text(
    "需要：本省起草单位的名称与牵头或参与的分工，并写明依据，例如标准前言“起草单位”的页码或发布公告的网址",
    "needed: a drafting body of the province, whether it led or joined, and where that is said, such as a "
    "page of the foreword that names the drafting bodies, or the address of the notice of issue",
)


def _unattributed(standard: Standard, on: date) -> bool:
    """Whether a rule would count as soon as a body of some province were known to have drafted it."""
    lacking = _why_not(standard, (), on)
    return lacking is not None and lacking[1] is _BODY and not standard.bodies and not standard.region


def _why_not(standard: Standard, bodies: tuple[DraftingBody, ...], on: date) -> tuple[Text, Text] | None:
    """Why a standard does not count, and what would make it count; None where it counts."""
    if standard.demonstration:
        return Text("演示条目", "it is a demonstration"), Text(
            "演示条目永远不计入；请登记真实的标准", "a demonstration never counts; register the real standard"
        )
    if standard.certainty is Certainty.UNCONFIRMED:
        return Text("条目未经确认", "the entry is unconfirmed"), _SURE
    if standard.kind is not StandardKind.PRODUCT:
        return Text("不是产品核算规则", "it is no accounting rule for a product"), Text(
            "目标只数产品核算规则，此类标准不计入",
            "the targets count accounting rules for products only",
        )
    if standard.issued is None:
        return Text("未见发布日期，或尚未发布", "no day of issue is known, or it is not issued"), Text(
            "需要：发布公告，写明发布日期", "needed: the notice of issue with its day"
        )
    if standard.issued > on:
        return Text(f"{standard.issued} 才发布", f"it is issued only on {standard.issued}"), Text(
            f"不缺依据，自 {standard.issued} 起计入",
            f"nothing is missing; it counts from {standard.issued} on",
        )
    if not bodies:
        return Text(
            "未登记本省起草单位及其分工", "no drafting body of the province and its role is registered"
        ), _BODY
    if not any(body.evidence for body in bodies):
        return Text("本省起草单位的分工没有依据", "the role of the province's bodies has no evidence"), Text(
            "需要：写明分工的出处，例如标准前言的页码或发布公告的网址",
            "needed: where the role is said, such as a page of the foreword or the address of the notice",
        )
    return None


def _by(counted: list[CountedRule], day: date) -> int:
    return sum(each.standard.issued is not None and each.standard.issued <= day for each in counted)
