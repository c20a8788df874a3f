"""Where in a study a shortcoming is mended, in the words of its reader instead of names of fields."""

import re
from collections.abc import Iterator, Mapping

from zuji.errors import Place
from zuji.model.statements import SWITCH_NAMES
from zuji.report.material import Material
from zuji.text import Text

_INDEX = re.compile(r"\[(\d+)\]")
# Parts of a path; what a whole path means of its own stands first.
_NAMES: Mapping[str, Text] = {
    "boundary.kind": Text("边界类型", "kind of boundary"),
    "unit.kind": Text("单位类型", "kind of unit"),
    "unit.quantity": Text("单位的数量", "amount of the unit"),
    "period.start": Text("数据期开始", "start of the data period"),
    "period.end": Text("数据期结束", "end of the data period"),
    "goal": Text("研究目的", "goal"),
    "goal.use": Text("预期用途", "intended use"),
    "goal.reason": Text("研究原因", "reason for the study"),
    "goal.audience": Text("预期读者", "audience"),
    "goal.comparison": Text("用于比较", "meant for comparison"),
    "product": Text("产品", "product"),
    "product.name": Text("产品名称", "name of the product"),
    "product.name_en": Text("产品英文名称", "English name of the product"),
    "product.code": Text("产品编码", "product code"),
    "product.biogenic_carbon_kg": Text("产品中的生物源碳", "biogenic carbon in the product"),
    "rule": Text("核算规则", "accounting rule"),
    "gwp": Text("GWP", "GWP set"),
    "unit": Text("单位", "unit"),
    "boundary": Text("系统边界", "system boundary"),
    "stages": Text("包含的阶段", "stages included"),
    "excluded": Text("排除的阶段", "stages left out"),
    "period": Text("数据期", "data period"),
    "limitations": Text("局限", "limitations"),
    "processes": Text("工序", "process"),
    "lines": Text("清单行", "lines"),
    "outputs": Text("产出", "outputs"),
    "controlled": Text("自控", "under control"),
    "allocation": Text("分配方法", "allocation"),
    "allocation_reason": Text("分配的理由", "reason for the allocation"),
    "statements.reasons": Text("理由", "reasons"),
    "interpretation": Text("解释", "interpretation"),
    "inclusions": Text("计入与否", "inside or outside"),
    "balances": Text("平衡", "balances"),
    "gases": Text("考虑的气体", "gases considered"),
    "use": Text("使用情景", "use profile"),
    "end_of_life": Text("废弃处置情景", "end-of-life scenario"),
    "recycling": Text("回收", "recycling"),
    "apart": Text("另行报告", "reported apart"),
    "tracking": Text("绩效追踪", "performance tracking"),
    "statements.comparison": Text("比较", "comparison"),
    "reviews": Text("评审", "reviews"),
    "offsets": Text("抵消", "offsets"),
    "scenarios": Text("情景", "scenarios"),
    "changes": Text("改动", "changes"),
    "alternatives": Text("对照", "alternatives"),
    "cut_off": Text("取舍", "cut-off"),
    "secondary_data": Text("次级数据", "secondary data"),
    "soil_carbon": Text("土壤碳", "soil carbon"),
    "sensitivity": Text("敏感性", "sensitivity"),
    "significant": Text("重大问题", "significant issues"),
    "completeness": Text("完整性", "completeness"),
    "consistency": Text("一致性", "consistency"),
    "conclusions": Text("结论", "conclusions"),
    "description": Text("说明", "description"),
    "note": Text("说明", "note"),
    "reason": Text("理由", "reason"),
    "date": Text("日期", "date"),
    "standard": Text("依据", "basis"),
    "independent": Text("独立性", "independence"),
    "conclusion": Text("结论", "conclusion"),
    "stage": Text("阶段", "stage"),
    "kind": Text("类别", "kind"),
    "item": Text("名称", "item"),
    "quantity": Text("数量", "amount"),
    "factor": Text("因子", "factor"),
    "stated": Text("自有因子", "own factor"),
    "value": Text("数值", "value"),
    "year": Text("年份", "year"),
    "geography": Text("地区", "region"),
    "life_cycle": Text("全生命周期", "life cycle"),
    "source": Text("来源", "source"),
    "data_source": Text("数据来源", "data source"),
    "quality": Text("数据质量", "data quality"),
    "uncertainty": Text("不确定性", "uncertainty"),
    "supplier": Text("供应商", "supplier"),
    "tags": Text("标签", "tags"),
    "electricity": Text("电力", "electricity"),
    "treatment": Text("处理方式", "treatment"),
    "location_factor": Text("所在地电网因子", "grid factor of the place"),
    "attributes_sold": Text("环境权益是否售出", "attributes sold"),
    "certificates": Text("证书", "certificates"),
    "attributes": Text("机组属性", "attributes of the unit"),
    "sole_claim": Text("唯一主张", "only claim"),
    "tracked": Text("登记与注销", "tracked and cancelled"),
    "close_in_time": Text("时间相近", "close in time"),
    "same_market": Text("同一市场", "same market"),
    "transport": Text("运输", "transport"),
    "aircraft": Text("航空", "aircraft"),
    "fuel": Text("燃料", "fuel"),
    "carbon_content": Text("含碳量", "carbon content"),
    "direct_emission": Text("直接排放", "direct emission"),
    "gas": Text("气体", "gas"),
    "biogenic": Text("生物源", "biogenic"),
    "biogenic_carbon": Text("生物源碳", "biogenic carbon"),
    "removal": Text("吸收或释放", "uptake or release"),
    "method": Text("方法", "method"),
    "virgin": Text("原生料因子", "virgin factor"),
    "avoided": Text("被替代的因子", "avoided factor"),
    **{switch.value: name for switch, name in SWITCH_NAMES.items()},
}
# It only holds what people state; its parts have names of their own.
_SILENT = frozenset({"statements"})


def place_text(material: Material, place: Place) -> str:
    """The line by its id and the field in words; a part that has no words stands as it is named."""
    found = [material.say(f"清单行 {place.line}", f"line {place.line}")] if place.line else []
    found += _parts(material, place.field)
    return material.say("，", ", ").join(found)


def _parts(material: Material, field: str) -> Iterator[str]:
    path = ""
    for part in filter(None, field.split(".")):
        plain = _INDEX.sub("", part)
        path = f"{path}.{plain}" if path else plain
        name = _NAMES.get(path) or _NAMES.get(plain)
        index = _INDEX.search(part)
        number = f" {int(index[1]) + 1}" if index else ""
        if plain not in _SILENT:
            yield (material.words(name) if name else plain) + number
