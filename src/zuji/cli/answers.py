"""How every command answers: its language, its JSON, its refusals and its exit codes."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any

import typer

from zuji.errors import Problem, ZujiError

MISTAKES, CANNOT_WRITE = 1, 3


class Language(StrEnum):
    """Languages of the answers."""

    ZH = "zh"
    EN = "en"


class UnwritableError(ZujiError):
    """A file that cannot be written, or that is there already."""


LanguageOption = Annotated[Language, typer.Option("--lang", help="语言 language")]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出 answer as JSON")]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖已有文件 overwrite files that exist")]


@contextmanager
def answering(language: Language, *, as_json: bool = False) -> Iterator[None]:
    """Turns a refusal into its messages and exit code: all problems on stderr, with JSON on stdout too."""
    try:
        yield
    except ZujiError as refusal:
        say_problems(refusal.problems, language, as_json=as_json)
        raise typer.Exit(CANNOT_WRITE if isinstance(refusal, UnwritableError) else MISTAKES) from None


def say_problems(problems: Iterable[Problem], language: Language, *, as_json: bool = False) -> None:
    """Every problem with its place and its cure."""
    listed = list(problems)
    if as_json:
        from zuji.formats.result import problem_to_dict

        say_json({"problems": [problem_to_dict(each) for each in listed]})
    for each in listed:
        typer.echo(f"✗ {clean(each.in_language(language))}", err=True)
    if len(listed) > 1:
        typer.echo(f"共 {len(listed)} 处" if language is Language.ZH else f"{len(listed)} problems", err=True)


def say_json(value: Any) -> None:
    """A value as JSON on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def say_step(zh: str, en: str, language: Language) -> None:
    """What is going on, beside the answer."""
    typer.echo(zh if language is Language.ZH else en, err=True)


def clean(text: str) -> str:
    """Text without control characters, so that a file cannot steer the terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else "�" for c in text)
