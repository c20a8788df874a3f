"""Characterisation sets from the shipped GWP rows."""

from collections.abc import Iterable

from zuji.model.factors import Factor
from zuji.model.gwp import GwpSet
from zuji.text import Text

# The gas of a row stands in its alias: "CH4", and after # a variant of it.
_FOSSIL, _NON_FOSSIL, _ALTERNATIVE = "fossil", "non-fossil", "alternative"
_NAMES = {
    "AR4": Text("IPCC 第四次评估报告 GWP100", "IPCC AR4 GWP100"),
    "AR5": Text("IPCC 第五次评估报告 GWP100", "IPCC AR5 GWP100"),
    "AR6": Text("IPCC 第六次评估报告 GWP100", "IPCC AR6 GWP100"),
    "AR6-GWP20": Text("IPCC 第六次评估报告 GWP20", "IPCC AR6 GWP20"),
}
_NOTES = {
    "AR6": (
        "甲烷：化石 29.8、非化石 27.0（表7.15）；来源不明取 27.9（表7.SM.7）。"
        "SF6 有两个已发布值：25200（补充材料表7.SM.7，openclimatedata 及多个项目一致）与 24300"
        "（温室气体议定书 2024-08 表）；默认取前者，因为它是报告补充材料本身的数值，后者列为备选。 / "
        "CH4 29.8 fossil, 27.0 non-fossil (table 7.15), 27.9 where the origin is unknown (table 7.SM.7). "
        "Two values of SF6 are published: 25200 (supplementary table 7.SM.7, repeated by openclimatedata "
        "and several projects) and 24300 (GHG Protocol list of 2024-08); the first is the default because "
        "it is the report's own supplementary table, the second is kept as the alternative."
    ),
}


def gwp_set(set_id: str, version: str, rows: Iterable[Factor]) -> GwpSet:
    """The set `set_id` from its rows of kind GWP, kgCO2e per kg of gas.

    Where the report gives no separate methane values, the plain one stands for both origins.
    """
    values: dict[str, float] = {}
    variants: dict[tuple[str, str], float] = {}
    source = ""
    for row in rows:
        gas, _, variant = row.aliases[0].partition("#")
        if variant:
            variants[gas, variant] = row.value
        else:
            values[gas] = row.value
            source = source or row.source.title
    alternatives = {gas: value for (gas, variant), value in variants.items() if variant == _ALTERNATIVE}
    return GwpSet(
        id=set_id,
        version=version,
        name=_NAMES[set_id],
        values=values,
        fossil_ch4=variants.get(("CH4", _FOSSIL), values["CH4"]),
        biogenic_ch4=variants.get(("CH4", _NON_FOSSIL), values["CH4"]),
        source=source,
        notes=_NOTES.get(set_id, ""),
        alternatives=alternatives or None,
    )
