"""Where one product's footprint comes from. This solves for its supply; a page asks for it by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from zuji.errors import Problem
from zuji.lca.network.paths import Sankey, View
from zuji.text import Text
from zuji_web.databases import refusals
from zuji_web.databases.models import DatabaseVersion
from zuji_web.databases.queries import opened as kept
from zuji_web.databases.queries.products import product

if TYPE_CHECKING:
    from zuji.lca.network.health import Health

By = Literal["process", "flow", "input", "place"]
_SHOWN = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a footprint; `process` where it is one, `rest` for what is not listed, `own` for itself."""

    name: str
    place: str
    process: int | None
    amount: float | None
    unit: str
    value: float
    share: float
    own: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A process of the network: what passes through it, and its own part."""

    process: int
    name: Text
    location: str
    total: float
    direct: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """From a provider to a consumer (positions of `Around.stops`); `loop` where it closes a loop."""

    provider: int
    consumer: int
    amount: float
    unit: str
    value: float
    share: float
    loop: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The network around a product: the processes that carry its footprint, and who supplies whom."""

    total: float
    unit: str
    stops: tuple[Stop, ...]
    supplies: tuple[Supply, ...]


def why_unsolved(version: DatabaseVersion, index: int) -> tuple[Problem, ...]:
    """Why a product has no number, in the words of the health check."""
    from zuji.lca.network.health import refusal

    found = refusal(kept.by_id(version.pk).network, _examined(version.pk), index)
    return found.problems if found else (refusals.no_number(str(product(version, index).name)),)


@lru_cache(maxsize=4)
def _examined(version_id: UUID) -> "Health":
    return kept.by_id(version_id).health()


def parts(
    version: DatabaseVersion, index: int, category: str, by: By, limit: int = _SHOWN
) -> tuple[Part, ...]:
    """What a product's footprint in one category is made of, the largest first; the parts sum to it.

    Raises `InvalidInput` where the product has no finite footprint.
    """
    return _parts(version.pk, index, category, by, limit)


@lru_cache(maxsize=256)
def _parts(version_id: UUID, index: int, category: str, by: By, limit: int) -> tuple[Part, ...]:
    found = kept.by_id(version_id)
    table = found.contributions(index, category, by=by, limit=limit)
    rows = table.rows()
    from zuji.lci.explaining import OWN, REST

    return tuple(
        _part(
            row,
            by,
            own=by == "input" and row["name"] == OWN,
            rest=REST in (row.get("name"), row.get("flow"), row.get("place"), row.get("category")),
        )
        for row in rows
    )


def _part(row: Mapping[str, Any], by: By, *, own: bool, rest: bool) -> Part:
    process = row.get("process")
    return Part(
        name=str(row.get("flow") or row.get("name") or row.get("place") or ""),
        place=str(row.get("compartment" if by == "flow" else "location") or ""),
        process=process if isinstance(process, int) and process >= 0 and not rest else None,
        amount=None if own or rest else row.get("amount"),
        unit=str(row.get("unit") or ""),
        value=row["value"] or 0.0,
        share=row["share"] or 0.0,
        own=own,
        rest=rest,
    )


def around(version: DatabaseVersion, index: int, category: str, nodes: int = 25) -> Around:
    """The network around a product; raises `InvalidInput` where it has no finite footprint."""
    return _around(version.pk, index, category, nodes)


@lru_cache(maxsize=128)
def _around(version_id: UUID, index: int, category: str, nodes: int) -> Around:
    found = kept.by_id(version_id)
    drawn: Sankey = found.sankey(index, category, view=View(max_nodes=nodes, min_share=0.01))
    own, factors = found.network.processes, found.network.factors
    return Around(
        total=drawn.total,
        unit=factors.unit[list(factors.id).index(category)],
        stops=tuple(
            Stop(
                process=node.process,
                name=Text(own.name[node.process], own.name_en[node.process]),
                location=own.location[node.process],
                total=node.total,
                direct=node.direct,
            )
            for node in drawn.nodes
        ),
        supplies=tuple(
            Supply(
                provider=edge.provider,
                consumer=edge.consumer,
                amount=edge.amount,
                unit=own.unit[drawn.nodes[edge.provider].process],
                value=edge.value,
                share=edge.share,
                loop=edge.closes_loop,
            )
            for edge in drawn.edges
        ),
    )
