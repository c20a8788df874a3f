"""Which factors a line may mean. Suggestions only: a person confirms (`actions.matches`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from zuji.errors import InvalidInput, Place, UnitMismatch, UnknownFactor, WrongFactorKind
from zuji.lca.electricity import LOCATION_FIELD
from zuji.model.factors import FACTOR_KIND_NAMES, Factor, FactorKind
from zuji.model.lines import LineKind
from zuji.model.stages import Stage
from zuji.search.match import Matcher
from zuji.search.names import item_key
from zuji.search.rank import GRID_CO2_BARRED, KINDS_OF_LINE, Candidate, ordered, unit_fit
from zuji_web.accounts.actors import Actor
from zuji_web.accounts.models import Organisation
from zuji_web.factors.queries import library, matcher, own_matcher
from zuji_web.products import drafts
from zuji_web.products.models import ConfirmedMatch, ProductStudy
from zuji_web.wording import said, told

# Kinds whose intensity is a factor of the library, and those that can do without one.
MATCHED_KINDS = frozenset(KINDS_OF_LINE) - {LineKind.DIRECT_EMISSION, LineKind.RECYCLING}
_KINDS = {kind.value: kind for kind in LineKind}
_STAGES = {stage.value: stage for stage in Stage}
RECYCLING_ROLES = (
    "virgin",
    "recycled",
    "end_recycling",
    "avoided",
    "energy_recovery",
    "disposal",
    "avoided_heat",
    "avoided_electricity",
)
# The grid factor of the consuming region, beside whatever treatment a line of electricity has.
LOCATION_ROLE = "location"
_KINDS_OF_ROLE: Mapping[str, frozenset[FactorKind]] = {
    LOCATION_ROLE: frozenset({FactorKind.ELECTRICITY_FOOTPRINT}),
    "avoided_heat": frozenset({FactorKind.HEAT}),
    "avoided_electricity": frozenset({FactorKind.ELECTRICITY_FOOTPRINT}),
    "disposal": frozenset({FactorKind.WASTE_TREATMENT, FactorKind.PRODUCT_FOOTPRINT}),
    "end_recycling": frozenset({FactorKind.WASTE_TREATMENT, FactorKind.PRODUCT_FOOTPRINT}),
    "energy_recovery": frozenset({FactorKind.WASTE_TREATMENT, FactorKind.PRODUCT_FOOTPRINT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCandidates:
    """A line with what it may mean, best first; `remembered` is what the organisation confirmed before."""

    line: dict[str, Any]
    candidates: tuple[Candidate, ...]
    remembered: str


def candidates(
    *,
    study: ProductStudy,
    line: Mapping[str, Any],
    by: Actor,
    search: str = "",
    role: str = "",
    limit: int = 8,
) -> LineCandidates:
    """Candidates for a line of a draft, by its own wording or by what is searched for."""
    known = remembered(by.organisation, str(line.get("kind", ""))) if not role else {}
    shared, own = matcher(known), own_matcher(study.organisation_id, known)
    ranking = [shared] if own is None else [shared, own]
    # Which electricity it is says nothing about the grid at the place.
    words = search.strip() or ("electricity" if role == LOCATION_ROLE else str(line.get("item", "")))
    place = drafts.text_at(study.document, "geography") or "CN"
    kind = _line_kind(line)
    if role:
        kinds = _KINDS_OF_ROLE.get(role, frozenset({FactorKind.PRODUCT_FOOTPRINT}))
        found = [
            item
            for ranked in ranking
            for item in ranked.search(words, kinds=kinds, geography=place, limit=limit)
        ]
        if role == LOCATION_ROLE and search.strip():
            found += _barred(shared, words, place)
    else:
        found = [
            item
            for ranked in ranking
            for item in ranked.match(
                words,
                kind=kind,
                unit=drafts.text_at(line, "quantity", "unit"),
                stage=_stage(line),
                geography=place,
                year=_year(study),
                limit=limit,
            )
        ]
        if search.strip() and kind is LineKind.ELECTRICITY:
            found += _barred(shared, words, place)
    if own is not None:
        found = ordered(found)[:limit]
    return LineCandidates(
        line=dict(line),
        candidates=tuple(found),
        remembered=known.get(item_key(str(line.get("item", ""))), ""),
    )


def _barred(ranked: Matcher, words: str, place: str) -> list[Candidate]:
    """Who looks for a grid CO2 factor is told why it cannot be taken, rather than finding nothing."""
    found = ranked.search(words, kinds={FactorKind.GRID_CO2}, geography=place, limit=2)
    return [item for item in found if item.good]


def unmatched(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Lines that still need a factor, in order."""
    for _process, line in drafts.lines(dict(document)):
        if needs_factor(line):
            yield line


def needs_factor(line: Mapping[str, Any]) -> bool:
    """Whether a line has no factor yet although its kind lives on one."""
    if line.get("factor") or line.get("stated") or line.get("cut_off") or not line.get("item"):
        return False
    if line.get("kind") == LineKind.FUEL:
        return not drafts.text_at(line, "fuel", "fuel") and not line.get("fuel")
    return _line_kind(line) in MATCHED_KINDS


def remembered(organisation: Organisation | None, kind: str) -> dict[str, str]:
    """Factor by wording, as the organisation confirmed them for lines of a kind."""
    if organisation is None:
        return {}
    rows = ConfirmedMatch.objects.filter(organisation=organisation, kind=kind)
    return dict(rows.values_list("text", "factor_id"))


def check(factor: Factor, line: Mapping[str, Any], role: str = "") -> None:
    """Refuses a factor that may not stand on a line, and says why."""
    field = LOCATION_FIELD if role == LOCATION_ROLE else "factor"
    place = Place(line=str(line.get("id", "")), field=field)
    kind = _line_kind(line)
    if role == LOCATION_ROLE and kind is not LineKind.ELECTRICITY:
        raise InvalidInput(
            told(
                "location-elsewhere",
                said(_("Only a line of electricity has a grid factor of its place")),
                said(_("Choose a line of electricity")),
                place,
            )
        )
    if factor.kind is FactorKind.GRID_CO2:
        cure = said(_("Choose an electricity footprint factor"))
        raise WrongFactorKind(told("grid-co2", GRID_CO2_BARRED, cure, place))
    allowed = _KINDS_OF_ROLE.get(role) if role else KINDS_OF_LINE.get(kind) if kind else None
    waste = kind is LineKind.MATERIAL and _stage(line) is Stage.END_OF_LIFE
    if not factor.usable or (allowed is not None and factor.kind not in allowed and not waste):
        raise WrongFactorKind(
            told(
                "factor-kind",
                said(
                    _("A factor of the kind “%(kind)s” cannot stand on this line"),
                    kind=FACTOR_KIND_NAMES[factor.kind],
                ),
                said(_("Choose one of the candidates offered, or change the kind of the line")),
                place,
            )
        )
    if role:
        return
    fits, note = unit_fit(factor, drafts.text_at(line, "quantity", "unit"), kind)
    if fits is False and note is not None:
        cure = said(_("Change the unit of the line, or choose a factor per a unit of the same kind"))
        raise UnitMismatch(told("factor-unit", note, cure, place))


def factor(factor_id: str, line_id: str = "", *, of: UUID | None = None) -> Factor:
    """A factor of the library, or of the own ones of the organisation `of`; raises `UnknownFactor`."""
    source = library(of).source
    if factor_id not in source:
        raise UnknownFactor(
            told(
                "unknown-factor",
                said(_("The factor library has no dataset “%(id)s”"), id=factor_id),
                said(_("Search the library and choose a dataset")),
                Place(line=line_id, field="factor"),
            )
        )
    return source.get(factor_id)


def _line_kind(line: Mapping[str, Any]) -> LineKind | None:
    return _KINDS.get(str(line.get("kind", "")))


def _stage(line: Mapping[str, Any]) -> Stage | None:
    return _STAGES.get(str(line.get("stage", "")))


def _year(study: ProductStudy) -> int | None:
    text = drafts.text_at(study.document, "period", "end")[:4]
    return int(text) if text.isdecimal() and len(text) == 4 else None
