"""`zuji verify`: whether a frozen result follows from what its snapshot holds."""

from pathlib import Path
from typing import Annotated

import typer

from zuji.cli.answers import (
    MISTAKES,
    JsonOption,
    Language,
    LanguageOption,
    answering,
    clean,
    say_json,
    say_problems,
)
from zuji.errors import Problem, problem


def verify(
    snapshot: Annotated[Path, typer.Argument(metavar="SNAPSHOT.json", help="快照文件 the snapshot file")],
    *,
    digest: Annotated[
        str, typer.Option("--digest", help="另行得知的 SHA-256 the SHA-256 known from elsewhere")
    ] = "",
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """重算并核验快照 Verify a snapshot.

    只用快照本身重算，并核对每个摘要 Recalculates from what is inside alone and checks every digest.
    """
    from zuji.cli import files

    with answering(lang, as_json=as_json):
        from zuji.trust.snapshot import from_bytes
        from zuji.trust.snapshot import verify as problems_of

        frozen = from_bytes(files.read(snapshot), name=snapshot.name)
        problems = problems_of(frozen)
        if digest and digest.strip().lower() != frozen.digest:
            problems = [_other_digest(digest, frozen.digest), *problems]
        if problems:
            say_problems(problems, lang, as_json=as_json)
            raise typer.Exit(MISTAKES)
        unit = f"{frozen.published['unit']} / {frozen.study.unit.quantity}"
        if as_json:
            answer = {"holds": True, "digest": frozen.digest, "input_digest": frozen.input_digest}
            say_json({**answer, "published": dict(frozen.published), "software": frozen.software_version})
            return
        good = (
            "核验通过，重算得到相同的数字" if lang is Language.ZH else "holds: the same digits come out again"
        )
        typer.echo(f"✓ {good}")
        typer.echo(f"  {clean(frozen.study.product.name)}  {frozen.published['total']} {clean(unit)}")
        typer.echo(f"  SHA-256 {frozen.digest}")


def _other_digest(given: str, found: str) -> Problem:
    return problem(
        "snapshot.other_digest",
        f"文件的 SHA-256 为 {found}，不是给出的 {clean(given)}",
        f"the file's SHA-256 is {found}, not {clean(given)}",
        cure_zh="请核对是否为同一快照，并向出具者索取原件",
        cure_en="check that it is the same snapshot, and ask whoever issued it for the original",
    )
