"""The factor library over the API: anybody may read it."""

# ruff: noqa: ARG001, ARG002 - the framework hands the request to every operation by this name

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Query, Schema

from zuji.model.factors import FACTOR_KIND_NAMES, Confidence, FactorKind
from zuji.model.lines import LineKind
from zuji.search.rank import FLAG_NAMES, GEOGRAPHY_NAMES, REASON_NAMES, Candidate, ordered
from zuji.text import Text
from zuji.units import UNITS
from zuji_web import gateway
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.guards import actor_of
from zuji_web.accounts.permissions import Permission
from zuji_web.factors import listing
from zuji_web.factors.exports import plain
from zuji_web.factors.labels import in_both
from zuji_web.factors.models import FactorDataset
from zuji_web.factors.queries import library, matcher, own_matcher
from zuji_web.ui.templatetags.ui import current_language

router = gateway.router("factors", public=True)
reference = gateway.router("factors", public=True)


def _said(text: Text) -> str:
    return text.in_language(current_language())


class Bilingual(Schema):
    zh: str
    en: str = ""


class SourceOut(Schema):
    """Where a number comes from."""

    title: str
    table: str = ""
    document: str = ""
    publisher: str = ""
    licence: str = ""


class GasOut(Schema):
    """Mass of one gas per unit, kg."""

    gas: str
    kg: float
    biogenic: bool = False


class DatasetOut(Schema):
    """A dataset. `totals` are kgCO2e per `per`: fossil, biogenic emissions, biogenic removals, land-use
    change, aircraft. An empty `per` means that no inventory line can be multiplied by it."""

    id: str
    version: str
    kind: FactorKind
    name: Bilingual
    category: str = ""
    value: float
    unit: str
    per: str = ""
    totals: list[float] = Field(default_factory=lambda: [0.0] * 5)
    gases: list[GasOut] = []
    year: str = ""
    geography: str = ""
    boundary: str = ""
    source: SourceOut
    confidence: Confidence
    copies: int = 1
    notes: str = ""
    aliases: list[str] = []
    quality: dict[str, float | None] | None = None
    uncertainty: dict[str, str | float] | None = None
    sha256: str
    current: bool
    edition: str


class DatasetFilter(Schema):
    """What a list of factors may be narrowed by; `q` ranks by words and meaning."""

    q: str = Field("", max_length=200)
    kind: FactorKind | None = None
    category: str = Field("", max_length=200)
    region: str = Field("", max_length=40)
    year: int | None = Field(None, ge=1900, le=2100)
    confidence: Confidence | None = None
    usable: bool = False


class ItemIn(Schema):
    """An item as a factory writes it; kind and unit of the line narrow what fits."""

    text: str = Field(min_length=1, max_length=200)
    kind: LineKind | None = None
    unit: str = Field("", max_length=40)
    region: str = Field("", max_length=40)
    year: int | None = Field(None, ge=1900, le=2100)
    limit: int = Field(8, ge=1, le=50)


class KindOut(Schema):
    """A kind of factor and how many current datasets there are of it."""

    kind: FactorKind
    name: str
    count: int


class ReasonOut(Schema):
    """Why a factor is offered, with its own strength from 0 to 1."""

    kind: str
    name: str
    score: float
    text: str


class MatchOut(Schema):
    """A factor offered for an item; a person decides. `barred` says why it may not stand in a footprint."""

    id: str
    version: str
    name: Bilingual
    kind: FactorKind
    value: float
    unit: str
    per: str
    year: str
    geography: str
    confidence: Confidence
    score: float
    relevance: float
    good: bool
    reasons: list[ReasonOut]
    unit_ok: bool | None
    unit_note: str
    region_fit: str
    flags: list[str]
    barred: str


class ItemsIn(Schema):
    """Items to match at once."""

    items: list[ItemIn] = Field(min_length=1, max_length=20)


class ItemOut(Schema):
    """An item with its candidates, best first."""

    text: str
    candidates: list[MatchOut]


class GwpOut(Schema):
    """A characterisation set: kgCO2e per kg of gas."""

    id: str
    version: str
    name: str
    values: dict[str, float]
    fossil_ch4: float
    biogenic_ch4: float
    alternatives: dict[str, float]
    source: str
    notes: str


class UnitOut(Schema):
    """A unit; `factor` is its multiple of the dimension's base unit."""

    symbol: str
    name: str
    factor: float


class UnitGroupOut(Schema):
    """Units that convert into each other."""

    dimension: str
    name: str
    base: str
    units: list[UnitOut]


def _out(dataset: FactorDataset) -> dict[str, Any]:
    return {
        **plain(dataset.factor()),
        "sha256": dataset.sha256,
        "current": dataset.current,
        "edition": dataset.edition.edition,
    }


class _Page:
    """Datasets as the API shows them, described only for the page that is asked for."""

    def __init__(self, rows: Sequence[FactorDataset] | QuerySet[FactorDataset]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return self._rows.count() if isinstance(self._rows, QuerySet) else len(self._rows)

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return [_out(row) for row in self._rows[part]]


@router.get("", response=list[DatasetOut], summary="List factors")
@gateway.paged
def list_factors(request: HttpRequest, wanted: Query[DatasetFilter]) -> _Page:
    """Current datasets: ranked where `q` is given, else in the order of the library."""
    given = wanted.dict(exclude_none=True)
    asked = {name: str(value) for name, value in given.items() if name != "usable"}
    return _Page(listing.found(listing.Wanted.of({**asked, "usable": "1" if wanted.usable else ""})))


@router.get("/kinds", response=list[KindOut], summary="List kinds of factors")
def list_kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """Every kind with its name and how many current datasets it has."""
    counted = {choice.value: choice.count for choice in listing.choices(listing.Wanted())["kind"]}
    return [
        {"kind": kind, "name": _said(FACTOR_KIND_NAMES[kind]), "count": counted.get(kind.value, 0)}
        for kind in FactorKind
    ]


@router.get("/match", response=list[MatchOut], summary="Match an item to factors")
def match_item(request: HttpRequest, asked: Query[ItemIn]) -> list[dict[str, Any]]:
    """Factors that may carry an inventory line with this wording, best first, each with its reasons.

    Nothing is chosen: a person confirms. Grid CO2 factors are never among them. Who asks for an organisation
    gets its own factors among them.
    """
    return _candidates(asked, actor_of(request))


# The description lists the ways in by class name; these are the gateway's two, for a route that asks by POST.
class OAuth2(gateway.OAuth2):
    """A token that may read may also ask by POST: a question changes nothing."""

    def access(self, request: HttpRequest) -> str:
        return "read"


class Visitor(gateway.Visitor):
    """A visitor who asks by POST."""

    def __call__(self, request: HttpRequest) -> gateway.Caller | None:
        return gateway.caller(request)


@router.post(
    "/match",
    response=list[ItemOut],
    summary="Match several items to factors",
    auth=[OAuth2("factors"), gateway.Session(), Visitor()],
)
def match_items(request: HttpRequest, asked: ItemsIn) -> list[dict[str, Any]]:
    """The same for up to twenty items, in their order."""
    return [{"text": item.text, "candidates": _candidates(item, actor_of(request))} for item in asked.items]


@router.get("/{str:factor_id}", response=DatasetOut, summary="Read a factor")
def read_factor(request: HttpRequest, factor_id: str, version: str = "") -> dict[str, Any]:
    """One dataset, the current version unless one is named."""
    rows = _versions(factor_id)
    chosen = next((row for row in rows if (row.version == version if version else row.current)), None)
    if chosen is None:
        raise Http404
    return _out(chosen)


@router.get("/{str:factor_id}/versions", response=list[DatasetOut], summary="List versions of a factor")
def list_versions(request: HttpRequest, factor_id: str) -> list[dict[str, Any]]:
    """Every version that was ever loaded, newest first."""
    rows = _versions(factor_id)
    if not rows:
        raise Http404
    return [_out(row) for row in rows]


def _candidates(asked: ItemIn, by: Actor) -> list[dict[str, Any]]:
    own = own_matcher(by.organisation.pk) if by.organisation and by.may(Permission.FACTOR_VIEW) else None
    found = [
        each
        for ranked in (matcher(), own)
        if ranked is not None
        for each in ranked.match(
            asked.text,
            kind=asked.kind,
            unit=asked.unit,
            geography=asked.region or "CN",
            year=asked.year,
            limit=asked.limit,
        )
    ]
    return [_candidate(one) for one in (found if own is None else ordered(found)[: asked.limit])]


def _versions(factor_id: str) -> list[FactorDataset]:
    return list(FactorDataset.objects.filter(code=factor_id).select_related("edition").order_by("-pk"))


def _candidate(found: Candidate) -> dict[str, Any]:
    factor = found.factor
    return {
        "id": factor.id,
        "version": factor.version,
        "name": {"zh": factor.name.zh, "en": factor.name.en},
        "kind": factor.kind,
        "value": factor.value,
        "unit": factor.unit,
        "per": factor.per,
        "year": factor.year,
        "geography": factor.geography,
        "confidence": factor.confidence,
        "score": found.score,
        "relevance": found.relevance,
        "good": found.good,
        "reasons": [
            {
                "kind": reason.kind.value,
                "name": _said(REASON_NAMES[reason.kind]),
                "score": reason.score,
                "text": _said(reason.text),
            }
            for reason in found.reasons
        ],
        "unit_ok": found.unit_ok,
        "unit_note": _said(found.unit_note) if found.unit_note else "",
        "region_fit": _said(GEOGRAPHY_NAMES[found.geography]),
        "flags": [_said(FLAG_NAMES[flag]) for flag in found.flags],
        "barred": _said(found.barred) if found.barred else "",
    }


@reference.get("/gwp", response=list[GwpOut], summary="List characterisation sets")
def list_gwp(request: HttpRequest) -> list[dict[str, Any]]:
    """Global warming potentials by report of the IPCC."""
    return [
        {
            "id": one.id,
            "version": one.version,
            "name": _said(one.name),
            "values": dict(one.values),
            "fossil_ch4": one.fossil_ch4,
            "biogenic_ch4": one.biogenic_ch4,
            "alternatives": dict(one.alternatives or {}),
            "source": one.source,
            "notes": _said(in_both(one.notes)),
        }
        for one in library().gwp.values()
    ]


@reference.get("/units", response=list[UnitGroupOut], summary="List units")
def list_units(request: HttpRequest) -> list[dict[str, Any]]:
    """Every unit that is understood, by dimension; units of one dimension convert into each other."""
    return [
        {
            "dimension": group.dimension,
            "name": _said(group.name),
            "base": group.base,
            "units": [
                {"symbol": unit.symbol, "name": _said(unit.name), "factor": float(unit.factor)}
                for unit in group.units
            ],
        }
        for group in UNITS
    ]
