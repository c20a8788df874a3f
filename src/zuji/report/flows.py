"""What flows into the total: lines into processes into stages, and credits out again.

A flow diagram has no negative widths. So every positive contribution flows into the gross emissions,
and the gross emissions divide into the net total and what is credited; nothing is hidden in a
difference. Where credits exceed emissions, the net removal is a source of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from zuji.model.footprints import Footprint, LineResult
from zuji.model.stages import STAGE_NAMES, Stage
from zuji.model.studies import Study
from zuji.report.document import Say, speaker

SHOWN_LINES = 12
SHOWN_PROCESSES = 8
SHOWN_CREDITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A bar of the diagram. `role` is line, process, stage, gross, net or credit; kgCO2e ≥ 0."""

    id: str
    label: str
    column: int
    value: float
    role: str
    stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A stream between two nodes, kgCO2e > 0."""

    source: str
    target: str
    value: float
    stage: Stage | None = None
    credit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Nodes by column from left to right, and the streams between them."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    columns: int

    def node(self, identity: str) -> Node:
        return next(node for node in self.nodes if node.id == identity)


@dataclass(frozen=True, slots=True)
class _Source:
    """A line, or several small ones of the same process and stage together."""

    id: str
    label: str
    process: str
    stage: Stage
    value: float


def _sources(lines: list[LineResult], keep: set[str], say: Say) -> list[_Source]:
    """The lines to `keep` one by one, the others gathered by process and stage."""
    shown, rest = [], dict[tuple[str, Stage], list[LineResult]]()
    for line in lines:
        if line.line in keep:
            shown.append(_Source(f"line:{line.line}", line.item, line.process, line.stage, line.total))
        else:
            rest.setdefault((line.process, line.stage), []).append(line)
    for (process, stage), small in rest.items():
        if len(small) == 1:
            line = small[0]
            shown.append(_Source(f"line:{line.line}", line.item, process, stage, line.total))
        else:
            label = say(f"其他 {len(small)} 项", f"{len(small)} others")
            value = fsum(line.total for line in small)
            shown.append(_Source(f"rest:{process}:{stage}", label, process, stage, value))
    return shown


def _largest(pairs: Iterable[tuple[str, float]], count: int) -> set[str]:
    return {key for key, _ in sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:count]}


def flows(study: Study, footprint: Footprint, language: str) -> Flows | None:
    """The diagram of a footprint, or None where nothing is emitted."""
    say = speaker(language)
    emitted = [line for line in footprint.lines if line.total > 0]
    credited = [line for line in footprint.lines if line.total < 0]
    if not emitted:
        return None
    sources = _sources(emitted, _largest(((line.line, line.total) for line in emitted), SHOWN_LINES), say)
    names = {process.id: process.name or process.id for process in study.processes}
    processes = _process_labels(sources, names, say)
    with_processes = len(set(processes.values())) > 1
    gross = 3 if with_processes else 2
    nodes = _left_nodes(sources, processes if with_processes else {}, gross - 1, language)
    links = _left_links(sources, processes if with_processes else {})
    total = fsum(line.total for line in emitted)
    if not credited:
        net = Node(id="net", label=say("合计", "Total"), column=gross, value=total, role="net")
        links += [_to(node.id, "net", node.value, node.stage) for node in nodes if node.role == "stage"]
        return Flows(nodes=(*nodes, net), links=tuple(links), columns=gross + 1)
    links += [_to(node.id, "gross", node.value, node.stage) for node in nodes if node.role == "stage"]
    right_nodes, right_links = _right(total, credited, gross, say)
    return Flows(nodes=(*nodes, *right_nodes), links=(*links, *right_links), columns=gross + 2)


def _process_labels(sources: list[_Source], names: dict[str, str], say: Say) -> dict[str, str]:
    """The label of each process; small ones share one where there are many."""
    sizes: dict[str, float] = {}
    for source in sources:
        sizes[source.process] = sizes.get(source.process, 0.0) + source.value
    keep = set(sizes)
    if len(sizes) > SHOWN_PROCESSES:
        keep = _largest(sizes.items(), SHOWN_PROCESSES - 1)
    others = say("其他过程", "Other processes")
    return {process: names.get(process, process) if process in keep else others for process in sizes}


def _left_nodes(
    sources: list[_Source], processes: dict[str, str], stage_column: int, language: str
) -> list[Node]:
    order = list(Stage)
    ranked = sorted(sources, key=lambda source: (order.index(source.stage), -source.value, source.id))
    nodes = [
        Node(id=one.id, label=one.label, column=0, value=one.value, role="line", stage=one.stage)
        for one in ranked
    ]
    if processes:
        sums = _sums((processes[one.process], one.value) for one in ranked)
        nodes += [
            Node(id=f"process:{label}", label=label, column=1, value=value, role="process")
            for label, value in sums.items()
        ]
    for stage, value in _sums((one.stage, one.value) for one in ranked).items():
        nodes.append(
            Node(
                id=f"stage:{stage}",
                label=STAGE_NAMES[Stage(stage)].in_language(language),
                column=stage_column,
                value=value,
                role="stage",
                stage=Stage(stage),
            )
        )
    return nodes


def _sums(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    gathered: dict[str, list[float]] = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    return {key: fsum(values) for key, values in gathered.items()}


def _to(source: str, target: str, value: float, stage: Stage | None = None, *, credit: bool = False) -> Link:
    return Link(source=source, target=target, value=value, stage=stage, credit=credit)


def _left_links(sources: list[_Source], processes: dict[str, str]) -> list[Link]:
    if not processes:
        return [_to(one.id, f"stage:{one.stage}", one.value, one.stage) for one in sources]
    links = [_to(one.id, f"process:{processes[one.process]}", one.value, one.stage) for one in sources]
    streams: dict[tuple[str, Stage], list[float]] = {}
    for one in sources:
        streams.setdefault((processes[one.process], one.stage), []).append(one.value)
    links += [
        _to(f"process:{label}", f"stage:{stage}", fsum(values), stage)
        for (label, stage), values in streams.items()
    ]
    return links


def _right(
    emitted: float, credited: list[LineResult], column: int, say: Say
) -> tuple[list[Node], list[Link]]:
    """Gross emissions, the net total and the credits."""
    keep = _largest(((line.line, -line.total) for line in credited), SHOWN_CREDITS)
    shown = [(f"credit:{line.line}", line.item, -line.total) for line in credited if line.line in keep]
    rest = [-line.total for line in credited if line.line not in keep]
    if rest:
        shown.append(
            ("credit:rest", say(f"其他 {len(rest)} 项抵减", f"{len(rest)} other credits"), fsum(rest))
        )
    shown.sort(key=lambda one: (-one[2], one[0]))
    credits_sum = fsum(value for _, _, value in shown)
    net = fsum([emitted, -credits_sum])
    nodes = [
        Node(
            id="gross", label=say("排放（毛）", "Gross emissions"), column=column, value=emitted, role="gross"
        )
    ]
    links = []
    if net > 0:
        label = say("净合计", "Net total")
        nodes.append(Node(id="net", label=label, column=column + 1, value=net, role="net"))
        links.append(_to("gross", "net", net))
    elif net < 0:
        label = say("净清除", "Net removal")
        nodes.append(Node(id="net", label=label, column=column, value=-net, role="net"))
    for identity, item, value in shown:
        nodes.append(Node(id=identity, label=item, column=column + 1, value=value, role="credit"))
        part = value / credits_sum
        links.append(_to("gross", identity, value if net >= 0 else emitted * part, credit=True))
        if net < 0:
            links.append(_to("net", identity, -net * part, credit=True))
    return nodes, links
