"""Balances of section 5: what went into a process and what came out of it (validation of data, V12)."""

from zuji.errors import ZujiError
from zuji.model.statements import Balance, BalanceKind
from zuji.report import amounts
from zuji.report.document import Block, Cell, Column, Paragraph, Row, Table, row
from zuji.report.material import Material
from zuji.report.topics import Topic
from zuji.text import Text
from zuji.units import convert

KIND_NAMES: dict[BalanceKind, Text] = {
    BalanceKind.MASS: Text("质量", "Mass"),
    BalanceKind.ENERGY: Text("能量", "Energy"),
    BalanceKind.CARBON: Text("碳", "Carbon"),
}


def balances(material: Material) -> tuple[Block, ...]:
    """The stated balances with their gaps; says so where none was stated."""
    say, stated = material.say, material.statements.balances
    if not stated:
        text = say("未提供质量、能量或碳的平衡校核。", "No balance of mass, energy or carbon was stated.")
        return (Paragraph(text=text),)
    table = Table(
        caption=say("过程的投入与产出", "Inputs and outputs of processes"),
        columns=(
            Column(say("过程", "Process"), width=34),
            Column(say("平衡", "Balance"), width=12),
            Column(say("投入", "In"), numeric=True, width=19),
            Column(say("产出", "Out"), numeric=True, width=19),
            Column(say("差额占投入", "Gap of input"), numeric=True, width=16),
        ),
        rows=tuple(_balance_row(material, one) for one in stated),
        note=say("差额为投入减产出。", "The gap is what went in less what came out."),
        tells=(Topic.BALANCES,),
    )
    return (table,)


def _balance_row(material: Material, one: Balance) -> Row:
    return row(
        Cell(material.process_names.get(one.process, one.process), one.note),
        material.words(KIND_NAMES[one.kind]),
        material.stated(one.inputs),
        material.stated(one.outputs),
        _gap(material, one),
    )


def _gap(material: Material, one: Balance) -> str:
    try:
        out = convert(one.outputs.amount, one.outputs.unit, one.inputs.unit)
    except ZujiError:
        return material.say("单位不同", "Units differ")
    if not one.inputs.amount:
        return "—"
    return amounts.signed_share((one.inputs.amount - out) / one.inputs.amount)
