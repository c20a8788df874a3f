"""Whether a rule makes sense: contradictions, unknown units, factors, schemes, bases and clauses.

Form (types, spelling of keys and choices) is checked by whoever reads the file; this looks at meaning.
"""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from zuji.errors import Place, Problem, ZujiError
from zuji.model.category_rules import ProductCategoryRule, RuleStanding
from zuji.model.factors import FactorSource
from zuji.model.findings import Finding, Path, path_text, problems_of
from zuji.model.records import mistake
from zuji.model.standards import Certainty, ProductCode
from zuji.rules.book import RuleBook
from zuji.rules.classification import Tree, code_of
from zuji.rules.resolving import resolve
from zuji.rules.resolving_items import items, known_paths, stated
from zuji.rules.validation_items import item_findings, repeated

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


def validate(
    rule: ProductCategoryRule,
    book: RuleBook,
    factors: FactorSource | None = None,
    *,
    gwp: Collection[str] | None = None,
    schemes: Collection[tuple[str, str]] | None = None,
    tree: Tree | None = None,
) -> tuple[Problem, ...]:
    """Every mistake of meaning in a rule, with the path of the item that mends it.

    `gwp` are the sets of potentials that exist, `schemes` the rating schemes as (id, version), `tree` the
    classification; what is not given is not looked at.
    """

    def locate(finding: Finding) -> Place:
        return Place(field=path_text(finding.path))

    return tuple(problems_of(findings_of(rule, book, factors, gwp=gwp, schemes=schemes, tree=tree), locate))


def findings_of(
    rule: ProductCategoryRule,
    book: RuleBook,
    factors: FactorSource | None = None,
    *,
    gwp: Collection[str] | None = None,
    schemes: Collection[tuple[str, str]] | None = None,
    tree: Tree | None = None,
) -> list[Finding]:
    """The same as findings, whose paths a reader of a file turns into rows.

    What contradicts something that the rule takes over is said of the part that the rule itself states.
    """
    found = [*_identity(rule, book), *_scope(rule, tree)]
    try:
        whole = resolve(rule, book)
    except ZujiError as error:
        found += (Finding(each.code, each.what, each.cure).at("extends") for each in error)
        whole = rule
    found += item_findings(rule, whole, factors, gwp=gwp, schemes=schemes)
    found += _clauses(rule, whole)
    return found


def _identity(rule: ProductCategoryRule, book: RuleBook) -> Iterator[Finding]:
    if not _ID.fullmatch(rule.id):
        yield mistake(
            "rule-id",
            f"规则编号“{rule.id}”只能用小写字母、数字、点、横线",
            f"the id “{rule.id}” may have small letters, digits, points and hyphens only",
            "请写成 steel-eaf 的形式，一经使用不再更改",
            "write it like steel-eaf; it is for good",
        ).at("id")
    if not rule.version.strip() or "@" in rule.version or rule.version != rule.version.strip():
        yield mistake(
            "rule-version",
            f"版本号“{rule.version}”不能用",
            f"the version “{rule.version}” cannot be used",
            "请填写版本号，例如 1 或 2025-1",
            "give a version such as 1 or 2025-1",
        ).at("version")
    for key, value in (("name", rule.name), ("source", rule.source)):
        if not value.strip():
            yield mistake(
                "missing", f"缺少“{key}”", f"“{key}” is missing", f"请补充“{key}”", f"add “{key}”"
            ).at(key)
    if rule.key in book and book.get(rule.key) != rule:
        yield mistake(
            "rule-changed",
            f"规则 {rule.key} 已经存在，而且内容不同",
            f"the rule {rule.key} exists already with other content",
            "已用过的版本不能改；请升高 version",
            "a version that was used is never changed: raise “version”",
        ).at("version")
    if rule.standing is RuleStanding.ADOPTED and rule.certainty is Certainty.UNCONFIRMED:
        yield mistake(
            "standing-certainty",
            "已发布的规则不能是“未经确认”",
            "an adopted rule cannot be of unconfirmed certainty",
            "请核对发布文件后改 certainty，或把 standing 改为 demonstration",
            "compare it with what was issued and change certainty, or make its standing demonstration",
        ).at("certainty")


def _scope(rule: ProductCategoryRule, tree: Tree | None) -> Iterator[Finding]:
    for field in ("products", "excluded"):
        codes: tuple[ProductCode, ...] = getattr(rule.scope, field)
        yield from repeated(codes, ("scope", field), "产品编码", "product code")
        for at, code in enumerate(codes):
            yield from (each.at("scope", field, at) for each in _code(code, tree))
    for at, code in enumerate(rule.scope.excluded):
        if code in rule.scope.products:
            yield mistake(
                "scope-in-and-out",
                f"产品编码“{code}”既在范围内又被排除",
                f"the product code “{code}” is both meant and not meant",
                "请只保留一处",
                "keep one of the two",
            ).at("scope", "excluded", at)


def _code(code: ProductCode, tree: Tree | None) -> Iterator[Finding]:
    try:
        read = tree.parse(str(code)) if tree is not None else code_of(str(code))
    except ZujiError as error:
        yield from (Finding(each.code, each.what, each.cure) for each in error)
        return
    if read != code:
        yield mistake(
            "product-code",
            f"产品编码“{code}”应写成“{read}”",
            f"the product code “{code}” is written “{read}”",
            "编码不带点和空格",
            "codes have no points or blanks",
        )


def _clauses(rule: ProductCategoryRule, whole: ProductCategoryRule) -> Iterator[Finding]:
    known, values = known_paths(whole), items(whole)
    for at, clause in enumerate(rule.clauses):
        place: Path = ("clauses", at)
        if clause.item not in known:
            near = get_close_matches(clause.item, known, n=1)
            yield mistake(
                "clause-item",
                f"没有名为“{clause.item}”的规则项",
                f"there is no item “{clause.item}”",
                f"是否为“{near[0]}”？" if near else "请写成 cut_off.each、required.编号 的形式",
                f"did you mean “{near[0]}”?" if near else "write it like cut_off.each or required.<id>",
            ).at(*place, "item")
        elif not any(
            stated(value)
            for path, value in values.items()
            if path == clause.item or path.startswith(f"{clause.item}.")
        ):
            yield mistake(
                "clause-unstated",
                f"规则没有规定“{clause.item}”，却给出了条款",
                f"a clause is given for “{clause.item}”, of which the rule says nothing",
                "请补上该项，或删去这条条款",
                "state the item, or remove the clause",
            ).at(*place, "item")
        if not clause.clause.strip():
            yield mistake(
                "clause-missing",
                f"“{clause.item}”的条款为空",
                f"the clause of “{clause.item}” is empty",
                "请写条款号；演示规则写“演示”",
                "give the clause; write “demonstration” where there is none",
            ).at(*place, "clause")
