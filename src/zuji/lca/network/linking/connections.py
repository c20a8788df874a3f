"""Connections of life cycle models, read as named providers."""

from collections.abc import Collection, Mapping

from zuji.lca.network.linking.signs import signed
from zuji.model.lci.models import LifeCycleModel
from zuji.model.lci.processes import Process

Connected = dict[tuple[str, str], tuple[str, ...]]
"""(process id, exchange id) -> ids of the processes that supply or treat it."""


def connected(
    models: Collection[LifeCycleModel], processes: Mapping[str, Process], wanted: Collection[str]
) -> Connected:
    """The connections of the `wanted` models; a later model replaces what an earlier one says.

    A connection carries a product to the process that takes it in, or a waste to the one whose reference it
    is: then the treatment is the provider and the source the consumer. Where one process occurs several
    times in a model with different suppliers, each of them supplies an equal part.
    """
    result: Connected = {}
    for model in models:
        if model.heading.id not in wanted:
            continue
        found: dict[tuple[str, str], dict[str, None]] = {}
        instances = {instance.id: instance.process.id for instance in model.instances}
        for connection in model.connections:
            source = processes.get(instances.get(connection.source, ""))
            target = processes.get(instances.get(connection.target, ""))
            if source is None or target is None:
                continue
            entering = connection.target_flow or connection.flow
            if any(e.reference and e.flow.id == entering and signed(e) < 0 for e in target.exchanges):
                consumer, provider, flow, gives = source, target, connection.flow, True
            else:
                consumer, provider, flow, gives = target, source, entering, False
            for exchange in consumer.exchanges:
                named = not connection.exchange or connection.exchange == exchange.id or gives
                amount = signed(exchange)
                if exchange.flow.id == flow and named and amount and (amount > 0) == gives:
                    found.setdefault((consumer.heading.id, exchange.id), {})[provider.heading.id] = None
        result |= {key: tuple(providers) for key, providers in found.items()}
    return result
