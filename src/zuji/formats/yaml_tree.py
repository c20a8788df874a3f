"""Safe YAML as dictionaries and lists that remember their rows.

Tags are refused, anchors are allowed but limited in what they expand to, depth is limited, and plain
scalars follow YAML 1.2's core schema: `NO` is text, a date is text, `1e-3` is a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Never

import yaml
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from zuji.errors import FileRefused, InvalidInput, Place, Problem, problem
from zuji.model.findings import Path

MAX_DEPTH = 30
MAX_NODES = 500_000
_INT = re.compile(r"[+-]?(0|[1-9][0-9]{0,300})")
FLOAT = re.compile(r"[+-]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][+-]?[0-9]+)?\Z")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
NodeStart = ScalarEvent | SequenceStartEvent | MappingStartEvent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Located(dict[str, Any]):
    """A mapping that knows the row of each of its keys."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, int] = {}


class LocatedList(list[Any]):
    """A list that knows the row of each of its items."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[int] = []


def row_of(tree: object, path: Path) -> int | None:
    """The row of the deepest part of `path` that exists, or None where rows are not known."""
    row: int | None = None
    for part in path:
        if isinstance(tree, Located) and part in tree.rows:
            row = tree.rows[str(part)]
        elif isinstance(tree, LocatedList) and isinstance(part, int) and part < len(tree.rows):
            row = tree.rows[part]
        try:
            tree = tree[part]  # type: ignore[index]  # anything that cannot be indexed ends the walk
        except (KeyError, IndexError, TypeError):
            break
    return row


def too_deep(name: str) -> Problem:
    """The refusal of a document that is nested without sense."""
    return problem(
        "too-deep",
        f"文件嵌套超过 {MAX_DEPTH} 层",
        f"the file is nested deeper than {MAX_DEPTH} levels",
        cure_zh="请使用标准的清单结构",
        cure_en="use the structure of an inventory",
        place=Place(file=name),
    )


def parse(text: str, *, name: str = "") -> object:
    """The one document in `text`; raises `InvalidInput` for syntax, `FileRefused` for what is unsafe."""
    try:
        events = yaml.parse(text, Loader=_Loader)
        return _Builder(events, name).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InvalidInput(
            _syntax(name, mark.line + 1 if mark else None, str(error.problem or error.context or ""))
        ) from error
    except yaml.reader.ReaderError as error:
        raise InvalidInput(_syntax(name, None, "special characters")) from error


def _syntax(name: str, row: int | None, words: str) -> Problem:
    return problem(
        "syntax",
        f"YAML 语法错误：{words}",
        f"YAML syntax: {words}",
        cure_zh="请检查该行的缩进、冒号后的空格和引号",
        cure_en="check indentation, the blank after a colon, and quotation marks there",
        place=Place(file=name, row=row),
    )


def _row(event: Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark is not None else 0


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What aliases stand for, how many values it holds, and how many levels below itself."""

    tree: object
    size: int
    height: int


class _Builder:
    """Builds the tree from parser events in one pass."""

    def __init__(self, events: Iterator[Event], name: str) -> None:
        self._events = (event for event in events if not isinstance(event, yaml.StreamStartEvent))
        self._name = name
        self._anchors: dict[str, _Anchored] = {}
        self._nodes = 0
        self._deepest = 0

    def document(self) -> object:
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        tree = self._value(next(self._events), depth=0)
        next(self._events)
        extra = next(self._events)
        if not isinstance(extra, yaml.StreamEndEvent):
            self._refuse(
                extra, "one-document", "文件含有多个 YAML 文档", "the file has several YAML documents"
            )
        return tree

    def _value(self, event: Event, depth: int) -> object:
        if isinstance(event, AliasEvent):
            return self._alias(event, depth)
        assert isinstance(event, NodeStart)  # noqa: S101 - the parser has no other events here
        self._count(1)
        if depth > MAX_DEPTH:
            raise FileRefused(too_deep(self._name))
        if event.tag not in {None, "!"}:
            self._refuse(event, "tag", f"不允许使用标签 {event.tag}", f"the tag {event.tag} is not allowed")
        before, deepest = self._nodes, self._deepest
        self._deepest = depth
        tree = self._node(event, depth)
        if event.anchor:
            height = self._deepest - depth
            self._anchors[event.anchor] = _Anchored(tree, self._nodes - before + 1, height)
        self._deepest = max(deepest, self._deepest)
        return tree

    def _alias(self, event: AliasEvent, depth: int) -> object:
        found = self._anchors.get(event.anchor or "")
        if found is None:
            self._refuse(
                event, "alias", f"别名 *{event.anchor} 没有定义", f"alias *{event.anchor} is undefined"
            )
        self._count(found.size)
        # what an alias stands for lies as deep as if it were written there
        self._deepest = max(self._deepest, depth + found.height)
        if self._deepest > MAX_DEPTH:
            raise FileRefused(too_deep(self._name))
        return found.tree

    def _node(self, event: NodeStart, depth: int) -> object:
        if isinstance(event, ScalarEvent):
            return _scalar(event.value) if event.implicit[0] else event.value
        return self._sequence(depth) if isinstance(event, SequenceStartEvent) else self._mapping(depth)

    def _sequence(self, depth: int) -> LocatedList:
        result = LocatedList()
        while not isinstance(event := next(self._events), SequenceEndEvent):
            result.rows.append(_row(event))
            result.append(self._value(event, depth + 1))
        return result

    def _mapping(self, depth: int) -> Located:
        result = Located()
        while not isinstance(event := next(self._events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._refuse(event, "key", "键必须是文字", "a key must be text")
            key = str(event.value)
            if key in result:
                self._refuse(event, "duplicate-key", f"键“{key}”重复", f"the key “{key}” is there twice")
            result.rows[key] = _row(event)
            result[key] = self._value(next(self._events), depth + 1)
        return result

    def _count(self, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise FileRefused(
                problem(
                    "too-many-values",
                    f"文件展开后超过 {MAX_NODES} 个值",
                    f"the file expands to more than {MAX_NODES} values",
                    cure_zh="请不要用别名重复大段内容，或把研究拆分",
                    cure_en="do not repeat large parts by aliases, or split the study",
                    place=Place(file=self._name),
                )
            )

    def _refuse(self, event: Event, code: str, zh: str, en: str) -> Never:
        place = Place(file=self._name, row=_row(event))
        raise InvalidInput(
            problem(code, zh, en, cure_zh="请改正该行", cure_en="correct that row", place=place)
        )


def _scalar(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if FLOAT.fullmatch(text) else text
