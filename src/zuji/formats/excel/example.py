"""The worked example of the template: a small product of no real company, marked as a demonstration."""

from functools import cache

from zuji.model.documents import from_dict
from zuji.model.studies import Study

_DOCUMENT = {
    "id": "示例-001",
    "product": {
        "name": "示例：铝型材支架",
        "name_en": "Example: aluminium bracket",
        "model": "示例型号 A1",
        "specification": "每件 2.4 kg",
        "manufacturer": "示例企业（非真实企业）",
    },
    "unit": {"quantity": "1 t", "description": "1 t 包装好的支架，出厂"},
    "boundary": {
        "kind": "cradle_to_gate",
        "stages": ["raw_material", "manufacturing"],
        "excluded": [
            {"stage": "distribution", "reason": "部分碳足迹，止于出厂"},
            {"stage": "use", "reason": "部分碳足迹，止于出厂"},
            {"stage": "end_of_life", "reason": "部分碳足迹，止于出厂"},
        ],
        "description": "原材料获取与生产制造，含原料入厂运输",
    },
    "period": "2024-01-01/2024-12-31",
    "geography": "CN-SC",
    "goal": {
        "reason": "演示怎样填写清单",
        "use": "学习",
        "audience": "填表人",
        "author": "示例",
    },
    "demonstration": True,
    "limitations": "数量为演示而设，不代表任何真实企业。",
    "note": "这是示例。填写自己的产品时，请把示例内容全部替换或删除，并把“是否为演示”改为“否”。",
    "statements": {
        "inclusions": {"capital_goods": False, "staff_travel": False},
        "reasons": {"electricity": "示例：没有省级电力碳足迹因子，采用全国平均"},
    },
    "processes": [
        {
            "id": "P1",
            "name": "机加工与包装",
            "outputs": [{"product": "铝型材支架", "quantity": "1000 t"}],
            "lines": [
                {
                    "id": "L1",
                    "stage": "raw_material",
                    "kind": "material",
                    "item": "铝型材 6063",
                    "quantity": "1040 t",
                    "factor": "mat_cpcd_41532x0012012a",
                    "supplier": "示例供应商",
                    "evidence": "示例：采购台账 2024",
                    "quality": {"technology": 2, "geography": 2, "time": 4, "precision": 3},
                },
                {
                    "id": "L2",
                    "stage": "raw_material",
                    "kind": "material",
                    "item": "瓦楞纸箱",
                    "quantity": "18 t",
                    "factor": "mat_cpcd_32151x0012019c",
                    "evidence": "示例：采购发票汇总",
                },
                {
                    "id": "L3",
                    "stage": "manufacturing",
                    "kind": "electricity",
                    "item": "外购电力",
                    "quantity": "620000 kWh",
                    "factor": "elec_cf_national_2024",
                    "evidence": "示例：全年电费单 12 张",
                    "electricity": {"treatment": "grid"},
                    "quality": {"technology": 1, "geography": 2, "time": 1, "precision": 1},
                },
                {
                    "id": "L4",
                    "stage": "manufacturing",
                    "kind": "material",
                    "item": "自来水",
                    "quantity": "5200 t",
                    "factor": "mat_gbt51366_tap_water",
                    "evidence": "示例：水费单",
                },
                {
                    "id": "L5",
                    "stage": "manufacturing",
                    "kind": "waste",
                    "item": "废水处理",
                    "quantity": "4600 t",
                    "factor": "ww_cpcd_94110x0432022a",
                    "data_source": "calculated",
                    "note": "按用水量扣除蒸发推算",
                },
                {
                    "id": "L6",
                    "stage": "raw_material",
                    "kind": "transport",
                    "item": "铝型材入厂，重型柴油货车",
                    "quantity": "1040 t",
                    "transport": {"distance": "320 km"},
                    "factor": "tr_cpcd_65119x0282024c",
                    "evidence": "示例：运输合同",
                },
                {
                    "id": "L7",
                    "stage": "manufacturing",
                    "kind": "fuel",
                    "item": "烘干炉用天然气",
                    "quantity": "4.5 万Nm3",
                    "fuel": {"fuel": "天然气"},
                    "evidence": "示例：燃气账单",
                },
                {
                    "id": "L8",
                    "stage": "manufacturing",
                    "kind": "direct_emission",
                    "item": "空调制冷剂补充",
                    "quantity": "3 kg",
                    "direct_emission": {"gas": "HFC-134a"},
                    "data_source": "estimated",
                },
            ],
        }
    ],
    "scenarios": [
        {
            "id": "S1",
            "name": "节电 10 %",
            "description": "更换空压机",
            "changes": [{"line": "L3", "scale": 0.9}],
        }
    ],
}


@cache
def example() -> Study:
    """The study that the template shows filled in."""
    return from_dict(_DOCUMENT)
