"""Lines ready to be multiplied: their activity, their product, and whose burden they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from zuji.errors import IncompleteStudy, ZujiError
from zuji.lca.activities import Activity, activity, check_amount
from zuji.lca.allocation import Shares
from zuji.lca.problems import line_place, line_problem
from zuji.lca.sources import Sources
from zuji.model.lines import Line, LineKind, SubAssemblyDetail
from zuji.model.studies import UnitProcess
from zuji.units import conversion

Weights = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductNode:
    """One output of one process: a column of the technosphere. `amount` is made per stated run."""

    process: str
    product: str
    name: str
    amount: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedLine:
    """A line with what it needs to be multiplied.

    `weights` are (product, share / output amount): the line's scale is the sum of share times the
    amount of that product needed. `activity` is None for a sub-assembly, whose `supplies` and
    `supplied` are the product consumed and its amount per run, and for a cut-off line without estimate.
    `credit` marks the lines that substitution adds. `emitted` is kgCO2e per run of the process, 0 where
    the line is not counted.
    """

    process: str
    line: Line
    weights: Weights
    activity: Activity | None = None
    supplies: int | None = None
    supplied: float = 0.0
    credit: bool = False
    emitted: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        if self.activity is not None and self.counted:
            emitted = self.activity.quantity.amount * self.activity.intensity.total
            object.__setattr__(self, "emitted", emitted)

    @property
    def counted(self) -> bool:
        return not self.line.cut_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What lines are resolved against: the products of the study and the sources of numbers."""

    products: tuple[ProductNode, ...]
    sources: Sources
    _places: Mapping[tuple[str, str], int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {(node.process, node.product): k for k, node in enumerate(self.products)}
        object.__setattr__(self, "_places", places)

    def place(self, process: str, product: str) -> int:
        """The column of a product that the study is known to make."""
        return self._places[process, product]


def _weights(line: Line, process: UnitProcess, shares: Shares, setting: Setting) -> Weights:
    if line.allocate_to:
        parts = [1.0 if output.product == line.allocate_to else 0.0 for output in process.outputs]
    else:
        parts = list(shares.shared)
    return tuple(
        (setting.place(process.id, output.product), part / output.quantity.amount)
        for output, part in zip(process.outputs, parts, strict=True)
        if part
    )


def prepared(line: Line, process: UnitProcess, shares: Shares, setting: Setting) -> PreparedLine:
    """The line resolved; raises every kind of located refusal."""
    weights = _weights(line, process, shares, setting)
    bare = PreparedLine(process=process.id, line=line, weights=weights)
    if line.kind is LineKind.SUB_ASSEMBLY:
        check_amount(line)
        target = _supplier(line, setting)
        unit = setting.products[target].unit
        amount = line.quantity.amount * conversion(
            line.quantity.unit, unit, place=line_place(line.id, "quantity")
        )
        return replace(bare, supplies=target, supplied=amount)
    if line.cut_off:
        # a cut-off flow needs no factor; it is estimated where one happens to fit
        check_amount(line)
        try:
            return replace(bare, activity=activity(line, setting.sources))
        except ZujiError:
            return bare
    return replace(bare, activity=activity(line, setting.sources))


def _supplier(line: Line, setting: Setting) -> int:
    detail = line.detail
    wanted = detail.process if isinstance(detail, SubAssemblyDetail) else ""
    product = detail.product if isinstance(detail, SubAssemblyDetail) else ""
    made = [node.product for node in setting.products if node.process == wanted]
    if not made:
        others = "、".join(dict.fromkeys(node.process for node in setting.products))
        raise IncompleteStudy(
            line_problem(
                "sub_assembly.process",
                line.id,
                "detail",
                f"没有工序“{wanted}”",
                f"there is no process “{wanted}”",
                cure_zh=f"请选择本研究中的工序：{others}",
                cure_en=f"choose a process of this study: {others}",
            )
        )
    if not product and len(made) == 1:
        product = made[0]
    if product not in made:
        raise IncompleteStudy(
            line_problem(
                "sub_assembly.product",
                line.id,
                "detail",
                f"没有说明用的是工序“{wanted}”的哪种产出"
                if not product
                else f"工序“{wanted}”不产出“{product}”",
                f"process “{wanted}” has several outputs"
                if not product
                else f"process “{wanted}” does not make “{product}”",
                cure_zh=f"可选：{'、'.join(made)}",
                cure_en=f"choose from {', '.join(made)}",
            )
        )
    return setting.place(wanted, product)
