"""Draft documents: their stored shape, and how a draft with mistakes in it is read. Pure.

A draft is the plain form of `zuji.model.documents` with `processes`, their `lines` and `scenarios` always
listed. Cells may be empty or wrong while people work; `read` tells where, line by line.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place, Problem
from zuji.model import documents
from zuji.model.findings import Finding, path_text, without_consequences
from zuji.model.studies import Study
from zuji.model.validation import findings_of
from zuji_web.products.operations import Document, Operation
from zuji_web.wording import said, told

MOST_LINES = 5000
MOST_BYTES = 8 * 1024 * 1024
# What may be missing or wrong in a process while its numbers are still right.
_WORDS_OF_PROCESS = frozenset({"name", "allocation_reason"})
_PLACES_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProblem:
    """A mistake in a draft: of a line (`line`, `field`) or of the study (`field`)."""

    line: str
    field: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A draft as far as it can be counted.

    `study` holds the lines without mistakes; `problems` says what is wrong with the others and with the
    study; `countable` is False where unit, outputs or allocation are not understood.
    """

    study: Study
    problems: tuple[DraftProblem, ...]
    countable: bool


def tidy(document: Mapping[str, Any]) -> Document:
    """The document with its lists of records present, as drafts are stored."""
    whole = dict(document)
    whole["processes"] = [{**process, "lines": process.get("lines", [])} for process in whole["processes"]]
    whole.setdefault("scenarios", [])
    return whole


def of_study(study: Study) -> Document:
    """The draft of a whole study."""
    return tidy(documents.to_dict(study))


def read(document: Document) -> Reading:
    """The draft read as far as it goes. Raises nothing."""
    found = documents.read(document)
    findings = [*found.findings, *without_consequences(findings_of(found.study), found.findings)]
    problems = tuple(map(_problem, findings))
    bad = {_position(finding) for finding in findings} - {None}
    processes = tuple(
        replace(process, lines=tuple(line for j, line in enumerate(process.lines) if (i, j) not in bad))
        for i, process in enumerate(found.study.processes)
    )
    study = replace(found.study, processes=processes)
    return Reading(study=study, problems=problems, countable=not any(map(_prevents, findings)))


def _position(finding: Finding) -> tuple[int, int] | None:
    """Process and line number of a finding on a line."""
    path = finding.path
    if len(path) >= 4 and path[0] == "processes" and path[2] == "lines":
        return int(path[1]), int(path[3])
    return None


def _prevents(finding: Finding) -> bool:
    """Whether no number can be right before this is mended; most things may be missing meanwhile."""
    path = finding.path
    if path[:1] == ("unit",):
        return path[1:] != ("kind",)
    if path[:1] == ("processes",):
        return _position(finding) is None and (len(path) < 3 or path[2] not in _WORDS_OF_PROCESS)
    return path[:1] == ("gwp",)


def _problem(finding: Finding) -> DraftProblem:
    on_line = _position(finding) is not None
    field = path_text(finding.path[4:] if on_line else finding.path)
    line = finding.line if on_line else ""
    return DraftProblem(line=line, field=field, problem=finding.problem(Place(line=line, field=field)))


def lines(document: Document) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every line of a draft with its process, in order."""
    for process in document.get("processes", ()):
        for line in process["lines"]:
            yield process, line


def insertion(
    document: Document, value: Mapping[str, Any], *, process: str = "", after: str | None = None
) -> tuple[Operation, str]:
    """The operation that adds a line, with an id if it has none, and that id."""
    processes = document.get("processes", ())
    taken = {present["id"] for _process, present in lines(document)}
    line_id = str(value.get("id") or "")
    if not line_id:
        line_id = next(free for number in range(1, len(taken) + 2) if (free := f"L{number}") not in taken)
    if not process and processes:
        process = processes[0]["id"]
    if after is None:
        beside: list[dict[str, Any]] = next(
            (item["lines"] for item in processes if item["id"] == process), []
        )
        after = beside[-1]["id"] if beside else None
    path = ["processes", process, "lines"]
    return {"op": "insert", "path": path, "value": {**value, "id": line_id}, "after": after}, line_id


def text_at(document: Mapping[str, Any], *path: str) -> str:
    """The text at a path, empty where there is none or something else."""
    node: Any = document
    for part in path:
        node = node.get(part) if isinstance(node, Mapping) else None
    return node if isinstance(node, str) else ""


def check_size(document: Document) -> None:
    """Refuses what no page could show any more."""
    count = sum(1 for _line in lines(document))
    if count > MOST_LINES or len(json.dumps(document, ensure_ascii=False)) > MOST_BYTES:
        raise InvalidInput(
            told(
                "study-too-large",
                said(
                    _("A study can have at most %(most)s lines; this one would have %(count)s"),
                    most=MOST_LINES,
                    count=count,
                ),
                said(_("Put lines that belong together into one, or divide the study")),
            )
        )


def places(operations: Sequence[Operation]) -> list[str]:
    """Where operations happen, for the audit trail."""
    named = dict.fromkeys("/".join(operation.get("path", ())) or operation["op"] for operation in operations)
    return list(named)[:_PLACES_NAMED]
