"""`zuji factors`: searching the factor library and looking at one dataset."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from zuji.cli.answers import JsonOption, Language, LanguageOption, answering, clean, say_json

if TYPE_CHECKING:
    from zuji.model.factors import Factor, FactorKind
    from zuji.search.rank import Candidate


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="要找的东西 what to look for: 水泥, cement")],
    *,
    kind: Annotated[str, typer.Option(help="类别 kind: product_footprint, electricity_footprint, …")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="最多几条 at most so many")] = 10,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """在因子库中查找 Search the factor library by words, alias, code and meaning."""
    with answering(lang, as_json=as_json):
        kinds = _kinds(kind)
        from zuji.formats import reference
        from zuji.search.embed import shipped_embedder
        from zuji.search.match import Matcher

        found = Matcher(reference.load().catalogue, shipped_embedder()).search(text, kinds=kinds, limit=limit)
        if as_json:
            say_json([_candidate(each) for each in found])
            return
        if not found:
            none = "没有找到，请换一种说法" if lang is Language.ZH else "nothing found; try other words"
            typer.echo(none)
            return
        _say_table(found, lang)


def show(
    factor: Annotated[str, typer.Argument(metavar="ID", help="因子编号 the factor's id")],
    *,
    version: Annotated[str, typer.Option(help="版本，默认最新 version, the newest by default")] = "",
    as_json: JsonOption = False,
    lang: LanguageOption = Language.ZH,
) -> None:
    """显示一个因子的数值、来源与质量 Show a dataset with its source and quality."""
    with answering(lang, as_json=as_json):
        from zuji.formats import reference
        from zuji.model.records import write_record

        catalogue = reference.load().catalogue
        found = catalogue.get(factor, version)
        if as_json:
            say_json({**write_record(found, complete=True), "versions": list(catalogue.versions(factor))})
            return
        for name, value in _facts(found, catalogue.versions(factor), lang):
            typer.echo(f"{name}  {clean(value)}")


def _kinds(kind: str) -> "tuple[FactorKind, ...] | None":
    from zuji.model.factors import FactorKind

    if not kind:
        return None
    try:
        return (FactorKind(kind),)
    except ValueError:
        listing = ", ".join(FactorKind)
        raise typer.BadParameter(f"{kind}: {listing}", param_hint="--kind") from None


def _candidate(candidate: "Candidate") -> dict[str, Any]:
    factor = candidate.factor
    return {
        "id": factor.id,
        "version": factor.version,
        "kind": factor.kind.value,
        "name": factor.name.zh,
        "name_en": factor.name.en,
        "value": factor.value,
        "unit": factor.unit,
        "per": factor.per,
        "year": factor.year,
        "geography": factor.geography,
        "confidence": factor.confidence.value,
        "source": factor.source.title,
        "score": candidate.score,
        "good": candidate.good,
        "reasons": [{"kind": r.kind.value, "zh": r.text.zh, "en": r.text.en} for r in candidate.reasons],
        "flags": [flag.value for flag in candidate.flags],
        "barred": candidate.barred.zh if candidate.barred else None,
    }


def _say_table(found: "list[Candidate]", lang: Language) -> None:
    from zuji.cli.tables import cell, console, table
    from zuji.search.rank import FLAG_NAMES

    zh = lang is Language.ZH
    heads = (
        ("名称", "数值", "单位", "年份", "地域", "编号")
        if zh
        else ("Name", "Value", "Unit", "Year", "Region", "Id")
    )
    shown = table(*heads, numeric={1})
    for candidate in found:
        factor = candidate.factor
        notes = [FLAG_NAMES[flag].in_language(lang) for flag in candidate.flags]
        if candidate.barred:
            notes.append(candidate.barred.in_language(lang))
        name = factor.name.in_language(lang)
        shown.add_row(
            cell(_noted(name, notes, lang)),
            cell(f"{factor.value:g}"),
            cell(factor.unit),
            cell(factor.year),
            cell(factor.geography),
            cell(factor.id, whole=True),
        )
    console().print(shown)


def _noted(name: str, notes: list[str], lang: Language) -> str:
    if not notes:
        return name
    return f"{name}（{'；'.join(notes)}）" if lang is Language.ZH else f"{name} ({'; '.join(notes)})"


def _facts(factor: "Factor", versions: tuple[str, ...], lang: Language) -> list[tuple[str, str]]:
    from zuji.model.factors import FACTOR_KIND_NAMES
    from zuji.model.stages import TOTAL_KINDS, TOTAL_NAMES

    zh = lang is Language.ZH
    source = factor.source
    totals = ", ".join(
        f"{TOTAL_NAMES[kind].in_language(lang)} {value:g}"
        for kind, value in zip(TOTAL_KINDS, factor.totals, strict=True)
        if value
    )
    gases = ", ".join(
        f"{each.gas} {each.kg:g} kg{'（生物源）' if each.biogenic else ''}" for each in factor.gases
    )
    facts = [
        ("编号", "Id", factor.id),
        ("名称", "Name", f"{factor.name.zh} {factor.name.en}".strip()),
        ("类别", "Kind", FACTOR_KIND_NAMES[factor.kind].in_language(lang)),
        ("数值", "Value", f"{factor.value:g} {factor.unit}"),
        ("分项", "Totals", f"{totals} kgCO2e/{factor.per}" if totals and factor.per else ""),
        ("气体", "Gases", f"{gases} / {factor.per}" if gases else ""),
        ("年份", "Year", factor.year),
        ("地域", "Geography", factor.geography),
        ("边界", "Boundary", factor.boundary),
        ("可信度", "Confidence", factor.confidence.value),
        ("来源", "Source", ", ".join(filter(None, (source.title, source.table, source.publisher)))),
        ("出处", "Document", source.document),
        ("权利", "Licence", source.licence),
        ("版本", "Version", f"{factor.version} ({', '.join(versions)})"),
        ("别名", "Aliases", ", ".join(factor.aliases)),
        ("说明", "Notes", factor.notes),
    ]
    return [(first if zh else second, value) for first, second, value in facts if value]
