"""`zuji report`: the report of a study under its rule, as PDF, Word document or web page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date as day
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zuji.cli import counting, rulings
from zuji.cli.answers import ForceOption, Language, LanguageOption, answering
from zuji.errors import InvalidInput, Place, ZujiError, problem

if TYPE_CHECKING:
    from zuji.model.category_rules import ProductCategoryRule
    from zuji.model.footprints import Footprint
    from zuji.model.studies import Study
    from zuji.report.material import Material
    from zuji.rules.book import RuleBook
    from zuji.trust.snapshot import Snapshot

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
        on = counting.day(date, "--date")
        files.check_targets([to], source=file, force=force)
        material = _material(file, rule=rule, runs=runs, seed=seed, by=by, on=on, lang=lang)
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
    check_installed(ending)
    return {".pdf": _pdf, ".docx": _word, ".html": _page}[ending]


def check_installed(ending: str) -> None:
    """Raises `ZujiError` where what writes reports of this ending is not installed."""
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


def _material(file: Path, *, rule: str, runs: int, seed: int, by: str, on: day, lang: Language) -> "Material":
    from zuji.cli.files import read_study
    from zuji.formats import reference
    from zuji.quality import evaluate
    from zuji.trust.snapshot import freeze

    data = reference.load()
    study, chosen, book = _under(read_study(file), rule, file.name)
    gwp = counting.potentials(study, data.gwp, file.name)
    footprint = evaluate(study, data.catalogue, gwp, data.fuels, uncertainty=runs, seed=seed)
    snapshot = freeze(
        study, footprint, data.catalogue, gwp, data.fuels, frozen_at=on.isoformat(), frozen_by=by
    )
    plain = _unruled(study, footprint, snapshot, by=by, on=on, lang=lang)
    return plain if chosen is None else _ruled(plain, chosen, book, on)


def counted_under(
    study: "Study",
    footprint: "Footprint",
    snapshot: "Snapshot",
    *,
    asked: str = "",
    by: str,
    on: day,
    lang: Language,
) -> bytes:
    """The PDF report of a study that is calculated already, under the rule `asked`, else its own."""
    _, chosen, book = _under(study, asked, "")
    plain = _unruled(study, footprint, snapshot, by=by, on=on, lang=lang)
    return _pdf(plain if chosen is None else _ruled(plain, chosen, book, on))


def _unruled(
    study: "Study", footprint: "Footprint", snapshot: "Snapshot", *, by: str, on: day, lang: Language
) -> "Material":
    from zuji.formats import reference
    from zuji.report.material import Issue, Material

    issue = Issue(
        date=on.isoformat(),
        organisation=study.product.manufacturer,
        author=by or study.goal.author,
        edition=reference.load().edition,
    )
    return Material(study=study, footprint=footprint, snapshot=snapshot, issue=issue, language=lang.value)


def _ruled(material: "Material", rule: "ProductCategoryRule", book: "RuleBook", on: day) -> "Material":
    from zuji.formats import reference, standards
    from zuji.report.ruled import under

    data = reference.load()
    return under(
        material,
        rule,
        book,
        gwp=data.gwp,
        factors=data.catalogue,
        governing=counting.governing(material.study, on),
        tree=standards.tree(),
    )


def _under(study: "Study", asked: str, name: str) -> "tuple[Study, ProductCategoryRule | None, RuleBook]":
    """The study with the rule it is reported under: that asked for, else the one that it names.

    A study may name a standard that is not written as data: it is reported without one, and `report` says so.
    """
    from zuji.formats import rules

    shelf = rules.shipped()
    if not asked:
        return study, shelf.get(study.rule) if study.rule in shelf else None, shelf
    chosen, book = rulings.written(asked, sound=True)
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


def _say_missing(material: "Material", lang: Language) -> None:
    """What a reviewer will find missing, so that nobody hands the report out unaware."""
    from zuji.report.checklist import State, completeness
    from zuji.report.content import compose

    if material.study.rule and material.rule is None:
        typer.echo(
            f"没有“{material.study.rule}”的机读规则，报告中没有规则一章与符合性附录"
            if lang is Language.ZH
            else f"no rule at hand is “{material.study.rule}”: the report has no chapter of it and no check",
            err=True,
        )
    entries = completeness(material, compose(material).sections)
    missing = [entry.item.name.in_language(lang.value) for entry in entries if entry.state is State.MISSING]
    if missing:
        listed = material.joined(missing)
        text = f"报告缺少：{listed}" if lang is Language.ZH else f"the report lacks: {listed}"
        typer.echo(text, err=True)
