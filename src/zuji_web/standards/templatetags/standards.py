"""Tags of standards."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zuji.formats.standards import tree
from zuji.model.regions import REGIONS
from zuji.model.standards import (
    KIND_NAMES,
    LEVEL_NAMES,
    Certainty,
    DraftingRole,
    ProductCode,
    StandardKind,
    StandardLevel,
)
from zuji.rules.classification import code_of
from zuji.text import Text
from zuji_web.accounts.permissions import WORK_AREAS
from zuji_web.products.models import ProductStudy
from zuji_web.standards import states
from zuji_web.standards.labels import CERTAINTIES, ROLES
from zuji_web.standards.models import Answer, Comment, StandardRecord
from zuji_web.standards.moves import open_moves
from zuji_web.standards.queries.effects import of_study
from zuji_web.standards.queries.registry import today
from zuji_web.ui.templatetags.ui import badge, words

register = template.Library()


@register.filter
def standard_name(record: StandardRecord) -> str:
    """The name in the page's language, where it has one in it."""
    return words(Text(record.name, record.name_en))


@register.filter
def level_name(level: str) -> str:
    return words(LEVEL_NAMES[StandardLevel(level)])


@register.filter
def kind_words(kind: str) -> str:
    return words(KIND_NAMES[StandardKind(kind)])


@register.filter
def region_words(region: str) -> str:
    """A province's name; the code where it is none."""
    return words(REGIONS.get(region, region))


@register.filter
def role_words(role: str) -> str:
    return str(ROLES[DraftingRole(role)])


@register.filter
def certainty_badge(certainty: str) -> SafeString:
    """A badge in words; the title says what the word means."""
    grade = CERTAINTIES[Certainty(certainty)]
    return format_html('<span class="tag tag-{}" title="{}">{}</span>', grade.tone, grade.meaning, grade.name)


@register.filter
def certainty_meaning(certainty: str) -> str:
    return str(CERTAINTIES[Certainty(certainty)].meaning)


@register.filter
def state_words(state: str) -> str:
    """A state of the table in the page's language."""
    return words(states.name(state))


@register.filter
def state_badge(record: StandardRecord) -> SafeString:
    """Where a standard stands today, dates included."""
    state = states.on(record, today())
    return badge(words(states.name(state)), states.tone(state))


@register.filter
def product_words(code: str) -> str:
    """A product code in words: a node of the tree by its name."""
    return words(tree().name(code_of(code)))


@register.filter
def code_words(code: ProductCode) -> str:
    """A product code in words."""
    return words(tree().name(code))


@register.filter
def next_steps(record: StandardRecord) -> list[tuple[str, str]]:
    """The steps that lead a procedure on, each with the work areas that may take it."""
    return [
        (
            words(move.name),
            ", ".join(words(area.name) for area in WORK_AREAS.values() if move.right in area.permissions),
        )
        for move in open_moves(states.on(record, today()))
        if move.forward
    ]


@register.filter
def answer_badge(comment: Comment) -> SafeString:
    """What became of a comment."""
    tone = {Answer.ACCEPTED: "good", Answer.PARTLY: "note"}.get(Answer(comment.answer), "warn")
    return badge(str(Answer(comment.answer).label), tone)


@register.inclusion_tag("standards/study_notices.html")
def study_notices(study: ProductStudy) -> dict[str, object]:
    """What an open study was told about newer standards; nothing for a frozen one."""
    return {"notices": list(of_study(study))}
