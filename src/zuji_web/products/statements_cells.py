"""How a person is asked: the kinds of answers, a question, and a group of questions."""

from dataclasses import dataclass
from enum import StrEnum

from zuji_web.products.labels import Words


class Cell(StrEnum):
    """How an answer is given."""

    TEXT = "text"
    LONG = "long"
    CHECK = "check"
    TRUTH = "truth"  # yes, no, or not said
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    UNIT = "unit"
    DAY = "day"
    NAMES = "names"  # words apart by commas


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One answer. `choices` names a list that the page fills; `heading` begins a part within the group."""

    path: str
    cell: Cell
    label: Words
    help: Words = ""
    example: Words = ""
    choices: str = ""
    heading: Words = ""
    most: int = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that belong together; `tables` are lists of records by their path."""

    key: str
    title: Words
    lead: Words
    questions: tuple[Question, ...]
    tables: tuple[str, ...] = ()


def long(path: str, label: Words, help: Words = "", example: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.LONG, label=label, help=help, example=example, most=8000)


def text(
    path: str,
    label: Words,
    help: Words = "",  # noqa: A002
    example: Words = "",
    heading: Words = "",
) -> Question:
    return Question(
        path=path, cell=Cell.TEXT, label=label, help=help, example=example, heading=heading, most=1000
    )


def number(path: str, label: Words, help: Words = "", example: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.NUMBER, label=label, help=help, example=example)


def check(path: str, label: Words, help: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.CHECK, label=label, help=help)


def choice(
    path: str,
    choices: str,
    label: Words,
    help: Words = "",  # noqa: A002
    heading: Words = "",
) -> Question:
    return Question(path=path, cell=Cell.CHOICE, label=label, help=help, choices=choices, heading=heading)


def day(path: str, label: Words, help: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.DAY, label=label, help=help)
