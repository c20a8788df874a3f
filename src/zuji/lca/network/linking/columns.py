"""The columns of a network: one for each product of each data set."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zuji.lca.network.arrays import Processes, Strings
from zuji.lca.network.linking.catalogue import Catalogue
from zuji.lca.network.linking.connections import Connected
from zuji.lca.network.linking.demand import interests
from zuji.lca.network.linking.nature import names_of
from zuji.lca.network.linking.options import LinkOptions, Named
from zuji.lca.network.linking.products import Division, divide, used_up
from zuji.lca.network.linking.suppliers import Column
from zuji.model.lci.package import Package


@dataclass(frozen=True, slots=True)
class Columns:
    """`all` in order of the package; `division`[d] of data set d, None where it was left out as repeated."""

    all: tuple[Column, ...]
    division: tuple[Division | None, ...]

    def of_dataset(self) -> dict[int, tuple[Column, ...]]:
        """Data set index -> its columns."""
        result: dict[int, tuple[Column, ...]] = {}
        for column in self.all:
            result[column.dataset] = (*result.get(column.dataset, ()), column)
        return result


def columns(package: Package, catalogue: Catalogue, options: LinkOptions, connected: Connected) -> Columns:
    """Divides every data set of the package; of the same (id, version) the first one counts."""
    interest = interests(package)
    present = {process.heading.id for process in package.processes}
    by_hand: dict[str, set[str]] = {}
    for process_id, exchange_id in (*options.choices, *options.cuts, *connected):
        by_hand.setdefault(process_id, set()).add(exchange_id)
    seen: set[tuple[str, str]] = set()
    all_columns: list[Column] = []
    divisions: list[Division | None] = []
    for index, process in enumerate(package.processes):
        if process.heading.identity in seen:
            divisions.append(None)
            continue
        seen.add(process.heading.identity)
        linked = by_hand.get(process.heading.id, set())
        if options.named is not Named.IGNORE:
            linked = linked | {e.id for e in process.exchanges if e.provider and e.provider.id in present}
        division = divide(process, catalogue, interest, options, linked)
        divisions.append(division)
        leading = division.products[0]
        for product in division.products:
            if math.isnan(product.volume) and product.unit == leading.unit:
                product.volume = leading.volume / leading.amount * product.amount
            flow = catalogue.flow(product.flow)
            version = flow.heading.version if flow else product.flow.version
            column = Column(
                index=len(all_columns),
                dataset=index,
                process=process,
                product=product,
                version=version,
                supplies=division.barred is None,
                divided=not math.isnan(division.share[0]),
                passes_on=used_up(process, product, catalogue) >= product.amount,
            )
            all_columns.append(column)
    return Columns(tuple(all_columns), tuple(divisions))


def arrays(found: Columns, catalogue: Catalogue) -> Processes:
    """The columns as arrays."""
    every = found.all
    names = [names_of(c.process.heading.name, c.process.heading.id) for c in every]
    products = []
    for column in every:
        ref = column.product.flow
        flow = catalogue.flow(ref)
        products.append(names_of(flow.heading.name if flow else ref.name, ref.id))
    return Processes(
        id=Strings.of(c.process.heading.id for c in every),
        version=Strings.of(c.process.heading.version for c in every),
        name=Strings.of(name for name, _ in names),
        name_en=Strings.of(name for _, name in names),
        location=Strings.of(c.process.location for c in every),
        category=Strings.of(_category(c) for c in every),
        product=Strings.of(c.product.flow.id for c in every),
        product_name=Strings.of(name for name, _ in products),
        product_name_en=Strings.of(name for _, name in products),
        unit=Strings.of(c.product.unit for c in every),
        production=np.array([c.product.amount for c in every], np.float64),
        volume=np.array([c.product.volume for c in every], np.float64),
        treats=np.array([c.product.treats for c in every], np.bool_),
        dataset=np.array([c.dataset for c in every], np.int32),
        share=np.array(_shares(found.division), np.float64),
    )


def _shares(divisions: Sequence[Division | None]) -> list[float]:
    return [share for division in divisions if division is not None for share in division.share]


def _category(column: Column) -> str:
    categories = column.process.heading.categories
    return " / ".join(categories[0].path) if categories else ""
