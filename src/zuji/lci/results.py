"""What a database answers: footprints of all products, of one, and the intensities of one category."""

from dataclasses import dataclass

from zuji.lca.network.arrays import Floats
from zuji.lca.network.certificates import Certificate
from zuji.lci.tables import Table

UNKNOWN_UNIT = "(单位未知 unit unknown)"
"""Stands where the package does not hold the flow of a product, and so not its unit."""


@dataclass(frozen=True, slots=True, eq=False)
class Intensity:
    """Cradle-to-gate footprints of all products for some categories: `values` and `error` are [n, k]."""

    labels: tuple[str, ...]
    units: tuple[str, ...]
    values: Floats
    error: Floats
    certificate: Certificate
    table: Table

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Footprint:
    """The footprint of an amount of one product, by category; `error` bounds each value, in its unit."""

    process: int
    product: str
    amount: float
    unit: str
    labels: tuple[str, ...]
    units: tuple[str, ...]
    values: tuple[float, ...]
    error: tuple[float, ...]
    certificate: Certificate

    def __getitem__(self, label: str) -> float:
        return self.values[self.labels.index(label)]

    def __str__(self) -> str:
        lines = [f"{self.product}  {self.amount:g} {self.unit or UNKNOWN_UNIT}"]
        lines += [
            f"  {label}: {value:.6g} {unit}"
            for label, value, unit in zip(self.labels, self.values, self.units, strict=True)
        ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, eq=False)
class OneCategory:
    """One category: its index, direct and total intensities [n]."""

    category: int
    direct: Floats
    total: Floats
