"""The products of a version: found by words, and one with all that is kept about it. Nothing is solved."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.http import Http404

from zuji.lca.network.linking import Explanation
from zuji.lci.upstream import Upstream
from zuji.model.stages import TOTAL_KINDS, TOTAL_NAMES
from zuji.text import Text
from zuji_web.databases.models import DatabaseVersion
from zuji_web.databases.queries.opened import TOTAL_IDS, opened, results, totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product of a version: `total` is kgCO2e per `unit` over the five totals, None without a number."""

    index: int
    id: str
    version: str
    name: Text
    product: Text
    location: str
    unit: str
    total: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One category: the value per unit of product, and the bound on its error in the same unit."""

    id: str
    method: str
    name: Text
    unit: str
    value: float | None
    error: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Elementary:
    """An elementary exchange per unit of product."""

    name: Text
    compartment: str
    amount: float
    unit: str
    inward: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A product or waste exchange per unit of product, with its provider and why it is this one."""

    explanation: Explanation
    amount: float
    provider: Product | None


class Products(Sequence[Product]):
    """Products in a given order, read a page at a time."""

    def __init__(self, version: DatabaseVersion, indices: Sequence[int]) -> None:
        self._version, self._indices = version, indices

    def __len__(self) -> int:
        return len(self._indices)

    def __getitem__(self, part):  # type: ignore[no-untyped-def]
        if isinstance(part, int):
            return product(self._version, self._indices[part])
        return [product(self._version, index) for index in self._indices[part]]


def products(version: DatabaseVersion, *, search: str = "", unsolved: bool = False) -> Products:
    """Products with every word of `search`, else all in their order; `unsolved`: those without a number."""
    found = opened(version)
    wanted: Sequence[int] = found.find(search, len(found)) if search.strip() else range(len(found))
    values = totals(version)
    if unsolved and values is not None:
        without = np.isnan(values.sum(axis=1)).tolist()
        wanted = [index for index in wanted if without[index]]
    return Products(version, wanted)


def product(version: DatabaseVersion, index: int) -> Product:
    """One product; raises `Http404` for an index that there is not."""
    own = opened(version).network.processes
    if not 0 <= index < len(own):
        raise Http404
    values = totals(version)
    total = float(values[index].sum()) if values is not None else math.nan
    return Product(
        index=index,
        id=own.id[index],
        version=own.version[index],
        name=Text(own.name[index], own.name_en[index]),
        product=Text(own.product_name[index], own.product_name_en[index]),
        location=own.location[index],
        unit=own.unit[index],
        total=total if math.isfinite(total) else None,
    )


def upstream(version: DatabaseVersion, index: int) -> Upstream:
    """How many processes stand behind a product, and how much of what they ask for is not counted."""
    return opened(version).upstream(index)


def counted(version: DatabaseVersion, index: int) -> bool:
    """Whether any greenhouse gas of its supply chain counts; without any, zero says that data are missing."""
    values = totals(version)
    return values is not None and bool(values[index].any())


def five_totals(version: DatabaseVersion, index: int) -> list[tuple[Text, float | None]]:
    """The five totals of a product by name."""
    values = totals(version)
    if values is None:
        return []
    row = values[index].tolist()
    return [
        (TOTAL_NAMES[kind], value if math.isfinite(value) else None)
        for kind, value in zip(TOTAL_KINDS, row, strict=True)
    ]


def categories(version: DatabaseVersion, index: int) -> list[Value]:
    """Every category the version brings, the five totals first."""
    kept, factors = results(version), opened(version).network.factors
    if kept is None:
        return []
    listed = [
        Value(
            id=identity,
            method=method,
            name=Text(name, name_en),
            unit=unit,
            value=_number(kept.values[index, column]),
            error=_number(
                kept.error[index, column] if math.isfinite(kept.values[index, column]) else math.nan
            ),
        )
        for column, (identity, method, name, name_en, unit) in enumerate(
            zip(factors.id, factors.method, factors.name, factors.name_en, factors.unit, strict=True)
        )
    ]
    return sorted(listed, key=lambda value: value.id not in TOTAL_IDS)


def inputs(version: DatabaseVersion, index: int) -> list[Input]:
    """Product and waste exchanges with provider and rule, in the order of the data set."""
    found = opened(version)
    production = float(found.network.processes.production[index])
    return [
        Input(
            explanation=each,
            amount=each.amount / production,
            provider=None if each.provider is None else product(version, each.provider),
        )
        for each in found.links(index)
    ]


def elementary(version: DatabaseVersion, index: int) -> list[Elementary]:
    """What the process itself takes from and gives to nature, the largest kinds as written."""
    network = opened(version).network
    rows = slice(*network.interventions.start[index : index + 2])
    production = float(network.processes.production[index])
    flows = network.flows
    return [
        Elementary(
            name=Text(flows.name[flow], flows.name_en[flow]),
            compartment=flows.compartment[flow],
            amount=amount / production,
            unit=flows.unit[flow],
            inward=bool(flows.inward[flow]),
        )
        for flow, amount in zip(
            network.interventions.flow[rows].tolist(),
            network.interventions.amount[rows].tolist(),
            strict=True,
        )
    ]


def bound(version: DatabaseVersion) -> tuple[float, bool] | None:
    """The largest relative error of any product of the version, and whether it is proved."""
    kept = results(version)
    return None if kept is None else (kept.certificate.error, kept.certificate.proved)


def category(version: DatabaseVersion, wanted: str) -> str:
    """The id of the category that is wanted, the fossil total where it is none of the version's."""
    known = list(opened(version).network.factors.id)
    if wanted in known:
        return wanted
    return TOTAL_IDS[0] if TOTAL_IDS[0] in known else (known[0] if known else "")


def category_names(version: DatabaseVersion) -> list[tuple[str, Text, str]]:
    """Id, name and unit of the categories that can be chosen, the five totals first."""
    factors = opened(version).network.factors
    rows = [
        (identity, Text(name, name_en), unit)
        for identity, name, name_en, unit in zip(
            factors.id, factors.name, factors.name_en, factors.unit, strict=True
        )
    ]
    return sorted(rows, key=lambda row: row[0] not in TOTAL_IDS)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
