"""`zuji convert`: the same study as workbook, YAML or JSON; an inventory package in another format."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zuji.cli.answers import (
    ForceOption,
    JsonOption,
    Language,
    LanguageOption,
    answering,
    say_json,
    say_step,
)

if TYPE_CHECKING:
    from zuji.errors import Problem

_PACKAGES = (".zip", ".csv", ".xml", ".spold", ".zolca")


def convert(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="清单 inventory: .xlsx .yaml .json，或数据包 package")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="写到哪里 where to write")],
    *,
    to: Annotated[
        str,
        typer.Option(
            "--to", help="数据包格式 package format: ilcd, tidas, jsonld, ecospold1, ecospold2, simapro"
        ),
    ] = "",
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
    force: ForceOption = False,
) -> None:
    """转换文件格式 Convert an inventory or a data package.

    不加 --to：Excel (.xlsx)、YAML、JSON 清单之间互相转换 without --to: between .xlsx, .yaml and .json.
    加 --to：ILCD、TIDAS、openLCA JSON-LD、EcoSpold、SimaPro 数据包之间转换，并列出未能保留的内容
    with --to: between data packages, with an account of what the other format cannot hold."""
    from zuji.cli import files
    from zuji.errors import InvalidInput

    with answering(lang, as_json=as_json):
        if to:
            files.check_targets([out], source=source, force=force)
            _convert_package(source, out, to, as_json=as_json, lang=lang)
            return
        if source.is_dir() or source.suffix.lower() in _PACKAGES:
            raise InvalidInput(_needs_format(source))
        files.check_targets([out], source=source, force=force)
        files.write_all({out: files.study_as(files.read_study(source), out)})
    typer.echo(f"已写出 {out}" if lang is Language.ZH else f"wrote {out}")


def _needs_format(source: Path) -> "Problem":
    from zuji.errors import Place, problem

    return problem(
        "convert.to",
        "看来是清单数据包，没有说转换成哪种格式",
        "this seems to be a data package; the format to convert it to is not said",
        cure_zh="加上 --to，例如 --to jsonld；可用 ilcd、tidas、jsonld、ecospold1、ecospold2、simapro",
        cure_en="add --to, such as --to jsonld; one of ilcd, tidas, jsonld, ecospold1, ecospold2, simapro",
        place=Place(file=str(source)),
    )


def _convert_package(source: Path, out: Path, to: str, *, as_json: bool, lang: Language) -> None:
    from zuji.cli import files
    from zuji.cli.lci_tables import say_account
    from zuji.errors import InvalidInput, problem
    from zuji.formats import inventories
    from zuji.lci.records import ledger_as_data

    if to not in inventories.FORMATS:
        raise InvalidInput(
            problem(
                "convert.format",
                f"没有名为“{to}”的格式",
                f"there is no format “{to}”",
                cure_zh=f"用其中之一：{'、'.join(inventories.FORMATS)}",
                cure_en=f"use one of {', '.join(inventories.FORMATS)}",
            )
        )
    if not as_json:
        say_step("正在读取……", "reading …", lang)
    loaded = inventories.load(source, name=source.name or source.resolve().name)
    if not as_json:
        say_step("正在写出……", "writing …", lang)
    written = inventories.dump(loaded.package, to)
    files.write_all({out: written.content})
    accounts = {"read": ledger_as_data(loaded.ledger), "written": ledger_as_data(written.ledger)}
    if as_json:
        say_json({"from": loaded.format, "to": to, **accounts})
        return
    for account in accounts.values():
        say_account(account, lang)
    typer.echo(f"已写出 {out}" if lang is Language.ZH else f"wrote {out}")
