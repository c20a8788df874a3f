"""What a person states beside the inventory, as data: the form of statements and its tables.

Keys of the form are paths in the document; those of a table are paths in one of its records.
"""

from zuji.formats.excel import words
from zuji.formats.excel.columns import Column, Sheet, column
from zuji.model.statements import SWITCH_NAMES
from zuji.text import Text

_LIST = ("多个用顿号隔开", "separate by 、")


def _inclusions() -> tuple[Column, ...]:
    return tuple(
        column(
            f"statements.inclusions.{switch.value}",
            f"是否包含：{name.zh}",
            f"Included: {name.en}",
            "没有说明请留空",
            "leave it empty where not said",
            cell="truth",
            choices=words.TRUTHS,
        )
        for switch, name in SWITCH_NAMES.items()
    )


def _reasons() -> tuple[Column, ...]:
    return tuple(
        column(f"statements.reasons.{key}", f"理由：{zh}", f"Reason: {en}", note, note_en)
        for key, zh, en, note, note_en in (
            ("rule", "产品规则", "product rule", "没有规则或用了其他规则时", "without the governing rule"),
            ("boundary", "排除的阶段", "stages left out", "对结论的影响", "their effect on the conclusions"),
            ("cut_off", "舍去的流", "flows left out", "对结果的影响", "their effect on the result"),
            (
                "secondary_data",
                "二手数据",
                "secondary data",
                "应有自有数据而没有时",
                "where one's own are expected",
            ),
            (
                "period",
                "数据期",
                "data period",
                "不是整年时，季节怎样平均",
                "if no whole year: how seasons average",
            ),
            ("gwp", "GWP 来源", "GWP set", "不是最新一套时", "where it is not the latest"),
            (
                "electricity",
                "电力",
                "electricity",
                "电网因子的选择和局限",
                "choice of the grid factor, its limits",
            ),
            ("scope_changes", "范围变更", "changes of scope", "", ""),
            ("value_choices", "价值选择", "value choices", "", ""),
        )
    )


def _profile(key: str, zh: str, en: str) -> tuple[Column, ...]:
    return (
        column(f"statements.{key}.id", f"{zh}：编号", f"{en}: id", "规则中的编号", "as the rule names it"),
        column(f"statements.{key}.description", f"{zh}：说明", f"{en}: description"),
        column(f"statements.{key}.source", f"{zh}：依据", f"{en}: source"),
        column(
            f"statements.{key}.alternatives",
            f"{zh}：对比情景",
            f"{en}: alternatives",
            f"“情景”表中的编号，{_LIST[0]}",
            f"ids of the sheet Scenarios, {_LIST[1]}",
            cell="list",
        ),
    )


def _apart() -> tuple[Column, ...]:
    note = ("kgCO2e/单位，单独列出，不计入结果", "kgCO2e per unit, reported apart and never added")
    return (
        *(
            column(f"statements.apart.{key}", f"另列：{zh}", f"Apart: {en}", *note, cell="number")
            for key, zh, en in (
                ("indirect_land_use_change", "间接土地利用变化", "indirect land-use change"),
                ("soil_carbon", "土壤碳", "soil carbon"),
                ("carbon_storage", "碳储存", "carbon storage"),
                ("delayed_emissions", "延迟排放", "delayed emissions"),
            )
        ),
        column(
            "statements.apart.aviation_multiplier",
            "另列：航空辐射强迫倍数",
            "Apart: aviation multiplier",
            cell="number",
        ),
        column("statements.apart.note", "另列：说明", "Apart: note"),
    )


def _other_result(key: str, zh: str, en: str, *own: Column) -> tuple[Column, ...]:
    return (
        *own,
        column(f"statements.{key}.total", f"{zh}：结果 kgCO2e", f"{en}: result kgCO2e", cell="number"),
        column(
            f"statements.{key}.unit.amount", f"{zh}：单位数量", f"{en}: amount of the unit", cell="number"
        ),
        column(f"statements.{key}.unit.unit", f"{zh}：单位", f"{en}: unit", suggested="units"),
        column(f"statements.{key}.rule", f"{zh}：规则", f"{en}: rule"),
        column(f"statements.{key}.boundary", f"{zh}：边界", f"{en}: boundary"),
    )


def _interpretation() -> tuple[Column, ...]:
    return tuple(
        column(f"statements.interpretation.{key}", f"解释：{zh}", f"Interpretation: {en}")
        for key, zh, en in (
            ("significant", "重大问题", "significant issues"),
            ("completeness", "完整性", "completeness"),
            ("consistency", "一致性", "consistency"),
            ("sensitivity", "敏感性", "sensitivity"),
            ("conclusions", "结论", "conclusions"),
            ("recommendations", "建议", "recommendations"),
        )
    )


FIELDS: tuple[Column, ...] = (
    *_inclusions(),
    *_reasons(),
    column(
        "statements.gases",
        "核算的温室气体",
        "Gases considered",
        f"留空为 GWP 来源中的全部气体；{_LIST[0]}",
        f"all of the GWP set where empty; {_LIST[1]}",
        cell="list",
    ),
    *_profile("use", "使用情景", "Use profile"),
    *_profile("end_of_life", "废弃处置情景", "End-of-life scenario"),
    column(
        "statements.recycling",
        "循环利用程序",
        "Recycling procedure",
        cell="choice",
        choices=words.PROCEDURES,
    ),
    *_apart(),
    *_other_result(
        "tracking",
        "绩效跟踪",
        "Tracking",
        column("statements.tracking.period", "绩效跟踪：以前的时期", "Tracking: earlier period"),
    ),
    column(
        "statements.tracking.recalculated",
        "绩效跟踪：已按现方法重算",
        "Tracking: recalculated",
        cell="truth",
        choices=words.TRUTHS,
    ),
    column("statements.tracking.reason", "绩效跟踪：说明", "Tracking: reason"),
    *_other_result(
        "comparison",
        "对比产品",
        "Comparison",
        column("statements.comparison.product", "对比产品：名称", "Comparison: product"),
    ),
    column("statements.comparison.gwp", "对比产品：GWP 来源", "Comparison: GWP set"),
    column("statements.comparison.source", "对比产品：来源", "Comparison: source"),
    column(
        "statements.comparison.disclosed",
        "对比产品：对外公布",
        "Comparison: disclosed",
        cell="truth",
        choices=words.TRUTHS,
    ),
    *_interpretation(),
)

CERTIFICATES = Sheet(
    key="certificates",
    name=Text("绿证", "Certificates"),
    columns=(
        column(
            "line",
            "行编号",
            "Line id",
            "“清单”表中电力行的编号，该行必须填写编号",
            "id of a line of electricity on the sheet Inventory; that line needs its id",
            required=True,
            width=12,
        ),
        column(
            "number",
            "证书编号",
            "Certificate number",
            "中国绿证为 32 位",
            "32 characters for a Chinese certificate",
            required=True,
            width=36,
        ),
        column(
            "kwh",
            "本行使用电量 kWh",
            "kWh used by the line",
            "与该行用量同一口径；一个中国绿证为 1000 kWh",
            "as the line's amount; a Chinese certificate is 1000 kWh",
            cell="number",
            required=True,
            width=14,
        ),
        column("cancelled_on", "核销日期", "Cancelled on", "例如 2025-02-01", "such as 2025-02-01", width=13),
        column(
            "cancelled_for",
            "为谁核销",
            "Cancelled for",
            "企业名称或统一社会信用代码",
            "name or code of the firm",
            width=24,
        ),
        column(
            "generated", "发电时间", "Generated", "月份，例如 2024-07", "month, such as 2024-07", width=12
        ),
    ),
    since=2,
)
BALANCES = Sheet(
    key="balances",
    name=Text("平衡", "Balances"),
    columns=(
        column("process", "工序", "Process", "工序编号", "process id", required=True, width=12),
        column("kind", "平衡种类", "Balance", cell="choice", choices=words.BALANCES, required=True, width=11),
        column("inputs.amount", "投入量", "Inputs", cell="number", required=True, width=13),
        column("inputs.unit", "投入单位", "Unit of inputs", suggested="units", required=True, width=11),
        column("outputs.amount", "产出量", "Outputs", cell="number", required=True, width=13),
        column("outputs.unit", "产出单位", "Unit of outputs", suggested="units", required=True, width=11),
        column("note", "备注", "Note", width=28),
    ),
    since=2,
)
REVIEWS = Sheet(
    key="reviews",
    name=Text("评审与核查", "Reviews"),
    columns=(
        column("kind", "种类", "Kind", cell="choice", choices=words.REVIEWS, required=True, width=13),
        column("reviewer", "评审人", "Reviewer", required=True, width=16),
        column("organisation", "机构", "Organisation", width=24),
        column("independent", "独立", "Independent", cell="truth", choices=words.TRUTHS, width=9),
        column("date", "日期", "Date", "例如 2025-03-01", "such as 2025-03-01", width=13),
        column(
            "level", "保证等级", "Level of assurance", "例如 limited、reasonable", "such as limited", width=13
        ),
        column("standard", "依据标准", "Standard", width=20),
        column("conclusion", "结论", "Conclusion", width=32),
    ),
    since=2,
)
OFFSETS = Sheet(
    key="offsets",
    name=Text("抵消", "Offsets"),
    columns=(
        column(
            "amount",
            "抵消量 kgCO2e",
            "Offset kgCO2e",
            "每单位；不得计入足迹，填写只为说明",
            "per unit; it has no place in a footprint and is stated only",
            cell="number",
            required=True,
            width=15,
        ),
        column("certificate", "凭证", "Certificate", width=28),
        column("source", "来源", "Source", width=28),
    ),
    since=2,
)
