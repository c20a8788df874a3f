"""`zuji check`: whether a study conforms, item by item, and what to do where it does not."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zuji.cli import counting, rulings
from zuji.cli.answers import MISTAKES, JsonOption, Language, LanguageOption, answering, say_json

if TYPE_CHECKING:
    from zuji.errors import Problem
    from zuji.formats.reference import ReferenceData
    from zuji.model.conformity import CheckedItem, Conformity
    from zuji.model.footprints import Footprint
    from zuji.model.studies import Study
    from zuji.text import Text

GENERAL_RULE = "gbt24067"


def check(
    file: Annotated[Path, typer.Argument(metavar="STUDY", help="清单 inventory: .xlsx .yaml .json")],
    *,
    rule: Annotated[
        str,
        typer.Option(
            metavar="ID|FILE.yaml",
            help="规则编号或文件，默认用研究写明的规则，没有时用通则 the study's rule, else the general one",
        ),
    ] = "",
    on: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="检查日，默认今天 day, today by default")
    ] = "",
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """按 V1—V37 与所依据的规则检查研究 Check a study against V1 to V37 and its rule.

    通过时退出码为 0，有一项不符合时为 1。Exit code 0 where it passes, 1 where an item is not met.
    """
    with answering(lang, as_json=as_json):
        day = counting.day(on, "--on")
        from zuji.cli.files import read_study
        from zuji.formats import reference
        from zuji.formats.standards import tree
        from zuji.rules.conformity import check as conformity_of
        from zuji.rules.grounds import Grounds

        study, data = read_study(file), reference.load()
        chosen = rulings.resolved(rule or study.rule or GENERAL_RULE)
        found, problems = _calculated(study, data)
        grounds = Grounds(
            study=study,
            rule=chosen,
            footprint=found,
            factors=data.catalogue,
            gwp=data.gwp,
            on=day,
            problems=problems,
            governing=counting.governing(study, day),
            tree=tree(),
        )
        conformity = conformity_of(grounds)
        if as_json:
            say_json({"study": study.id, "on": day.isoformat(), **as_dict(conformity)})
        else:
            from zuji.cli.check_tables import show

            show(study, chosen, conformity, day, lang)
        if not conformity.passed:
            raise typer.Exit(MISTAKES)


def as_dict(conformity: "Conformity") -> dict[str, Any]:
    """A conformity as JSON: the verdict, counts, and every item in order."""
    from zuji.model.conformity import Severity

    return {
        "rule": conformity.rule,
        "passed": conformity.passed,
        "counts": {severity.value: conformity.count(severity) for severity in Severity},
        "items": [_item(item) for item in conformity.items],
    }


def _item(item: "CheckedItem") -> dict[str, Any]:
    from zuji.formats.result import problem_to_dict

    return {
        "id": item.id,
        "title": _text(item.title),
        "clause": item.clause,
        "outcome": item.outcome.value,
        "reason": _text(item.reason),
        "shortcomings": [
            {"severity": each.severity.value, **problem_to_dict(each.problem)} for each in item.shortcomings
        ],
    }


def _text(text: "Text") -> dict[str, str]:
    return {"zh": text.zh, "en": text.en or text.zh}


def _calculated(study: "Study", data: "ReferenceData") -> "tuple[Footprint | None, tuple[Problem, ...]]":
    """The result, or what prevents it: a study that cannot be calculated is checked all the same."""
    from zuji.errors import ZujiError
    from zuji.quality import evaluate

    try:
        gwp = counting.potentials(study, data.gwp)
        return evaluate(study, data.catalogue, gwp, data.fuels), ()
    except ZujiError as refusal:
        return None, refusal.problems
