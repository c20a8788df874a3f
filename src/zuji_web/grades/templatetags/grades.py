"""Tags of grades. A grade is shown through `study_grade` or `grade_badge`, which have passed the gate."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zuji.model.stages import STAGE_NAMES
from zuji.model.studies import BOUNDARY_NAMES
from zuji.rules.comparability import Comparand
from zuji.rules.grades_methods import (
    STATISTIC_NAMES,
    THRESHOLD_NAMES,
    Statistic,
    StatisticKind,
    Threshold,
    ThresholdMethod,
)
from zuji.rules.grading import Simulation, Thresholds
from zuji.text import Text
from zuji_web.grades import states
from zuji_web.grades.labels import ACCOUNTING, ALLOCATION, GRID, LEVELS, RECYCLING
from zuji_web.grades.models import SetAnswer, SetComment, ThresholdSet
from zuji_web.grades.queries import rules
from zuji_web.grades.queries.grading import StudyGrade, grade_of
from zuji_web.grades.queries.sets import today
from zuji_web.products.models import ProductStudy
from zuji_web.ui.numbers import share
from zuji_web.ui.templatetags.ui import badge, words

register = template.Library()
# Checks that speak of single firms, and those that only count.
_OF_FIRMS = frozenset({"sample_dominance", "production_dominance"})
_COUNTS = frozenset({"samples", "firms"})
_TONES = {Threshold.BENCHMARK: "good", Threshold.BASE: "note", Threshold.LIMIT: "warn"}


@register.filter
def product_words(code: str) -> str:
    """A product code in words."""
    return words(rules.product_name(code))


@register.filter
def rule_words(key: str) -> str:
    """A rule's name with its version."""
    return words(rules.rule_name(key))


@register.filter
def state_words(state: str) -> str:
    return words(states.name(state))


@register.filter
def set_badge(one: ThresholdSet) -> SafeString:
    """Where a set stands today."""
    state = states.on(one, today())
    return badge(words(states.name(state)), states.tone(state))


@register.filter
def answer_badge(comment: SetComment) -> SafeString:
    """What became of a comment."""
    tone = {SetAnswer.ACCEPTED: "good", SetAnswer.PARTLY: "note"}.get(SetAnswer(comment.answer), "warn")
    return badge(str(SetAnswer(comment.answer).label), tone)


@register.filter
def about_words(name: str) -> str:
    """Which value a comment is about."""
    return words(THRESHOLD_NAMES[Threshold(name)]) if name else ""


@register.filter
def level_words(level: str) -> str:
    """A level of assurance."""
    return str(LEVELS.get(level, level))


@register.filter
def method_words(method: ThresholdMethod) -> str:
    return words(Text(method.name, method.name_en or method.name))


@register.filter
def method_note(method: ThresholdMethod) -> str:
    return words(Text(method.note, method.note_en or method.note))


@register.filter
def statistic_words(statistic: Statistic) -> str:
    """How a value is formed, with its share and margin."""
    told = words(STATISTIC_NAMES[statistic.kind])
    if statistic.kind is not StatisticKind.WEIGHTED_MEAN:
        told = f"{told} {share(statistic.share, 0)}"
    if statistic.margin:
        told = _("%(formula)s and a margin of %(margin)s") % {
            "formula": told,
            "margin": share(statistic.margin, 0),
        }
    return told


@register.filter
def values_of(thresholds: Thresholds | None) -> list[tuple[Threshold, Text, float]]:
    """The three values by name, the most ambitious first."""
    if thresholds is None:
        return []
    return [(name, THRESHOLD_NAMES[name], thresholds.of(name)) for name in Threshold]


@register.filter
def formulas_of(method: ThresholdMethod) -> list[tuple[Text, Statistic]]:
    """The formula of each value."""
    return [(THRESHOLD_NAMES[name], formula) for name, formula in method.statistics.items()]


@register.filter
def passing_of(simulation: Simulation) -> list[tuple[Text, int]]:
    """How many products pass each value."""
    return [(THRESHOLD_NAMES[name], simulation.passing(name)) for name in Threshold]


@register.filter
def values_and_passing(simulation: Simulation) -> list[tuple[float, int]]:
    """Each value with how many products pass it, the most ambitious first."""
    return [(simulation.thresholds.of(name), simulation.passing(name)) for name in Threshold]


@register.simple_tag
def check_reason(check: dict[str, Any], officer: bool, enough_firms: bool) -> str:  # noqa: FBT001 - a tag's flags
    """Why a check is met or not, as far as it tells nothing of single firms.

    Officers read all of it once enough firms stand behind the samples; before that, and for everybody else,
    only what counts samples and firms.
    """
    told = enough_firms if officer else enough_firms and check["met"] and check["id"] not in _OF_FIRMS
    return in_words(check["reason"]) if told or check["id"] in _COUNTS else "—"


@register.filter
def is_public(one: ThresholdSet) -> bool:
    """Whether everybody may read a set."""
    return states.public(one)


@register.filter
def in_words(plain: dict[str, str]) -> str:
    """A bilingual text in its plain form."""
    return words(Text(plain.get("zh", ""), plain.get("en", "")))


@register.filter
def terms_of(terms: Comparand) -> list[tuple[str, str]]:
    """The terms on which results are compared, in words."""
    between = ", "
    electricity = [str(ACCOUNTING.get(terms.electricity.accounting or "none", ""))]
    electricity += [str(GRID.get(scope, scope)) for scope in terms.electricity.grid]
    floor = terms.floor
    quality = _("no floor")
    if floor.worst is not None:
        quality = _("%(scheme)s at most %(worst)s over %(coverage)s") % {
            "scheme": floor.scheme,
            "worst": f"{floor.worst:g}",
            "coverage": share(floor.coverage or 0.0, 0),
        }
    return [
        (_("Unit"), str(terms.unit)),
        (_("Function"), terms.function),
        (_("Boundary"), words(BOUNDARY_NAMES[terms.boundary])),
        (_("Stages"), between.join(words(STAGE_NAMES[stage]) for stage in terms.stages)),
        (_("Electricity"), between.join(part for part in electricity if part)),
        (_("Allocation"), between.join(str(ALLOCATION.get(each, each)) for each in terms.allocation) or "—"),
        (_("Recycling"), between.join(str(RECYCLING.get(each, each)) for each in terms.recycling) or "—"),
        (_("Warming potentials"), terms.gwp),
        (_("Data quality"), quality),
        (_("Data periods"), f"{terms.period.start} – {terms.period.end}"),
        (_("Verification"), str(LEVELS.get(terms.verification, terms.verification))),
    ]


@register.filter
def grade_badge(told: StudyGrade) -> SafeString:
    """The grade of a study as `grade_of` found it: a value that it meets, or why it has none."""
    if told.grade is not None:
        tone = _TONES[told.grade.reached] if told.grade.reached else "bad"
        return badge(words(told.told), tone)
    return badge(words(told.told), "warn" if told.outcome is not None else "")


@register.filter
def distances_of(told: StudyGrade) -> list[tuple[Text, float, float | None]]:
    """The three values and how far the result lies from each, as a part of it."""
    if told.grade is None or told.thresholds is None:
        return []
    return [
        (THRESHOLD_NAMES[name], told.thresholds.of(name), told.grade.distances[name]) for name in Threshold
    ]


@register.inclusion_tag("grades/study_grade.html")
def study_grade(study: ProductStudy) -> dict[str, Any]:
    """The grade of a frozen study with the gate behind it, for pages of other apps."""
    return {"told": grade_of(study, today())}
