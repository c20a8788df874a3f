"""Which rule governs a product on a day, over the registry as it stands here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from zuji.errors import InvalidInput, Problem
from zuji.formats.standards import tree
from zuji.model.standards import Governing, ProductCode, Standard, StandardKind
from zuji.rules.classification import Node
from zuji.rules.governing import ABROAD, governing, province_of
from zuji_web.standards.models import StandardRecord
from zuji_web.standards.queries.registry import by_number, shelf


def governs(
    codes: Collection[ProductCode], on: date, region: str = "", *, demonstrations: bool = False
) -> Governing:
    """The library's answer over the platform's registry."""
    return governing(shelf(), tree(), codes, on, region, including_demonstrations=demonstrations)


def governing_code(written: str, on: date, region: str = "") -> Governing:
    """The answer for a code as a study states it; none, with the reason, where it cannot be read."""
    return governs(study_codes(written), on, region)


def study_codes(written: str) -> tuple[ProductCode, ...]:
    """The codes that a study states for its product, apart by blanks or commas; those that are not read
    are left out, for the study's own check says so."""
    found = []
    for part in written.replace(",", " ").replace(";", " ").split():
        try:
            found.append(tree().parse(part))
        except InvalidInput:
            continue
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A product as somebody wrote it: one code, several that it may mean, or why there is none."""

    code: ProductCode | None = None
    path: tuple[Node, ...] = ()
    choices: tuple[Node, ...] = ()
    problem: Problem | None = None


def asked(written: str) -> Asked:
    """What a name or a code means in the product tree."""
    products = tree()
    if ":" in written or "\uff1a" in written:
        try:
            code = products.parse(written.replace("\uff1a", ":"))
        except InvalidInput as error:
            return Asked(problem=error.problems[0])
        return _of(code)
    found = products.find(written)
    if len(found) == 1:
        return _of(found[0].code)
    return Asked(choices=found)


def _of(code: ProductCode) -> Asked:
    holders = tree().nodes_of(code)
    return Asked(code=code, path=tree().path(holders[0].id) if holders else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer with the rows behind it, so that a page can lead to them."""

    governing: Governing
    record: StandardRecord | None
    candidates: tuple[StandardRecord, ...]
    general: StandardRecord | None
    related: tuple["Related", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A standard that is no candidate but meets the product: in another province, for a part of it, or later.

    `code`, `region` and `on` are the question that it may answer.
    """

    record: StandardRecord
    code: ProductCode
    region: str
    on: date


def answer(code: ProductCode, on: date, region: str, *, demonstrations: bool = False) -> Answer:
    """Exactly one standard or none, with the reason, for one product on a day."""
    found = governs([code], on, region, demonstrations=demonstrations)
    numbers = [each.number for each in found.candidates]
    chosen = found.standard.number if found.standard else ""
    general = found.general.number if found.general else ""
    rows = by_number([*numbers, chosen, general])
    return Answer(
        governing=found,
        record=rows.get(chosen),
        candidates=tuple(rows[number] for number in numbers if number in rows),
        general=rows.get(general),
        related=_related(code, on, leaving_out={*numbers, chosen}, demonstrations=demonstrations),
    )


def _related(
    code: ProductCode, on: date, *, leaving_out: Collection[str], demonstrations: bool
) -> tuple[Related, ...]:
    products = tree()

    def meeting(each: Standard) -> ProductCode | None:
        return next((scope for scope in each.scope if products.overlap(scope, code)), None)

    met = {
        each.number: (each, narrow if products.covers(code, narrow) else code)
        for each in shelf()
        if each.kind is StandardKind.PRODUCT
        and each.level not in ABROAD
        and each.number not in leaving_out
        and (each.withdrawn is None or on < each.withdrawn)
        and (each.issued is None or each.issued <= on)
        and (demonstrations or not each.demonstration)
        and (narrow := meeting(each)) is not None
    }
    rows = by_number(met)
    return tuple(
        Related(
            record=rows[number],
            code=asked_for,
            region=province_of(each.region) if each.region else "",
            on=max(on, each.in_force or on),
        )
        for number, (each, asked_for) in sorted(met.items())
        if number in rows
    )
