"""What a database answers: footprints of all products, of one, and the intensities of one category."""

from collections.abc import Sequence
from dataclasses import dataclass

from zuji.errors import InvalidInput, Problem, problem
from zuji.lca.network.arrays import Floats
from zuji.lca.network.certificates import Certificate
from zuji.lci.tables import Table

UNKNOWN_UNIT = "(单位未知 unit unknown)"
"""Stands where the package does not hold the flow of a product, and so not its unit."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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

    def __repr__(self) -> str:
        return f"<Intensity: {len(self)} products in {', '.join(self.labels)}>"


@dataclass(frozen=True, slots=True, repr=False)
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
        """The value of a category by its name, or by a part of it that fits no other."""
        asked = label.casefold()
        names = [each.casefold() for each in self.labels]
        found = [place for place, name in enumerate(names) if asked == name]
        found = found or [place for place, name in enumerate(names) if asked and asked in name]
        if len(found) != 1:
            raise InvalidInput(self._which(label, [self.labels[place] for place in found] or self.labels))
        return self.values[found[0]]

    def _which(self, label: str, names: Sequence[str]) -> Problem:
        return problem(
            "footprint.category",
            f"结果里没有指标“{label}”，或不止一个",
            f"the result has no category “{label}”, or several",
            cure_zh=f"用其中之一：{'；'.join(names)}",
            cure_en=f"use one of {'; '.join(names)}",
        )

    def __repr__(self) -> str:
        return str(self)

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
