"""`zuji convert`: the same study as workbook, YAML or JSON."""

from pathlib import Path
from typing import Annotated

import typer

from zuji.cli.answers import ForceOption, Language, LanguageOption, answering


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="清单 inventory: .xlsx .yaml .json")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="写到哪里 where to write: .xlsx .yaml .json")],
    *,
    lang: LanguageOption = Language.ZH,
    force: ForceOption = False,
) -> None:
    """转换清单的文件格式 Convert an inventory.

    Excel (.xlsx)、YAML、JSON 之间互相转换 between .xlsx, .yaml and .json."""
    from zuji.cli import files

    with answering(lang):
        files.check_targets([out], source=source, force=force)
        files.write_all({out: files.study_as(files.read_study(source), out)})
        typer.echo(f"已写出 {out}" if lang is Language.ZH else f"wrote {out}")
