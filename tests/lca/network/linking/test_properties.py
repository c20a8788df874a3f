"""What holds for any package: accounts balance, shares are whole, the order of files is irrelevant."""

import random as chance

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lca.network.linking.packages import flow, goes, makes, package, process, takes
from zuji.lca.network.arrays import Network
from zuji.lca.network.linking import Allocation, LinkOptions, LinkRule, explain, link
from zuji.model.lci.flows import FlowType
from zuji.model.lci.processes import Exchange, Process

FLOWS = (
    *(flow(f"product {i}", counted=("mass", "energy")[i % 2]) for i in range(4)),
    flow("waste", FlowType.WASTE),
    flow("air", FlowType.ELEMENTARY),
)
names = st.sampled_from([one.heading.id for one in FLOWS] + ["unheard of"])
amounts = st.one_of(st.none(), st.sampled_from([0.0, 1.0, -2.0, 3.5]), st.floats(0.01, 100))


@st.composite
def exchanges(draw: st.DrawFn) -> Exchange:
    kind = draw(st.sampled_from([makes, takes, takes, goes, goes]))
    if kind is makes:
        return makes(draw(names), draw(amounts))
    more = {"avoided": draw(st.integers(0, 9)) == 0, "reminder": draw(st.integers(0, 9)) == 0}
    provider = draw(st.sampled_from(["", "", "", "p0", "nobody"]))
    return kind(draw(names), draw(amounts), provider=provider, **more)


@st.composite
def processes(draw: st.DrawFn) -> tuple[Process, ...]:
    count = draw(st.integers(1, 6))
    return tuple(
        process(
            f"p{i}",
            makes(f"product {draw(st.integers(0, 3))}", draw(st.floats(0.1, 10))),
            *draw(st.lists(exchanges(), max_size=6)),
            location=draw(st.sampled_from(["CN", "SD-CN", "JS-CN", "SZ-JS-CN", "GLO", "DE", ""])),
            production_volume=draw(st.one_of(st.none(), st.floats(1, 100))),
        )
        for i in range(count)
    )


methods = st.sampled_from(list(Allocation))


def table(network: Network) -> dict[tuple[str, str, int, str, str], float]:
    """Every link by names instead of indices."""
    of, edges = network.processes, network.edges
    result = {}
    for edge, consumer in enumerate(edges.consumer().tolist()):
        provider = int(edges.provider[edge])
        key = (
            of.id[consumer],
            of.product[consumer],
            int(edges.exchange[edge]),
            of.id[provider],
            of.product[provider],
        )
        result[key] = float(edges.amount[edge])
    return result


@settings(deadline=None)
@given(processes(), methods)
def test_every_exchange_ends_in_one_place(found: tuple[Process, ...], method: Allocation) -> None:
    linked = link(package(*found, flows=FLOWS), LinkOptions(allocation=method))
    assert linked.account.balanced
    network = linked.network
    assert (network.processes.production > 0).all()
    assert np.isfinite(network.edges.amount).all()
    for row in range(len(network)):
        low, high = network.edges.start[row : row + 2]
        assert (np.diff(network.edges.provider[low:high]) >= 0).all(), "providers ascend in a row"
        whole: dict[int, float] = {}
        for ordinal, share in zip(
            network.edges.exchange[low:high], network.edges.share[low:high], strict=True
        ):
            whole[int(ordinal)] = whole.get(int(ordinal), 0.0) + float(share)
        assert all(abs(total - 1) < 1e-12 for total in whole.values()), "an exchange is supplied whole"
        for one in explain(network, row):
            assert one.why.zh
            assert one.why.en
            if one.provider is not None and one.rule not in (LinkRule.EXPLICIT, LinkRule.PERSON):
                assert any(
                    candidate.process == one.provider and candidate.chosen for candidate in one.candidates
                )


@settings(deadline=None)
@given(processes(), methods, st.randoms(use_true_random=False))
def test_the_order_of_the_data_sets_changes_nothing(
    found: tuple[Process, ...], method: Allocation, random: chance.Random
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    options = LinkOptions(allocation=method)

    one = table(link(package(*found, flows=FLOWS), options).network)
    other = table(link(package(*shuffled, flows=FLOWS), options).network)
    assert one.keys() == other.keys()
    assert all(abs(one[key] - other[key]) <= 1e-12 * abs(one[key]) for key in one)
