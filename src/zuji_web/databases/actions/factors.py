"""Offering a product of a database as a factor of one's own organisation, with where it comes from."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from zuji.errors import InvalidInput
from zuji.model.factors import Confidence, Factor, FactorKind, Source
from zuji.text import Text
from zuji.units import known
from zuji_web.accounts.actors import Actor
from zuji_web.databases import refusals
from zuji_web.databases.codes import code_of, origin
from zuji_web.databases.models import DatabaseVersion
from zuji_web.databases.queries import opened, products
from zuji_web.factors.actions import keep_own
from zuji_web.factors.models import OwnFactor
from zuji_web.wording import said

KINDS = (
    FactorKind.PRODUCT_FOOTPRINT,
    FactorKind.ELECTRICITY_FOOTPRINT,
    FactorKind.HEAT,
    FactorKind.TRANSPORT,
    FactorKind.WASTE_TREATMENT,
)
"""What a product of a database may stand for on an inventory line."""


def offer(*, version: DatabaseVersion, index: int, kind: FactorKind, by: Actor) -> OwnFactor:
    """The product as an own factor of the actor's organisation, in this version of the database.

    Raises `InvalidInput` where it has no number, where all five totals are zero for want of data, or where no
    inventory line can be counted in its unit.
    """
    if kind not in KINDS:
        listed = ", ".join(each.value for each in KINDS)
        raise InvalidInput(refusals.unknown_choice("kind", kind.value, listed))
    with override("zh-hans"):
        page = reverse("databases:product", args=[version.database_id, version.number, index])
    factor = as_factor(version, index, kind)
    return keep_own(factor=factor, page=page, origin=origin(version.database), by=by)


def as_factor(version: DatabaseVersion, index: int, kind: FactorKind) -> Factor:
    """What the factor of a product would be; raises as `offer` does."""
    product = products.product(version, index)
    values = opened.totals(version)
    if values is None:
        raise InvalidInput(refusals.no_totals())
    if product.total is None:
        raise InvalidInput(refusals.no_number(str(product.name)))
    if not values[index].any():
        raise InvalidInput(refusals.nothing_counted(str(product.name)))
    if not known(product.unit):
        raise InvalidInput(refusals.unit_not_known(product.unit))
    fossil, emitted, removed, land, aircraft = values[index].tolist()
    database = version.database
    own = opened.opened(version).network.processes
    return Factor(
        id=code_of(version.database_id, product.id, own.product[index]),
        version=str(version.number),
        kind=kind,
        name=product.name,
        category=database.name,
        value=product.total,
        unit=f"kgCO2e/{product.unit}",
        per=product.unit,
        totals=(fossil, emitted, removed, land, aircraft),
        year=version.year,
        geography=product.location,
        boundary=_both(said(_("cradle to gate"))),
        source=Source(
            title=f"{database.name} {version.title}",
            table=" ".join(filter(None, (product.id, product.version))),
            publisher=database.source,
            licence=version.licence,
        ),
        confidence=Confidence.DERIVED,
        notes=_notes(version),
        aliases=tuple({name for name in (product.product.zh, product.product.en) if name}),
    )


def _notes(version: DatabaseVersion) -> str:
    """How it was calculated: allocation, accuracy, repairs."""
    kept = opened.results(version)
    texts = [said(_("Calculated from the database; allocation: %(way)s"), way=version.allocation)]
    if kept is not None:
        bound = f"{kept.certificate.error:.1e}"
        proved = _("relative error of the solution at most %(bound)s, proved")
        estimated = _("relative error of the solution about %(bound)s, estimated")
        texts.append(said(proved if kept.certificate.proved else estimated, bound=bound))
    if version.repairs:
        count = len(version.repairs)
        texts.append(said(_("%(count)s repairs of the network, listed with the database"), count=count))
    return _both(Text("\uff1b".join(each.zh for each in texts), "; ".join(each.en for each in texts)))


def _both(text: Text) -> str:
    """A text as a data cell writes it."""
    return f"{text.zh} / {text.en}"


def bring_up(*, version: DatabaseVersion, by: Actor) -> list[OwnFactor]:
    """The own factors that come from older versions of the database, offered anew from this one.

    Products that it lacks, or that could not be offered from it, are left as they are. Studies keep the
    version they name; drafts are shown that there is a newer one.
    """
    return [offer(version=version, index=index, kind=kind, by=by) for index, kind in _behind(version, by)]


def _behind(version: DatabaseVersion, by: Actor) -> Iterable[tuple[int, FactorKind]]:
    newest: dict[str, OwnFactor] = {
        row.code: row
        for row in OwnFactor.objects.filter(
            organisation=by.organisation, origin=origin(version.database)
        ).order_by("pk")
    }
    own, values = opened.opened(version).network.processes, opened.totals(version)
    if values is None:
        return
    for index, key in enumerate(own.product):
        product = products.product(version, index)
        row = newest.get(code_of(version.database_id, product.id, key))
        if not row or int(row.version) >= version.number:
            continue
        if product.total is not None and values[index].any() and known(product.unit):
            yield index, row.factor().kind
