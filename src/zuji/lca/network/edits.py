"""What if: one process changed, every product's new footprint; a thousand mixes of one market at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from zuji.errors import InvalidInput, NonProductiveSystem, Problem, problem
from zuji.lca.network.arrays import Edges, Floats, Network
from zuji.lca.network.prepared import Prepared, prepare
from zuji.lca.network.rules import LinkRule
from zuji.lca.network.solving import Intensities, intensities

_CLOSE = 1e-10  # a determinant this near to zero leaves no digits to publish


@dataclass(frozen=True, slots=True)
class Edit:
    """Changed inputs of a process: {provider: amount per unit of its product}; 0 removes one.

    Inputs that are not named stay as they are. `direct` is the new direct intensity, [k] as the weights are,
    None where it stays.
    """

    process: int
    inputs: Mapping[int, float] = field(default_factory=dict)
    direct: Sequence[float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Edited:
    """A database with edits applied and solved: use it as the next starting point."""

    prepared: Prepared
    weights: Floats
    intensities: Intensities


def edited(prepared: Prepared, weights: Floats, base: Intensities, edits: Sequence[Edit]) -> Edited:
    """Every product's footprint after edits, solved again from the old solution.

    Links that exist change their value in place; new links are ordered in anew. The network of the result
    keeps the edited amounts, so that what is shown of it agrees with its numbers.
    Raises `NonProductiveSystem` where the edited loop consumes at least as much as it makes.
    """
    new_weights = weights.copy()
    share, own = prepared.share.copy(), prepared.own.copy()
    fresh: list[tuple[int, int, float]] = []
    for edit in edits:
        _check(prepared, edit)
        if edit.direct is not None:
            new_weights[edit.process] = edit.direct if weights.ndim == 2 else np.ravel(edit.direct)[0]
        fresh += _changed(prepared, share, own, edit)
    network = prepared.network
    edges = replace(network.edges, amount=_amounts(prepared, share, own, edits))
    if fresh:
        made = prepare(_with(replace(network, edges=edges), fresh))
    else:
        with np.errstate(divide="ignore"):
            pivot = 1.0 / (1.0 - own)
        made = replace(prepared, network=replace(network, edges=edges), share=share, own=own, pivot=pivot)
    return Edited(made, new_weights, intensities(made, new_weights, start=base.values))


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """`values`[n]: what one more unit of direct intensity at `process` adds to every product."""

    process: int
    values: Floats


def response(prepared: Prepared, process: int) -> Response:
    """The response of all products to one process: a column of (I - M)⁻¹; one solve."""
    unit = np.zeros(len(prepared))
    unit[process] = 1.0
    return Response(process, intensities(prepared, unit, partial=True, idle=True).values)


@dataclass(frozen=True, slots=True, eq=False)
class Scenarios:
    """S variants of one process: product p has base[p] + response[p] · `shift`[s] in scenario s."""

    base: Floats
    response: Response
    shift: Floats

    def of(self, product: int) -> Floats:
        """The footprint of one product in every scenario, [S]."""
        return np.asarray(self.base[product] + self.response.values[product] * self.shift)

    def all(self) -> Floats:
        """Every product in every scenario, [S, n]."""
        return np.asarray(self.base + np.outer(self.shift, self.response.values))


def scenarios(
    prepared: Prepared,
    base: Floats,
    of: Response,
    providers: Sequence[int],
    amounts: Floats,
    direct: Floats | None = None,
) -> Scenarios:
    """Many variants of one process: `amounts`[S, P] per unit of its product from `providers`[P].

    Other inputs stay. `base`[n] are the present intensities of one category, `direct`[S] the change of direct
    intensity. Exact (Sherman-Morrison, one changed row): shift = Δ·y / (1 - Δ·z). Raises
    `NonProductiveSystem` where a variant makes the process consume at least as much as it makes.
    """
    amounts = np.atleast_2d(np.asarray(amounts, np.float64))
    present = np.array([share_of(prepared, of.process, provider) for provider in providers], np.float64)
    change = amounts - present
    listed = np.asarray(providers, np.intp)
    gain = change @ base[listed]
    if direct is not None:
        gain = gain + direct
    left = 1.0 - change @ of.values[listed]
    if not np.all(left > _CLOSE):
        raise NonProductiveSystem(_too_much(prepared, of.process, int(np.argmin(left))))
    return Scenarios(base, of, gain / left)


def rank_update(
    prepared: Prepared, weights: Floats, base: Floats, responses: Sequence[Response], edits: Sequence[Edit]
) -> Floats:
    """The new intensities [n] of one category for edits of k processes, exact, without solving again.

    `weights`[n] and `base`[n] are the direct and the total intensities before the edits.

    Woodbury: y' = y + Z c with (I - Δ Z) c = Δ y + Δw; `responses` are those of the edited processes in their
    order. Raises `NonProductiveSystem` where I - Δ Z is singular or nearly so.
    """
    z = np.stack([of.values for of in responses], axis=1)
    k = len(edits)
    capacity, right = np.eye(k), np.zeros(k)
    for row, edit in enumerate(edits):
        for provider, amount in edit.inputs.items():
            change = amount - share_of(prepared, edit.process, provider)
            capacity[row] -= change * z[provider]
            right[row] += change * base[provider]
        if edit.direct is not None:
            right[row] += edit.direct[0] - weights[edit.process]
    if np.linalg.cond(capacity) > 1 / _CLOSE:
        raise NonProductiveSystem(_too_much(prepared, edits[0].process, 0))
    return np.asarray(base + z @ np.linalg.solve(capacity, right))


def share_of(prepared: Prepared, process: int, provider: int) -> float:
    """What a process consumes of a provider's product per unit of its own; 0 where no link is."""
    at, wanted = int(prepared.position[process]), int(prepared.position[provider])
    if process == provider:
        return float(prepared.own[at])
    low, high = int(prepared.start[at]), int(prepared.start[at + 1])
    return float(prepared.share[low:high][prepared.provider[low:high] == wanted].sum())


def _changed(prepared: Prepared, share: Floats, own: Floats, edit: Edit) -> list[tuple[int, int, float]]:
    """Writes an edit into `share` and `own`; returns the links (consumer, provider, share) that are new."""
    at = int(prepared.position[edit.process])
    low, high = int(prepared.start[at]), int(prepared.start[at + 1])
    row = prepared.provider[low:high]
    fresh = []
    for provider, amount in edit.inputs.items():
        if provider == edit.process:
            if prepared.own[at] == 0.0 and amount != 0.0:
                fresh.append((edit.process, provider, amount))
            else:
                own[at] = amount
            continue
        places = np.flatnonzero(row == prepared.position[provider])
        if places.size:
            share[low + places[0]] = amount
            share[low + places[1:]] = 0.0
        elif amount != 0.0:
            fresh.append((edit.process, provider, amount))
    return fresh


def _amounts(prepared: Prepared, share: Floats, own: Floats, edits: Sequence[Edit]) -> Floats:
    """The amounts of the network's edges after an edit; parallel links change in proportion."""
    edges, production = prepared.network.edges, prepared.network.processes.production
    amount = np.array(edges.amount)
    for process in {edit.process for edit in edits}:
        row = np.arange(edges.start[process], edges.start[process + 1])
        for place in np.unique(prepared.link[row]).tolist():
            old, new = (
                (prepared.share[place], share[place])
                if place >= 0
                else (prepared.own[-1 - place], own[-1 - place])
            )
            parallel = row[prepared.link[row] == place]
            if old == new:
                continue
            if old != 0.0:
                amount[parallel] *= new / old
            else:
                amount[parallel] = new * production[process] / len(parallel)
    return amount


def _with(network: Network, fresh: list[tuple[int, int, float]]) -> Network:
    """The network with new links in their rows, as a person's choice; uncertainties stay with their links."""
    edges, spreads = network.edges, network.edge_spreads
    consumer = np.concatenate([edges.consumer(), np.array([one[0] for one in fresh], np.int32)])
    provider = np.concatenate([edges.provider, np.array([one[1] for one in fresh], np.int32)])
    added = np.array([one[2] * network.processes.production[one[0]] for one in fresh])
    order = np.lexsort((provider, consumer))
    place = np.argsort(order)
    number = len(fresh)
    made = Edges(
        np.searchsorted(consumer[order], np.arange(len(edges.start))).astype(np.int64),
        provider[order].astype(np.int32),
        np.concatenate([edges.amount, added])[order],
        np.concatenate([edges.exchange, np.full(number, -1, np.int32)])[order],
        np.concatenate([edges.rule, np.full(number, LinkRule.PERSON, np.uint8)])[order],
        np.concatenate([edges.share, np.ones(number)])[order],
    )
    return replace(network, edges=made, edge_spreads=replace(spreads, entry=place[spreads.entry]))


def _check(prepared: Prepared, edit: Edit) -> None:
    n = len(prepared)
    wrong = [index for index in (edit.process, *edit.inputs) if not 0 <= index < n]
    unreal = [amount for amount in edit.inputs.values() if not np.isfinite(amount)]
    if wrong or unreal:
        raise InvalidInput(
            problem(
                "network.edit",
                f"改动中有不存在的过程编号 {wrong} 或不是数的数量 {unreal}",
                f"the edit names processes that do not exist {wrong} or amounts that are no numbers {unreal}",
                cure_zh=f"过程编号从 0 到 {n - 1}，数量写有限的数",
                cure_en=f"processes are numbered 0 to {n - 1}; amounts are finite numbers",
            )
        )


def _too_much(prepared: Prepared, process: int, scenario: int) -> Problem:
    name = prepared.network.processes.name[process]
    return problem(
        "network.edit_non_productive",
        f"改动后“{name}”消耗的不少于产出的（第 {scenario + 1} 个情景）",
        f"after the change “{name}” consumes at least as much as it makes (scenario {scenario + 1})",
        cure_zh="检查各项比例之和与单位",
        cure_en="check the sum of the shares and their units",
    )
