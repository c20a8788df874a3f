"""Values that are reported apart and never added to the total (ISO 14067:2018, clause 7)."""

from zuji.report import amounts
from zuji.report.document import Block, Facts, Paragraph, Points
from zuji.report.material import Material
from zuji.report.topics import Topic, told


def apart(material: Material) -> tuple[Block, ...]:
    """Indirect land use, soil carbon, storage, delay, biogenic content, the multiplier for aircraft."""
    say, stated, carbon = material.say, material.statements.apart, material.footprint.biogenic_carbon_kg
    none = say("未计算", "Not calculated")

    def size(value: float | None) -> str:
        return none if value is None else f"{amounts.number(value)} kgCO2e / {material.unit}"

    content = (
        none if carbon is None else say(f"{amounts.number(carbon)} kg 碳", f"{amounts.number(carbon)} kg C")
    )
    multiplier = (
        say("未采用", "None")
        if stated.aviation_multiplier is None
        else say(
            f"{stated.aviation_multiplier:g}（仅供参考，未乘入结果）",
            f"{stated.aviation_multiplier:g} (for information, not applied)",
        )
    )
    items = [
        (say("间接土地利用变化", "Indirect land-use change"), size(stated.indirect_land_use_change)),
        (say("土地利用（土壤碳）", "Land use (soil carbon)"), size(stated.soil_carbon)),
        (say("碳储存", "Carbon storage"), size(stated.carbon_storage)),
        (say("延迟排放", "Delayed emissions"), size(stated.delayed_emissions)),
        (say("产品中的生物源碳", "Biogenic carbon in the product"), content),
        (say("航空辐射强迫倍数", "Radiative-forcing multiplier for aircraft"), multiplier),
        (say("碳抵消", "Offsets"), say("未计入，也不得计入", "Not inside, and may not be")),
    ]
    if stated.note:
        items.append((say("说明", "Note"), stated.note))
    tells = told(
        indirect_land_use=stated.indirect_land_use_change is not None,
        soil_carbon=stated.soil_carbon is not None,
        storage=stated.carbon_storage is not None or stated.delayed_emissions is not None,
        biogenic_content=carbon is not None,
        other_metrics=stated.aviation_multiplier is not None,
    )
    blocks: list[Block] = [
        Paragraph(text=say("以下各项均不在合计之内。", "None of these is inside the total.")),
        Facts(items=tuple(items), tells=tells),
    ]
    if material.statements.offsets:
        blocks.append(_offsets(material))
    return tuple(blocks)


def _offsets(material: Material) -> Points:
    """Credits that the study mentions: printed as what they are, outside the footprint."""
    say, texts = material.say, []
    for one in material.statements.offsets:
        size, name = f"{amounts.number(one.amount)} kgCO2e", one.certificate or material.missing
        texts.append(
            say(
                f"研究提到的碳抵消 {size}（{name}）不属于产品碳足迹，未作扣除。",
                f"Offset mentioned: {size} ({name}); it is no part of the footprint and was not deducted.",
            )
        )
    return Points(
        items=tuple(texts),
        tells=(Topic.OTHER_METRICS,),
    )
