"""The commands and what `zuji --help` says about them."""

from typing import Annotated

import typer

from zuji.cli import (
    check,
    convert,
    factors,
    footprint,
    lci,
    lci_simulate,
    report,
    rules,
    serve,
    standards,
    template,
    verify,
)

EXIT_CODES = (
    "退出码 Exit codes: 0 完成 done · 1 输入有错 mistakes in the input · 2 用法有误 wrong usage · "
    "3 不能写出文件 cannot write a file"
)


def _version(asked: bool) -> None:  # noqa: FBT001 - the signature of a typer callback
    if asked:
        import zuji

        typer.echo(f"zuji {zuji.__version__}")
        raise typer.Exit


def _begin(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 version")
    ] = False,
) -> None:
    """Options before any command."""


def _group(help_text: str) -> typer.Typer:
    """A group of commands. Its help is plain: drawing it with boxes would load ten times as much."""
    return typer.Typer(
        help=help_text,
        epilog=EXIT_CODES,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


app = _group(
    "足迹 Zuji：产品碳足迹，从清单到结果与报告。Product carbon footprints, from inventory to report."
)
app.callback()(_begin)
for _name, _command in (
    ("footprint", footprint.footprint),
    ("template", template.template),
    ("convert", convert.convert),
    ("check", check.check),
    ("report", report.report),
    ("verify", verify.verify),
    ("serve", serve.serve),
):
    app.command(_name, epilog=EXIT_CODES)(_command)
_factors = _group("因子库 The factor library")
_factors.command("search", epilog=EXIT_CODES)(factors.search)
_factors.command("show", epilog=EXIT_CODES)(factors.show)
app.add_typer(_factors, name="factors")
_rules = _group("核算规则 Accounting rules")
_rules.command("list", epilog=EXIT_CODES)(rules.list_rules)
_rules.command("show", epilog=EXIT_CODES)(rules.show)
_rules.command("validate", epilog=EXIT_CODES)(rules.validate)
_rules.command("compare", epilog=EXIT_CODES)(rules.compare)
_rules.command("schema", epilog=EXIT_CODES)(rules.schema)
app.add_typer(_rules, name="rules")
_standards = _group("标准登记 The registry of standards")
for _name, _reply in (
    ("find", standards.find),
    ("governing", standards.governing),
    ("coverage", standards.coverage),
    ("targets", standards.targets),
):
    _standards.command(_name, epilog=EXIT_CODES)(_reply)
app.add_typer(_standards, name="standards")
_lci = _group("生命周期清单数据库 Life cycle inventory databases")
for _name, _answer in (
    ("import", lci.import_package),
    ("health", lci.health),
    ("intensities", lci.intensities),
    ("footprint", lci.footprint),
    ("contributions", lci.contributions),
    ("find", lci.find),
    ("simulate", lci_simulate.simulate),
):
    _lci.command(_name, epilog=EXIT_CODES)(_answer)
app.add_typer(_lci, name="lci")
