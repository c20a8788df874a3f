"""The two provincial plans as facts: what they aim at by when, and what of it this edition serves.

Summaries are our own; the plans' wording is not repeated. Numbers and dates are the plans'.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
EVERY_YEAR = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Something that a plan wants by a year, or in every year; `number` where the plan counts it."""

    year: int
    text: Words
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A provincial plan. `address` names its document; `goals` are in the order of the plan."""

    key: str
    region: Words
    title: Words
    address: Words
    issued: Words
    issuers: Words
    summary: Words
    goals: tuple[Goal, ...]
    products: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of the plans, where each plan states it, and whether this edition serves it."""

    text: Words
    sichuan: Words
    shaanxi: Words
    served: Words
    now: bool


PLANS: tuple[Plan, ...] = (
    Plan(
        key="sichuan",
        region=_("Sichuan"),
        title=_("Implementation plan for a carbon footprint management system of Sichuan Province"),
        address=_("Chuan Huan Han [2025] No. 360"),
        issued=_("2025"),
        issuers=_("Provincial Department of Ecology and Environment with other departments"),
        summary=_(
            "Rules, a provincial factor database, a unified public service platform, certification and "
            "grading, uses in finance, procurement and consumption, links with international rules, pilots, "
            "supervision of data, and training."
        ),
        goals=(
            Goal(
                year=2027,
                number="20+",
                text=_("accounting rules led or joined by organisations of the province"),
            ),
            Goal(year=2027, text=_("a result in modelling the provincial electricity footprint")),
            Goal(year=2027, text=_("label certification and grading carried out")),
            Goal(year=2030, number="50+", text=_("accounting rules, cumulative")),
            Goal(
                year=2030,
                number="500+",
                text=_("enterprises whose products have been accounted or evaluated"),
            ),
            Goal(year=2030, number="500+", text=_("products accounted or evaluated")),
            Goal(year=2030, number="30+", text=_("low-carbon supply chains as examples")),
        ),
        products=_(
            "First: electronics, household appliances, decoration materials, cars, lithium batteries, "
            "photovoltaics, electric-arc steel, aluminium products, hydrogen, biofuels, cement, glass, "
            "liquor."
        ),
    ),
    Plan(
        key="shaanxi",
        region=_("Shaanxi"),
        title=_("Work plan for establishing a carbon footprint management system of Shaanxi Province"),
        address=_("Shaan Huan Fa [2025] No. 4"),
        issued=_("23 January 2025"),
        issuers=_("Provincial Department of Ecology and Environment with thirteen other departments"),
        summary=_(
            "Pilots first, then standards, a provincial database and a footprint module on the province's "
            "carbon data platform, certification from application to supervision, uses, and capacity."
        ),
        goals=(
            Goal(year=2027, text=_("rules for key export products; the system takes shape")),
            Goal(year=2027, text=_("a first provincial database, certification and grading in five sectors")),
            Goal(
                year=EVERY_YEAR,
                number="3–5",
                text=_("key products of industries chosen for accounting, every year"),
            ),
            Goal(year=2030, text=_("the database runs stably; disclosure and grading are established")),
            Goal(year=2030, text=_("rules, standards and labels for local products recognised elsewhere")),
        ),
        products=_("First: batteries, steel, cement, new-energy vehicles, electronics and appliances."),
    ),
)

TASKS: tuple[Task, ...] = (
    Task(
        text=_("Accounting rules and standards"),
        sichuan=_("part 2 (1)"),
        shaanxi=_("part 2 (2), items 3 and 4"),
        served=_(
            "Studies follow ISO 14067 and GB/T 24067 and name the rule they use; no registry of rules yet."
        ),
        now=False,
    ),
    Task(
        text=_("Provincial factor database"),
        sichuan=_("part 2 (2)"),
        shaanxi=_("part 2 (3), item 5"),
        served=_("Factor library with source, year, region, boundary, confidence and versions."),
        now=True,
    ),
    Task(
        text=_("Electricity footprint of the province"),
        sichuan=_("part 1; annex, row 5"),
        shaanxi="—",
        served=_("A model estimate by province, marked as such; national official values beside it."),
        now=True,
    ),
    Task(
        text=_("Online accounting and analysis"),
        sichuan=_("part 2 (2)"),
        shaanxi=_("part 2 (2), item 4; part 2 (4), item 8"),
        served=_("Inventory by form, workbook or API; stages, gases, hot spots, uncertainty, scenarios."),
        now=True,
    ),
    Task(
        text=_("Disclosure of results and reports"),
        sichuan=_("part 2 (7)"),
        shaanxi=_("part 2 (4), item 11"),
        served=_("Reports as page and PDF from a frozen study with its digest; no public register yet."),
        now=True,
    ),
    Task(
        text=_("Certification and labels"),
        sichuan=_("part 2 (3)"),
        shaanxi=_("part 2 (3), item 7"),
        served=_("Not in this edition."),
        now=False,
    ),
    Task(
        text=_("Grading"),
        sichuan=_("part 2 (3)"),
        shaanxi=_("part 1 (2); part 2 (2), item 4"),
        served=_("Not in this edition."),
        now=False,
    ),
    Task(
        text=_("Supply chains, finance, procurement, consumption"),
        sichuan=_("part 2 (4) and (6)"),
        shaanxi=_("part 2 (4), items 8 to 10"),
        served=_("Not in this edition."),
        now=False,
    ),
    Task(
        text=_("International rules and trade"),
        sichuan=_("part 2 (5)"),
        shaanxi=_("part 2 (1), item 1"),
        served=_("Not in this edition."),
        now=False,
    ),
    Task(
        text=_("Traceability of data"),
        sichuan=_("part 2 (7)"),
        shaanxi=_("part 2 (1), item 2"),
        served=_("Every number leads to its factor versions and input; an audit trail that shows tampering."),
        now=True,
    ),
)

# Years of the plans' goals, in order.
YEARS = tuple(sorted({goal.year for plan in PLANS for goal in plan.goals}))


def goals_by_year(plan: Plan) -> Mapping[int, tuple[Goal, ...]]:
    """A plan's goals by their year."""
    goals = {year: tuple(goal for goal in plan.goals if goal.year == year) for year in YEARS}
    return {year: found for year, found in goals.items() if found}
