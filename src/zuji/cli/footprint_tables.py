"""A footprint in the terminal: total, stages, five totals, hot spots, quality, scenarios, notices, gaps."""

from typing import Any

from rich.text import Text as Line

from zuji.cli.answers import Language, clean
from zuji.cli.tables import bar, cell, console, table
from zuji.formats.result import factors_used, first_improvements
from zuji.lca.published import published
from zuji.model.footprints import Footprint
from zuji.model.stages import STAGE_NAMES, TOTAL_KINDS, TOTAL_NAMES
from zuji.model.studies import BOUNDARY_NAMES, Study
from zuji.quality import LEVEL_NAMES
from zuji.rules.applying import Applied
from zuji.text import Text
from zuji.trust.snapshot import Snapshot
from zuji.units import shown_unit

HOT_SPOTS = 10
IMPROVED = 3


def show(study: Study, footprint: Footprint, snapshot: Snapshot, lang: Language) -> None:
    """Prints the whole result."""
    page = _Page(study, footprint, lang)
    page.head()
    page.stages()
    page.totals()
    page.hot_spots()
    page.quality(snapshot)
    page.scenarios()
    page.notices()
    page.gaps(snapshot)
    page.origin(snapshot)


def show_applied(applied: Applied, lang: Language) -> None:
    """What the rule changed in the study, and what it asks for that the data do not answer."""
    chinese = lang is Language.ZH
    console().print()
    heading = "按规则所作的改动" if chinese else "changed under the rule"
    nothing = "" if applied.changes else ("：无" if chinese else ": nothing")
    console().print(Line(heading + nothing, style="bold"))
    for change in applied.changes:
        what, why = change.what.in_language(lang), change.why.in_language(lang)
        console().print(Line(clean(f"· {what}（{why}）" if chinese else f"· {what} ({why})")))
    for point in applied.open_points:
        where = f" [{', '.join(point.lines)}]" if point.lines else ""
        words = f"? {point.what.in_language(lang)}{where}: {point.cure.in_language(lang)}"
        console().print(Line(clean(words), style="yellow"))


class _Page:
    def __init__(self, study: Study, footprint: Footprint, lang: Language) -> None:
        self.study, self.footprint, self.lang = study, footprint, lang
        self.digits: dict[str, Any] = published(footprint)
        quantity = study.unit.quantity
        self.unit = f"{footprint.unit} / {quantity.amount:g} {shown_unit(quantity.unit, lang)}"

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang is Language.ZH else en

    def words(self, text: Text) -> str:
        return text.in_language(self.lang)

    def write(self, text: str = "", style: str = "") -> None:
        console().print(Line(clean(text), style=style))

    def head(self) -> None:
        study, product = self.study, self.study.product
        self.write(self.words(Text(product.name, product.name_en)), "bold")
        boundary = self.words(BOUNDARY_NAMES[study.boundary.kind])
        period = f"{study.period.start} – {study.period.end}"
        self.write(
            f"{boundary} · {study.unit.description or study.unit.quantity} · {period} · {study.geography}"
        )
        if study.demonstration:
            note = self.say(
                "示例数据，不代表任何企业的实际结果", "demonstration, not the result of any company"
            )
            self.write(note, "yellow")
        if study.rule:
            told = self.say("研究声明的产品规则", "product rule as stated")
            self.write(f"{told}: {study.rule}（{self.say('未作符合性检查', 'conformity not checked')}）")
        self.write()
        self.write(f"{self.say('碳足迹', 'Footprint')}  {self.digits['total']} {self.unit}", "bold green")
        self._location()
        self._band()

    def _location(self) -> None:
        """The location-based result beside, where electricity is treated otherwise than from the grid."""
        located = self.footprint.location_based
        if located is None:
            return
        name = self.say("基于位置的结果（并列）", "Location-based, beside")
        self.write(f"{name}  {self.digits['location_based']} {self.unit}", "bold")
        if located.unknown:
            lines = ", ".join(located.unknown)
            told = self.say(
                "以下行没有所在地因子，按原值计入", "lines without a location factor, kept as they are"
            )
            self.write(f"! {told}: {lines}", "yellow")

    def _band(self) -> None:
        band, made = self.digits["uncertainty"], self.footprint.uncertainty
        if made is None:
            self.write(self.say("没有可用的不确定性信息", "no uncertainty is known"))
            return
        how = self.say("一阶传播", "first order")
        if made.method == "monte_carlo":
            how = self.say(f"模拟 {made.runs} 次，种子 {made.seed}", f"{made.runs} runs, seed {made.seed}")
        name = self.say("95 % 区间", "95 % interval")
        self.write(f"{name}  {band['low']} – {band['high']}  ({how})")

    def stages(self) -> None:
        heads = (self.say("阶段", "Stage"), self.footprint.unit, "%", "")
        made = table(*heads, numeric={1, 2})
        largest = max((abs(value) for value in self.footprint.stages.values()), default=0.0)
        inside = set(self.study.boundary.stages)
        for stage, value in self.footprint.stages.items():
            if stage in inside or value:
                name, percent = self.words(STAGE_NAMES[stage]), self.digits["stage_percentages"][stage]
                made.add_row(
                    cell(name), cell(self.digits["stages"][stage]), cell(percent), bar(value, largest)
                )
        console().print(made)

    def totals(self) -> None:
        made = table(self.say("五个分项", "Five totals"), self.footprint.unit, numeric={1})
        for kind in TOTAL_KINDS:
            made.add_row(cell(self.words(TOTAL_NAMES[kind])), cell(self.digits["totals"][kind]))
        made.add_section()
        made.add_row(cell(self.say("合计", "Total"), "bold"), cell(self.digits["total"], "bold"))
        console().print(made)

    def hot_spots(self) -> None:
        written = {each["line"]: each["total"] for each in self.digits["lines"]}
        ranked = sorted(self.footprint.lines, key=lambda line: (-abs(line.total), line.line))
        ranked = [line for line in ranked if line.total]
        if not ranked:
            return
        heads = (
            (self.say("热点", "Hot spots"), self.say("阶段", "Stage")),
            (self.footprint.unit, "%", self.say("因子", "Factor")),
        )
        made = table(*heads[0], *heads[1], numeric={2, 3})
        for line in ranked[:HOT_SPOTS]:
            made.add_row(
                cell(f"{line.item} ({line.line})"),
                cell(self.words(STAGE_NAMES[line.stage])),
                cell(written[line.line]),
                cell(f"{100 * line.share:.1f}"),
                cell(line.factor or "—"),
            )
        console().print(made)
        if len(ranked) > HOT_SPOTS:
            rest = len(ranked) - HOT_SPOTS
            self.write(self.say(f"另有 {rest} 行，见 --json", f"{rest} more lines, see --json"), "dim")

    def quality(self, snapshot: Snapshot) -> None:
        name = self.say("初级数据占比", "Primary data share")
        self.write(f"{name}  {100 * self.footprint.primary_data_share:.1f} %")
        for rating in self.footprint.quality:
            scores = [f"{key} {value:.2f}" for key, value in rating.indicators.items() if value is not None]
            level = self.words(LEVEL_NAMES[rating.level]) if rating.level else ""
            whole = f"{rating.score:.2f} {level}" if rating.score is not None else level
            head = self.say("数据质量", "Data quality")
            covered = self.say(f"覆盖 {rating.coverage:.0%}", f"covers {rating.coverage:.0%}")
            detail = ", ".join([*scores, covered])
            self.write(f"{head} {rating.scheme} {rating.version}  {whole} ({detail})".replace("   ", "  "))
        self._improvements(snapshot)

    def _improvements(self, snapshot: Snapshot) -> None:
        """The lines whose better data would help the first rating most."""
        found = next(iter(first_improvements(self.footprint, snapshot, self.study).values()), ())
        for each in found[:IMPROVED]:
            now = self.say("未评", "not rated") if each.mean is None else f"{each.mean:.2f}"
            after = "" if each.after is None else f"{each.after:.2f}"
            what = f"{each.item} ({each.line}) {now} → {each.target:g}"
            then = self.say(
                f"总分 {after}，覆盖 {each.coverage:.0%}", f"whole {after}, covers {each.coverage:.0%}"
            )
            self.write(f"  {self.say('先改进', 'better first')}: {what}: {then}", "dim")

    def scenarios(self) -> None:
        if not self.footprint.scenarios:
            return
        heads = (self.say("情景", "Scenario"), self.footprint.unit, self.say("与基准", "Against base"))
        made = table(*heads, numeric={1, 2})
        for each in self.footprint.scenarios:
            digits = self.digits["scenarios"][each.id]
            made.add_row(cell(each.name), cell(digits), cell(f"{100 * each.relative:+.1f} %"))
        console().print(made)

    def notices(self) -> None:
        if self.footprint.notices:
            self.write(self.say("提示", "Notices"), "bold yellow")
        for notice in self.footprint.notices:
            self.write(f"! {notice.in_language(self.lang)}")

    def gaps(self, snapshot: Snapshot) -> None:
        """What is left out or weak: cut-offs, excluded stages, factors of low confidence."""
        found = [f"{cut.item}: {cut.reason}" for cut in self.footprint.cut_offs]
        found += [
            f"{self.words(STAGE_NAMES[exclusion.stage])}: {exclusion.reason}"
            for exclusion in self.study.boundary.excluded
        ]
        weak = self.say("因子可信度低", "factor of low confidence")
        used = factors_used(self.footprint, snapshot.factors)
        found += [f"{factor['id']}: {weak}" for factor in used if factor["confidence"] == "low"]
        if self.study.limitations:
            found.append(self.study.limitations)
        if found:
            self.write(self.say("缺口与排除", "Gaps and exclusions"), "bold yellow")
        for each in found:
            self.write(f"- {each}")

    def origin(self, snapshot: Snapshot) -> None:
        versions = len(snapshot.factor_versions)
        used = self.say(f"{versions} 个因子", f"{versions} factors")
        self.write(
            f"{snapshot.gwp.id} · {used} · Zuji {snapshot.software_version} · "
            f"{self.say('快照', 'snapshot')} SHA-256 {snapshot.digest}",
            "dim",
        )
