"""A product tree whose nodes carry codes of the UN Central Product Classification and the Harmonised System.

A node says two things about codes: `codes` belong to it wholly, and `within` are codes that hold some of
its products beside others. Codes of one scheme under a node, both kinds together, hold all its products,
unless the scheme is `open` there. Steel from electric furnaces is thus within HS 7206 to 7229 without owning
them: no customs code tells the route.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from zuji.errors import InvalidInput, Place, Problem, problem, raise_all
from zuji.model.standards import Certainty, ProductCode, Scheme
from zuji.text import Text

# CPC has one to five digits; HS two, four or six, and up to twelve where a country goes further.
_FORMS = {
    Scheme.CPC: re.compile(r"[0-9]{1,5}"),
    Scheme.HS: re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}([0-9]{2}){0,3}"),
    Scheme.ZUJI: re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
}
_SHORTEST = {Scheme.CPC: 1, Scheme.HS: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A product or group of products; `words` are other names that people use.

    `open` are schemes in which the node has products beyond the codes that are listed.
    `certainty` says how well the codes are known: UNCONFIRMED where there are none or nobody looked them up.
    """

    id: str
    parent: str = ""
    name: Text
    codes: tuple[ProductCode, ...] = ()
    within: tuple[ProductCode, ...] = ()
    open: frozenset[Scheme] = frozenset()
    words: tuple[str, ...] = ()
    certainty: Certainty
    source: str = ""
    note: str = ""

    @property
    def code(self) -> ProductCode:
        return ProductCode(Scheme.ZUJI, self.id)

    def extent(self, scheme: Scheme) -> tuple[ProductCode, ...]:
        """Codes of a scheme that together hold every product of the node; empty where they do not."""
        if scheme in self.open:
            return ()
        return tuple(code for code in (*self.codes, *self.within) if code.scheme is scheme)


def code_of(text: str) -> ProductCode:
    """A code from `scheme:code`; dots and blanks in figures are dropped. Raises `InvalidInput`."""
    head, colon, tail = text.strip().partition(":")
    schemes = {scheme.value: scheme for scheme in Scheme}
    scheme = schemes.get(head.strip().lower())
    if not colon or scheme is None:
        raise InvalidInput(_unreadable(text))
    code = tail.strip().lower()
    if scheme is not Scheme.ZUJI:
        code = code.replace(".", "").replace(" ", "")
    if not _FORMS[scheme].fullmatch(code):
        raise InvalidInput(_unreadable(text))
    return ProductCode(scheme, code)


class Tree:
    """Products by their codes. Answers what lies inside what, across the three schemes."""

    def __init__(self, nodes: Iterable[Node], places: Mapping[str, Place] | None = None) -> None:
        """Raises `InvalidInput` for double ids, unknown parents and circles; `places` locates them by id."""
        listed = list(nodes)
        raise_all(_faults(listed, places or {}))
        self._nodes = {node.id: node for node in listed}
        self._children: dict[str, tuple[Node, ...]] = {node.id: () for node in listed}
        for node in listed:
            if node.parent:
                self._children[node.parent] = (*self._children[node.parent], node)
        self._owners: dict[ProductCode, list[str]] = {}
        for node in listed:
            for code in node.codes:
                self._owners.setdefault(code, []).append(node.id)
        self._above: dict[str, frozenset[ProductCode]] = {}
        self._close()

    def __iter__(self) -> Iterator[Node]:
        return iter(self._nodes.values())

    def __len__(self) -> int:
        return len(self._nodes)

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._nodes

    @property
    def roots(self) -> tuple[Node, ...]:
        return tuple(node for node in self if not node.parent)

    def node(self, node_id: str) -> Node:
        """The node; raises `InvalidInput` for an unknown id."""
        found = self._nodes.get(node_id)
        if found is None:
            raise InvalidInput(_unknown(node_id))
        return found

    def parent(self, node_id: str) -> Node | None:
        above = self.node(node_id).parent
        return self._nodes[above] if above else None

    def children(self, node_id: str) -> tuple[Node, ...]:
        """The nodes directly below, in the order of the list."""
        return self._children[self.node(node_id).id]

    def path(self, node_id: str) -> tuple[Node, ...]:
        """From the root down to the node itself."""
        steps = [self.node(node_id)]
        while steps[-1].parent:
            steps.append(self._nodes[steps[-1].parent])
        return tuple(reversed(steps))

    def parse(self, text: str) -> ProductCode:
        """A code that may be asked for; raises `InvalidInput` for an unreadable one and an unknown node."""
        code = code_of(text)
        if code.scheme is Scheme.ZUJI:
            self.node(code.code)
        return code

    def find(self, words: str) -> tuple[Node, ...]:
        """Nodes of that id or name, otherwise those whose names contain every word."""
        wanted = words.strip().casefold()
        exact = tuple(node for node in self if wanted in _spoken(node))
        if exact or not wanted:
            return exact
        parts = wanted.split()
        return tuple(node for node in self if all(part in " ".join(_spoken(node)) for part in parts))

    def above(self, code: ProductCode) -> frozenset[ProductCode]:
        """Every code and node that holds all products of `code`, itself included."""
        if code.scheme is Scheme.ZUJI:
            return self._above.get(code.code, frozenset({code}))
        return self._above_code(code)

    def covers(self, scope: ProductCode, code: ProductCode) -> bool:
        """Whether all products of `code` lie in `scope`, as far as the tree knows."""
        return scope in self.above(code)

    def covers_any(self, scopes: Collection[ProductCode], codes: Collection[ProductCode]) -> bool:
        """Whether a product that bears all of `codes` lies in one of `scopes`."""
        return any(not self.above(code).isdisjoint(scopes) for code in codes)

    def overlap(self, one: ProductCode, other: ProductCode) -> bool:
        """Whether a product may lie in both."""
        return self._reaches(one, other) or self._reaches(other, one)

    def nodes_of(self, code: ProductCode) -> tuple[Node, ...]:
        """The nodes that hold all products of a code, the narrowest first."""
        held = [self._nodes[each.code] for each in self.above(code) if each.code in self._nodes]
        depth = {node.id: len(self._above[node.id]) for node in held}
        return tuple(sorted(held, key=lambda node: (-len(self.path(node.id)), -depth[node.id], node.id)))

    def nodes_in(self, scope: ProductCode) -> tuple[Node, ...]:
        """The nodes whose products all lie in a scope, in the order of the list."""
        return tuple(node for node in self if scope in self._above[node.id])

    def name(self, code: ProductCode) -> Text:
        """A node's name, or the code as written."""
        node = self._nodes.get(code.code) if code.scheme is Scheme.ZUJI else None
        return node.name if node else Text(str(code), str(code))

    def _reaches(self, one: ProductCode, other: ProductCode) -> bool:
        """Whether something that has products in `one` lies in `other`, or shares a code with it."""
        if one.scheme is Scheme.ZUJI and one.code in self._nodes:
            touched, met = self._touched[one.code], self._met[one.code]
        else:
            touched = self._touching(one)
            met = frozenset[ProductCode]().union(*map(self.above, touched))
        return other in met or any(_prefix(each, other) for each in touched)

    def _touching(self, code: ProductCode) -> frozenset[ProductCode]:
        """Nodes inside a scope, with every code that holds some of their products."""
        inside = self.nodes_in(code)
        return frozenset({code}).union(*({each.code, *each.codes, *each.within} for each in inside))

    def _above_code(self, code: ProductCode) -> frozenset[ProductCode]:
        found: set[ProductCode] = set()
        for length in range(_SHORTEST[code.scheme], len(code.code) + 1):
            part = ProductCode(code.scheme, code.code[:length])
            found.add(part)
            for owner in self._owners.get(part, ()):
                found |= self._above[owner]
        return frozenset(found)

    def _close(self) -> None:
        """What lies above each node: its ancestors, and what holds its whole extent in a scheme.

        Repeated until nothing is added, because codes lead to nodes and nodes to codes.
        """
        self._above = {node.id: frozenset(each.code for each in self.path(node.id)) for node in self}
        grown = True
        while grown:
            grown = False
            for node in self:
                wider = self._above[node.id].union(*(self._above[each.id] for each in self.path(node.id)))
                for scheme in _SHORTEST:
                    extent = node.extent(scheme)
                    if extent:
                        wider |= frozenset.intersection(*(self._above_code(code) for code in extent))
                if wider != self._above[node.id]:
                    self._above[node.id] = wider
                    grown = True
        self._touched = {node.id: self._touching(node.code) for node in self}
        self._met = {
            node_id: frozenset[ProductCode]().union(*map(self.above, touched))
            for node_id, touched in self._touched.items()
        }


def _prefix(short: ProductCode, long: ProductCode) -> bool:
    return (
        short.scheme is long.scheme and short.scheme is not Scheme.ZUJI and long.code.startswith(short.code)
    )


def _spoken(node: Node) -> tuple[str, ...]:
    names = (node.id, node.name.zh, node.name.en, *node.words)
    return tuple(name.casefold() for name in names if name)


def _faults(nodes: list[Node], places: Mapping[str, Place]) -> list[Problem]:
    known: dict[str, Node] = {}
    problems = []
    for node in nodes:
        if node.id in known:
            problems.append(_fault("double-node", node.id, "编号重复", "the id is used twice", places))
        known.setdefault(node.id, node)
    for node in nodes:
        if node.parent and node.parent not in known:
            problems.append(
                _fault(
                    "unknown-parent",
                    node.id,
                    f"没有上级“{node.parent}”",
                    f"there is no parent “{node.parent}”",
                    places,
                )
            )
        elif _circular(node, known):
            problems.append(
                _fault("circle", node.id, "上级关系成环", "its parents lead back to itself", places)
            )
    return problems


def _circular(node: Node, known: Mapping[str, Node]) -> bool:
    seen: set[str] = set()
    at: Node | None = node
    while at is not None and at.parent:
        if at.id in seen:
            return True
        seen.add(at.id)
        at = known.get(at.parent)
    return False


def _fault(code: str, node_id: str, zh: str, en: str, places: Mapping[str, Place]) -> Problem:
    return problem(
        code,
        f"产品节点“{node_id}”：{zh}",
        f"product node “{node_id}”: {en}",
        cure_zh="请改正产品分类表中的该行",
        cure_en="correct its row in the product list",
        place=places.get(node_id),
    )


def _unreadable(text: str) -> Problem:
    return problem(
        "product-code",
        f"不能识别的产品编码“{text}”",
        f"the product code “{text}” cannot be read",
        cure_zh="请写成 hs:760110、cpc:41431 或 zuji:cement",
        cure_en="write it as hs:760110, cpc:41431 or zuji:cement",
    )


def _unknown(node_id: str) -> Problem:
    return problem(
        "unknown-product",
        f"产品分类中没有“{node_id}”",
        f"the product tree has no “{node_id}”",
        cure_zh="请用名称查找产品，或使用 hs:、cpc: 编码",
        cure_en="look the product up by its name, or use an hs: or cpc: code",
    )
