"""`zuji lci simulate`: distributions of every product, here, in worker processes or on a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zuji.cli.answers import ForceOption, JsonOption, Language, LanguageOption, answering, clean, say_json
from zuji.cli.lci import DatabaseArgument, MethodOption

if TYPE_CHECKING:
    from zuji.lci.simulating import Simulated


def simulate(
    directory: DatabaseArgument,
    *,
    process: Annotated[
        list[str] | None, typer.Option("--process", help="保留其全部抽样的过程，可重复 keep all draws of it")
    ] = None,
    method: MethodOption = "",
    draws: Annotated[int, typer.Option(min=1, help="抽样次数 draws")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="种子 seed")] = 0,
    workers: Annotated[int, typer.Option(min=0, help="工作进程数 worker processes")] = 0,
    scheduler: Annotated[str, typer.Option(metavar="tcp://…", help="Dask 调度器 Dask scheduler")] = "",
    folder: Annotated[
        Path | None, typer.Option("--keep", metavar="FOLDER", help="中断后可续算 goes on after a stop")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="写到 .parquet .csv .json write to a file")
    ] = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
    force: ForceOption = False,
) -> None:
    """蒙特卡洛：全部产品的不确定性 Monte Carlo: how uncertain every product is.

    结果与工作进程的数目无关 the result does not depend on the number of workers."""
    with answering(lang, as_json=as_json):
        from zuji import lci
        from zuji.cli import files
        from zuji.lci import simulating
        from zuji.lci.finding import product_of

        if out is not None:
            files.check_targets([out], force=force)
        database = lci.open_saved(directory)
        with _interrupted(folder, lang):
            found = simulating.simulate(
                database,
                method,
                process or (),
                draws=draws,
                seed=seed,
                executor=simulating.executor_of(workers, scheduler),
                folder=folder,
                progress=None if as_json else _say_progress,
                language=lang.value,
            )
        if out is not None:
            files.write_all({out: found.table(database, lang.value).as_bytes(out.suffix.lower())})
        own = database.network.processes
        quantiles = found.quantiles() if found.products else ()
        rows = [
            {
                "process": index,
                "product": product_of(own, index).in_language(lang.value),
                "nominal": float(found.nominal[index]),
                "mean": float(found.statistics.mean[index, 0]),
                "sd": float(found.statistics.sd[index, 0]),
                "low": float(low),
                "median": float(median),
                "high": float(high),
                "unit": found.unit,
            }
            for index, (low, median, high) in zip(found.products, quantiles, strict=True)
        ]
        if as_json:
            counted = found.statistics.counted
            about = {"category": found.label, "draws": draws, "counted": counted, "failed": found.failed}
            about["uncertain"] = simulating.uncertain(database)
            say_json({**about, "seed": seed, "digest": found.digest, "products": rows})
            return
        _say(found, rows, lang)
        _say_meaning(simulating.uncertain(database), rows, lang, listed=bool(rows) or out is not None)
        if out is not None:
            typer.echo(f"已写出 {out}" if lang is Language.ZH else f"wrote {out}")


@contextmanager
def _interrupted(folder: Path | None, lang: Language) -> Iterator[None]:
    """Says where an interrupted run goes on."""
    try:
        yield
    except KeyboardInterrupt:
        if folder is not None:
            zh, en = f"已中断；同一命令从 {folder} 接着算", f"stopped; the same command goes on from {folder}"
            typer.echo("\n" + (zh if lang is Language.ZH else en), err=True)
        raise


def _say_meaning(uncertain: int, rows: list[dict[str, Any]], lang: Language, *, listed: bool) -> None:
    """What was drawn at all, and how to see more of it."""
    chinese = lang is Language.ZH
    if not uncertain:
        zh, en = (
            "数据库没有给出任何不确定度：各次抽样都相同",
            "the database states no uncertainty: all draws are equal",
        )
        typer.echo(zh if chinese else en)
    elif any(row["sd"] == 0.0 for row in rows):
        zh = f"标准差为零：数据库给出的 {uncertain} 个不确定度都不在该产品的供应链里"
        en = f"a deviation of zero: none of the {uncertain} uncertainties stated is in that supply chain"
        typer.echo(zh if chinese else en)
    if not listed:
        zh, en = (
            "用 --process 看一个产品的分布，用 --out 写出全部产品",
            "--process shows a product, --out writes all",
        )
        typer.echo(zh if chinese else en)


def _say_progress(done: int, whole: int) -> None:
    typer.echo(f"\r{done}/{whole}", nl=done == whole, err=True)


def _say(found: "Simulated", rows: list[dict[str, Any]], lang: Language) -> None:
    counted, failed = found.statistics.counted, found.failed
    if lang is Language.ZH:
        typer.echo(f"{clean(found.label)}：计入 {counted} 次抽样，{failed} 次没有有限的足迹，未计入")
    else:
        typer.echo(f"{clean(found.label)}: {counted} draws; {failed} without a finite footprint are left out")
    for row in rows:
        typer.echo(
            clean(
                f"{row['product']}: {row['nominal']:.6g} → {row['mean']:.6g} ± {row['sd']:.3g} "
                f"[{row['low']:.6g}, {row['high']:.6g}] {row['unit']}"
            )
        )
