"""Findings about loops: which consume themselves, along which cycle, and what to do."""

from collections.abc import Sequence

from zuji.lca.network.arrays import Floats, Network
from zuji.lca.network.health.components import NEAR, SWALLOWED, Component
from zuji.lca.network.health.findings import Finding, Severity, first, link_spot, spot
from zuji.lca.network.health.radius import Certainty, Radius
from zuji.lca.network.health.slips import SLIPS, slip_of
from zuji.text import Text

_UNSAID = Text("")

_CERTAIN = {
    Certainty.PROVEN: Text("已证明的上下界", "proven bounds"),
    Certainty.COMPUTED: Text("全部特征值", "all eigenvalues computed"),
    Certainty.ESTIMATED: Text("估计值", "an estimate"),
    Certainty.BOUNDED: Text("只有上下界", "bounds only"),
}


def loop_findings(
    network: Network, found: Sequence[Component], suspicion: Floats, swallowed: Floats
) -> list[Finding]:
    """One finding for each loop that is sick, held together by credits, or close to one."""
    result = []
    for component in found:
        if component.sick:
            if component.aside:
                result.append(_reference(network, component, swallowed))
            if component.cuts or not component.aside:
                result.append(_sick(network, component, suspicion))
        elif component.absolute.high >= 1 and component.absolute.low > component.radius.high:
            result.append(_credited(network, component))
        elif component.radius.high >= NEAR:
            result.append(_near(network, component))
    return result


def _sick(network: Network, component: Component, suspicion: Floats) -> Finding:
    size, many, radius = len(component.processes), len(component.cuts), component.radius
    loop, shown = _loop(network, component), _shown(component.radius)
    certain = _CERTAIN[radius.certainty]
    if size == 1:
        what = Text(
            f"过程{loop.zh}自用的不少于产出：每单位产品自用 {shown}",
            f"process {loop.en} uses up as much of its product as it makes: {shown} per unit",
        )
    else:
        alone_zh = "" if component.gain >= 1 else "（单独一个循环不致如此，合起来则是）"
        alone_en = "" if component.gain >= 1 else " (no single loop does it alone, together they do)"
        what = Text(
            f"{size} 个过程互相供应，合起来消耗的不少于产出：谱半径 {shown}（{certain.zh}）；"
            f"最强的循环：{loop.zh}，每单位产品收回 {component.gain:.4g}{alone_zh}",
            f"{size} processes supply each other and together consume as much as they make: spectral "
            f"radius {shown} ({certain.en}); the strongest loop: {loop.en}, taking back "
            f"{component.gain:.4g} per unit of product{alone_en}",
        )
    slip = max((float(suspicion[edge]) for edge in component.cuts), default=1.0)
    known = SLIPS.get(slip_of(slip) or 0.0)
    hint_zh = f"，其中最大的是同一流中位数的 {slip:.3g} 倍，可能是单位错误：{known.zh}" if known else ""
    hint_en = (
        f", the largest of which is {slip:.3g} times the median of its flow, perhaps a slip of {known.en}"
        if known
        else ""
    )
    return Finding(
        "health.sick_loop",
        Severity.ERROR,
        what,
        Text(
            f"请核对列出的数量（{many} 个{hint_zh}）；或采用建议的修复，截断这些连接",
            f"check the amounts listed ({many}{hint_en}); or accept the suggested repair, "
            "which cuts these links",
        ),
        size,
        first([link_spot(network, edge) for edge in component.cuts]),
        frozenset(component.processes),
    )


def _reference(network: Network, component: Component, swallowed: Floats) -> Finding:
    times = [float(swallowed[process]) for process in component.aside]
    many = len(component.aside)
    radius = component.radius
    return Finding(
        "health.reference_too_small",
        Severity.ERROR,
        Text(
            f"一个循环不可生产（过程数 {len(component.processes)}，谱半径 {_shown(radius)}）：其中 {many} 个"
            f"过程的投入以同一单位计是其产出的 {min(times):.3g} 倍以上，基准流的数量与投入不相称",
            f"a loop is not productive (processes: {len(component.processes)}, spectral radius "
            f"{_shown(radius)}): {many} of them take in at least {min(times):.3g} times their own output "
            "in its own unit, so their reference amounts cannot belong to their inputs",
        ),
        Text(
            f"请核对这些过程的基准流数量（超过 {SWALLOWED:g} 倍即列出）；或采用建议的修复，搁置这些过程",
            f"check the reference amounts of these processes (listed from {SWALLOWED:g} times on); or accept "
            "the suggested repair, which sets them aside",
        ),
        many,
        first([spot(network, process) for process in component.aside]),
        frozenset(component.processes),
    )


def _credited(network: Network, component: Component) -> Finding:
    loop = _loop(network, component)
    return Finding(
        "health.credited_loop",
        Severity.WARNING,
        Text(
            f"{len(component.processes)} 个过程的循环只因抵扣才有结果：抵扣按消耗计时的谱半径 "
            f"{_shown(component.absolute)}，按抵扣计时 {_shown(component.radius)}；{loop.zh}",
            f"a loop of {len(component.processes)} processes has a result only through its credits: "
            f"spectral radius {_shown(component.absolute)} with credits counted as consumption, "
            f"{_shown(component.radius)} as they are; {loop.en}",
        ),
        Text("请核对抵扣的数量", "check the amounts that are credited"),
        len(component.processes),
        first([spot(network, process) for process in component.loop]),
    )


def _near(network: Network, component: Component) -> Finding:
    loop = _loop(network, component)
    return Finding(
        "health.near_loop",
        Severity.WARNING,
        Text(
            f"{len(component.processes)} 个过程的循环接近不可生产：谱半径 {_shown(component.radius)}；"
            f"{loop.zh}",
            f"a loop of {len(component.processes)} processes is close to non-productive: spectral radius "
            f"{_shown(component.radius)}; {loop.en}",
        ),
        Text(
            "结果对循环内的数量非常敏感，请核对这些数量",
            "results are very sensitive to the amounts inside the loop: check them",
        ),
        len(component.processes),
        first([spot(network, process) for process in component.loop]),
    )


def _loop(network: Network, component: Component) -> Text:
    """The loop in words: consumer ← its supplier ← … ← the consumer again."""
    processes = network.processes
    shown = component.loop[:6]
    if not shown:
        return _UNSAID
    more = " ← …" if len(component.loop) > len(shown) else ""
    zh = [f"“{processes.name[process]}”" for process in shown]
    en = [f"“{processes.name_en[process] or processes.name[process]}”" for process in shown]
    closing = 1 if len(component.loop) > 1 else 0
    return Text(" ← ".join((*zh, *zh[:closing])) + more, " ← ".join((*en, *en[:closing])) + more)


def _shown(radius: Radius) -> str:
    if radius.high - radius.low <= 1e-4 * radius.high:
        return f"{radius.value:.5g}"
    return f"{radius.low:.4g} – {radius.high:.4g}"
