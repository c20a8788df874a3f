"""Province-level divisions of China: ISO 3166-2:CN codes (letters as in GB/T 2260), their names and grids."""

from collections.abc import Mapping
from types import MappingProxyType

from zuji.text import Text

REGIONS: Mapping[str, Text] = MappingProxyType(
    {
        "CN-BJ": Text("北京市", "Beijing"),
        "CN-TJ": Text("天津市", "Tianjin"),
        "CN-HE": Text("河北省", "Hebei"),
        "CN-SX": Text("山西省", "Shanxi"),
        "CN-NM": Text("内蒙古自治区", "Inner Mongolia"),
        "CN-LN": Text("辽宁省", "Liaoning"),
        "CN-JL": Text("吉林省", "Jilin"),
        "CN-HL": Text("黑龙江省", "Heilongjiang"),
        "CN-SH": Text("上海市", "Shanghai"),
        "CN-JS": Text("江苏省", "Jiangsu"),
        "CN-ZJ": Text("浙江省", "Zhejiang"),
        "CN-AH": Text("安徽省", "Anhui"),
        "CN-FJ": Text("福建省", "Fujian"),
        "CN-JX": Text("江西省", "Jiangxi"),
        "CN-SD": Text("山东省", "Shandong"),
        "CN-HA": Text("河南省", "Henan"),
        "CN-HB": Text("湖北省", "Hubei"),
        "CN-HN": Text("湖南省", "Hunan"),
        "CN-GD": Text("广东省", "Guangdong"),
        "CN-GX": Text("广西壮族自治区", "Guangxi"),
        "CN-HI": Text("海南省", "Hainan"),
        "CN-CQ": Text("重庆市", "Chongqing"),
        "CN-SC": Text("四川省", "Sichuan"),
        "CN-GZ": Text("贵州省", "Guizhou"),
        "CN-YN": Text("云南省", "Yunnan"),
        "CN-XZ": Text("西藏自治区", "Xizang"),
        "CN-SN": Text("陕西省", "Shaanxi"),
        "CN-GS": Text("甘肃省", "Gansu"),
        "CN-QH": Text("青海省", "Qinghai"),
        "CN-NX": Text("宁夏回族自治区", "Ningxia"),
        "CN-XJ": Text("新疆维吾尔自治区", "Xinjiang"),
        "CN-TW": Text("台湾省", "Taiwan"),
        "CN-HK": Text("香港特别行政区", "Hong Kong"),
        "CN-MO": Text("澳门特别行政区", "Macao"),
    }
)

# Two-digit codes of GB/T 2260, in the order of REGIONS.
_NUMBERS = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
)
NUMBERS: Mapping[str, str] = MappingProxyType(dict(zip(_NUMBERS.split(), REGIONS, strict=True)))
"""GB/T 2260 number -> code: "37" is CN-SD."""

ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {code.removeprefix("CN-"): code for code in REGIONS}
    | {
        "HEB": "CN-HE",
        "NMG": "CN-NM",
        "HLJ": "CN-HL",
        "HEN": "CN-HA",
        "HUB": "CN-HB",
        "HUN": "CN-HN",
        "HAIN": "CN-HI",
        "SAX": "CN-SN",
    }
)
"""Letters of a province -> code: those of GB/T 2260, and the longer ones that Chinese data sets use."""

GRIDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        grid: frozenset(f"CN-{letters}" for letters in provinces.split())
        for grid, provinces in {
            "CN-grid-North": "BJ TJ HE SX SD NM",
            "CN-grid-Northeast": "LN JL HL NM",
            "CN-grid-East": "SH JS ZJ AH FJ",
            "CN-grid-Central": "HA HB HN JX",
            "CN-grid-Northwest": "SN GS QH NX XJ",
            "CN-grid-Southwest": "CQ SC XZ",
            "CN-grid-South": "GD GX GZ YN HI",
        }.items()
    }
)
"""Regional power grids and their provinces; Inner Mongolia is divided between two of them."""
