"""How one data set names another, and what a format says beyond the common nouns."""

from dataclasses import dataclass
from enum import StrEnum

from zuji.model.lci.wording import UNSAID, Wording


class Kind(StrEnum):
    """Kinds of data set in a package; also the kinds of item that a ledger counts."""

    PROCESS = "process"
    FLOW = "flow"
    FLOW_PROPERTY = "flow_property"
    UNIT_GROUP = "unit_group"
    IMPACT_METHOD = "impact_method"
    IMPACT_CATEGORY = "impact_category"
    MODEL = "model"
    SOURCE = "source"
    CONTACT = "contact"
    LOCATION = "location"
    PARAMETER = "parameter"
    EXCHANGE = "exchange"
    ALLOCATION = "allocation"
    FACTOR = "factor"
    RESULT = "result"
    FILE = "file"
    FIELD = "field"
    """One element, attribute, cell or key that the nouns do not hold and that is kept as an extra."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Another data set by identity; `id` is a UUID where the format has one, else a stable name.

    `version` is empty where the reference does not say: then the newest version in the package is meant.
    """

    id: str
    version: str = ""
    name: Wording = UNSAID
    kind: Kind | None = None
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """A piece of the source that no noun holds: written back by its format, ignored by others.

    `format` is the module's name ("ilcd", "jsonld"…), `place` where it belongs (a path or a key),
    `content` its text: canonical XML, JSON, or a cell.
    """

    format: str
    place: str
    content: str


@dataclass(frozen=True, slots=True)
class Category:
    """A place in a classification: names from general to special, with codes where the format has them."""

    path: tuple[str, ...]
    codes: tuple[str, ...] = ()
    system: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What every data set has: identity, names, classification, remarks, when it last changed."""

    id: str
    version: str = ""
    name: Wording = UNSAID
    synonyms: Wording = UNSAID
    categories: tuple[Category, ...] = ()
    comment: Wording = UNSAID
    changed: str = ""
    """Date and time of the last change as written; never taken from a clock."""
    uri: str = ""
    tags: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, str]:
        """(id, version): what makes this data set itself."""
        return self.id, self.version
