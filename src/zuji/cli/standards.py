"""`zuji standards`: the registry of standards, what governs a product, what is missing, what counts."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zuji.cli import counting
from zuji.cli.answers import JsonOption, Language, LanguageOption, answering, clean, say_json

if TYPE_CHECKING:
    from zuji.model.standards import ProductCode, Standard
    from zuji.rules.classification import Tree
    from zuji.rules.coverage import Coverage
    from zuji.rules.targets import RuleCount

OnOption = Annotated[str, typer.Option("--on", metavar="DATE", help="日期，默认今天 a day, today by default")]
RegionOption = Annotated[str, typer.Option("--region", help="省级代码 province: SC, CN-SN")]


def find(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="编号、名称或产品 number, name or product")
    ],
    *,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """在标准登记中查找 Search the registry of standards."""
    with answering(lang, as_json=as_json):
        from zuji.formats import standards as shipped

        tree = shipped.tree()
        wanted = [word.casefold() for word in words]
        nodes = {node.code for word in words for node in tree.find(word)}
        found = [
            each
            for each in shipped.registry()
            if all(word in _spoken(each) for word in wanted) or nodes.intersection(each.scope)
        ]
        if as_json:
            say_json([_entry(each) for each in found])
            return
        if not found:
            typer.echo("没有找到" if lang is Language.ZH else "nothing found")
            return
        _say_standards(found, tree, lang)


def governing(
    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="编码或名称 code or name: hs:7005, 水泥")],
    *,
    on: OnOption = "",
    region: RegionOption = "",
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """某日适用哪一个核算规则 Which rule governs a product on a day, and why."""
    day = counting.day(on, "--on")
    with answering(lang, as_json=as_json):
        from zuji.formats import standards as shipped
        from zuji.rules.governing import governing as rule_of

        tree = shipped.tree()
        code = _product(product, tree)
        answer = rule_of(shipped.registry(), tree, (code,), day, _region(region))
        if as_json:
            say_json(
                {
                    "product": str(code),
                    "on": day.isoformat(),
                    "region": _region(region),
                    "standard": _entry(answer.standard) if answer.standard else None,
                    "reason": {"zh": answer.reason.zh, "en": answer.reason.en},
                    "general": _entry(answer.general) if answer.general else None,
                    "candidates": [each.number for each in answer.candidates],
                }
            )
            return
        zh = lang is Language.ZH
        name = tree.name(code).in_language(lang)
        titled = name if name == str(code) else f"{name}（{code}）" if zh else f"{name} ({code})"
        typer.echo(f"{titled} {day}")
        if answer.standard:
            typer.echo(f"✓ {answer.standard.number} {_name(answer.standard, lang)}")
        else:
            typer.echo("— 没有适用的产品规则" if zh else "— no product rule governs")
        typer.echo(clean(answer.reason.in_language(lang)))
        if answer.general:
            label = "通用标准" if zh else "general standard"
            typer.echo(f"{label}: {answer.general.number} {_name(answer.general, lang)}")


def coverage(
    *,
    on: OnOption = "",
    region: RegionOption = "",
    gaps: Annotated[
        bool, typer.Option("--gaps", help="只列没有产品规则的 only products without a rule")
    ] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """产品与四类标准的覆盖矩阵 Products by the four kinds of standard, with the gaps."""
    day = counting.day(on, "--on")
    with answering(lang, as_json=as_json):
        from zuji.formats import standards as shipped
        from zuji.rules.coverage import coverage as matrix_of

        matrix = matrix_of(shipped.registry(), shipped.tree(), day, region=_region(region))
        if as_json:
            say_json(_matrix(matrix))
            return
        _say_matrix(matrix, lang, gaps_only=gaps)


def targets(
    *,
    on: OnOption = "",
    region: RegionOption = "SC",
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """牵头或参与的核算规则数与目标 Rules led or joined by a province, with the rows behind each figure."""
    day = counting.day(on, "--on")
    with answering(lang, as_json=as_json):
        from zuji.formats import standards as shipped
        from zuji.rules.targets import count_rules

        count = count_rules(shipped.registry(), _region(region), day, shipped.targets())
        if as_json:
            say_json(_count(count))
            return
        _say_count(count, lang)


def _region(region: str) -> str:
    """CN-SC of SC, Sc, CN-SC; an unknown one is refused."""
    from zuji.model.regions import ABBREVIATIONS
    from zuji.rules.governing import province_of

    if not region:
        return ""
    given = region.upper()
    code = given if given.startswith("CN-") else ABBREVIATIONS.get(given, "")
    if province_of(code) not in ABBREVIATIONS.values():
        raise typer.BadParameter(f"{region}: SC, SN, CN-SC", param_hint="--region")
    return code


def _product(text: str, tree: "Tree") -> "ProductCode":
    """A code as written, or the one product of that name; several or none are refused."""
    from zuji.errors import InvalidInput, problem

    if ":" in text:
        return tree.parse(text)
    found = tree.find(text)
    if len(found) == 1:
        return found[0].code
    listing = "; ".join(f"{node.name.zh} {node.name.en} {node.code}" for node in found[:8])
    raise InvalidInput(
        problem(
            "which-product",
            f"“{text}”可指多个产品" if found else f"产品分类中没有“{text}”",
            f"“{text}” may be several products" if found else f"the product tree has no “{text}”",
            cure_zh=f"请选择：{listing}" if found else "请换一个名称，或写编码，例如 hs:7601",
            cure_en=f"choose: {listing}" if found else "use another name, or a code such as hs:7601",
        )
    )


def _spoken(standard: "Standard") -> str:
    return " ".join((standard.number, standard.name, standard.name_en, standard.note)).casefold()


def _name(standard: "Standard", lang: Language) -> str:
    return clean(standard.name if lang is Language.ZH else standard.name_en or standard.name)


def _entry(standard: "Standard") -> dict[str, Any]:
    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "number": standard.number,
        "name": standard.name,
        "name_en": standard.name_en,
        "level": standard.level.value,
        "kind": standard.kind.value,
        "scope": [str(code) for code in standard.scope],
        "region": standard.region,
        "issued": day(standard.issued),
        "in_force": day(standard.in_force),
        "withdrawn": day(standard.withdrawn),
        "rule": standard.rule,
        "certainty": standard.certainty.value,
        "demonstration": standard.demonstration,
        "source": standard.source,
        "note": standard.note,
    }


def _say_standards(found: "list[Standard]", tree: "Tree", lang: Language) -> None:
    from zuji.cli.tables import cell, console, table
    from zuji.model.standards import LEVEL_NAMES

    zh = lang is Language.ZH
    heads = (
        ("编号", "名称", "级别", "产品", "实施", "可信度")
        if zh
        else ("Number", "Name", "Level", "Products", "In force", "Certainty")
    )
    shown = table(*heads)
    for each in found:
        shown.add_row(
            cell(each.number, whole=True),
            cell(_name(each, lang)),
            cell(LEVEL_NAMES[each.level].in_language(lang)),
            cell(", ".join(tree.name(code).in_language(lang) for code in each.scope) or "—"),
            cell(each.in_force.isoformat() if each.in_force else "—", whole=True),
            cell(each.certainty.value),
        )
    console().print(shown)


def _matrix(matrix: "Coverage") -> dict[str, Any]:
    return {
        "on": matrix.on.isoformat(),
        "region": matrix.region,
        "rows": [
            {
                "product": row.node.id,
                "name": row.node.name.zh,
                "name_en": row.node.name.en,
                "kinds": {
                    cell.kind.value: {
                        "cover": cell.cover.value,
                        "standards": [each.number for each in cell.standards],
                    }
                    for cell in row.cells
                },
            }
            for row in matrix.rows
        ],
        "gaps": [{"product": node.id, "kind": kind.value} for node, kind in matrix.gaps],
    }


def _say_matrix(matrix: "Coverage", lang: Language, *, gaps_only: bool) -> None:
    from zuji.cli.tables import cell, console, table
    from zuji.model.standards import KIND_NAMES, StandardKind
    from zuji.rules.coverage import COVER_NAMES, Cover

    zh = lang is Language.ZH
    shown = table("产品" if zh else "Product", *(name.in_language(lang) for name in KIND_NAMES.values()))
    empty = {node.id for node, kind in matrix.gaps if kind is StandardKind.PRODUCT}
    for row in matrix.rows:
        if gaps_only and row.node.id not in empty:
            continue
        states = (COVER_NAMES[each.cover].in_language(lang) for each in row.cells)
        shown.add_row(cell(row.node.name.in_language(lang)), *(cell(state) for state in states))
    console().print(shown)
    done = matrix.count(StandardKind.PRODUCT, Cover.IN_FORCE)
    total = len(matrix.rows)
    typer.echo(
        f"{matrix.on}：{total} 个产品节点中 {done} 个有已实施的产品规则，{len(empty)} 个空缺"
        if zh
        else f"{matrix.on}: of {total} product nodes {done} have a rule in force, {len(empty)} have none"
    )


def _count(count: "RuleCount") -> dict[str, Any]:
    return {
        "region": count.region,
        "on": count.on.isoformat(),
        "developed": count.developed,
        "led": [each.standard.number for each in count.led],
        "joined": [each.standard.number for each in count.joined],
        "in_force": [each.standard.number for each in count.in_force],
        "superseded": [each.standard.number for each in count.superseded],
        "rows": [
            {
                "number": each.standard.number,
                "issued": each.standard.issued.isoformat() if each.standard.issued else None,
                "in_force": each.in_force,
                "bodies": [
                    {"name": body.name, "role": body.role.value, "evidence": body.evidence}
                    for body in each.bodies
                ],
            }
            for each in count.counted
        ],
        "not_counted": [
            {"number": each.standard.number, "because": {"zh": each.because.zh, "en": each.because.en}}
            for each in count.not_counted
        ],
        "targets": [
            {
                "by": each.target.by.isoformat(),
                "number": each.target.number,
                "reached": each.reached,
                "missing": each.missing,
                "clause": each.target.clause,
            }
            for each in count.standings
        ],
    }


def _say_count(count: "RuleCount", lang: Language) -> None:
    from zuji.model.regions import REGIONS

    zh = lang is Language.ZH
    name = REGIONS[count.region].in_language(lang)
    led, joined = len(count.led), len(count.joined)
    typer.echo(
        f"{name} {count.on}：已研发 {count.developed}（牵头 {led}，参与 {joined}），"
        f"现行 {len(count.in_force)}，已被代替或废止 {len(count.superseded)}"
        if zh
        else f"{name} {count.on}: {count.developed} developed ({led} led, {joined} joined), "
        f"{len(count.in_force)} in force, {len(count.superseded)} superseded or withdrawn"
    )
    for each in count.counted:
        bodies = ", ".join(f"{body.name} [{body.evidence}]" for body in each.bodies)
        typer.echo(clean(f"  + {each.standard.number} {bodies}"))
    for left in count.not_counted:
        typer.echo(clean(f"  − {left.standard.number}: {left.because.in_language(lang)}"))
    for standing in count.standings:
        target = standing.target
        typer.echo(
            f"{target.by.year} 年目标 {target.number}：差 {standing.missing}（{target.clause}）"
            if zh
            else f"target for {target.by.year}: {target.number}, missing {standing.missing} ({target.clause})"
        )
