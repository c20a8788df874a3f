"""What substitution credits: the products that co-products replace."""

from collections.abc import Collection

from zuji.lca.activities import times
from zuji.lca.prepared_lines import PreparedLine, Setting
from zuji.lca.problems import line_place
from zuji.lca.sources import AVOIDED_KINDS, find_factor
from zuji.model.lines import DataSource, Line, LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import Output, UnitProcess
from zuji.units import conversion


def credit_lines(
    process: UnitProcess, setting: Setting, consumed: Collection[int | None]
) -> list[PreparedLine]:
    """What substitution adds: a credit to the main product for every co-product.

    A co-product that another process of the study consumes carries what it replaces, so that the
    credit and this burden cancel and nothing is counted twice. `consumed` are the products that
    sub-assembly lines of the study use.
    """
    main = setting.place(process.id, process.outputs[0].product)
    added = []
    for output in process.outputs[1:]:
        own = setting.place(process.id, output.product)
        added.append(_avoided(process, output, -1.0, main, setting))
        if own in consumed:
            added.append(_avoided(process, output, 1.0, own, setting))
    return added


def _avoided(process: UnitProcess, output: Output, sign: float, bears: int, setting: Setting) -> PreparedLine:
    line_id = f"{process.id}:{output.product}" + ("" if sign < 0 else ":used")
    place = f"{process.id}:{output.product}"
    found = find_factor(output.avoided_factor, AVOIDED_KINDS, setting.sources, place, where="avoided_factor")
    per_factor = conversion(output.quantity.unit, found.per, place=line_place(place, "avoided_factor"))
    amount = sign * output.quantity.amount
    line = Line(
        id=line_id,
        stage=Stage.MANUFACTURING,
        kind=LineKind.MATERIAL,
        item=output.product,
        quantity=Quantity(amount, output.quantity.unit),
        factor=output.avoided_factor,
        data_source=DataSource.ESTIMATED,
    )
    resolved = times(found, amount * per_factor, str(line.quantity))
    weight = 1.0 / setting.products[bears].amount
    return PreparedLine(
        process=process.id, line=line, weights=((bears, weight),), activity=resolved, credit=True
    )
