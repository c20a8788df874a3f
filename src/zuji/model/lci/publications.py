"""Sources, contacts and locations: who says so, and where."""

from dataclasses import dataclass

from zuji.model.lci.references import Extra, Heading, Ref
from zuji.model.lci.wording import UNSAID, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication or file that data come from."""

    heading: Heading
    citation: str = ""
    type: str = ""
    description: Wording = UNSAID
    files: tuple[str, ...] = ()
    url: str = ""
    year: int | None = None
    contacts: tuple[Ref, ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or organisation."""

    heading: Heading
    short_name: Wording = UNSAID
    address: Wording = UNSAID
    email: str = ""
    telephone: str = ""
    telefax: str = ""
    website: str = ""
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place that data sets refer to by `code`."""

    heading: Heading
    code: str
    latitude: float | None = None
    longitude: float | None = None
    extras: tuple[Extra, ...] = ()
