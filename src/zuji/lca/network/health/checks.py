"""Checks of a network beside its loops: references, allocation, gaps, duplicates, amounts."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from zuji.lca.network.arrays import Ints, Network, Truths
from zuji.lca.network.health.findings import (
    Finding,
    Severity,
    cut_spot,
    few,
    first,
    link_spot,
    spot,
)
from zuji.lca.network.health.slips import LIMIT, SLIPS, Outlier
from zuji.lca.network.rules import CutReason
from zuji.text import Text

_CURES: dict[CutReason, Text] = {
    CutReason.NO_REFERENCE: Text("请在数据集中指明基准流", "name the reference flow in the data set"),
    CutReason.REFERENCE_ZERO: Text("请填写基准流的数量", "state the amount of the reference flow"),
    CutReason.REFERENCE_UNKNOWN: Text(
        "请填写基准流的数量及单位", "state the amount of the reference flow, with its unit"
    ),
    CutReason.UNALLOCATED: Text(
        "请在数据集中给出分配比例，或为联产品补充共同的物理量，或选择另一种分配方法",
        "state allocation shares, or give the co-products a quantity they share, or choose another method",
    ),
    CutReason.SET_ASIDE: Text("请核对基准流的数量后重新链接", "correct the reference amount and link again"),
    CutReason.NO_PROVIDER: Text(
        "请补充供应这些产品的数据集，或指定供应方；否则其上游不计入结果",
        "add data sets that supply these products, or choose providers; results lack their upstream",
    ),
    CutReason.NO_TREATMENT: Text(
        "请补充废物处理的数据集；否则处理不计入结果",
        "add data sets for the treatment; otherwise results lack it",
    ),
    CutReason.PASSED_ON: Text(
        "请补充生产该产品的数据集，或为这些过程指定供应方",
        "add a data set that makes the product, or choose providers for these processes",
    ),
    CutReason.UNKNOWN_FLOW: Text(
        "请把缺少的流数据集加入数据包", "add the missing flow data sets to the package"
    ),
    CutReason.NO_AMOUNT: Text("请填写这些交换的数量", "state the amounts of these exchanges"),
    CutReason.UNIT: Text("请核对单位与流属性", "check the units and flow properties of these exchanges"),
    CutReason.RESIDUE: Text(
        "如果它们是联产品，请为数据集给出分配比例；如果是废物，请改为废物流",
        "where they are co-products, state allocation shares; where they are waste, make them waste flows",
    ),
}
_REMARKABLE = Text("无需处理，除非这不是本意", "nothing to do, unless it was not intended")


def barred(network: Network) -> Truths:
    """Processes that have no footprint whatever supplies them: no reference, not allocated, set aside.

    Also those whose production, links or interventions are not finite numbers.
    """
    processes, edges, interventions = network.processes, network.edges, network.interventions
    result = np.isnan(processes.share) | ~(np.isfinite(processes.production) & (processes.production > 0))
    bad_edges = ~np.isfinite(edges.amount)
    result[edges.consumer()[bad_edges]] = True
    consumer = np.repeat(np.arange(len(processes)), np.diff(interventions.start))
    result[consumer[~np.isfinite(interventions.amount)]] = True
    return result


def cut_findings(network: Network) -> list[Finding]:
    """What was cut off, by reason; the reasons that leave a process without a footprint come first."""
    entries: dict[CutReason, list[int]] = {reason: [] for reason in CutReason}
    for entry, reason in enumerate(network.cut_offs.reason):
        entries[CutReason(reason)].append(entry)
    names = list(network.cut_offs.name)
    result = []
    for reason in sorted(CutReason, key=lambda reason: (not reason.bars, not reason.lacking)):
        found = entries[reason]
        if not found:
            continue
        places = found
        if reason.bars:
            places = list({int(network.cut_offs.process[entry]): entry for entry in found}.values())
            severity = Severity.ERROR
        else:
            severity = Severity.WARNING if reason.lacking else Severity.NOTE
        common = few(name for name, _ in Counter(names[entry] for entry in found).most_common(4))
        unit_zh, unit_en = ("个过程", "processes") if reason.bars else ("个交换", "exchanges")
        flows_zh, flows_en = (f"，最多的是：{common}", f"; most often: {common}") if common else ("", "")
        code = "health." + reason.name.lower()
        what = Text(
            f"{len(places)} {unit_zh}：{reason.words.zh}{flows_zh}",
            f"{len(places)} {unit_en}: {reason.words.en}{flows_en}",
        )
        cure = _CURES.get(reason, _REMARKABLE)
        spots = first([cut_spot(network, entry) for entry in places[:50]])
        concerned = frozenset(network.cut_offs.process[places].tolist()) if reason.bars else frozenset()
        result.append(Finding(code, severity, what, cure, len(places), spots, concerned))
    return result


def amount_findings(network: Network) -> list[Finding]:
    """Productions that are not positive, and links or interventions that are not finite."""
    processes, edges, interventions = network.processes, network.edges, network.interventions
    wrong = np.flatnonzero(~(np.isfinite(processes.production) & (processes.production > 0)))
    links = np.flatnonzero(~np.isfinite(edges.amount))
    consumer = np.repeat(np.arange(len(processes)), np.diff(interventions.start))
    owners = consumer[~np.isfinite(interventions.amount)]
    spots = [
        *(spot(network, int(process)) for process in wrong[:50]),
        *(link_spot(network, int(edge)) for edge in links[:50]),
        *(spot(network, int(process)) for process in owners[:50]),
    ]
    number = len(wrong) + len(links) + len(owners)
    if not number:
        return []
    return [
        Finding(
            "health.not_finite",
            Severity.ERROR,
            Text(
                f"{number} 个数量不是有限的数，或基准量不为正",
                f"{number} amounts are not finite, or productions are not positive",
            ),
            Text("请更正这些数量", "correct these amounts"),
            number,
            first(spots),
            frozenset((*wrong.tolist(), *edges.consumer()[links].tolist(), *owners.tolist())),
        )
    ]


def identity_findings(network: Network) -> list[Finding]:
    """Columns with the same identity (error), and products that several processes offer at one place."""
    processes = network.processes
    identities = Counter(zip(processes.id, processes.version, processes.product, strict=True))
    repeated = [key for key, number in identities.items() if number > 1]
    result = []
    if repeated:
        names = zip(processes.id, processes.version, processes.product, strict=True)
        index = {key: i for i, key in enumerate(names)}
        result.append(
            Finding(
                "health.repeated",
                Severity.ERROR,
                Text(
                    f"{len(repeated)} 个产品以同一标识出现多次",
                    f"{len(repeated)} products occur more than once under one identity",
                ),
                Text("请只保留其中一个", "keep one of each"),
                len(repeated),
                first([spot(network, index[key]) for key in repeated[:50]]),
            )
        )
    offers = list(zip(processes.product, processes.location, processes.treats.tolist(), strict=True))
    counts = Counter(offers)
    several = [i for i, offer in enumerate(offers) if counts[offer] > 1 and offer[0]]
    groups = len({offers[i] for i in several})
    if groups:
        result.append(
            Finding(
                "health.duplicate_products",
                Severity.NOTE,
                Text(
                    f"{groups} 种产品在同一地点有多个供应方（共 {len(several)} 个过程），按产量或等份分配",
                    f"{groups} products have several suppliers at one place ({len(several)} processes); "
                    "they share by volume or equally",
                ),
                Text(
                    "如果其中有重复的数据集，请指定供应方或删除重复者",
                    "where some are duplicates, choose providers or remove them",
                ),
                groups,
                first([spot(network, i) for i in several[:50]]),
            )
        )
    return result


def emptiness_findings(network: Network, emitting: Ints) -> list[Finding]:
    """Processes that nothing emits for. `emitting`[n] is -1 where no intervention is upstream."""
    own = np.diff(network.interventions.start) == 0
    empty = np.flatnonzero(emitting < 0)
    result = []
    if len(empty):
        result.append(
            Finding(
                "health.nothing_upstream",
                Severity.WARNING,
                Text(
                    f"{len(empty)} 个过程及其上游没有任何基本流：其结果恰好为零",
                    f"{len(empty)} processes have no elementary flow, nor has anything upstream: "
                    "their results are exactly zero",
                ),
                Text("请补充排放数据或供应方", "add emissions, or providers"),
                len(empty),
                first([spot(network, int(i)) for i in empty[:50]]),
            )
        )
    if own.any():
        result.append(
            Finding(
                "health.no_interventions",
                Severity.NOTE,
                Text(
                    f"{int(own.sum())} 个过程自身没有基本流",
                    f"{int(own.sum())} processes have no elementary flows of their own",
                ),
                _REMARKABLE,
                int(own.sum()),
                first([spot(network, int(i)) for i in np.flatnonzero(own)[:50]]),
            )
        )
    used = np.zeros(len(network), bool)
    used[network.edges.provider] = True
    unused = np.flatnonzero(~used)
    if len(unused):
        result.append(
            Finding(
                "health.unused",
                Severity.NOTE,
                Text(
                    f"{len(unused)} 个产品没有任何过程使用（终端产品）",
                    f"{len(unused)} products are used by no process (final products)",
                ),
                _REMARKABLE,
                len(unused),
                first([spot(network, int(i)) for i in unused[:50]]),
            )
        )
    return result


def outlier_findings(network: Network, found: Sequence[Outlier]) -> list[Finding]:
    """One finding for all exchanges far above the median of their flow."""
    if not found:
        return []
    worst = found[0]
    slip = SLIPS.get(worst.slip or 0.0)
    hint_zh = f"，接近单位差 {worst.slip:g}（{slip.zh}）" if slip else ""
    hint_en = f", near the unit factor {worst.slip:g} ({slip.en})" if slip else ""
    names = Text(network.processes.name[worst.process], network.processes.name_en[worst.process])
    spots = []
    for outlier in found[:50]:
        place = spot(network, outlier.process)
        amount = outlier.coefficient * float(network.processes.production[outlier.process])
        spots.append(
            type(place)(
                place.process, place.id, place.name, outlier.exchange, outlier.name, amount, outlier.unit
            )
        )
    return [
        Finding(
            "health.outliers",
            Severity.WARNING,
            Text(
                f"{len(found)} 个数量超过同一流中位数的 {LIMIT:g} 倍；最大的在“{names.zh}”：{worst.name.zh} "
                f"每{worst.product_unit or '单位'} {worst.coefficient:.3g} {worst.unit}，"
                f"是中位数的 {worst.ratio:.3g} 倍{hint_zh}",
                f"{len(found)} amounts exceed {LIMIT:g} times the median of their flow; the largest in "
                f"“{names.en or names.zh}”: {worst.coefficient:.3g} {worst.unit} of "
                f"{worst.name.en or worst.name.zh} per {worst.product_unit or 'unit'}, "
                f"{worst.ratio:.3g} times the median{hint_en}",
            ),
            Text("请核对这些数量及其单位", "check these amounts and their units"),
            len(found),
            tuple(spots),
        )
    ]
