"""Named failures. Each says what is wrong, where, and what to do, in both languages.

A `ZujiError` is shown to people as it is; a place such as sheet, row and column travels as data so
that a page can point at it and a program can act on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zuji.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the input something is. Unknown parts are empty."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    field: str = ""
    line: str = ""

    def text(self) -> Text:
        """The place in words, for example 「工作表“清单”第 12 行“数量”列」."""
        zh, en = [], []
        if self.file:
            zh.append(f"文件 {self.file}")
            en.append(f"file {self.file}")
        if self.sheet:
            zh.append(f"工作表“{self.sheet}”")
            en.append(f"sheet “{self.sheet}”")
        if self.row is not None:
            zh.append(f"第 {self.row} 行")
            en.append(f"row {self.row}")
        if self.column:
            zh.append(f"{self.column} 列")
            en.append(f"column {self.column}")
        if self.line:
            zh.append(f"清单行 {self.line}")
            en.append(f"line {self.line}")
        if self.field:
            zh.append(f"“{self.field}”")
            en.append(f"“{self.field}”")
        return Text(" ".join(zh), ", ".join(en))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: a stable code, what, where, and the cure."""

    code: str
    what: Text
    cure: Text
    place: Place = field(default_factory=Place)

    def in_language(self, language: str) -> str:
        where = self.place.text().in_language(language)
        colon, stop = ("：", "。") if language.startswith("zh") else (": ", ". ")
        head = f"{where}{colon}" if where else ""
        return f"{head}{self.what.in_language(language)}{stop}{self.cure.in_language(language)}"

    def __str__(self) -> str:
        return self.in_language("zh")


class ZujiError(Exception):
    """The root of everything Zuji refuses to do. Carries one or more problems."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def in_language(self, language: str) -> str:
        return "\n".join(problem.in_language(language) for problem in self.problems)


class InvalidInput(ZujiError):
    """The input has mistakes; all of them are listed and nothing was taken over."""


class UnknownUnit(ZujiError):
    """A unit that the unit table does not know."""


class UnitMismatch(ZujiError):
    """Two units of different dimensions where one must convert to the other."""


class UnknownFactor(ZujiError):
    """A factor code that the library does not hold."""


class WrongFactorKind(ZujiError):
    """A factor of a kind that may not stand here, such as a grid CO2 factor for a footprint."""


class IncompleteStudy(ZujiError):
    """The study cannot be calculated yet; the problems name what is missing."""


class NonProductiveSystem(ZujiError):
    """Internal loops consume as much as they make, so that no finite footprint exists."""


class AllocationError(ZujiError):
    """Co-products whose shares cannot be determined."""


class FileRefused(ZujiError):
    """A file that is not opened at all: too large, not what it claims, or unsafe."""


def problem(
    code: str, zh: str, en: str, *, cure_zh: str, cure_en: str, place: Place | None = None
) -> Problem:
    """A problem from plain words; the everyday constructor."""
    return Problem(code=code, what=Text(zh, en), cure=Text(cure_zh, cure_en), place=place or Place())


def raise_all(problems: Sequence[Problem], kind: type[ZujiError] = InvalidInput) -> None:
    """Raise `kind` with every problem, or return when there is none."""
    if problems:
        raise kind(*problems)
