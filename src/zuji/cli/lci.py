"""`zuji lci`: inventory databases, from a package to every product's footprint."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zuji.cli.answers import (
    ForceOption,
    JsonOption,
    Language,
    LanguageOption,
    answering,
    clean,
    say_json,
    say_step,
)
from zuji.cli.lci_tables import (
    json_number,
    repairs_of,
    say_account,
    say_health,
    say_intensities,
    say_repairs,
    say_table,
    say_upstream,
    say_zeros,
)

if TYPE_CHECKING:
    from zuji.lca.network.certificates import Certificate
    from zuji.lci.database import Database

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

    with answering(lang, as_json=as_json):
        _check_folder(to, force=force)
        options = _options(allocation)
        said = not as_json
        if said:
            say_step("正在读取与链接……", "reading and linking …", lang)
        database = lci.load(package, format=format_key or None, options=options)
        if said:
            say_step("正在求解并保存……", "solving and saving …", lang)
        if repaired:
            database = database.repaired()
        try:
            database = database.save(to)
        except OSError as error:
            raise _unwritable(to, error) from error
        if as_json:
            say_json(_imported(database))
            return
        say_account(database.record.ledger, lang)
        say_repairs(database, lang)
        typer.echo(_solved(database, lang))
        say_zeros(database, lang)


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
        say_health(found, lang)


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
        from zuji.errors import Place

        if out is not None:
            files.check_targets([out], force=force)
        database = lci.open_saved(directory)
        found = database.intensities(method, language=lang.value)
        if out is not None:
            place = Place(file=str(out))
            files.write_all({out: found.table.as_bytes(out.suffix.lower(), place=place)})
        if as_json:
            shown = {"products": found.table.rows()} if out is None else {"written": str(out)}
            say_json(
                {"certificate": _certificate(found.certificate), "repairs": repairs_of(database), **shown}
            )
            return
        if out is not None:
            typer.echo(f"已写出 {out}" if lang is Language.ZH else f"wrote {out}")
        else:
            say_intensities(database, found, method, limit, lang)
        say_repairs(database, lang)
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

        database = lci.open_saved(directory)
        with _unsolved(directory):
            found = database.footprint(process, amount, method, language=lang.value)
        own, behind = database.network.processes, database.upstream(found.process)
        if as_json:
            rows = zip(found.labels, found.values, found.units, found.error, strict=True)
            say_json(
                {
                    "process": found.process,
                    "id": own.id[found.process],
                    "name": _name(database, found.process, lang),
                    "location": own.location[found.process],
                    "product": found.product,
                    "amount": found.amount,
                    "unit": found.unit,
                    "results": [
                        {"category": label, "value": value, "unit": unit, "error": json_number(error)}
                        for label, value, unit, error in rows
                    ],
                    "upstream": {"processes": behind.processes, "lacking": behind.lacking},
                    "repairs": repairs_of(database),
                    "certificate": _certificate(found.certificate),
                }
            )
            return
        place = own.location[found.process] or "—"
        typer.echo(clean(f"{found.process}: {_name(database, found.process, lang)} [{place}]"))
        typer.echo(clean(str(found)))
        say_upstream(database, found.process, lang, zero=amount != 0.0 and not any(found.values))
        say_repairs(database, lang)
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
    """一个指标的足迹从哪里来 Where a footprint in one category comes from.

    不写 --method 时按化石温室气体合计；有几个指标时取第一个，并在结果中写明
    without --method that is the fossil total; of several categories the first is taken, and named."""
    with answering(lang, as_json=as_json):
        from zuji import lci
        from zuji.lci.results import UNKNOWN_UNIT

        database = lci.open_saved(directory)
        index = database.process(process)
        with _unsolved(directory):
            found = database.contributions(
                index, method, by=by, amount=amount, limit=limit, language=lang.value
            )
        label, unit = _category(database, method, lang)
        own = database.network.processes
        if as_json:
            said = {"category": label, "unit": unit, "by": by, "amount": amount}
            repairs = {"repairs": repairs_of(database)}
            say_json({"process": index, **said, "parts": found.rows(), **repairs})
            return
        whose = f"{index}: {_name(database, index, lang)} [{own.location[index] or '—'}]"
        typer.echo(clean(f"{whose}\n{amount:g} {own.unit[index] or UNKNOWN_UNIT}"))
        typer.echo(clean(f"{label} ({unit})" if unit else label))
        say_table(found, lang)
        zero = amount != 0.0 and not any(found["value"])
        say_upstream(database, index, lang, zero=zero)
        say_repairs(database, lang)


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
        from zuji.lci.finding import product_of

        database = lci.open_saved(directory)
        own = database.network.processes
        rows = [
            {
                "process": index,
                "id": own.id[index],
                "name": _name(database, index, lang),
                "product": product_of(own, index).in_language(lang.value),
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

        say_table(Table({name: [row[name] for row in rows] for name in rows[0]}), lang)


def _name(database: "Database", process: int, lang: Language) -> str:
    from zuji.text import Text

    own = database.network.processes
    return Text(own.name[process], own.name_en[process]).in_language(lang.value)


@contextmanager
def _unsolved(directory: Path) -> Iterator[None]:
    """Says with which commands the cause of a missing footprint is found and mended."""
    from dataclasses import replace

    from zuji.errors import NonProductiveSystem
    from zuji.text import Text

    try:
        yield
    except NonProductiveSystem as refused:
        *others, last = refused.problems
        see, mend = f"zuji lci health {directory}", "zuji lci import … --repair"
        cure = Text(
            f"{last.cure.zh}（{see} 列出它们；{mend} 采用建议的修复）",
            f"{last.cure.en} ({see} lists them; {mend} accepts the suggested repairs)",
        )
        raise NonProductiveSystem(*others, replace(last, cure=cure)) from None


def _check_folder(to: Path, *, force: bool) -> None:
    """Raises `UnwritableError` where a database cannot be kept, before anything is read."""
    from zuji.cli import files
    from zuji.cli.answers import UnwritableError
    from zuji.errors import FileRefused
    from zuji.lci import records

    try:
        records.check_folder(to)
    except FileRefused as refused:
        raise UnwritableError(*refused.problems) from None
    except OSError as error:
        raise _unwritable(to, error) from error
    if (to / "network.json").exists() and not force:
        files.check_targets([to / "network.json"])


def _unwritable(to: Path, error: OSError) -> Exception:
    from zuji.cli.answers import UnwritableError
    from zuji.errors import Place, problem

    return UnwritableError(
        problem(
            "cannot-write",
            f"写入失败（{error.strerror}）",
            f"could not be written ({error.strerror})",
            cure_zh="请检查权限与磁盘空间",
            cure_en="check permissions and free space",
            place=Place(file=str(to)),
        )
    )


def _category(database: "Database", method: str, lang: Language) -> tuple[str, str]:
    """The name and the unit of the category that contributions are counted in."""
    from zuji.lca.network import characterising

    chosen = database.category(method)
    label = characterising.labels(database.network, [chosen], lang.value)[0]
    return label, database.network.factors.unit[chosen]


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
        "repairs": repairs_of(database),
        "certificate": _certificate(database.intensities().certificate),
    }


def _certificate(certificate: "Certificate") -> dict[str, Any]:
    from dataclasses import asdict

    return {key: json_number(value) for key, value in asdict(certificate).items()}


def _solved(database: "Database", lang: Language) -> str:
    certificate = database.intensities().certificate
    solved = len(database) - certificate.unsolved
    if lang is Language.ZH:
        head = f"{len(database)} 个产品中 {solved} 个有足迹；{len(database.network.cut_offs)} 条交换被截断"
    else:
        cut = len(database.network.cut_offs)
        head = f"{solved} of {len(database)} products have a footprint; {cut} exchanges are cut off"
    return f"{head}\n{certificate.in_words(lang.value)}"
