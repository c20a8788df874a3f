"""`zuji lci`: inventory databases, from a package to every product's footprint."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zuji.cli.answers import ForceOption, JsonOption, Language, LanguageOption, answering, clean, say_json

if TYPE_CHECKING:
    from zuji.lca.network.certificates import Certificate
    from zuji.lci.database import Database
    from zuji.lci.tables import Table

DatabaseArgument = Annotated[Path, typer.Argument(metavar="DIR", help="已导入的数据库 an imported database")]
ProcessOption = Annotated[
    str, typer.Option("--process", help="过程编号、UUID 或名称中的词 number, UUID or words of its name")
]
MethodOption = Annotated[
    str, typer.Option("--method", help="评价方法或指标名称的一部分 part of the name of a method or category")
]
AmountOption = Annotated[float, typer.Option("--amount", help="产品数量 amount of its product")]


def import_package(
    package: Annotated[
        Path, typer.Argument(metavar="PACKAGE", help="数据包 ILCD, TIDAS, JSON-LD, EcoSpold, CSV")
    ],
    *,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="存到哪个文件夹 folder to keep it in")],
    format_key: Annotated[
        str, typer.Option("--format", help="格式，默认自动识别 format, told by content")
    ] = "",
    allocation: Annotated[
        str, typer.Option(help="分配方法 stated, physical, mass, energy, economic, equal, substitution…")
    ] = "stated",
    repaired: Annotated[
        bool, typer.Option("--repair", help="按健康报告的建议切断有病的循环 cut the links health suggests")
    ] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
    force: ForceOption = False,
) -> None:
    """导入数据库：读取、链接、求解全部产品 Import a database: read it, link it, solve every product."""
    from zuji import lci
    from zuji.cli import files

    with answering(lang, as_json=as_json):
        if to.exists() and not force:
            files.check_targets([to / "network.json"] if to.is_dir() else [to])
        options = _options(allocation)
        database = lci.load(package, format=format_key or None, options=options)
        if repaired:
            database = database.repaired()
        database = database.save(to)
        if as_json:
            say_json(_imported(database))
            return
        say_account(database.record.ledger, lang)
        typer.echo(_solved(database, lang))


def health(
    directory: DatabaseArgument, *, as_json: JsonOption = False, lang: LanguageOption = Language.ZH
) -> None:
    """检查网络：坏循环、缺口、异常值与修复建议 Examine the network: sick loops, gaps, outliers, repairs."""
    with answering(lang, as_json=as_json):
        from zuji import lci
        from zuji.lci.checkup import health_as_data

        database = lci.open_saved(directory)
        found = health_as_data(database.network, database.health())
        if as_json:
            say_json(found)
            return
        _say_health(found, lang)


def intensities(
    directory: DatabaseArgument,
    *,
    method: MethodOption = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="写到 .parquet .csv .json write to a file")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="屏幕上显示几行 rows on the screen")] = 20,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
    force: ForceOption = False,
) -> None:
    """全部产品的足迹 The cradle-to-gate footprint of every product."""
    with answering(lang, as_json=as_json):
        from zuji import lci
        from zuji.cli import files

        if out is not None:
            files.check_targets([out], force=force)
        found = lci.open_saved(directory).intensities(method, language=lang.value)
        if out is not None:
            files.write_all({out: found.table.as_bytes(out.suffix.lower())})
            typer.echo(f"已写出 {out}" if lang is Language.ZH else f"wrote {out}")
        elif as_json:
            say_json({"certificate": _certificate(found.certificate), "products": found.table.rows()})
            return
        else:
            _say_table(found.table.head(limit))
        typer.echo(found.certificate.in_words(lang.value))


def footprint(
    directory: DatabaseArgument,
    *,
    process: ProcessOption,
    amount: AmountOption = 1.0,
    method: MethodOption = "",
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """一个产品的足迹 The footprint of one product."""
    with answering(lang, as_json=as_json):
        from zuji import lci

        found = lci.open_saved(directory).footprint(process, amount, method, language=lang.value)
        if as_json:
            rows = zip(found.labels, found.values, found.units, found.error, strict=True)
            say_json(
                {
                    "process": found.process,
                    "product": found.product,
                    "amount": found.amount,
                    "unit": found.unit,
                    "results": [
                        {"category": label, "value": value, "unit": unit, "error": error}
                        for label, value, unit, error in rows
                    ],
                    "certificate": _certificate(found.certificate),
                }
            )
            return
        typer.echo(clean(str(found)))
        typer.echo(found.certificate.in_words(lang.value))


def contributions(
    directory: DatabaseArgument,
    *,
    process: ProcessOption,
    method: MethodOption = "",
    by: Annotated[
        str, typer.Option(help="按 process, flow, input, place, category 拆分 split by")
    ] = "process",
    amount: AmountOption = 1.0,
    limit: Annotated[int, typer.Option(min=1, help="最多几行 at most so many")] = 20,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """足迹从哪里来 Where a footprint comes from."""
    with answering(lang, as_json=as_json):
        from zuji import lci

        database = lci.open_saved(directory)
        found = database.contributions(process, method, by=by, amount=amount, limit=limit)
        if as_json:
            say_json(found.rows())
            return
        _say_table(found)


def find(
    directory: DatabaseArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="要找的词 words to look for")],
    *,
    limit: Annotated[int, typer.Option(min=1, help="最多几条 at most so many")] = 20,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """在数据库中找过程 Find processes by words, with their numbers."""
    with answering(lang, as_json=as_json):
        from zuji import lci

        database = lci.open_saved(directory)
        own = database.network.processes
        rows = [
            {
                "process": index,
                "id": own.id[index],
                "name": own.name[index] if lang is Language.ZH else own.name_en[index] or own.name[index],
                "location": own.location[index],
                "unit": own.unit[index],
            }
            for index in database.find(text, limit)
        ]
        if as_json:
            say_json(rows)
            return
        if not rows:
            typer.echo("没有找到，请换一种说法" if lang is Language.ZH else "nothing found; try other words")
            return
        from zuji.lci.tables import Table

        _say_table(Table({name: [row[name] for row in rows] for name in rows[0]}))


def _options(allocation: str) -> Any:
    from zuji.errors import InvalidInput, problem
    from zuji.lca.network.linking import Allocation, LinkOptions

    try:
        return LinkOptions(allocation=Allocation(allocation))
    except ValueError:
        known = ", ".join(Allocation)
        raise InvalidInput(
            problem(
                "lci.allocation",
                f"没有分配方法“{allocation}”",
                f"there is no allocation method “{allocation}”",
                cure_zh=f"用 {known} 之一",
                cure_en=f"use one of {known}",
            )
        ) from None


def _imported(database: "Database") -> dict[str, Any]:
    return {
        "about": dict(database.network.about),
        "processes": len(database),
        "links": len(database.network.edges),
        "cut_offs": len(database.network.cut_offs),
        "ledger": database.record.ledger,
        "linking": database.record.linking,
        "certificate": _certificate(database.intensities().certificate),
    }


def _certificate(certificate: "Certificate") -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(certificate)


def _solved(database: "Database", lang: Language) -> str:
    certificate = database.intensities().certificate
    solved = len(database) - certificate.unsolved
    if lang is Language.ZH:
        head = f"{len(database)} 个产品中 {solved} 个有足迹；{len(database.network.cut_offs)} 条交换被截断"
    else:
        cut = len(database.network.cut_offs)
        head = f"{solved} of {len(database)} products have a footprint; {cut} exchanges are cut off"
    return f"{head}\n{certificate.in_words(lang.value)}"


def say_account(ledger: dict[str, Any], lang: Language) -> None:
    """A ledger as two tables: counts by kind, and reasons."""
    from zuji.lci.records import Record

    record = Record(ledger=ledger)
    _say_table(record.ledger_table())
    reasons = record.reasons_table(lang.value)
    if len(reasons):
        _say_table(reasons.head(30))


def _say_health(found: dict[str, Any], lang: Language) -> None:
    from zuji.lci.tables import Table

    key = "zh" if lang is Language.ZH else "en"
    counts = (found["solvable"], found["touched"], found["unsolvable"])
    if lang is Language.ZH:
        typer.echo("有足迹 {} · 受牵连 {} · 无足迹 {}".format(*counts))
    else:
        typer.echo("with a footprint {} · touched {} · without {}".format(*counts))
    findings = found["findings"]
    _say_table(
        Table(
            {
                "severity": [each["severity"] for each in findings],
                "number": [each["number"] for each in findings],
                "what": [each["what"][key] for each in findings],
                "cure": [each["cure"][key] for each in findings],
            }
        )
    )
    sick = [loop for loop in found["loops"] if loop["sick"]]
    if sick:
        _say_table(
            Table(
                {
                    "size": [loop["size"] for loop in sick],
                    "radius": [loop["radius"] for loop in sick],
                    "gain": [loop["gain"] for loop in sick],
                    "loop": [" ← ".join(each["name"][key] for each in loop["loop"][:6]) for loop in sick],
                }
            )
        )


def _say_table(found: "Table") -> None:
    from zuji.cli.tables import cell, console, table

    rows = found.rows()
    numeric = {
        place
        for place, name in enumerate(found.columns)
        if rows and all(isinstance(row[name], int | float | None) for row in rows)
    }
    shown = table(*found.columns, numeric=numeric)
    for row in rows:
        shown.add_row(*(cell(_written(value)) for value in row.values()))
    console().print(shown)


def _written(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
