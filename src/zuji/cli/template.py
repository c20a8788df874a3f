"""`zuji template`: the workbook that a factory fills."""

from pathlib import Path
from typing import Annotated

import typer

from zuji.cli.answers import ForceOption, Language, LanguageOption, answering


def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="写到哪里 where to write it")],
    *,
    blank: Annotated[bool, typer.Option("--blank", help="不含示例行 without example rows")] = False,
    lang: LanguageOption = Language.ZH,
    force: ForceOption = False,
) -> None:
    """写出清单模板 Write the inventory workbook to fill in."""
    from zuji.cli import files

    with answering(lang):
        files.check_targets([out], force=force)
        from zuji.formats import excel

        files.write_all({out: excel.template(language=lang.value, example=not blank)})
        typer.echo(f"已写出 {out}" if lang is Language.ZH else f"wrote {out}")
