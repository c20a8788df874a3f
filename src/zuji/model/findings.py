"""Mistakes while they are being collected: where in the document's tree, and in which words.

A `Finding` knows the path of keys and indices; whoever read the file turns the path into a row of a
YAML file or a cell of a workbook and thereby the finding into a `Problem`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from zuji.errors import Place, Problem
from zuji.text import Text

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Finding:
    """One mistake. `path` grows outwards while readers return; `depends` are other paths it rests on."""

    code: str
    what: Text
    cure: Text
    path: Path = ()
    line: str = ""
    depends: tuple[Path, ...] = field(default=())

    def at(self, *outer: str | int) -> "Finding":
        """The same finding with `outer` put before its path."""
        self.path = (*outer, *self.path)
        return self

    def problem(self, place: Place) -> Problem:
        return Problem(code=self.code, what=self.what, cure=self.cure, place=place)


def path_text(path: Iterable[str | int]) -> str:
    """A path as engineers write it: lines[3].quantity.unit."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def without_consequences(later: Iterable[Finding], earlier: Iterable[Finding]) -> list[Finding]:
    """The later findings that do not merely follow from an earlier one inside or around their place."""
    bad = {finding.path for finding in earlier}
    around = {path[:length] for path in bad for length in range(len(path) + 1)}

    def follows(path: Path) -> bool:
        return path in around or any(path[:length] in bad for length in range(len(path)))

    return [each for each in later if not any(map(follows, (each.path, *each.depends)))]


def problems_of(findings: Iterable[Finding], locate: Callable[[Finding], Place]) -> list[Problem]:
    """The findings as problems, each at the place that `locate` gives."""
    return [finding.problem(locate(finding)) for finding in findings]
