"""What a person is asked to state about a study: every question with a short help and an example.

Paths are those of the document (`zuji.model.statements`, `zuji.model.studies`), so that a shortcoming of the
conformity check leads to the question that mends it.
"""

from collections.abc import Mapping

from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zuji.model.statements import SWITCH_NAMES, Switch
from zuji.text import Text
from zuji_web.products.labels import Words
from zuji_web.products.statements_cells import Cell, Group, Question, check, choice, day, long, number, text


def _in_language_in_force(text: Text) -> str:
    return text.in_language(get_language() or "zh")


_spoken = lazy(_in_language_in_force, str)


_SWITCHES: Mapping[Switch, Words] = {
    Switch.CAPITAL_GOODS: _("Buildings and machines, spread over their life. Many rules leave them out."),
    Switch.STAFF_TRAVEL: _("How your people come to work, and business travel."),
    Switch.CONSUMER_TRANSPORT: _("How the buyer carries the product home. Only after the factory gate."),
    Switch.STORAGE: _("Cooling, heating and lighting of warehouses and shops."),
}


def _profile(key: str, what: Words, scenario: Words, example: Words, source: Words) -> tuple[Question, ...]:
    return (
        choice(
            f"statements.{key}.id", key, _("Profile of the rule"), _("If the rule offers any"), heading=what
        ),
        long(f"statements.{key}.description", scenario, example=example),
        text(
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
            long(
                "goal.reason",
                _("Why is the study made?"),
                _("One or two sentences are enough"),
                _("For example: a customer in the EU asks for the footprint of our packs"),
            ),
            long(
                "goal.use",
                _("What will the result be used for?"),
                example=_("For example: sent to three customers; not advertised"),
            ),
            text(
                "goal.audience",
                _("Who will read it?"),
                example=_("For example: buyers of car makers, certifiers"),
            ),
            check(
                "goal.comparison",
                _("It will be compared with other products in public"),
                _("Then an independent critical review is needed"),
            ),
            text("goal.commissioner", _("Commissioned by"), example=_("The firm that pays for the study")),
            text("goal.author", _("Author"), example=_("Name and firm")),
            choice(
                "rule",
                "rules",
                _("Rule that the study follows"),
                _("The rule that governs this product comes first. Without a product rule, the general one."),
            ),
            long(
                "statements.reasons.rule",
                _("Why no product rule, or another than the governing one"),
                _("Only where that is so"),
                _("For example: registry asked on 2 March 2025; no rule for this product is in force"),
            ),
            long(
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
            long(
                "statements.reasons.boundary",
                _("What the stages left out mean for the conclusion"),
                example=_("For example: use is the same for all competing products, so the order stays"),
            ),
            long(
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
            day("period.start", _("Data from")),
            day("period.end", _("to"), _("A whole year is usual")),
            long(
                "statements.reasons.period",
                _("Why the period is not a whole year"),
                _("And how seasons were averaged. Leave empty for a whole year."),
                _("For example: production began in May; eight months, heating averaged over the year"),
            ),
            long(
                "statements.reasons.secondary_data",
                _("Why published data were used where your own would be expected"),
                example=_("For example: two suppliers did not answer; industry averages were taken"),
            ),
            choice(
                "gwp",
                "gwp",
                _("Global warming potentials"),
                _("How strongly each gas counts beside CO2. The newest set unless the rule names another."),
            ),
            long(
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
            long(
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
            choice(
                "statements.recycling",
                "procedures",
                _("Recycling procedure"),
                _("Closed loop: the material returns unchanged. Open loop: it becomes something else."),
            ),
            long(
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
            long(
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
            number(
                "statements.apart.indirect_land_use_change",
                _("Indirect land-use change, kgCO2e"),
                _("Land cleared elsewhere because this land is used"),
                "0.12",
            ),
            number(
                "statements.apart.soil_carbon",
                _("Soil carbon, kgCO2e"),
                _("Change of carbon in the soil; uptake is negative"),
                "-0.05",
            ),
            number(
                "statements.apart.carbon_storage",
                _("Carbon storage, kgCO2e"),
                _("Carbon held in the product for a long time; uptake is negative"),
                "-1.8",
            ),
            number(
                "statements.apart.delayed_emissions",
                _("Delayed emissions, kgCO2e"),
                _("Effect of emissions that come more than ten years after making"),
                "-0.3",
            ),
            number(
                "statements.apart.aviation_multiplier",
                _("Multiplier for aviation"),
                _("If you wish to mention the effect of flights at height; the total stays without it"),
                "1.9",
            ),
            long(
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
            long(
                "statements.interpretation.significant",
                _("What matters most"),
                _("The few lines that make up most of the result"),
                _("For example: cells 71 %, aluminium housing 12 %, electricity of assembly 6 %"),
            ),
            long(
                "statements.interpretation.completeness",
                _("Is anything missing?"),
                example=_("For example: bill of materials compared with the weight; 99.2 % covered"),
            ),
            long(
                "statements.interpretation.consistency",
                _("Was everything done the same way?"),
                example=_("For example: one period, one boundary, one set of potentials for all lines"),
            ),
            long(
                "statements.interpretation.sensitivity",
                _("What changes the result?"),
                example=_("For example: cells by another supplier move the result by 18 %"),
            ),
            long(
                "statements.interpretation.conclusions",
                _("Conclusions"),
                example=_("For example: cells decide the result; own electricity is a small part"),
            ),
            long(
                "statements.interpretation.recommendations",
                _("Recommendations"),
                example=_("For example: ask the cell supplier for a footprint of their own"),
            ),
            long(
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
            text(
                "statements.comparison.product",
                _("Product that is compared with"),
                heading=_("Comparison with another product"),
            ),
            number("statements.comparison.total", _("Its result, kgCO2e")),
            number("statements.comparison.unit.amount", _("per amount")),
            Question(path="statements.comparison.unit.unit", cell=Cell.UNIT, label=_("of the unit")),
            text("statements.comparison.rule", _("Its rule")),
            text("statements.comparison.boundary", _("Its boundary")),
            text("statements.comparison.gwp", _("Its potentials"), example="AR6"),
            text("statements.comparison.source", _("Where its result is published")),
            check(
                "statements.comparison.disclosed",
                _("The public shall see the comparison"),
                _("Then a critical review by a panel is needed"),
            ),
            text(
                "statements.tracking.period",
                _("Earlier period"),
                example="2023",
                heading=_("The same product over time"),
            ),
            number("statements.tracking.total", _("Earlier result, kgCO2e")),
            number("statements.tracking.unit.amount", _("per amount")),
            Question(path="statements.tracking.unit.unit", cell=Cell.UNIT, label=_("of the unit")),
            text("statements.tracking.rule", _("Its rule")),
            text("statements.tracking.boundary", _("Its boundary")),
            check(
                "statements.tracking.recalculated",
                _("The earlier result was calculated again by the present method"),
            ),
            long("statements.tracking.reason", _("Why the two may be compared over time")),
            Question(
                path="note",
                cell=Cell.LONG,
                label=pgettext_lazy("study", "Note"),
                help=_("For yourselves; not part of the report"),
                heading=_("For yourselves"),
                most=8000,
            ),
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
