"""What a report is made from, and the small questions every section asks of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zuji.lca.fuels import FuelTable
from zuji.lca.published import published
from zuji.model.category_rules import ProductCategoryRule, ReportAnnex, RuleStanding
from zuji.model.conformity import Conformity
from zuji.model.factors import Factor, FactorSource
from zuji.model.footprints import Footprint, LineResult, LocationBased
from zuji.model.gwp import GwpSet
from zuji.model.lines import DataSource, Line, LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.statements import Review, Statements
from zuji.model.studies import Study, UnitKind
from zuji.model.written import written_number
from zuji.report import amounts
from zuji.report.document import Say, speaker
from zuji.rules.comparability import Gate
from zuji.text import Text
from zuji.trust.snapshot import Snapshot
from zuji.units import shown_unit

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CLAUSE_WORDS = {"演示": "demonstration", "附件": "Annex", "附录": "Annex"}
KIND_NAMES: dict[LineKind, Text] = {
    LineKind.MATERIAL: Text("物料", "Material"),
    LineKind.ELECTRICITY: Text("电力", "Electricity"),
    LineKind.HEAT: Text("热力", "Heat"),
    LineKind.FUEL: Text("燃料燃烧", "Fuel combustion"),
    LineKind.TRANSPORT: Text("运输", "Transport"),
    LineKind.PROCESS_EMISSION: Text("过程排放", "Process emission"),
    LineKind.DIRECT_EMISSION: Text("直接释放", "Direct emission"),
    LineKind.WASTE: Text("废弃物处理", "Waste treatment"),
    LineKind.SUB_ASSEMBLY: Text("中间产品", "Sub-assembly"),
    LineKind.RECYCLING: Text("再生与回收", "Recycling"),
    LineKind.BIOGENIC_CARBON: Text("生物源碳", "Biogenic carbon"),
    LineKind.LAND_USE_CHANGE: Text("土地利用变化", "Land-use change"),
}
DATA_SOURCE_NAMES: dict[DataSource, Text] = {
    DataSource.MEASURED: Text("实测", "Measured"),
    DataSource.CALCULATED: Text("现场数据计算", "Calculated on site"),
    DataSource.SUPPLIER: Text("供应商提供", "Supplier"),
    DataSource.LITERATURE: Text("文献", "Literature"),
    DataSource.ESTIMATED: Text("估算", "Estimated"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Who hands a report out, when, and where its study stands.

    `date` is an ISO date; `address` is where anybody can look the frozen study up; `scope_changes`
    says what changed since the version before; `edition`
    names the edition of the factor library.
    """

    date: str
    organisation: str = ""
    author: str = ""
    version: str = "1"
    draft: bool = False
    address: str = ""
    scope_changes: str = ""
    edition: str = ""


@dataclass(frozen=True, kw_only=True)
class Material:
    """A study, its result, the snapshot that both stand in, and in which language to speak.

    `rule` is the resolved rule of the study, `conformity` what its check found, `recorded_reviews` those
    that are recorded outside the study itself, `gate` whether what it is compared with is comparable.
    Without them the report says that there are none.
    """

    study: Study
    footprint: Footprint
    snapshot: Snapshot
    issue: Issue
    language: str
    rule: ProductCategoryRule | None = None
    conformity: Conformity | None = None
    recorded_reviews: tuple[Review, ...] = ()
    gate: Gate | None = None

    @property
    def factors(self) -> FactorSource:
        """Every factor that the result rests on."""
        return self.snapshot.factors

    @property
    def gwp(self) -> GwpSet:
        return self.snapshot.gwp

    @property
    def fuels(self) -> FuelTable:
        return self.snapshot.fuels

    @property
    def digest(self) -> str:
        """SHA-256 of the snapshot's bytes."""
        return self.snapshot.digest

    @cached_property
    def say(self) -> Say:
        return speaker(self.language)

    @property
    def statements(self) -> Statements:
        """What people stated beside the inventory."""
        return self.study.statements

    @property
    def location_based(self) -> LocationBased | None:
        """The result with all electricity at the grid factor of its region, where it was calculated."""
        return self.footprint.location_based

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        """Every review and verification, those of the study first."""
        return tuple(dict.fromkeys((*self.statements.reviews, *self.recorded_reviews)))

    @cached_property
    def electricity_lines(self) -> tuple[LineResult, ...]:
        """The lines that count electricity, largest first."""
        return tuple(line for line in self.ranked() if line.kind is LineKind.ELECTRICITY)

    @cached_property
    def annexes(self) -> dict[ReportAnnex, str]:
        """The annexes that are printed, with their letters: those of the rule, else all with something in.

        The list of contents is always there: a reviewer works with it.
        """
        asked = self.rule.report.annexes if self.rule else ()
        if asked:
            printed = {*asked, ReportAnnex.CONTENTS}
        else:
            printed = set(ReportAnnex)
            if self.conformity is None:
                printed.discard(ReportAnnex.CONFORMITY)
            if not self.electricity_lines:
                printed.discard(ReportAnnex.ELECTRICITY)
            if not self.reviews:
                printed.discard(ReportAnnex.REVIEW)
        kept = [annex for annex in ReportAnnex if annex in printed]
        return {annex: chr(ord("A") + index) for index, annex in enumerate(kept)}

    def annex(self, annex: ReportAnnex) -> str:
        """How the text refers to an annex; what is not printed stands in the machine-readable snapshot."""
        letter = self.annexes.get(annex)
        if letter is None:
            return self.say("随附的机器可读快照", "the attached machine-readable snapshot")
        return self.say(f"附录 {letter}", f"Annex {letter}")

    @property
    def demonstration_rule(self) -> bool:
        """Whether the rule only shows how such a rule works."""
        return self.rule is not None and self.rule.standing is RuleStanding.DEMONSTRATION

    @cached_property
    def rule_name(self) -> str:
        """The rule by name, id and version; as the study names it where it is not at hand."""
        if self.rule is None:
            return self.study.rule
        name = self.words(Text(self.rule.name, self.rule.name_en))
        return self.bracketed(name, self.rule.key)

    @cached_property
    def lines(self) -> dict[str, Line]:
        return {line.id: line for line in self.study.lines}

    @cached_property
    def process_names(self) -> dict[str, str]:
        return {process.id: process.name or process.id for process in self.study.processes}

    @cached_property
    def unit(self) -> str:
        """The reference unit as people write it: 1 kWh."""
        quantity = self.study.unit.quantity
        return f"{written_number(quantity.amount)} {shown_unit(quantity.unit, self.language)}"

    @cached_property
    def unit_label(self) -> str:
        """Which kind of unit results refer to."""
        if self.study.unit.kind is UnitKind.FUNCTIONAL:
            return self.say("功能单位", "Functional unit")
        return self.say("声明单位", "Declared unit")

    @cached_property
    def product_name(self) -> str:
        """The product's name in the report's language, where it has one."""
        product = self.study.product
        return self.words(Text(product.name, product.name_en))

    @property
    def missing(self) -> str:
        """What stands where a person stated nothing: said plainly, never left blank."""
        return self.say("未说明", "Not stated")

    @cached_property
    def sources(self) -> dict[str, int]:
        """Where amounts of the inventory come from, numbered in the order of first use."""
        stated = dict.fromkeys(line.source for line in self.study.lines if line.source)
        return {source: number for number, source in enumerate(stated, 1)}

    @cached_property
    def published(self) -> dict[str, Any]:
        """The published digits, the same for every door."""
        return published(self.footprint)

    @cached_property
    def stage_figures(self) -> list[tuple[Stage, float, str, str]]:
        """Each stage inside the boundary with value, digits and share; the digits sum to the total.

        A stage outside the boundary that holds lines all the same stands here too, so that sums agree.
        """
        inside, stages = set(self.study.boundary.stages), self.footprint.stages
        texts, shares = self.published["stages"], self.published["stage_percentages"]
        return [
            (
                stage,
                stages.get(stage, 0.0),
                amounts.typeset(texts[stage]),
                f"{amounts.typeset(shares[stage])} %",
            )
            for stage in Stage
            if stage in texts and (stage in inside or stages[stage])
        ]

    @cached_property
    def contributions(self) -> dict[str, str]:
        """The published contribution of every line, kgCO2e."""
        return {one["line"]: amounts.typeset(one["total"]) for one in self.published["lines"]}

    def joined(self, texts: Iterable[str]) -> str:
        """A list in running text."""
        return self.say("、", ", ").join(texts)

    def bracketed(self, text: str, beside: str) -> str:
        """A text with what belongs to it in the brackets of the report's language."""
        return text + (self.say(f"（{beside}）", f" ({beside})") if beside else "")

    def words(self, text: Text) -> str:
        return text.in_language(self.language)

    def clause(self, text: str) -> str:
        """A clause as it is written; words that stand in place of numbers are translated."""
        if not self.language.startswith("zh"):
            for zh, en in _CLAUSE_WORDS.items():
                text = text.replace(zh, en)
        return text or "—"

    def ranked(self) -> list[LineResult]:
        """The lines by the size of their contribution, largest first."""
        return sorted(self.footprint.lines, key=lambda line: (-abs(line.total), line.line))

    def item(self, line: LineResult) -> str:
        """What a line is called; the credits that substitution adds say what they are."""
        if self.is_credit(line):
            return self.say(f"{line.item}（替代抵减）", f"{line.item} (substitution credit)")
        return line.item

    def share(self, line: LineResult) -> str:
        """The line's share of the total."""
        return amounts.share_of(line.total, self.footprint.total)

    def scaled(self, line: LineResult) -> str:
        """The line's equation per reference unit, after scaling and allocation, in figures."""
        amount, intensity = self.amount(line.activity), amounts.plain(line.intensity)
        return f"{amount} × {intensity} {self.per(line.activity.unit)} = {amounts.number(line.total)} kgCO2e"

    def unit_text(self, unit: str) -> str:
        """A unit as people read it in the report's language."""
        return shown_unit(unit, self.language)

    def per(self, unit: str) -> str:
        """kgCO2e per a unit."""
        return f"kgCO2e/{self.unit_text(unit)}"

    def amount(self, quantity: Quantity) -> str:
        """A calculated amount with its unit."""
        return f"{amounts.plain(quantity.amount)} {self.unit_text(quantity.unit)}"

    def stated(self, quantity: Quantity) -> str:
        """A quantity as a person stated it."""
        return f"{amounts.exact(quantity.amount)} {self.unit_text(quantity.unit)}"

    def is_credit(self, line: LineResult) -> bool:
        """Whether the line was added by substitution and stands in no inventory."""
        return line.line not in self.lines

    def factor_of(self, line: LineResult) -> Factor | None:
        """The one library factor of a line; None where it states its own, needs none or uses several."""
        if line.factor not in self.factors:
            return None
        return self.factors.get(line.factor, line.factor_version)

    def one_language(self, text: str) -> str:
        """The report's half of a text that sources give in both languages ("摇篮到大门 / cradle to gate")."""
        parts = text.split(" / ")
        for index in range(1, len(parts)):
            zh, en = " / ".join(parts[:index]), " / ".join(parts[index:])
            if _CHINESE.search(zh) and not _CHINESE.search(en):
                return self.words(Text(zh, en))
        return text
