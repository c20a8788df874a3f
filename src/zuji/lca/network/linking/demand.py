"""Who offers a flow and who asks for it: what tells a co-product from a residue."""

from dataclasses import dataclass

from zuji.lca.network.linking.signs import signed
from zuji.model.lci.package import Package


@dataclass(slots=True)
class Interest:
    """Data sets by what they do with one flow; any version of the flow counts."""

    suppliers: int = 0
    """It is a reference product of theirs."""
    treaters: int = 0
    """Taking it in is their reference: they treat it."""
    givers: int = 0
    """They give it off beside their reference."""
    takers: int = 0
    """They take it in."""


def interests(package: Package) -> dict[str, Interest]:
    """The interest in every flow that occurs with an amount, by flow id."""
    result: dict[str, Interest] = {}
    for process in package.processes:
        seen: set[tuple[str, bool, bool]] = set()
        for exchange in process.exchanges:
            amount = signed(exchange)
            if not amount or exchange.reminder or exchange.avoided:
                continue
            key = (exchange.flow.id, exchange.reference, amount > 0)
            if key in seen:
                continue
            seen.add(key)
            interest = result.setdefault(exchange.flow.id, Interest())
            match exchange.reference, amount > 0:
                case True, True:
                    interest.suppliers += 1
                case True, False:
                    interest.treaters += 1
                case False, True:
                    interest.givers += 1
                case _:
                    interest.takers += 1
    return result
