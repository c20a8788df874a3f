"""Tags of rules."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zuji.formats.standards import tree
from zuji.model.category_rules import STANDING_NAMES, RuleStanding
from zuji.model.standards import Certainty, ProductCode
from zuji.text import Text
from zuji_web.rulebook.labels import CERTAINTIES, STANDINGS, STATES
from zuji_web.rulebook.models import RuleState, RuleVersion
from zuji_web.ui.templatetags.ui import badge, words

register = template.Library()


@register.filter
def rule_name(row: object) -> str:
    """The name of a rule or of a version of it, in the page's language where it has one in it."""
    name, name_en = str(getattr(row, "name", "")), str(getattr(row, "name_en", ""))
    return words(Text(name or name_en, name_en))


@register.filter
def standing_badge(standing: str) -> SafeString:
    """What a rule is worth, in words."""
    if standing not in set(RuleStanding):
        return SafeString("")
    known = RuleStanding(standing)
    return badge(words(STANDING_NAMES[known]), STANDINGS[known])


@register.filter
def rule_state_badge(row: RuleVersion) -> SafeString:
    state = RuleState(row.state)
    return badge(str(state.label), STATES[state])


@register.filter
def rule_certainty(certainty: str) -> SafeString:
    """A badge in words; the title says what the word means."""
    if certainty not in set(Certainty):
        return SafeString("")
    grade = CERTAINTIES[Certainty(certainty)]
    return format_html('<span class="tag tag-{}" title="{}">{}</span>', grade.tone, grade.meaning, grade.name)


@register.filter
def product_names(document: Mapping[str, object]) -> list[str]:
    """The products of a rule's scope in words, from its plain data; codes that have none stay codes."""
    scope = document.get("scope")
    codes = scope.get("products", []) if isinstance(scope, Mapping) else []
    return [code_name(str(code)) for code in (codes if isinstance(codes, list) else [codes])]


@register.filter
def code_name(code: ProductCode | str) -> str:
    """A product code in the words of the tree."""
    products = tree()
    scheme, _colon, number = str(code).partition(":")
    if scheme == "zuji" and number in products:
        return words(products.path(number)[-1].name)
    return str(code)
