"""What the portal shows of the other rooms, counted where it lies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zuji.formats.standards import tree
from zuji.model.factors import Confidence, FactorKind
from zuji.rules.classification import Node
from zuji.search.tokens import tokens
from zuji_web.accounts.actors import Actor
from zuji_web.factors import listing
from zuji_web.factors.models import FactorDataset, LibraryEdition
from zuji_web.grades.models import ThresholdSet
from zuji_web.grades.queries import sets
from zuji_web.portal.policies import PLANS
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries import studies
from zuji_web.rulebook.models import RuleVersion
from zuji_web.rulebook.queries import versions
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries import registry

Words = str | Promise
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number from the database with what exactly it counts."""

    label: Words
    value: int
    definition: Words
    query: str = ""


def statistics() -> list[Statistic]:
    """Numbers of the factor library, counted now."""
    current = FactorDataset.objects.filter(current=True)
    return [
        Statistic(
            _("Datasets"),
            current.count(),
            _("Current versions in the factor library, all kinds together"),
        ),
        Statistic(
            _("For inventory lines"),
            current.filter(usable=True).count(),
            _("Datasets that a line can be multiplied by; the others inform"),
            "usable=1",
        ),
        Statistic(
            _("Sources"),
            current.values("record__source__title").distinct().count(),
            _("Different titles of publications and tables that the datasets come from"),
        ),
        Statistic(
            _("Of low confidence"),
            current.filter(confidence=Confidence.LOW.value).count(),
            _("Weak copies or doubtful values: marked wherever shown, never a default"),
            "confidence=low",
        ),
    ]


def newest_edition() -> LibraryEdition | None:
    """The edition that was loaded last."""
    return LibraryEdition.objects.order_by("-pk").first()


def sources() -> list[dict[str, Any]]:
    """Titles and publishers of sources with how many current datasets rest on each, most first."""
    rows = (
        FactorDataset.objects.filter(current=True)
        .values("record__source__title", "record__source__publisher")
        .annotate(total=Count("pk"))
        .order_by("-total", "record__source__title")
    )
    return [dict(row) for row in rows]


def confidences() -> list[tuple[str, int]]:
    """How many current datasets there are of each confidence, best first."""
    rows = (
        FactorDataset.objects.filter(current=True).values_list("confidence").annotate(Count("pk")).order_by()
    )
    counted = dict(rows)
    return [(grade.value, counted.get(grade.value, 0)) for grade in Confidence]


def electricity_pair() -> tuple[FactorDataset | None, FactorDataset | None]:
    """The newest national footprint of electricity, and Sichuan's newest CO2 factor."""
    current = FactorDataset.objects.filter(current=True)
    national = current.filter(
        kind=FactorKind.ELECTRICITY_FOOTPRINT.value, code__startswith="elec_cf_national_"
    )
    sichuan = current.filter(kind=FactorKind.GRID_CO2.value, geography="CN-SC")
    return national.order_by("-last_year").first(), sichuan.order_by("-last_year").first()


def demonstrations() -> QuerySet[ProductStudy]:
    """Worked examples that everybody may read."""
    return studies.demonstrations()


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the portal that a search may lead to."""

    title: Words
    text: Words
    page: str
    anchor: str = ""


TOPICS: tuple[Topic, ...] = (
    *(Topic(plan.title, plan.summary, "portal:policy", plan.key) for plan in PLANS),
    Topic(
        _("Learn in five minutes"),
        _("Life-cycle stages, functional unit, five totals, electricity factors, data quality, allocation"),
        "portal:learn",
    ),
    Topic(
        _("Method and sources"),
        _("Standards, calculation, data sources, confidence, licences, limits, demonstration"),
        "portal:about",
    ),
    Topic(
        _("Electricity: two kinds of factor"),
        _("Electricity footprint, grid CO2 factor, provinces, generation mix, line losses"),
        "factors:electricity",
    ),
    Topic(_("Fuel table"), _("Calorific value, carbon content, oxidation, combustion"), "factors:fuels"),
    Topic(_("Global warming potentials"), _("GWP of gases by IPCC report, methane, SF6"), "factors:gwp"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, each part already cut to a page's length."""

    factors: Sequence[FactorDataset]
    factor_count: int
    own: Sequence[ProductStudy]
    examples: Sequence[ProductStudy]
    topics: Sequence[Topic]
    products: Sequence[Node]
    standards: Sequence[StandardRecord]
    rules: Sequence[RuleVersion]
    thresholds: Sequence[ThresholdSet]

    @property
    def anything(self) -> bool:
        """Whether any part found something."""
        ruled = self.products or self.standards or self.rules or self.thresholds
        return bool(self.factors or self.own or self.examples or self.topics or ruled)


def search(text: str, *, by: Actor) -> Found:
    """Products with what governs them, factors, the reader's own studies, worked examples and pages."""
    wanted = listing.Wanted.of({"q": text})
    ranked = listing.found(wanted)
    products = tree().find(wanted.text)
    inside = {str(each.code) for node in products for each in tree().nodes_in(node.code)}
    return Found(
        factors=list(ranked[:SHOWN]),
        factor_count=len(ranked),
        own=list(studies.own(by=by, search=wanted.text)[:SHOWN]),
        examples=list(studies.demonstrations(search=wanted.text)[:SHOWN]),
        topics=_topics(wanted.text),
        products=products[:SHOWN],
        standards=registry.found(registry.Wanted(text=wanted.text), by=by)[:SHOWN],
        rules=versions.rules(by=by, search=wanted.text)[:SHOWN],
        thresholds=_thresholds(inside, by=by)[:SHOWN],
    )


def _thresholds(codes: Collection[str], *, by: Actor) -> list[ThresholdSet]:
    """Sets of thresholds for products of these codes that the reader may see."""
    return list(sets.visible(by=by).filter(product__in=codes).order_by("product", "-number"))


def _topics(text: str) -> list[Topic]:
    """Topics that share a word of two characters or more with the text."""
    asked = {token for token in tokens(text) if len(token) > 1}
    return [topic for topic in TOPICS if asked & set(tokens(f"{topic.title} {topic.text}"))]
