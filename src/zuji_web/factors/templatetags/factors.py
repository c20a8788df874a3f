"""Tags of the factor library."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zuji.model.factors import FACTOR_KIND_NAMES, Confidence, FactorKind
from zuji.model.quantities import Distribution
from zuji_web.factors.labels import CONFIDENCES, KIND_MEANINGS, SHAPES, in_both, region_name
from zuji_web.ui.templatetags.ui import badge, current_language

register = template.Library()


@register.filter
def region(code: str) -> str:
    """A region's name in the page's language."""
    return region_name(code)


@register.filter
def bilingual(cell: str) -> str:
    """The half of a bilingual data cell that is in the page's language."""
    return in_both(cell).in_language(current_language())


@register.filter
def kind_name(kind: str) -> str:
    """The name of a kind."""
    return FACTOR_KIND_NAMES[FactorKind(kind)].in_language(current_language())


@register.filter
def kind_meaning(kind: str) -> str:
    """What a kind of factor is, in a sentence."""
    return str(KIND_MEANINGS[FactorKind(kind)])


@register.filter
def kind_badge(kind: str) -> SafeString:
    """A badge with the kind; the two kinds of electricity factor differ in tone."""
    tone = {FactorKind.GRID_CO2: "bad", FactorKind.ELECTRICITY_FOOTPRINT: "brand"}.get(FactorKind(kind), "")
    return badge(kind_name(kind), tone)


@register.filter
def confidence_badge(confidence: str) -> SafeString:
    """A badge in words; the title says what the word means."""
    grade = CONFIDENCES[Confidence(confidence)]
    return format_html('<span class="tag tag-{}" title="{}">{}</span>', grade.tone, grade.meaning, grade.name)


@register.filter
def confidence_meaning(confidence: str) -> str:
    """What the grade of confidence means."""
    return str(CONFIDENCES[Confidence(confidence)].meaning)


@register.filter
def confidence_name(confidence: str) -> str:
    """The grade of confidence in a word."""
    return str(CONFIDENCES[Confidence(confidence)].name)


@register.filter
def chart_height(rows: int) -> int:
    """Pixels for a chart with so many rows."""
    return 72 + 30 * rows


@register.filter
def shape_name(shape: str) -> str:
    """The shape of an uncertainty in words."""
    return str(SHAPES[Distribution(shape)])
