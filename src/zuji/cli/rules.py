"""`zuji rules`: which accounting rules there are, what one says, whether it is sound, what they change."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zuji.cli import counting, rulings
from zuji.cli.answers import MISTAKES, JsonOption, Language, LanguageOption, answering, say_json, say_problems

if TYPE_CHECKING:
    from zuji.model.category_rules import ProductCategoryRule
    from zuji.model.footprints import Footprint
    from zuji.model.studies import Study
    from zuji.rules.comparing import Column, Comparison
    from zuji.text import Text

RuleOption = Annotated[
    list[str],
    typer.Option(
        "--rule", metavar="ID|FILE.yaml", help="规则编号或文件，可重复 a rule or its file, repeatable"
    ),
]


def list_rules(*, as_json: JsonOption = False, lang: LanguageOption = Language.ZH) -> None:
    """列出随附的规则 List the rules that come with Zuji."""
    from zuji.formats import rules
    from zuji.model.category_rules import STANDING_NAMES

    with answering(lang, as_json=as_json):
        book = rules.shipped()
        if as_json:
            say_json(
                [
                    {
                        "key": rule.key,
                        "name": rule.name,
                        "name_en": rule.name_en,
                        "standing": rule.standing.value,
                        "extends": rule.extends,
                        "scope": [str(code) for code in rule.scope.products],
                        "certainty": rule.certainty.value,
                    }
                    for rule in book
                ]
            )
            return
        from zuji.cli.tables import cell, console, table

        headings = (
            ("规则", "名称", "性质", "继承")
            if lang is Language.ZH
            else ("rule", "name", "standing", "extends")
        )
        listed = table(*headings)
        for rule in book:
            standing = STANDING_NAMES[rule.standing].in_language(lang.value)
            listed.add_row(
                cell(rule.key, whole=True), cell(_name(rule, lang)), cell(standing), cell(rule.extends)
            )
        console().print(listed)


def show(
    rule: Annotated[str, typer.Argument(metavar="ID|FILE.yaml", help="规则编号或文件 a rule or its file")],
    *,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """逐项显示一条规则，含继承的各项与条款 Show what a rule says, item by item, with its clauses."""
    from zuji.rules.applying_changes import clause_of
    from zuji.rules.resolving import origins, resolve
    from zuji.rules.resolving_items import item_names, items, stated
    from zuji.rules.resolving_words import words

    with answering(lang, as_json=as_json):
        own, book = rulings.written(rule)
        whole, sources = resolve(own, book), origins(own, book)
        if as_json:
            from zuji.formats.rules import to_dict

            say_json({"rule": to_dict(whole), "origins": sources})
            return
        from zuji.cli.tables import cell, console, table

        typer.echo(f"{own.key}  {_name(own, lang)}")
        typer.echo(f"{own.source}\n{(own.note_en or own.note) if lang is Language.EN else own.note}\n")
        headings = (
            ("项", "规定", "条款", "出自") if lang is Language.ZH else ("item", "ruling", "clause", "from")
        )
        listed = table(*headings)
        for path, value in items(whole).items():
            if stated(value):
                said, name = words(path, value), item_names(whole, path)
                listed.add_row(
                    cell(name.in_language(lang.value)),
                    cell(said.in_language(lang.value)),
                    cell(clause_of(whole, path)),
                    cell(sources[path], whole=True),
                )
        console().print(listed)


def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE.yaml", help="规则文件 a rule file")],
    *,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """检查规则文件：格式、矛盾、单位、因子、条款 Check a rule file in form and meaning."""
    from zuji.cli import files
    from zuji.formats import rules

    with answering(lang, as_json=as_json):
        found = rules.mistakes(files.read(file), name=file.name)
        if found:
            say_problems(found, lang, as_json=as_json)
            raise typer.Exit(MISTAKES)
        if as_json:
            say_json({"problems": []})
        else:
            typer.echo("没有发现问题" if lang is Language.ZH else "nothing wrong was found")


def schema() -> None:
    """输出规则文件的 JSON Schema，供编辑器边写边查 Print the JSON Schema of rule files for editors."""
    from zuji.formats import rules

    say_json(rules.schema())


def compare(
    file: Annotated[Path, typer.Argument(metavar="STUDY", help="清单 inventory: .xlsx .yaml .json")],
    *,
    rule: RuleOption,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """同一份清单按几条规则各算一次，逐项解释差异 One inventory under several rules, differences explained."""
    from zuji.cli.files import read_study
    from zuji.formats import reference
    from zuji.quality import evaluate
    from zuji.rules.comparing import compare as compared
    from zuji.rules.resolving import resolve

    with answering(lang, as_json=as_json):
        chosen = [resolve(*rulings.written(each, sound=True)) for each in rule]
        study, data = read_study(file), reference.load()

        def counted(each: "Study") -> "Footprint":
            potentials = counting.potentials(each, data.gwp, file.name)
            return evaluate(each, data.catalogue, potentials, data.fuels, uncertainty=None)

        answer = compared(study, chosen, counted, data.catalogue)
        if as_json:
            say_json(_comparison(answer))
        else:
            from zuji.cli.rules_tables import show_comparison

            show_comparison(answer, lang)


def _name(rule: "ProductCategoryRule", lang: Language) -> str:
    return (rule.name_en or rule.name) if lang is Language.EN else rule.name


def _comparison(answer: "Comparison") -> dict[str, Any]:
    from zuji.formats.result import problem_to_dict

    return {
        "study": answer.study.id,
        "total": None if answer.base is None else answer.base.total,
        "unit": None if answer.base is None else answer.base.unit,
        "problems": [problem_to_dict(each) for each in answer.problems],
        "rules": [_column(each) for each in answer.columns],
        "differences": [
            {"item": row.item, "name": _text(row.name), "rules": [_text(each) for each in row.cells]}
            for row in answer.rows
        ],
    }


def _column(column: "Column") -> dict[str, Any]:
    from zuji.formats.result import problem_to_dict

    return {
        "rule": column.rule.key,
        "total": column.total,
        "unit": None if column.footprint is None else column.footprint.unit,
        "difference": column.difference,
        "effects": [
            {
                "item": effect.item,
                "name": _text(effect.name),
                "amount": effect.amount,
                "total": effect.total,
                "changes": [
                    {
                        "item": each.item,
                        "what": _text(each.what),
                        "why": _text(each.why),
                        "lines": [*each.lines],
                    }
                    for each in effect.changes
                ],
            }
            for effect in column.effects
        ],
        "open_points": [
            {"item": each.item, "what": _text(each.what), "cure": _text(each.cure), "lines": [*each.lines]}
            for each in column.open_points
        ],
        "problems": [problem_to_dict(each) for each in column.problems],
    }


def _text(text: "Text") -> dict[str, str]:
    return {"zh": text.zh, "en": text.en or text.zh}
