"""Collecting what is wrong with a study, so that everything is said at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from zuji.errors import InvalidInput, Place, Problem, ZujiError, problem


@dataclass(slots=True)
class Collected:
    """Refusals met so far. `raise_if_any` raises their common class, or `InvalidInput` for several."""

    errors: list[ZujiError] = field(default_factory=list)

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Run a block; a refusal inside is kept for later."""
        try:
            yield
        except ZujiError as error:
            self.errors.append(error)

    def raise_if_any(self) -> None:
        if self.errors:
            kinds = {type(error) for error in self.errors}
            kind = kinds.pop() if len(kinds) == 1 else InvalidInput
            raise kind(*(found for error in self.errors for found in error.problems))


def line_place(line: str, field_name: str = "") -> Place:
    return Place(line=line, field=field_name)


def line_problem(
    code: str, line: str, field_name: str, zh: str, en: str, *, cure_zh: str, cure_en: str
) -> Problem:
    """A problem located at one field of one inventory line."""
    return problem(code, zh, en, cure_zh=cure_zh, cure_en=cure_en, place=line_place(line, field_name))
