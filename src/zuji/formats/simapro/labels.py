"""Product names for a package whose flows have ids: in SimaPro a name is all that links two processes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from zuji.model.lci.flows import Flow
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Exchange, Process
from zuji.model.lci.references import Ref
from zuji.model.lci.wording import Wording

Key = tuple[int, str]
"""Number of a process in the package, id of a flow that it supplies."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a user writes: the name, and whether it leaves open which of several suppliers is meant."""

    name: str
    open: bool = False


class Labels:
    """One name for every product of every process; a name changes only where two would be the same.

    Then the place is added, the name of the process, its version, and at last the beginning of its id.
    """

    def __init__(self, package: Package) -> None:
        self._flows = {flow.heading.id: flow for flow in package.flows}
        # by object: a damaged package may hold two processes of one id and version
        self._number = {id(process): number for number, process in enumerate(package.processes)}
        self._processes: dict[str, list[Process]] = {}
        self._suppliers: dict[str, list[Process]] = {}
        for process in package.processes:
            self._processes.setdefault(process.heading.id, []).append(process)
            for flow in dict.fromkeys(each.flow.id for each in process.exchanges if each.reference):
                self._suppliers.setdefault(flow, []).append(process)
        self._plain = {flow.heading.id: name_of(flow) for flow in package.flows}
        self._supplied = self._name_supplies()
        self._taken = set(self._supplied.values())
        self._unsupplied: dict[str, str] = {}

    def supply(self, process: Process, flow: Ref) -> str:
        """The name of a product of a process."""
        return self._supplied[self._number[id(process)], flow.id]

    def renamed(self, process: Process, flow: Ref) -> bool:
        """Whether the name had to be told apart from another one's."""
        return self.supply(process, flow) != self._base(flow)

    def use(self, exchange: Exchange) -> Use:
        """The name under which a process uses a product, or hands over a waste."""
        flow = exchange.flow
        provider = self._provider(exchange)
        if provider is not None:
            return Use(self.supply(provider, flow))
        suppliers = self._suppliers.get(flow.id, ())
        if len(suppliers) == 1:
            return Use(self.supply(suppliers[0], flow))
        return Use(self._unmade(flow), open=bool(suppliers))

    def co_product(self, process: Process, flow: Ref) -> str:
        """The name of an output that no one is meant to be supplied by, which no supplier has."""
        name = self._base(flow)
        if name in self._taken:
            name = f"{name} | {_clean(process.heading.name)}"
        while name in self._taken:
            name += "'"
        self._taken.add(name)
        return name

    def _provider(self, exchange: Exchange) -> Process | None:
        named = exchange.provider
        if named is None:
            return None
        versions = [
            process
            for process in self._processes.get(named.id, ())
            if process in self._suppliers.get(exchange.flow.id, ())
            and named.version in ("", process.heading.version)
        ]
        return max(versions, key=lambda process: process.heading.version, default=None)

    def _base(self, flow: Ref) -> str:
        return self._plain.get(flow.id) or _clean(flow.name) or flow.id

    def _unmade(self, flow: Ref) -> str:
        """The name of what nobody in the package makes, never one that something else has."""
        if flow.id not in self._unsupplied:
            name = self._base(flow)
            known = self._flows.get(flow.id)
            if name in self._taken and known is not None and known.location:
                name = f"{name} {{{known.location}}}"
            if name in self._taken:
                name = f"{name} | {flow.id[:8]}"
            while name in self._taken:
                name += "'"
            self._taken.add(name)
            self._unsupplied[flow.id] = name
        return self._unsupplied[flow.id]

    def _name_supplies(self) -> dict[Key, str]:
        supplies: dict[Key, tuple[Process, Ref]] = {}
        for suppliers in self._suppliers.values():
            for process in suppliers:
                for each in process.exchanges:
                    if each.reference:
                        supplies[self._number[id(process)], each.flow.id] = (process, each.flow)
        names = {key: self._base(flow) for key, (_, flow) in supplies.items()}
        for added in _ADDITIONS:
            for key in self._alike(names, supplies):
                addition = added(supplies[key][0])
                if addition and addition not in names[key]:
                    names[key] += addition
        for count, key in enumerate(self._alike(names, supplies), start=1):
            names[key] += f" #{count}"
        return names

    def _alike(self, names: Mapping[Key, str], supplies: Iterable[Key]) -> list[Key]:
        """Those that share their name, and those with a plain name that several suppliers could claim."""
        number: dict[str, int] = {}
        for name in names.values():
            number[name] = number.get(name, 0) + 1
        return [
            key
            for key in supplies
            if number[names[key]] > 1
            or (len(self._suppliers[key[1]]) > 1 and names[key] == self._base(Ref(key[1])))
        ]


def name_of(flow: Flow) -> str:
    """The name of a flow on one line, with the parts that ILCD keeps apart (treatment, mix, properties)."""
    parts = [_clean(flow.heading.name), *(_clean(part) for _, part in flow.name_parts)]
    return "; ".join(part for part in parts if part)


def _clean(wording: Wording) -> str:
    return wording.in_language("en").strip()


_ADDITIONS: tuple[Callable[[Process], str], ...] = (
    lambda process: f" {{{process.location}}}" if process.location else "",
    lambda process: f" | {_clean(process.heading.name)}" if process.heading.name else "",
    lambda process: f" | {process.heading.version}" if process.heading.version else "",
    lambda process: f" | {process.heading.id[:8]}",
)
