"""Changes of a draft document as data, each with its inverse. Pure: no database, no clock.

An operation is one of

    {"op": "set", "path": [...], "value": ..., "was": ...}       null takes the value away
    {"op": "insert", "path": [...list], "value": {"id": ...}, "after": id or null}
    {"op": "remove", "path": [...list, id], "was": ...}
    {"op": "move", "path": [...list, id], "after": id or null}
    {"op": "replace", "value": {...}}                             the whole document

A path names keys of mappings and ids of listed records, never positions, so that two people who edit
different cells do not disturb each other; ["lines", id, ...] finds a line in whichever process it is.
`was` is what the editor saw: where it is given and differs, the operation is refused as a conflict.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place
from zuji.model.findings import path_text
from zuji_web.gateway import Conflict
from zuji_web.wording import said, told

Operation = Mapping[str, Any]
Document = dict[str, Any]
Done = tuple[Document, Operation]  # the document and what takes the change back

# Lists of records with an id; everything else in a list is set as a whole.
LISTS = frozenset({"processes", "lines", "scenarios"})
DEEPEST = 12
LONGEST_TEXT = 8000


def apply(document: Document, operations: Sequence[Operation]) -> tuple[Document, list[Operation]]:
    """The changed document and the operations that take the change back. The argument stays as it is.

    Raises `Conflict` where somebody else was faster and `InvalidInput` where an operation makes no sense.
    """
    changed = _copied(document)
    backward: list[Operation] = []
    for operation in operations:
        perform = _PERFORM.get(operation.get("op", ""))
        if perform is None:
            raise _senseless(operation, ())
        changed, inverse = perform(changed, operation)
        backward.append(inverse)
    backward.reverse()
    return changed, backward


def _copied(value: Any) -> Any:
    """A deep copy of plain values, a few times faster than the general one."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_copied(item) for item in value]
    return value


def resolved(document: Document, path: tuple[str, ...]) -> tuple[str, ...]:
    """The path with ["lines", id] replaced by the process that holds the line."""
    if len(path) < 2 or path[0] != "lines":
        return path
    for process in document.get("processes", ()):
        if any(line.get("id") == path[1] for line in process.get("lines", ())):
            return ("processes", process["id"], *path)
    raise _gone(path)


def _set(document: Document, operation: Operation) -> Done:
    path = _path(document, operation)
    _check_value(operation.get("value"), path)
    key, value = path[-1], without_nulls(operation.get("value"))
    if key == "id" or key in LISTS:
        raise _senseless(operation, path)
    node: Any = document
    for depth, part in enumerate(path[:-1]):
        if isinstance(node, dict) and part not in node and part not in LISTS:
            if "was" in operation and operation["was"] is not None:
                raise _conflict(path)
            return document, _create(node, path, depth, value)
        node = _step(node, part, path)
    if not isinstance(node, dict):
        raise _senseless(operation, path)
    old = node.get(key)
    if "was" in operation and not same(old, operation["was"]):
        raise _conflict(path)
    if value is None:
        node.pop(key, None)
    else:
        node[key] = value
    return document, {"op": "set", "path": list(path), "value": old}


def _create(node: dict[str, Any], path: tuple[str, ...], depth: int, value: object) -> Operation:
    """Sets a value whose parents do not exist yet; taking it back takes the parents away too."""
    if value is not None:
        for part in reversed(path[depth + 1 :]):
            value = {part: value}
        node[path[depth]] = value
    return {"op": "set", "path": list(path[: depth + 1]), "value": None}


def _insert(document: Document, operation: Operation) -> Done:
    path = _path(document, operation)
    _check_value(operation.get("value"), path)
    siblings = _list(document, path, operation)
    record = _record(without_nulls(operation.get("value")), operation, path)
    _check_free(document, path, record)
    siblings.insert(_position_after(siblings, operation.get("after")), record)
    return document, {"op": "remove", "path": [*path, record["id"]]}


def _remove(document: Document, operation: Operation) -> Done:
    path = _path(document, operation)
    siblings = _list(document, path[:-1], operation)
    position = _position(siblings, path)
    removed = siblings[position]
    if "was" in operation and not same(removed, operation["was"]):
        raise _conflict(path)
    siblings.pop(position)
    after = _before(siblings, position)
    return document, {"op": "insert", "path": list(path[:-1]), "value": removed, "after": after}


def _move(document: Document, operation: Operation) -> Done:
    path = _path(document, operation)
    siblings = _list(document, path[:-1], operation)
    position = _position(siblings, path)
    moved = siblings.pop(position)
    before = _before(siblings, position)
    siblings.insert(_position_after(siblings, operation.get("after")), moved)
    return document, {"op": "move", "path": list(path), "after": before}


def _replace(document: Document, operation: Operation) -> Done:
    _check_value(operation.get("value"), ())
    value = without_nulls(operation.get("value"))
    if not isinstance(value, dict):
        raise _senseless(operation, ())
    return value, {"op": "replace", "value": document}


_PERFORM: dict[str, Callable[[Document, Operation], Done]] = {
    "set": _set,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
    "replace": _replace,
}


def _path(document: Document, operation: Operation) -> tuple[str, ...]:
    path = operation.get("path")
    if not isinstance(path, (list, tuple)) or not 0 < len(path) <= DEEPEST:
        raise _senseless(operation, ())
    if not all(isinstance(part, str) and 0 < len(part) <= 200 for part in path):
        raise _senseless(operation, ())
    return resolved(document, tuple(path))


def _walk(document: Document, path: tuple[str, ...]) -> Any:
    node: Any = document
    for part in path:
        node = _step(node, part, path)
    return node


def _step(node: Any, part: str, path: tuple[str, ...]) -> Any:
    if isinstance(node, dict) and part in node:
        return node[part]
    if isinstance(node, list):
        for item in node:
            if isinstance(item, dict) and item.get("id") == part:
                return item
    raise _gone(path)


def _list(document: Document, path: tuple[str, ...], operation: Operation) -> list[Any]:
    if not path or path[-1] not in LISTS:
        raise _senseless(operation, path)
    found = _walk(document, path)
    if not isinstance(found, list):
        raise _senseless(operation, path)
    return found


def _record(value: Any, operation: Operation, path: tuple[str, ...]) -> dict[str, Any]:
    """A record with an id, a process with its list of lines, be it empty."""
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not value["id"]:
        raise _senseless(operation, path)
    if path[-1] == "processes":
        lines = value.setdefault("lines", [])
        if not isinstance(lines, list):
            raise _senseless(operation, path)
        for line in lines:
            _record(line, operation, (*path, "lines"))
    return value


def _check_free(document: Document, path: tuple[str, ...], record: dict[str, Any]) -> None:
    """No two records of a list, and no two lines of a study, may have the same id."""
    if path[-1] != "lines":
        _check_unique([item["id"] for item in _walk(document, path)], [record["id"]], path)
    if path[-1] != "scenarios":
        lines = record.get("lines", ()) if path[-1] == "processes" else [record]
        present = [line["id"] for process in document["processes"] for line in process["lines"]]
        _check_unique(present, [line["id"] for line in lines], path)


def _check_unique(present: Sequence[str], new: Sequence[str], path: tuple[str, ...]) -> None:
    seen = set(present)
    for record_id in new:
        if record_id in seen:
            raise _taken(path, record_id)
        seen.add(record_id)


def _position(siblings: list[Any], path: tuple[str, ...]) -> int:
    for position, item in enumerate(siblings):
        if item["id"] == path[-1]:
            return position
    raise _gone(path)


def _position_after(siblings: list[Any], after: object) -> int:
    """Behind the record with that id; first where None is asked for, last where it is gone."""
    if after is None:
        return 0
    for position, item in enumerate(siblings):
        if item["id"] == after:
            return position + 1
    return len(siblings)


def _before(siblings: list[Any], position: int) -> str | None:
    return siblings[position - 1]["id"] if position else None


def same(first: object, second: object) -> bool:
    """Whether two plain values are the same; True and 1 are not."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(same, first, second))
    return first == second


def without_nulls(value: Any) -> Any:
    """The value without keys that are null; a document never holds null."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value if item is not None]
    return value


def _check_value(value: object, path: tuple[str, ...], depth: int = 0) -> None:
    """Refuses texts that are too long and values that are nested too deeply."""
    if depth > DEEPEST:
        raise InvalidInput(
            told(
                "too-deep",
                said(_("The value is nested more than %(most)s levels deep"), most=DEEPEST),
                said(_("Send the value in the form that a study has")),
                _place(path),
            )
        )
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        count = len(value)
        raise InvalidInput(
            told(
                "text-too-long",
                said(
                    _("The text has %(count)s characters, at most %(most)s fit"),
                    count=count,
                    most=LONGEST_TEXT,
                ),
                said(_("Shorten the text")),
                _place(path),
            )
        )
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        _check_value(part, path, depth + 1)


def check_document(value: object) -> None:
    """Refuses a document whose texts are too long or that is nested too deeply to be read."""
    _check_value(value, ())


def _place(path: Sequence[str]) -> Place:
    """Line and field that a path means."""
    if "lines" in path[:-1]:
        at = list(path).index("lines")
        return Place(line=path[at + 1], field=path_text(path[at + 2 :]))
    return Place(field=path_text(path))


def _conflict(path: Sequence[str]) -> Conflict:
    return Conflict(
        told(
            "changed-meanwhile",
            said(_("Somebody else changed this value after you opened it")),
            said(_("Look at the present value and enter yours again if it still holds")),
            _place(path),
        )
    )


def _gone(path: Sequence[str]) -> Conflict:
    return Conflict(
        told(
            "gone-meanwhile",
            said(_("This record no longer exists")),
            said(_("Load the study again; somebody may have deleted the record")),
            _place(path),
        )
    )


def _taken(path: Sequence[str], record_id: str) -> Conflict:
    return Conflict(
        told(
            "id-taken",
            said(_("There is already a record with the id “%(id)s”"), id=record_id),
            said(_("Choose another id")),
            _place((*path, record_id)),
        )
    )


def _senseless(operation: Operation, path: Sequence[str]) -> InvalidInput:
    return InvalidInput(
        told(
            "operation-not-understood",
            said(
                _("The operation “%(op)s” cannot be done at this place"), op=str(operation.get("op", ""))[:40]
            ),
            said(_("Known are set, insert, remove, move and replace; see the description of the interface")),
            _place(path),
        )
    )
