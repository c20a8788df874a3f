"""Studies for the report's tests: one with everything in it, one with almost nothing."""

from typing import Any

from zuji.model.documents import from_dict
from zuji.model.studies import Study

# An invented tray, marked as a demonstration: only its shape matters here, the factors are the library's.
TRAY: dict[str, Any] = {
    "id": "tray",
    "product": {
        "name": "铝合金电池托盘",
        "name_en": "Aluminium battery tray",
        "model": "BT-72",
        "code": "4153",
        "specification": "1,850 mm × 1,310 mm，36 kg",
        "manufacturer": "示例铝业有限公司",
        "site": "四川省成都市",
        "biogenic_carbon_kg": 0.42,
    },
    "unit": {"quantity": "1 件", "description": "一件电池托盘，用于一辆乘用车，寿命 10 年"},
    "boundary": {
        "kind": "cradle_to_grave",
        "stages": ["raw_material", "manufacturing", "distribution", "end_of_life"],
        "excluded": [{"stage": "use", "reason": "托盘在使用中不消耗能源，减重的影响由整车研究计入"}],
        "description": "从原铝、铝型材到托盘出厂、运往整车厂，直至报废回收；厂房与设备不计入。",
    },
    "period": "2024",
    "geography": "CN-SC",
    "goal": {
        "reason": "演示从清单到报告的完整过程",
        "use": "内部减排与客户沟通",
        "audience": "客户与本企业管理层",
        "author": "演示编制组",
    },
    "gwp": "AR6",
    "assumptions": "废料全部返回熔炼；天然气按低位发热量计。",
    "limitations": "型材因子为文献值，企业应以供应商数据替换。",
    "demonstration": True,
    "processes": [
        {
            "id": "assembly",
            "name": "托盘加工与焊接",
            "outputs": [{"product": "电池托盘", "quantity": "1000 件"}],
            "lines": [
                {
                    "id": "profile",
                    "stage": "raw_material",
                    "kind": "sub_assembly",
                    "item": "铝型材",
                    "quantity": "31.5 t",
                    "sub_assembly": {"process": "extrusion", "product": "铝型材"},
                },
                {
                    "id": "bolts",
                    "stage": "raw_material",
                    "kind": "material",
                    "item": "高强度螺栓（外购）",
                    "quantity": "1250 kg",
                    "factor": "mat_gbt51366_bar",
                    "supplier": "四川紧固件厂",
                    "evidence": "采购台账 2024",
                    "quality": {"technology": 2, "geography": 2, "time": 1, "precision": 2},
                },
                {
                    "id": "power",
                    "stage": "manufacturing",
                    "kind": "electricity",
                    "item": "外购电力",
                    "quantity": "412000 kWh",
                    "factor": "elec_cf_national_2024",
                    "evidence": "电费发票 2024-01 至 2024-12",
                    "quality": {"technology": 1, "geography": 2, "time": 1, "precision": 1},
                    "note": "因子库没有四川省的生命周期电力因子，采用全国值",
                },
                {
                    "id": "gas",
                    "stage": "manufacturing",
                    "kind": "fuel",
                    "item": "天然气（烘干）",
                    "quantity": "18000 Nm3",
                    "fuel": {"fuel": "natural_gas", "ncv": 389.31, "ncv_per": "10^4 Nm3"},
                    "evidence": "燃气表",
                    "quality": {"technology": 1, "geography": 1, "time": 1, "precision": 1},
                },
                {
                    "id": "refrigerant",
                    "stage": "manufacturing",
                    "kind": "direct_emission",
                    "item": "冷水机组制冷剂泄漏",
                    "quantity": "1.2 kg",
                    "direct_emission": "HFC-134a",
                    "data_source": "estimated",
                },
                {
                    "id": "pallet",
                    "stage": "manufacturing",
                    "kind": "biogenic_carbon",
                    "item": "木托盘中的碳（吸收）",
                    "quantity": "620 kg",
                    "biogenic_carbon": {"removal": True},
                    "data_source": "calculated",
                },
                {
                    "id": "truck",
                    "stage": "distribution",
                    "kind": "transport",
                    "item": "公路运至整车厂",
                    "quantity": "36 t",
                    "transport": {"distance": "1450 km"},
                    "factor": "tr_gbt51366_dsl_heavy_30t",
                    "quality": {"technology": 2, "geography": 2, "time": 3, "precision": 2},
                },
                {
                    "id": "recycling",
                    "stage": "end_of_life",
                    "kind": "recycling",
                    "item": "铝护板（含再生料与报废回收）",
                    "quantity": "1500 kg",
                    "recycling": {
                        "r1": 0.3,
                        "r2": 0.9,
                        "a": 0.2,
                        "virgin": "mat_cpcd_41431x0042016a",
                        "recycled": "mat_cpcd_41534x0022014a",
                        "end_recycling": "mat_cpcd_41534x0022014a",
                        "avoided": "mat_cpcd_41431x0042016a",
                        "disposal": "ww_defra_construction_metals_landfill",
                    },
                    "data_source": "literature",
                },
                {
                    "id": "labels",
                    "stage": "raw_material",
                    "kind": "material",
                    "item": "标签与胶带",
                    "quantity": "9 kg",
                    "cut_off": "质量不足 0.1 %，供应商不提供数据",
                },
            ],
        },
        {
            "id": "extrusion",
            "name": "型材挤压",
            "outputs": [
                {"product": "铝型材", "quantity": "1000 t"},
                {
                    "product": "回收铝屑",
                    "quantity": "60 t",
                    "avoided_factor": "mat_cpcd_41431x0042016a",
                },
            ],
            "allocation": "substitution",
            "allocation_reason": "铝屑回炉替代电解铝（演示）",
            "lines": [
                {
                    "id": "ingot",
                    "stage": "raw_material",
                    "kind": "material",
                    "item": "电解铝锭",
                    "quantity": "1062 t",
                    "factor": "mat_cpcd_41431x0042016a",
                    "supplier": "某铝厂",
                    "data_source": "supplier",
                    "quality": {"technology": 2, "geography": 2, "time": 4, "precision": 3},
                },
                {
                    "id": "extrusion-power",
                    "stage": "manufacturing",
                    "kind": "electricity",
                    "item": "挤压用电",
                    "quantity": "780000 kWh",
                    "factor": "elec_cf_national_2024",
                    "quality": {"technology": 1, "geography": 2, "time": 1, "precision": 1},
                    "note": "同上，采用全国值",
                },
            ],
        },
    ],
    "scenarios": [
        {
            "id": "hydro",
            "name": "改用水电铝",
            "description": "电解铝锭改用企业声明的水电铝（大门到大门值，仅作演示）",
            "changes": [{"line": "ingot", "factor": "mat_cpcd_41532x0012020b"}],
        },
        {"id": "near", "name": "就近配套 300 km", "changes": [{"line": "truck", "scale": 0.207}]},
    ],
}

CONTRACT: dict[str, Any] = {
    "treatment": "contract",
    "attributes": True,
    "sole_claim": True,
    "tracked": True,
    "close_in_time": True,
    "certificates": [
        {
            "number": "10000000000000000000000000000001",
            "kwh": 300000,
            "cancelled_on": "2024-12-30",
            "cancelled_for": "示例铝业有限公司",
        },
        {"number": "10000000000000000000000000000002", "kwh": 112000},
    ],
    "location_factor": "elec_cf_national_2024",
}

STATED: dict[str, Any] = {
    "inclusions": {
        "capital_goods": False,
        "staff_travel": False,
        "consumer_transport": False,
        "storage": True,
    },
    "reasons": {
        "cut_off": "标签与胶带的影响小于 0.1 %",
        "secondary_data": "铝锭供应商尚未核算",
        "electricity": "合同只覆盖加工用电",
        "scope_changes": "第 2 版加入报废回收",
        "value_choices": "碳储存不予抵减",
    },
    "end_of_life": {
        "id": "collection-90",
        "description": "报废后 90 % 回收",
        "source": "GB/T 24067-2024",
        "alternatives": ["near"],
    },
    "recycling": "open_loop",
    "balances": [
        {"process": "extrusion", "kind": "mass", "inputs": "1062 t", "outputs": "1060 t", "note": "氧化损失"}
    ],
    "apart": {
        "indirect_land_use_change": 0.11,
        "soil_carbon": -0.22,
        "carbon_storage": -0.33,
        "delayed_emissions": 0.44,
        "aviation_multiplier": 2.7,
        "note": "仅供参考",
    },
    "offsets": [{"amount": 5.0, "certificate": "CCER-0001"}],
    "tracking": {
        "period": "2023",
        "total": 200.0,
        "unit": "1 件",
        "rule": "demo-tray@1",
        "recalculated": True,
    },
    "comparison": {"product": "钢制托盘", "total": 300.0, "unit": "1 件", "disclosed": True},
    "reviews": [
        {
            "kind": "verification",
            "reviewer": "赵核查",
            "organisation": "某核查机构",
            "independent": True,
            "date": "2026-11-19",
            "level": "合理保证",
            "standard": "ISO 14064-3:2019",
            "conclusion": "数据可信",
        }
    ],
    "interpretation": {
        "significant": "铝锭决定结果",
        "completeness": "全部输入已列入",
        "consistency": "方法一致",
        "conclusions": "应先换铝锭",
        "recommendations": "取得供应商数据",
    },
}

# The least that can be calculated: one line, nothing else said.
PLAIN: dict[str, Any] = {
    "id": "plain",
    "product": "螺栓",
    "unit": "1 kg",
    "boundary": "cradle_to_gate",
    "period": "2024",
    "geography": "CN",
    "lines": [
        {
            "stage": "raw_material",
            "kind": "material",
            "item": "碳钢棒材",
            "quantity": "1.02 kg",
            "factor": "mat_gbt51366_bar",
        }
    ],
}


def tray() -> Study:
    """Two processes, a co-product with a credit, recycling, cut-offs, scenarios, a demonstration."""
    return from_dict(TRAY)


def full() -> Study:
    """The tray with contracted electricity and everything that people can state beside the inventory."""
    lines = [dict(line) for line in TRAY["processes"][0]["lines"]]
    for line in lines:
        if line["id"] == "power":
            line["electricity"] = CONTRACT
    processes = [{**TRAY["processes"][0], "lines": lines}, TRAY["processes"][1]]
    goal = {**TRAY["goal"], "commissioner": "某整车厂", "comparison": True}
    return from_dict(
        {**TRAY, "goal": goal, "processes": processes, "rule": "demo-tray@1", "statements": STATED}
    )


def plain() -> Study:
    return from_dict(PLAIN)
