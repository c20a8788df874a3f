"""How `zuji lci` answers: accounts, health, repairs and results as tables."""

import math
from typing import TYPE_CHECKING, Any

import typer

from zuji.cli.answers import Language, clean

if TYPE_CHECKING:
    from zuji.lci.database import Database
    from zuji.lci.results import Intensity
    from zuji.lci.tables import Table

_LISTED = 20
"""Repairs that are written out on the screen; JSON has them all."""
_NUMBER = 11  # columns that a footprint of six digits needs
_NAMES = 76  # columns that number, name, place and unit of a product need
_HEADINGS = {
    "process": "编号",
    "id": "标识",
    "name": "名称",
    "location": "地点",
    "unit": "单位",
    "product": "产品",
    "amount": "数量",
    "value": "数值",
    "share": "占比",
    "flow": "基本流",
    "compartment": "去向",
    "place": "地点",
    "category": "分类",
    "kind": "种类",
    "outcome": "结果",
    "number": "数目",
    "why": "缘由",
    "first": "首处",
    "code": "代码",
    "read": "读入",
    "mapped": "收入",
    "defaulted": "取默认值",
    "dropped": "未收",
    "severity": "程度",
    "what": "发现",
    "cure": "怎么办",
    "size": "过程数",
    "radius": "谱半径",
    "gain": "增益",
    "loop": "循环",
}
"""Headings on a Chinese screen; files and JSON keep the names of the columns."""
_WORDS = {
    "kind": {
        "process": "过程",
        "flow": "流",
        "flow_property": "流属性",
        "unit_group": "单位组",
        "impact_method": "评价方法",
        "impact_category": "指标",
        "model": "生命周期模型",
        "source": "来源",
        "contact": "联系人",
        "location": "地点",
        "parameter": "参数",
        "exchange": "交换",
        "allocation": "分配系数",
        "factor": "特征化因子",
        "result": "已有结果",
        "file": "文件",
        "field": "字段",
    },
    "outcome": {"mapped": "收入，附说明", "defaulted": "取默认值", "dropped": "未收"},
    "severity": {"error": "错误", "warning": "警告", "note": "说明"},
}


def say_account(ledger: dict[str, Any], lang: Language) -> None:
    """A ledger as two tables: counts by kind, and reasons."""
    from zuji.lci.records import Record

    record = Record(ledger=ledger)
    say_table(record.ledger_table(), lang)
    reasons = record.reasons_table(lang.value)
    if len(reasons):
        say_table(reasons.head(30), lang)


def say_health(found: dict[str, Any], lang: Language) -> None:
    from zuji.lci.tables import Table

    key = "zh" if lang is Language.ZH else "en"
    counts = (found["solvable"], found["touched"], found["unsolvable"])
    if lang is Language.ZH:
        typer.echo("有足迹 {} · 受牵连 {} · 无足迹 {}".format(*counts))
    else:
        typer.echo("with a footprint {} · touched {} · without {}".format(*counts))
    findings = found["findings"]
    say_table(
        Table(
            {
                "severity": [each["severity"] for each in findings],
                "number": [each["number"] for each in findings],
                "what": [each["what"][key] for each in findings],
                "cure": [each["cure"][key] for each in findings],
            }
        ),
        lang,
    )
    sick = [loop for loop in found["loops"] if loop["sick"]]
    if sick:
        say_table(
            Table(
                {
                    "size": [loop["size"] for loop in sick],
                    "radius": [loop["radius"] for loop in sick],
                    "gain": [loop["gain"] for loop in sick],
                    "loop": [" ← ".join(each["name"][key] for each in loop["loop"][:6]) for loop in sick],
                }
            ),
            lang,
        )
    repairs = found["repairs"]
    if repairs:
        zh, en = (
            f"建议修复 {len(repairs)} 处（zuji lci import --repair 采用）：",
            f"{len(repairs)} suggested repairs",
        )
        typer.echo(zh if lang is Language.ZH else f"{en} (zuji lci import --repair accepts them):")
    for each in repairs[:_LISTED]:
        typer.echo(clean(f"  {_repair_in_words(each, key)}"))
    if len(repairs) > _LISTED:
        typer.echo("  …")


def repairs_of(database: "Database") -> list[dict[str, Any]]:
    """The repairs that a database carries; its numbers hold only with them."""
    from zuji.lci.records import repairs_made

    made = repairs_made(database.network.about)
    return [{key: json_number(value) for key, value in each.items()} for each in made]


def say_repairs(database: "Database", lang: Language) -> None:
    """Every repair in a line, the first of many."""
    made, key = repairs_of(database), lang.value
    if made:
        number = len(made)
        zh, en = f"网络经过 {number} 处修复：", f"the network carries {number} repairs:"
        typer.echo(zh if lang is Language.ZH else en)
    for each in made[:_LISTED]:
        typer.echo(clean(f"  {_repair_in_words(each, key)}"))
    if len(made) > _LISTED:
        typer.echo("  …")


def _repair_in_words(made: dict[str, Any], key: str) -> str:
    name = made["process_name"][key] or made["process_name"]["zh"]
    if not made["provider"]:
        return f"搁置 “{name}”" if key == "zh" else f"set aside: “{name}”"
    provider = made["provider_name"][key] or made["provider_name"]["zh"]
    amount = f"{made['amount']:g} {made['unit']}"
    cut = "切断" if key == "zh" else "cut:"
    return f"{cut} “{name}” ← “{provider}” ({amount})"


def json_number(value: Any) -> Any:
    """The value; None for a number that JSON does not have."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def say_table(found: "Table", lang: Language) -> None:
    from zuji.cli.tables import cell, console, table

    rows, chinese = found.rows(), lang is Language.ZH
    numeric = {
        place
        for place, name in enumerate(found.columns)
        if rows and all(isinstance(row[name], int | float | None) for row in rows)
    }
    headings = [_HEADINGS.get(name, name) if chinese else name for name in found.columns]
    shown = table(*headings, numeric=numeric)
    for row in rows:
        shown.add_row(*(cell(_written(name, value, chinese=chinese)) for name, value in row.items()))
    console().print(shown)


def say_intensities(
    database: "Database", found: "Intensity", method: str, limit: int, lang: Language
) -> None:
    """The first products with as many categories as the screen has room for; the rest is named."""
    from zuji.cli.tables import cell, console, table
    from zuji.lca.network import characterising
    from zuji.lci.finding import in_language, product_of

    network, own = database.network, database.network.processes
    chosen = characterising.categories(network, method)
    usual = network.factors.method[database.category(method)]
    places = sorted(range(len(chosen)), key=lambda place: network.factors.method[chosen[place]] != usual)
    room = max(1, (console().width - _NAMES) // (_NUMBER + 3))
    listed, left = places[:room], places[room:]
    chinese = lang is Language.ZH
    names = in_language(own.name, own.name_en, lang.value)[:limit]
    first = [_HEADINGS[name] if chinese else name for name in ("process", "name", "location", "unit")]
    shown = table(*first, numeric={0})
    for place in listed:
        shown.add_column(_with_unit(found, place), justify="right", min_width=_NUMBER, overflow="fold")
    for index, name in enumerate(names):
        product = product_of(own, index).in_language(lang.value)
        told = " → ".join(dict.fromkeys(filter(None, (name, product))))
        numbers = (float(found.values[index, place]) for place in listed)
        values = (f"{number:.6g}" if math.isfinite(number) else "—" for number in numbers)
        shown.add_row(
            cell(str(index), whole=True),
            cell(told),
            cell(own.location[index]),
            cell(own.unit[index] or "—"),
            *(cell(value, whole=True) for value in values),
        )
    console().print(shown)
    if len(database) > len(names):
        more = len(database) - len(names)
        typer.echo(f"另有 {more} 个产品（--limit、--out）" if chinese else f"{more} more (--limit, --out)")
    if left:
        rest = ("；" if chinese else "; ").join(_with_unit(found, place) for place in left)
        head = (
            "没有列出的指标（--method 选择，--out 写出全部）："
            if chinese
            else "not shown (--method, --out): "
        )
        typer.echo(clean(head + rest))


def _with_unit(found: "Intensity", place: int) -> str:
    label, unit = found.labels[place], found.units[place]
    return f"{label} ({unit})" if unit else label


def say_zeros(database: "Database", lang: Language) -> None:
    """How many footprints are exactly zero: a package may simply hold no emissions of that kind."""
    from zuji.lca.network import characterising

    category = database.category()
    values = database.one("").total
    zero, solved = int((values == 0.0).sum()), sum(map(math.isfinite, values.tolist()))
    if not zero:
        return
    label = characterising.labels(database.network, [category], lang.value)[0]
    if lang is Language.ZH:
        typer.echo(
            f"其中 {zero} 个（共 {solved} 个）的“{label}”恰好为零：其供应链里没有这一指标计入的基本流，"
            "多半是数据包没有给出，不等于没有排放"
        )
    else:
        typer.echo(
            f"{zero} of these {solved} are exactly zero in “{label}”: nothing in their supply chain counts "
            "there; most likely the package does not state it, which is not the same as no emissions"
        )


def say_upstream(database: "Database", process: int, lang: Language, *, zero: bool = False) -> None:
    """What stands behind a result, and what it lacks."""
    typer.echo(database.upstream(process).in_words(lang.value))
    if zero:
        zh = "结果恰好为零：供应链里没有任何被计入的基本流，多半是数据包没有给出，不等于没有排放"
        en = (
            "the result is exactly zero: nothing in the supply chain is counted; "
            "most likely the package does not state it, which is not the same as no emissions"
        )
        typer.echo(zh if lang is Language.ZH else en)


def _written(name: str, value: Any, *, chinese: bool) -> str:
    if value is None:
        return "—"
    if name == "share" and isinstance(value, float):
        return f"{value:.1%}"
    if chinese and name in _WORDS:
        return _WORDS[name].get(value, str(value))
    return f"{value:.6g}" if isinstance(value, float) else str(value)
