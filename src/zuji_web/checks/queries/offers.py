"""Which rules are offered for a study: the governing one first, with the reason."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from zuji.errors import Problem, ZujiError
from zuji.formats.standards import tree
from zuji.model.category_rules import ProductCategoryRule, RuleStanding
from zuji.model.standards import Governing, ProductCode
from zuji.text import Text
from zuji_web.checks.queries.checking import Registry
from zuji_web.products.drafts import text_at
from zuji_web.products.models import ProductStudy
from zuji_web.products.rules_in_force import rule_following
from zuji_web.rulebook.queries import book
from zuji_web.standards.queries.governing import study_codes
from zuji_web.wording import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A rule with why it is offered; `fits` where its scope covers the product."""

    rule: ProductCategoryRule
    reason: Text
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Every rule in the order of preference, and what the registry says of the product."""

    offers: tuple[Offer, ...]
    governing: Governing | None
    stated: str

    @property
    def first(self) -> Offer:
        return self.offers[0]


def of_study(study: ProductStudy, registry: Registry) -> Offers:
    """Rules for the product of a stored study, however unfinished it is."""
    document = study.document
    return offers(
        stated=text_at(document, "rule"),
        code=text_at(document, "product", "code"),
        region=text_at(document, "geography"),
        registry=registry,
    )


def offers(*, stated: str, code: str, region: str, registry: Registry) -> Offers:
    """Rules for a product: what the study states, what governs, what fits, the general one, the rest.

    `stated` is the key that the study names, `code` its product codes and `region` its province. Of
    demonstrations none is ever said to govern.
    """
    governs = registry.governing(code, region)
    codes = study_codes(code)
    ranked = []
    ruling = _of_standard(governs)
    for rule in book.newest():
        fits = _fits(rule, codes)
        ranked.append(
            (
                _rank(rule, stated, ruling, fits=fits),
                Offer(rule=rule, reason=_reason(rule, stated, ruling, fits=fits), fits=fits),
            )
        )
    if stated and not any(offer.rule.key == stated for _rank, offer in ranked) and book.known(stated):
        rule = book.resolved(stated)
        if not any(offer.rule.key == rule.key for _rank, offer in ranked):
            ranked.append(
                (0, Offer(rule=rule, reason=said(_("named by the study; a newer version exists")), fits=True))
            )
    ranked.sort(key=lambda pair: (pair[0], pair[1].rule.id))
    return Offers(offers=tuple(offer for _rank, offer in ranked), governing=governs, stated=stated)


def chosen(asked: str, found: Offers) -> ProductCategoryRule:
    """The rule that was asked for, else the study's, else the first offered.

    Raises `InvalidInput` for an unknown key that was asked for.
    """
    if asked:
        return book.resolved(asked)
    try:
        return book.resolved(found.stated) if found.stated else found.first.rule
    except ZujiError:
        return found.first.rule


def unheld(found: Offers) -> tuple[Problem, ...]:
    """Why the rule that the study names cannot be applied; empty where it can or none is named."""
    try:
        if found.stated:
            book.resolved(found.stated)
    except ZujiError as refusal:
        return refusal.problems
    return ()


def _of_standard(governs: Governing | None) -> str:
    """The id of the rule that follows the governing standard, empty where there is none."""
    if governs is None or governs.standard is None:
        return ""
    found = rule_following(replace(governs, general=None))
    return found.id if found is not None else ""


def _fits(rule: ProductCategoryRule, codes: tuple[ProductCode, ...]) -> bool:
    if not rule.scope.products or not codes:
        return False
    products = tree()
    return products.covers_any(rule.scope.products, codes) and not products.covers_any(
        rule.scope.excluded, codes
    )


def _rank(rule: ProductCategoryRule, stated: str, ruling: str, *, fits: bool) -> int:
    if ruling and rule.id == ruling:
        return 0
    if stated in {rule.key, rule.id}:
        return 1
    if fits:
        return 2 if rule.standing is not RuleStanding.DEMONSTRATION else 3
    return 4 if rule.id == book.GENERAL else 5


def _reason(rule: ProductCategoryRule, stated: str, ruling: str, *, fits: bool) -> Text:
    if ruling and rule.id == ruling:
        return said(_("governs this product"))
    if stated in {rule.key, rule.id}:
        return said(_("named by the study"))
    if fits:
        return said(_("covers this product code"))
    if rule.id == book.GENERAL:
        return said(_("the general method"))
    return said(_("another product or purpose"))
