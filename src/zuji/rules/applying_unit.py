"""The functional or declared unit of a rule: what converts is converted, everything per unit with it."""

from dataclasses import replace

from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorSource
from zuji.model.quantities import Quantity
from zuji.model.statements import Apart
from zuji.model.studies import Study
from zuji.rules.applying_changes import Outcome, change, open_point
from zuji.text import Text
from zuji.units import conversion, same_dimension

_PER_UNIT = ("indirect_land_use_change", "soil_carbon", "carbon_storage", "delayed_emissions")


def unit(study: Study, rule: ProductCategoryRule, factors: FactorSource) -> Outcome:  # noqa: ARG001
    """The study per the rule's amount of the rule's own unit, the first of its units.

    A rule without an amount converts the unit and keeps the size.
    """
    if not rule.unit.units:
        return Outcome(study)
    now, wanted = study.unit.quantity, rule.unit.units[0]
    if not same_dimension(now.unit, wanted):
        what = Text(
            f"规则的单位是 {'、'.join(rule.unit.units)}，研究的单位是 {now.unit}，不能换算",
            f"the study's unit {now.unit} does not convert to the rule's ({', '.join(rule.unit.units)})",
        )
        cure = Text(
            "请按规则的单位重新说明产出与单位", "state output and unit of the study in a unit of the rule"
        )
        return Outcome(study, (), (open_point(rule, "unit.units", what, cure),))
    size = now.amount * conversion(now.unit, wanted)
    target = Quantity(size if rule.unit.amount is None else rule.unit.amount, wanted)
    if target == now:
        return Outcome(study)
    ratio = target.amount / size
    described = study.unit.description if ratio == 1 else rule.unit.description
    scaled = _scaled(study, ratio) if ratio != 1 else study
    scaled = replace(scaled, unit=replace(study.unit, quantity=target, description=described))
    zh, en = f"单位由 {now} 换为 {target}", f"per {target} instead of {now}"
    return Outcome(scaled, (change(rule, "unit.units", zh, en),))


def _scaled(study: Study, ratio: float) -> Study:
    """What the study states per unit of its own, per the new one."""
    stated, carbon = study.statements, study.product.biogenic_carbon_kg
    amounts = {name: getattr(stated.apart, name) for name in _PER_UNIT}
    apart: Apart = replace(
        stated.apart, **{name: value * ratio for name, value in amounts.items() if value is not None}
    )
    offsets = tuple(replace(each, amount=each.amount * ratio) for each in stated.offsets)
    product = study.product if carbon is None else replace(study.product, biogenic_carbon_kg=carbon * ratio)
    return replace(study, product=product, statements=replace(stated, apart=apart, offsets=offsets))
