"""`zuji lci simulate`: distributions of every product, here, in worker processes or on a cluster."""

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

        if out is not None:
            files.check_targets([out], force=force)
        database = lci.open_saved(directory)
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
                "product": own.product_name[index],
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
            say_json({**about, "seed": seed, "digest": found.digest, "products": rows})
            return
        _say(found, rows, lang)
        if out is not None:
            typer.echo(f"已写出 {out}" if lang is Language.ZH else f"wrote {out}")


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
