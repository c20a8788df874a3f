"""`zuji footprint`: from an inventory to its result, report and snapshot."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zuji.cli import counting
from zuji.cli.answers import ForceOption, JsonOption, Language, LanguageOption, answering, say_json

if TYPE_CHECKING:
    from zuji.formats.reference import ReferenceData
    from zuji.model.footprints import Footprint
    from zuji.model.studies import Study
    from zuji.rules.applying import Applied
    from zuji.trust.snapshot import Snapshot


def footprint(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="清单 inventory: .xlsx .yaml .json")],
    *,
    rule: Annotated[
        str,
        typer.Option(
            metavar="ID|FILE.yaml",
            help="按这一核算规则计算：规则编号或文件 count as this rule wants: its id or a file",
        ),
    ] = "",
    gwp: Annotated[str, typer.Option(help="全球增温潜势，默认按清单 GWP set: AR6, AR5, …")] = "",
    runs: Annotated[
        int, typer.Option(min=0, max=1_000_000, help="模拟次数，0 为一阶传播 runs, 0 for first order")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, max=2**53 - 1, help="随机种子 seed")] = 0,
    as_json: JsonOption = False,
    report: Annotated[
        Path | None, typer.Option(metavar="OUT.pdf", help="写出 PDF 报告 write the report")
    ] = None,
    snapshot: Annotated[
        Path | None, typer.Option(metavar="OUT.json", help="写出可核验的快照 write the snapshot")
    ] = None,
    workbook: Annotated[
        Path | None, typer.Option(metavar="OUT.xlsx", help="写出结果工作簿 write the result workbook")
    ] = None,
    by: Annotated[str, typer.Option(help="记入快照与报告的姓名 who freezes and reports it")] = "",
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="记入快照与报告的日期 their date")] = "",
    lang: LanguageOption = Language.ZH,
    force: ForceOption = False,
) -> None:
    """计算产品碳足迹 Calculate a product carbon footprint."""
    with answering(lang, as_json=as_json):
        day = counting.day(date, "--date").isoformat() if date else ""
        targets = [target for target in (report, snapshot, workbook) if target is not None]
        from zuji.cli import files

        files.check_targets(targets, source=file, force=force)
        if report is not None:
            from zuji.cli.report import check_installed

            check_installed(".pdf")
        made = _made(file, rule=rule, gwp=gwp, runs=runs, seed=seed, by=by, day=day)
        contents: dict[Path, bytes] = {}
        writers: list[tuple[Path | None, Callable[[], bytes]]] = [
            (snapshot, lambda: made.snapshot.to_bytes()),
            (workbook, lambda: _workbook(made)),
            (report, lambda: _report(made, rule=rule, by=by, day=day, lang=lang)),
        ]
        for target, content in writers:
            if target is not None:
                contents[target] = content()
        files.write_all(contents)
        if as_json:
            from zuji.formats import result

            say_json(result.to_dict(made.footprint, made.snapshot, made.study))
            return
        from zuji.cli.footprint_tables import show, show_applied

        show(made.study, made.footprint, made.snapshot, lang)
        if made.applied is not None:
            show_applied(made.applied, lang)
        for target in contents:
            typer.echo(f"已写出 {target}" if lang is Language.ZH else f"wrote {target}")


@dataclass(frozen=True, slots=True)
class _Made:
    study: "Study"
    footprint: "Footprint"
    snapshot: "Snapshot"
    applied: "Applied | None"


def _made(file: Path, *, rule: str, gwp: str, runs: int, seed: int, by: str, day: str) -> _Made:
    from zuji.cli.files import read_study
    from zuji.formats import reference
    from zuji.quality import evaluate
    from zuji.trust.snapshot import freeze

    study = read_study(file)
    data = reference.load()
    if gwp:
        study = replace(study, gwp=gwp)
    applied = _ruled(study, rule, data) if rule else None
    if applied is not None:
        study = applied.study
    potentials = counting.potentials(study, data.gwp, file.name)
    found = evaluate(study, data.catalogue, potentials, data.fuels, uncertainty=runs, seed=seed)
    frozen = freeze(study, found, data.catalogue, potentials, data.fuels, frozen_at=day, frozen_by=by)
    return _Made(study, found, frozen, applied)


def _ruled(study: "Study", rule: str, data: "ReferenceData") -> "Applied":
    from zuji.cli import rulings
    from zuji.rules.applying import apply

    chosen = rulings.resolved(rule, sound=True)
    applied = apply(study, chosen, data.catalogue)
    return replace(applied, study=replace(applied.study, rule=chosen.key))


def _workbook(made: _Made) -> bytes:
    from zuji.formats import result_excel

    return result_excel.dump(made.footprint, made.snapshot, made.study)


def _report(made: _Made, *, rule: str, by: str, day: str, lang: Language) -> bytes:
    from zuji.cli.report import counted_under

    return counted_under(
        made.study,
        made.footprint,
        made.snapshot,
        asked=rule,
        by=by,
        on=counting.day(day, "--date"),
        lang=lang,
    )
