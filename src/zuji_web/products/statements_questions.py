"""What a person is asked to state about a study: every question with a short help and an example.

Paths are those of the document (`zuji.model.statements`, `zuji.model.studies`), so that a shortcoming of the
conformity check leads to the question that mends it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zuji.model.statements import SWITCH_NAMES, Switch
from zuji.text import Text
from zuji_web.products.labels import Words


class Cell(StrEnum):
    """How an answer is given."""

    TEXT = "text"
    LONG = "long"
    CHECK = "check"
    TRUTH = "truth"  # yes, no, or not said
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    UNIT = "unit"
    DAY = "day"
    NAMES = "names"  # words apart by commas


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One answer. `choices` names a list that `statements_fields` fills."""

    path: str
    cell: Cell
    label: Words
    help: Words = ""
    example: Words = ""
    choices: str = ""
    most: int = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that belong together; `tables` are lists of records by their path."""

    key: str
    title: Words
    lead: Words
    questions: tuple[Question, ...]
    tables: tuple[str, ...] = ()


def _in_language_in_force(text: Text) -> str:
    return text.in_language(get_language() or "zh")


_spoken = lazy(_in_language_in_force, str)


def _long(path: str, label: Words, help: Words = "", example: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.LONG, label=label, help=help, example=example, most=8000)


def _text(path: str, label: Words, help: Words = "", example: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.TEXT, label=label, help=help, example=example, most=1000)


def _number(path: str, label: Words, help: Words = "", example: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.NUMBER, label=label, help=help, example=example)


def _check(path: str, label: Words, help: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.CHECK, label=label, help=help)


def _choice(path: str, choices: str, label: Words, help: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.CHOICE, label=label, help=help, choices=choices)


def _day(path: str, label: Words, help: Words = "") -> Question:  # noqa: A002
    return Question(path=path, cell=Cell.DAY, label=label, help=help)


_SWITCHES: Mapping[Switch, Words] = {
    Switch.CAPITAL_GOODS: _("Buildings and machines, spread over their life. Many rules leave them out."),
    Switch.STAFF_TRAVEL: _("How your people come to work, and business travel."),
    Switch.CONSUMER_TRANSPORT: _("How the buyer carries the product home. Only after the factory gate."),
    Switch.STORAGE: _("Cooling, heating and lighting of warehouses and shops."),
}


def _profile(key: str, what: Words, scenario: Words, example: Words, source: Words) -> tuple[Question, ...]:
    return (
        _choice(f"statements.{key}.id", key, what, _("One that the rule offers, if it offers any")),
        _long(f"statements.{key}.description", scenario, example=example),
        _text(
            f"statements.{key}.source",
            _("Where that is documented"),
            _("A rule, a standard, a survey or statistics, so that others find it"),
            source,
        ),
        Question(
            path=f"statements.{key}.alternatives",
            cell=Cell.SEVERAL,
            label=_("Scenarios that test another assumption"),
            help=_("Scenarios of this study; how far the result moves shows whether the assumption matters"),
            choices="scenarios",
        ),
    )


GROUPS: tuple[Group, ...] = (
    Group(
        key="goal",
        title=_("Goal and rule"),
        lead=_("Why the figure is made, for whom, and by which rule."),
        questions=(
            _long(
                "goal.reason",
                _("Why is the study made?"),
                _("One or two sentences are enough"),
                _("For example: a customer in the EU asks for the footprint of our packs"),
            ),
            _long(
                "goal.use",
                _("What will the result be used for?"),
                example=_("For example: sent to three customers; not advertised"),
            ),
            _text(
                "goal.audience",
                _("Who will read it?"),
                example=_("For example: buyers of car makers, certifiers"),
            ),
            _check(
                "goal.comparison",
                _("It will be compared with other products in public"),
                _("Then an independent critical review is needed"),
            ),
            _text("goal.commissioner", _("Commissioned by"), example=_("The firm that pays for the study")),
            _text("goal.author", _("Author"), example=_("Name and firm")),
            _choice(
                "rule",
                "rules",
                _("Rule that the study follows"),
                _("The rule that governs this product comes first. Without a product rule, the general one."),
            ),
            _long(
                "statements.reasons.rule",
                _("Why no product rule, or another than the governing one"),
                _("Only where that is so"),
                _("For example: registry asked on 2 March 2025; no rule for this product is in force"),
            ),
            _long(
                "statements.reasons.scope_changes",
                _("Changes of the scope since the study began"),
                _("What was changed and why; leave empty where nothing was"),
                _("For example: packaging was added in June, when its weight became known"),
            ),
        ),
    ),
    Group(
        key="boundary",
        title=_("Boundary and cut-off"),
        lead=_("What is left out, and why that does not change the conclusion."),
        questions=(
            _long(
                "statements.reasons.boundary",
                _("What the stages left out mean for the conclusion"),
                example=_("For example: use is the same for all competing products, so the order stays"),
            ),
            _long(
                "statements.reasons.cut_off",
                _("What the flows left out mean for the result"),
                _("Lines with a cut-off reason are listed but not counted; say how large they are together"),
                _("For example: labels and lubricants, together below 0.5 % by a rough estimate"),
            ),
            *(
                Question(
                    path=f"statements.inclusions.{switch.value}",
                    cell=Cell.TRUTH,
                    label=_spoken(SWITCH_NAMES[switch]),
                    help=help_text,
                )
                for switch, help_text in _SWITCHES.items()
            ),
        ),
    ),
    Group(
        key="data",
        title=_("Data"),
        lead=_("From when the figures are, and how far they can be trusted."),
        questions=(
            _day("period.start", _("Data from")),
            _day("period.end", _("to"), _("A whole year is usual")),
            _long(
                "statements.reasons.period",
                _("Why the period is not a whole year"),
                _("And how seasons were averaged. Leave empty for a whole year."),
                _("For example: production began in May; eight months, heating averaged over the year"),
            ),
            _long(
                "statements.reasons.secondary_data",
                _("Why published data were used where your own would be expected"),
                example=_("For example: two suppliers did not answer; industry averages were taken"),
            ),
            _choice(
                "gwp",
                "gwp",
                _("Global warming potentials"),
                _("How strongly each gas counts beside CO2. The newest set unless the rule names another."),
            ),
            _long(
                "statements.reasons.gwp",
                _("Why not the latest set of potentials"),
                example=_("For example: the rule prescribes AR5"),
            ),
            Question(
                path="statements.gases",
                cell=Cell.NAMES,
                label=_("Gases considered"),
                help=_("Leave empty for all gases of the chosen set; otherwise name them, apart by commas"),
                example="CO2, CH4, N2O",
            ),
            _long(
                "assumptions",
                _("Assumptions"),
                example=_("For example: the pack lasts 8 years; trucks return empty"),
            ),
        ),
        tables=("statements.balances",),
    ),
    Group(
        key="scenarios",
        title=_("Use and end of life"),
        lead=_("Needed where these stages are inside the boundary: what happens after the sale is assumed."),
        questions=(
            *_profile(
                "use",
                _("Use profile"),
                _("How the product is used"),
                _("For example: 15,000 km a year for 10 years, charged at home"),
                _("For example: national household survey 2023"),
            ),
            *_profile(
                "end_of_life",
                _("End-of-life scenario"),
                _("What happens at the end of life"),
                _("For example: 60 % recycled, 30 % burned, 10 % landfilled"),
                _("For example: statistics of the recycling industry 2023"),
            ),
        ),
    ),
    Group(
        key="allocation",
        title=_("Allocation and recycling"),
        lead=_("How burdens are shared. Methods for each process are on the page of processes."),
        questions=(
            _choice(
                "statements.recycling",
                "procedures",
                _("Recycling procedure"),
                _("Closed loop: the material returns unchanged. Open loop: it becomes something else."),
            ),
            _long(
                "statements.reasons.value_choices",
                _("Value choices"),
                _("Decisions that are neither physics nor data"),
                _("For example: allocation by price, averaged over three years because prices swing"),
            ),
        ),
    ),
    Group(
        key="electricity",
        title=_("Electricity"),
        lead=_("How each line of electricity is treated is said on the line itself."),
        questions=(
            _long(
                "statements.reasons.electricity",
                _("Choice of the grid factor, and its limits"),
                _("Which factor, why, and what it cannot show"),
                _("For example: national average 2024, as no factor of the province is published"),
            ),
        ),
    ),
    Group(
        key="apart",
        title=_("Reported apart"),
        lead=_("In kgCO2e per unit, beside the result and never added to it. Empty means not calculated."),
        questions=(
            _number(
                "statements.apart.indirect_land_use_change",
                _("Indirect land-use change, kgCO2e"),
                _("Land cleared elsewhere because this land is used"),
                "0.12",
            ),
            _number(
                "statements.apart.soil_carbon",
                _("Soil carbon, kgCO2e"),
                _("Change of carbon in the soil; uptake is negative"),
                "-0.05",
            ),
            _number(
                "statements.apart.carbon_storage",
                _("Carbon storage, kgCO2e"),
                _("Carbon held in the product for a long time; uptake is negative"),
                "-1.8",
            ),
            _number(
                "statements.apart.delayed_emissions",
                _("Delayed emissions, kgCO2e"),
                _("Effect of emissions that come more than ten years after making"),
                "-0.3",
            ),
            _number(
                "statements.apart.aviation_multiplier",
                _("Multiplier for aviation"),
                _("If you wish to mention the effect of flights at height; the total stays without it"),
                "1.9",
            ),
            _long(
                "statements.apart.note",
                _("How these were calculated"),
                example=_("For example: method and source of each figure"),
            ),
        ),
        tables=("statements.offsets",),
    ),
    Group(
        key="interpretation",
        title=_("Interpretation and conclusions"),
        lead=_("What the figure means. The result pages show what is large and what is uncertain."),
        questions=(
            _long(
                "statements.interpretation.significant",
                _("What matters most"),
                _("The few lines that make up most of the result"),
                _("For example: cells 71 %, aluminium housing 12 %, electricity of assembly 6 %"),
            ),
            _long(
                "statements.interpretation.completeness",
                _("Is anything missing?"),
                example=_("For example: bill of materials compared with the weight; 99.2 % covered"),
            ),
            _long(
                "statements.interpretation.consistency",
                _("Was everything done the same way?"),
                example=_("For example: one period, one boundary, one set of potentials for all lines"),
            ),
            _long(
                "statements.interpretation.sensitivity",
                _("What changes the result?"),
                example=_("For example: cells by another supplier move the result by 18 %"),
            ),
            _long(
                "statements.interpretation.conclusions",
                _("Conclusions"),
                example=_("For example: cells decide the result; own electricity is a small part"),
            ),
            _long(
                "statements.interpretation.recommendations",
                _("Recommendations"),
                example=_("For example: ask the cell supplier for a footprint of their own"),
            ),
            _long(
                "limitations",
                _("Limitations"),
                _("What the figure cannot say"),
                _("For example: climate change only; published data for two of three suppliers"),
            ),
        ),
    ),
    Group(
        key="review",
        title=_("Comparison and review"),
        lead=_("Only where the result is compared, tracked over time, or looked at by others."),
        questions=(
            _text("statements.comparison.product", _("Product that is compared with")),
            _number("statements.comparison.total", _("Its result, kgCO2e")),
            _number("statements.comparison.unit.amount", _("per amount")),
            Question(path="statements.comparison.unit.unit", cell=Cell.UNIT, label=_("of the unit")),
            _text("statements.comparison.rule", _("Its rule")),
            _text("statements.comparison.boundary", _("Its boundary")),
            _text("statements.comparison.gwp", _("Its potentials"), example="AR6"),
            _text("statements.comparison.source", _("Where its result is published")),
            _check(
                "statements.comparison.disclosed",
                _("The public shall see the comparison"),
                _("Then a critical review by a panel is needed"),
            ),
            _text("statements.tracking.period", _("Earlier period"), example="2023"),
            _number("statements.tracking.total", _("Earlier result, kgCO2e")),
            _number("statements.tracking.unit.amount", _("per amount")),
            Question(path="statements.tracking.unit.unit", cell=Cell.UNIT, label=_("of the unit")),
            _text("statements.tracking.rule", _("Its rule")),
            _text("statements.tracking.boundary", _("Its boundary")),
            _check(
                "statements.tracking.recalculated",
                _("The earlier result was calculated again by the present method"),
            ),
            _long("statements.tracking.reason", _("Why the two may be compared over time")),
            _long("note", pgettext_lazy("study", "Note"), _("For yourselves; not part of the report")),
        ),
        tables=("statements.reviews",),
    ),
)
QUESTIONS: Mapping[str, Question] = {
    question.path: question for group in GROUPS for question in group.questions
}
TABLES = tuple(path for group in GROUPS for path in group.tables)
EXCLUDED = "boundary.excluded"
# Records that are there as a whole or not at all.
RECORDS = ("statements.comparison", "statements.tracking")
