"""One inventory database with everything one may ask of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, SupportsIndex

import numpy as np

from zuji.errors import NonProductiveSystem, problem
from zuji.lca.network import characterising
from zuji.lca.network.arrays import Floats, Network
from zuji.lca.network.prepared import Prepared, prepare
from zuji.lci import records
from zuji.lci.finding import Finder, checked_amount, in_language, product_of
from zuji.lci.results import Footprint, Intensity, OneCategory
from zuji.lci.tables import Table
from zuji.lci.upstream import Upstream, upstream

if TYPE_CHECKING:
    from zuji.lca.network.edits import Edit, Scenarios
    from zuji.lca.network.health import Health, Repair
    from zuji.lca.network.linking import Explanation
    from zuji.lca.network.paths import Sankey, Search, UpstreamTree, View
    from zuji.lca.network.sampling import FirstOrder, Sampling, Simulation
    from zuji.lca.network.solving import Supply

WAYS = ("process", "flow", "input", "place", "category")
"""By what `Database.contributions` splits a footprint."""
FOSSIL = "gwp100-ar6-fossil"
"""The category of fossil emissions in the five totals that `zuji.lci.totals` adds."""


@dataclass(frozen=True, eq=False)
class Database:
    """A linked, ordered database. `saved` is the folder it was opened from, if it was.

    Processes are named by their index in `prepared.network.processes`; `find` gives indices for words.
    Methods that take `method` accept part of a method's name, or the name or id of a category; empty: all.
    """

    prepared: Prepared
    record: records.Record = field(default_factory=records.Record)
    saved: Path | None = None

    def __len__(self) -> int:
        return len(self.prepared)

    def __repr__(self) -> str:
        edges = len(self.network.edges)
        return f"<Database {self.network.about.get('name', '')}: {len(self)} processes, {edges} links>"

    @property
    def network(self) -> Network:
        """The arrays."""
        return self.prepared.network

    # --- what there is -----------------------------------------------------------------------------

    def processes(self) -> Table:
        """All processes: id, name, place, product, unit."""
        own = self.network.processes
        return Table(
            {
                "process": np.arange(len(own)),
                "id": list(own.id),
                "name": list(own.name),
                "name_en": list(own.name_en),
                "location": list(own.location),
                "product": list(own.product_name),
                "product_en": list(own.product_name_en),
                "unit": list(own.unit),
            }
        )

    def categories(self) -> Table:
        """The impact categories it brings, with how many factors each has."""
        factors = self.network.factors
        return Table(
            {
                "method": list(factors.method),
                "category": list(factors.name),
                "category_en": list(factors.name_en),
                "id": list(factors.id),
                "unit": list(factors.unit),
                "factors": np.bincount(factors.category, minlength=factors.categories),
            }
        )

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.network.processes)

    def find(self, text: str, limit: int = 20) -> list[int]:
        """Processes whose id, name, product or place holds every word of `text`; exact ids first."""
        return self._finder.find(text, limit)

    def process(self, text: str | SupportsIndex) -> int:
        """The one process meant by an index, an id, or words that fit only one.

        Raises `InvalidInput` with the candidates where it is none or several.
        """
        return self._finder.one(text)

    def upstream(self, process: int | str) -> Upstream:
        """How many processes stand behind a product, and how much of what they ask for is not counted."""
        return upstream(self.network, self.process(process))

    # --- before any number -------------------------------------------------------------------------

    def ledger_table(self) -> Table:
        """What was read from the package, and what became of it, by kind."""
        return self.record.ledger_table()

    def health(self) -> "Health":
        """What is wrong with the network: loops that eat themselves, gaps, outliers; with suggested cures."""
        from zuji.lca.network.health import examine
        from zuji.lci.aloft import aloft_findings

        found = examine(self.network)
        return replace(found, findings=(*found.findings, *aloft_findings(self.network)))

    def repaired(self, repairs: "Sequence[Repair] | None" = None) -> "Database":
        """The database with named links cut, by default those the health report suggests.

        The repairs stay named in `network.about` and so in every result.
        """
        from zuji.lca.network.health import repair, suggest

        wanted = suggest(self.health()) if repairs is None else repairs
        return Database(prepare(repair(self.network, wanted)), self.record)

    def links(self, process: int) -> "Sequence[Explanation]":
        """Every product exchange of a process with its provider, and why this one."""
        from zuji.lca.network.linking import explain

        return explain(self.network, process)

    # --- numbers -----------------------------------------------------------------------------------

    def weights(self, method: str = "") -> tuple[list[int], Floats]:
        """(indices of the categories of a method, direct intensities [n, k])."""
        chosen = characterising.categories(self.network, method)
        return chosen, characterising.weights(self.network, chosen)

    def intensities(self, method: str = "", *, language: str = "zh") -> Intensity:
        """Every product's cradle-to-gate footprint per unit, for all categories of a method at once.

        Products that depend on a loop that consumes as much as it makes have no number (NaN); the
        certificate counts them. Results kept with a saved database are read, not computed.
        """
        chosen = characterising.categories(self.network, method)
        kept = records.kept_results(self.saved) if self.saved else None
        if kept is not None:
            values, error = kept.values[:, chosen], kept.error[:, chosen]
            certificate = kept.certificate
        else:
            from zuji.lca.network import solving

            found = solving.intensities(
                self.prepared, characterising.weights(self.network, chosen), partial=True
            )
            values, error, certificate = found.values, found.error, found.certificate
        labels = tuple(characterising.labels(self.network, chosen, language))
        units = tuple(self.network.factors.unit[index] for index in chosen)
        own = self.network.processes
        columns: dict[str, object] = {
            "id": own.id,
            "name": in_language(own.name, own.name_en, language),
            "location": own.location,
            "product": in_language(own.product_name, own.product_name_en, language),
            "unit": own.unit,
        }
        for column, (label, unit) in enumerate(zip(labels, units, strict=True)):
            columns[_column(label, unit, columns)] = values[:, column]
        return Intensity(labels, units, values, error, certificate, Table(columns))  # type: ignore[arg-type]

    def footprint(
        self, process: int | str, amount: float = 1.0, method: str = "", *, language: str = "zh"
    ) -> Footprint:
        """The footprint of an amount of one product, in every category of a method.

        Raises `NonProductiveSystem` where the product depends on a loop that eats itself, `InvalidInput` for
        an amount that is no number.
        """
        index = self.process(process)
        chosen = characterising.categories(self.network, method)
        kept = records.kept_results(self.saved) if self.saved else None
        if kept is not None:
            values, error = kept.values[index, chosen], kept.error[index, chosen]
            certificate = kept.certificate
        else:
            from zuji.lca.network import solving

            weights = characterising.weights(self.network, chosen)
            found = solving.intensities(self.prepared, weights, partial=True)
            values, error, certificate = found.values[index], found.error[index], found.certificate
        if not np.isfinite(values).all():
            raise self.unsolved(index)
        checked_amount(amount)
        own = self.network.processes
        return Footprint(
            index,
            product_of(own, index).in_language(language) or own.name[index],
            amount,
            own.unit[index],
            tuple(characterising.labels(self.network, chosen, language)),
            tuple(self.network.factors.unit[each] for each in chosen),
            tuple((values * amount + 0.0).tolist()),  # no credit of zero is written as -0
            tuple((error * abs(amount)).tolist()),
            certificate,
        )

    def coverage(self, method: str) -> dict[str, characterising.Coverage]:
        """Which elementary flows no factor covers, by category."""
        chosen = characterising.categories(self.network, method)
        labels = characterising.labels(self.network, chosen)
        return {
            label: characterising.coverage(self.network, index)
            for label, index in zip(labels, chosen, strict=True)
        }

    def supply(self, process: int | str, amount: float = 1.0) -> "Supply":
        """How much of every product stands behind an amount of one."""
        from zuji.lca.network import solving

        return solving.supply(self.prepared, {self.process(process): checked_amount(amount)})

    # --- where it comes from -----------------------------------------------------------------------

    def contributions(
        self,
        process: int | str,
        method: str = "",
        *,
        by: str = "process",
        amount: float = 1.0,
        limit: int = 50,
        language: str = "zh",
    ) -> Table:
        """What a footprint is made of, largest part first, credits among them; the rest is the last row.

        `by`: "process", "flow", "input" (first tier with all upstream of it), "place" or "category".
        It is counted in one category: see `category`. Raises as `footprint` does.
        """
        from zuji.lci import explaining

        return explaining.contributions(
            self,
            self.process(process),
            method,
            by=by,
            amount=checked_amount(amount),
            limit=limit,
            language=language,
        )

    def paths(
        self, process: int | str, method: str = "", *, amount: float = 1.0, search: "Search | None" = None
    ) -> "UpstreamTree":
        """The supply chain paths that carry a footprint, the largest first, with stated coverage."""
        from zuji.lca.network.paths import upstream_tree

        one, demand = self.one(method), self._demand(process, amount)
        self._checked(one, demand)
        return upstream_tree(self.prepared, one.total, one.direct, demand, search)

    def path_table(self, tree: "UpstreamTree", language: str = "zh") -> Table:
        """The paths of a tree with names: one row an occurrence of a process, below the one it supplies."""
        from zuji.lci import explaining

        return explaining.path_table(self.network, tree, language)

    def sankey(
        self, process: int | str, method: str = "", *, amount: float = 1.0, view: "View | None" = None
    ) -> "Sankey":
        """The network around a product as a Sankey diagram whose sums agree."""
        from zuji.lca.network import solving
        from zuji.lca.network.paths import sankey

        one, demand = self.one(method), self._demand(process, amount)
        self._checked(one, demand)
        supply = solving.supply(self.prepared, demand).values
        return sankey(self.prepared, one.total, one.direct, supply, demand, view)

    def _demand(self, process: int | str, amount: float) -> dict[int, float]:
        return {self.process(process): checked_amount(amount)}

    def _checked(self, one: OneCategory, wanted: Iterable[int]) -> None:
        """Raises `NonProductiveSystem` where one of the products has no number."""
        for index in wanted:
            if not np.isfinite(one.total[index]):
                raise self.unsolved(index)

    def category(self, method: str = "") -> int:
        """The one category in which contributions, paths and draws are counted: the first of the method.

        Where none is asked for, that is the fossil total of "GWP100 AR6" if the database has it.
        """
        return characterising.categories(self.network, method or self._usual)[0]

    @cached_property
    def _usual(self) -> str:
        return FOSSIL if FOSSIL in self.network.factors.id else ""

    def one(self, method: str) -> "OneCategory":
        """Direct and total intensities in one category of a method: see `category`."""
        chosen = [self.category(method)]
        direct = characterising.weights(self.network, chosen)[:, 0]
        kept = records.kept_results(self.saved) if self.saved else None
        if kept is not None:
            total = np.asarray(kept.values[:, chosen[0]], np.float64)
        else:
            from zuji.lca.network import solving

            total = solving.intensities(self.prepared, direct, partial=True).values
        return OneCategory(chosen[0], direct, total)

    # --- what if, and how sure ---------------------------------------------------------------------

    def edited(self, changes: "Sequence[Edit]", method: str = "") -> tuple["Database", Intensity]:
        """The database after edits, and every product's new footprint."""
        from zuji.lca.network import edits, solving

        chosen, weights = self.weights(method)
        base = solving.intensities(self.prepared, weights, partial=True)
        made = edits.edited(self.prepared, weights, base, changes)
        labels = tuple(characterising.labels(self.network, chosen))
        units = tuple(self.network.factors.unit[index] for index in chosen)
        found = made.intensities
        columns = {label: found.values[:, i] for i, label in enumerate(labels)}
        table = Table({"id": self.network.processes.id, **columns})
        return (
            Database(made.prepared, self.record),
            Intensity(labels, units, found.values, found.error, found.certificate, table),
        )

    def scenarios(
        self, process: int | str, mixes: Sequence[Mapping[int, float]], method: str = ""
    ) -> "Scenarios":
        """Many variants of one process, such as mixes of electricity: {provider: amount per unit}."""
        from zuji.lca.network import edits

        index = self.process(process)
        providers = sorted({provider for mix in mixes for provider in mix})
        present = {provider: edits.share_of(self.prepared, index, provider) for provider in providers}
        rows = [[mix.get(provider, present[provider]) for provider in providers] for mix in mixes]
        amounts = np.array(rows, np.float64).reshape(len(mixes), len(providers))
        of = edits.response(self.prepared, index)
        return edits.scenarios(self.prepared, self.one(method).total, of, providers, amounts)

    def monte_carlo(
        self,
        method: str = "",
        sampling: "Sampling | None" = None,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Simulation":
        """Distributions of every product's footprint in one category, from the stated uncertainties."""
        from zuji.lca.network.sampling import Sampling, simulate

        one = self.one(method)
        factors = characterising.factor_values(self.network, one.category)
        return simulate(
            self.prepared,
            one.direct,
            sampling or Sampling(),
            factors=factors,
            nominal=one.total,
            partial=True,
            progress=progress,
        )

    def first_order(self, process: int | str, method: str = "", *, limit: int = 20) -> "FirstOrder":
        """How uncertain one footprint is and which amounts make it so, without a draw."""
        from zuji.lca.network.sampling.first_order import Propagation

        one, index = self.one(method), self.process(process)
        self._checked(one, (index,))
        factors = characterising.factor_values(self.network, one.category)
        asked = Propagation(self.prepared, one.total, factors=factors)
        return asked.of(index, most=limit)

    # --- keeping -----------------------------------------------------------------------------------

    def save(self, folder: Path | str) -> "Database":
        """Writes the database with its ledger and the footprints of all categories; returns it as saved."""
        path = Path(folder)
        records.save(self.prepared, self.record, path)
        return replace(self, saved=path)

    def unsolved(self, index: int) -> NonProductiveSystem:
        """Why a product has no number, in the words of the health report."""
        from zuji.lca.network.health import examine, refusal

        found = refusal(self.network, examine(self.network), index)
        if found is not None:
            return found
        name = self.network.processes.name[index]
        return NonProductiveSystem(
            problem(
                "database.unsolved",
                f"“{name}”没有有限的足迹",
                f"“{name}” has no finite footprint",
                cure_zh="运行健康检查（zuji lci health）看原因与建议的修复",
                cure_en="run the health check (zuji lci health) for the cause and the suggested repair",
            )
        )


def _column(label: str, unit: str, taken: Mapping[str, object]) -> str:
    name = f"{label} ({unit})" if unit else label
    return name if name not in taken else f"{name} #{len(taken)}"
