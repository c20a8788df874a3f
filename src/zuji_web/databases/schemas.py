"""What the API says of databases, and what it takes."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from zuji.model.factors import FactorKind
from zuji.text import Text
from zuji_web.databases.models import DatabaseVersion, InventoryDatabase, Visibility
from zuji_web.databases.queries.changes import Change, Touched
from zuji_web.databases.queries.products import Product


class Bilingual(Schema):
    zh: str
    en: str = ""


def both(text: Text) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": text.zh, "en": text.en}


class DatabaseOut(Schema):
    """A database; `newest` is the number of its newest version."""

    id: UUID
    name: str
    source: str
    licence: str
    visibility: Visibility
    newest: int
    created_at: datetime

    @staticmethod
    def resolve_newest(database: InventoryDatabase) -> int:
        return max(version.number for version in database.versions.all())


class ParticularsIn(Schema):
    """What is said about a database; what is left out stays."""

    name: str | None = Field(None, max_length=200)
    source: str | None = Field(None, max_length=300)
    licence: str | None = Field(None, max_length=4000)
    visibility: Visibility | None = None


class VersionIn(Schema):
    """What is said about a package. `on_server` names one that lies on the server instead of `file`."""

    licence: str = Field("", max_length=4000)
    label: str = Field("", max_length=60)
    year: str = Field("", max_length=20)
    format: str = Field("", max_length=20)
    allocation: str = Field("stated", max_length=20)
    on_server: str = Field("", max_length=200)


class DatabaseIn(VersionIn):
    """The same for a new database."""

    name: str = Field("", max_length=200)
    source: str = Field("", max_length=300)
    visibility: Visibility = Visibility.PRIVATE


class PackageOut(Schema):
    """The package as it came."""

    name: str
    digest: str
    size: int


class CertificateOut(Schema):
    """How exact the numbers are: `error` bounds the relative error of every product."""

    error: float
    proved: bool
    residual: float
    condition: float
    unsolved: int
    method: str


class VersionRow(Schema):
    """A version in a list."""

    number: int
    label: str
    year: str
    licence: str
    format: str
    allocation: str
    digest: str
    numbers: dict[str, int]
    repaired_from: int | None
    repairs: list[dict[str, Any]]
    package: PackageOut
    created_at: datetime

    @staticmethod
    def resolve_repaired_from(version: DatabaseVersion) -> int | None:
        return version.repaired_from.number if version.repaired_from else None


class ProductRow(Schema):
    """A product; `total` is kgCO2e per `unit` over the five totals, null without a number."""

    index: int
    id: str
    version: str
    name: Bilingual
    product: Bilingual
    location: str
    unit: str
    total: float | None


def product_row(product: Product) -> dict[str, Any]:
    return {
        "index": product.index,
        "id": product.id,
        "version": product.version,
        "name": both(product.name),
        "product": both(product.product),
        "location": product.location,
        "unit": product.unit,
        "total": product.total,
    }


class ValueOut(Schema):
    """One category per unit of product; `error` bounds the value, in its unit."""

    id: str
    method: str
    name: Bilingual
    unit: str
    value: float | None
    error: float | None


class InputOut(Schema):
    """A product or waste exchange per unit of product. `provider` is null where it is cut off."""

    exchange: int
    product: Bilingual
    amount: float
    unit: str
    provider: int | None
    rule: str
    why: Bilingual
    share: float | None


class ElementaryOut(Schema):
    """An elementary exchange per unit of product."""

    name: Bilingual
    compartment: str
    amount: float
    unit: str
    inward: bool


class ProductOut(ProductRow):
    """A product with everything that is kept about it. `totals` are the five, kgCO2e per `unit`."""

    totals: list[float | None]
    categories: list[ValueOut]
    error: float | None
    proved: bool
    repairs: list[dict[str, Any]]
    inputs: list[InputOut]
    elementary: list[ElementaryOut]


class PartOut(Schema):
    """A part of a footprint; `own` is the process itself, `rest` all that is not listed."""

    name: str
    place: str
    process: int | None
    amount: float | None
    unit: str
    value: float
    share: float
    own: bool
    rest: bool


class PartsOut(Schema):
    """What a footprint in one category is made of; the parts sum to it."""

    category: str
    by: Literal["process", "flow", "input", "place"]
    parts: list[PartOut]


class StopOut(Schema):
    """A process of the network: what passes through it, and its own part."""

    process: int
    name: Bilingual
    location: str
    total: float
    direct: float


class SupplyOut(Schema):
    """From a provider to a consumer, both positions in `stops`; `loop`: it closes a loop."""

    provider: int
    consumer: int
    amount: float
    unit: str
    value: float
    share: float
    loop: bool


class NetworkOut(Schema):
    """The network around a product in one category."""

    category: str
    unit: str
    total: float
    stops: list[StopOut]
    supplies: list[SupplyOut]


class OfferIn(Schema):
    """As which kind of factor the product is offered."""

    kind: FactorKind = FactorKind.PRODUCT_FOOTPRINT


class OwnFactorOut(Schema):
    """An own factor of the organisation, as inventory lines name it."""

    code: str
    version: str
    record: dict[str, Any]
    sha256: str
    created_at: datetime


class ChangeOut(Schema):
    """A product in two versions: indices and totals, null where it is not there or has no number."""

    name: Bilingual
    location: str
    unit: str
    before: int | None
    after: int | None
    old: float | None
    new: float | None
    relative: float | None


def change_row(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in ChangeOut.model_fields} | {"name": both(change.name)}


class TouchedOut(Schema):
    """A line of an open study of the organisation whose factor this version gives another value."""

    study: UUID
    line: str
    item: str
    factor: str
    unit: str
    old: float
    new: float | None
    relative: float | None


def touched_row(touched: Touched) -> dict[str, Any]:
    return {name: getattr(touched, name) for name in TouchedOut.model_fields} | {"study": touched.study.pk}


class ChangesOut(Schema):
    """What a version changes; `same` counts the products that stay as they are."""

    since: int
    added: list[ChangeOut]
    removed: list[ChangeOut]
    changed: list[ChangeOut]
    same: int
    touched: list[TouchedOut]


class OrderIn(Schema):
    """The format in which a package is to be written."""

    format: str = Field(max_length=20)


class OnServerOut(Schema):
    """A package on the server."""

    name: str
    size: int
