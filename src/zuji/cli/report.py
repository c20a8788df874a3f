"""`zuji report`: the report of a study under its rule, as PDF, Word document or web page."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zuji.cli.answers import ForceOption, Language, LanguageOption, answering
from zuji.errors import InvalidInput, Place, ZujiError, problem

if TYPE_CHECKING:
    from zuji.errors import Problem
    from zuji.model.category_rules import ProductCategoryRule
    from zuji.model.standards import Governing
    from zuji.model.studies import Study
    from zuji.report.material import Material
    from zuji.rules.book import RuleBook

# what each form needs beside the library itself
_NEEDS = {".pdf": ("weasyprint", "jinja2"), ".docx": ("docx", "PIL"), ".html": ("jinja2",)}


def report(
    file: Annotated[Path, typer.Argument(metavar="STUDY", help="清单 inventory: .xlsx .yaml .json")],
    *,
    to: Annotated[Path, typer.Option("--to", metavar="OUT.pdf|.docx|.html", help="写到哪里 where to")],
    rule: Annotated[
        str,
        typer.Option(metavar="ID|FILE.yaml", help="规则，默认按清单 rule, the study's own by default"),
    ] = "",
    runs: Annotated[
        int, typer.Option(min=0, max=1_000_000, help="模拟次数，0 为一阶传播 runs, 0 for first order")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, max=2**53 - 1, help="随机种子 seed")] = 0,
    by: Annotated[str, typer.Option(help="编制人 who reports it")] = "",
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="报告日期 its date")] = "",
    lang: LanguageOption = Language.ZH,
    force: ForceOption = False,
) -> None:
    """按规则编写报告 Write the report of a study under its rule."""
    with answering(lang):
        from zuji.cli import files

        writer = _writer(to)
        day = _day(date)
        files.check_targets([to], source=file, force=force)
        material = _material(file, rule=rule, runs=runs, seed=seed, by=by, day=day, lang=lang)
        files.write_all({to: writer(material)})
        typer.echo(f"已写出 {to}" if lang is Language.ZH else f"wrote {to}")
        _say_missing(material, lang)


def _writer(to: Path) -> "Callable[[Material], bytes]":
    """Who writes the form that the ending names; refuses what cannot be written before any work."""
    ending = to.suffix.lower()
    if ending not in _NEEDS:
        raise InvalidInput(
            problem(
                "report.form",
                f"报告不能写成“{ending or to.name}”",
                f"a report cannot be written as “{ending or to.name}”",
                cure_zh="请用 .pdf、.docx 或 .html 结尾的文件名",
                cure_en="name a file that ends in .pdf, .docx or .html",
                place=Place(file=str(to)),
            )
        )
    if any(find_spec(name) is None for name in _NEEDS[ending]):
        raise ZujiError(
            problem(
                "report.not_installed",
                f"这个环境没有安装生成 {ending} 的部分",
                f"this environment lacks what writes {ending}",
                cure_zh="请安装 zuji[report]，或使用 ./run 建立的环境",
                cure_en="install zuji[report], or use the environment that ./run makes",
            )
        )
    return {".pdf": _pdf, ".docx": _word, ".html": _page}[ending]


def _pdf(material: "Material") -> bytes:
    from zuji.report import pdf

    return pdf.printed(material)


def _word(material: "Material") -> bytes:
    from zuji.report import word

    return word.printed(material)


def _page(material: "Material") -> bytes:
    from zuji.report.content import compose
    from zuji.report.rendering import page

    return page(compose(material)).encode()


def _day(text: str) -> str:
    from datetime import UTC, datetime
    from datetime import date as day

    try:
        return (day.fromisoformat(text) if text else datetime.now(UTC).astimezone().date()).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{text}: YYYY-MM-DD", param_hint="--date") from None


def _material(
    file: Path, *, rule: str, runs: int, seed: int, by: str, day: str, lang: Language
) -> "Material":
    from zuji.cli.files import read_study
    from zuji.formats import reference, standards
    from zuji.quality import evaluate
    from zuji.report.material import Issue, Material
    from zuji.report.ruled import under
    from zuji.trust.snapshot import freeze

    data = reference.load()
    study, chosen, book = _under(read_study(file), rule, file.name)
    if study.gwp not in data.gwp:
        raise InvalidInput(_no_gwp(study, list(data.gwp), file.name))
    gwp = data.gwp[study.gwp]
    footprint = evaluate(study, data.catalogue, gwp, data.fuels, uncertainty=runs, seed=seed)
    snapshot = freeze(study, footprint, data.catalogue, gwp, data.fuels, frozen_at=day, frozen_by=by)
    issue = Issue(
        date=day,
        organisation=study.product.manufacturer,
        author=by or study.goal.author,
        edition=data.edition,
    )
    material = Material(study=study, footprint=footprint, snapshot=snapshot, issue=issue, language=lang.value)
    if chosen is None:
        return material
    return under(
        material,
        chosen,
        book,
        gwp=data.gwp,
        factors=data.catalogue,
        governing=_governing(study, day),
        tree=standards.tree(),
    )


def _governing(study: "Study", day: str) -> "Governing | None":
    """What the shipped registry says of the product, None where the study has no product code."""
    from datetime import date

    from zuji.formats import standards
    from zuji.rules.checks.ruled_frame import codes_of
    from zuji.rules.governing import governing

    codes, on = codes_of(study.product.code), date.fromisoformat(day)
    if not codes:
        return None
    return governing(standards.registry(), standards.tree(), codes, on, study.geography)


def _under(study: "Study", asked: str, name: str) -> "tuple[Study, ProductCategoryRule | None, RuleBook]":
    """The study with the rule it is reported under: that asked for, else the one that it names."""
    from zuji.cli import files
    from zuji.formats import rules

    book = rules.shipped()
    if not asked:
        return study, book.get(study.rule) if study.rule in book else None, book
    if Path(asked).suffix.lower() in {".yaml", ".yml"}:
        chosen = rules.load(files.read(Path(asked)), name=Path(asked).name)
    else:
        chosen = book.get(asked)
    if study.rule and study.rule not in (chosen.key, chosen.id):
        raise InvalidInput(
            problem(
                "report.other_rule",
                f"清单写明的规则是“{study.rule}”，不是“{chosen.key}”",
                f"the study names the rule “{study.rule}”, not “{chosen.key}”",
                cure_zh="请修改清单的 rule 项，或去掉 --rule",
                cure_en="change “rule” in the study, or leave --rule out",
                place=Place(file=name, field="rule"),
            )
        )
    return replace(study, rule=chosen.key), chosen, book


def _no_gwp(study: "Study", sets: list[str], name: str) -> "Problem":
    listing = ", ".join(sets)
    return problem(
        "gwp.unknown",
        f"没有全球增温潜势“{study.gwp}”",
        f"there is no set of potentials “{study.gwp}”",
        cure_zh=f"可选：{listing}",
        cure_en=f"choose one of {listing}",
        place=Place(file=name, field="gwp"),
    )


def _say_missing(material: "Material", lang: Language) -> None:
    """What a reviewer will find missing, so that nobody hands the report out unaware."""
    from zuji.report.checklist import State, completeness
    from zuji.report.content import compose

    entries = completeness(material, compose(material).sections)
    missing = [entry.item.name.in_language(lang.value) for entry in entries if entry.state is State.MISSING]
    if missing:
        listed = material.joined(missing)
        text = f"报告缺少：{listed}" if lang is Language.ZH else f"the report lacks: {listed}"
        typer.echo(text, err=True)
