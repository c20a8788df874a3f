"""Places and currencies while a package is read: references become the codes that nouns carry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zuji.errors import Place
from zuji.formats.jsonld.reasons import REASONS
from zuji.formats.jsonld.record import Account, Record
from zuji.formats.jsonld.reference import locations
from zuji.model.lci.publications import Location
from zuji.model.lci.references import Heading, Kind


@dataclass(slots=True)
class Places:
    """Codes of places by id. A place that the package lacks is added when it is first referred to."""

    account: Account
    found: list[Location] = field(default_factory=list)
    _codes: dict[str, str] = field(default_factory=dict)
    _owners: dict[str, str] = field(default_factory=dict)

    def add(self, place: Location) -> None:
        self.found.append(place)
        self._codes.setdefault(place.heading.id, place.code)
        self._owners.setdefault(place.code, place.heading.id)

    def code(self, owner: Record, key: str = "location") -> str:
        """The code of the place that `owner` refers to; empty where it names none."""
        whole = owner.look(key)
        reference = owner.raw(key)
        id_ = reference.get("@id")
        if not isinstance(id_, str) or not id_:
            if reference:
                owner.keep(key, whole)
            return ""
        if id_ not in self._codes:
            self._take_in(id_, reference, owner.place(key))
        code = self._codes[id_]
        if self._owners[code] != id_:
            owner.keep(key, {"@type": "Location", "@id": id_})
        return code

    def _take_in(self, id_: str, reference: Mapping[str, object], place: Place) -> None:
        book = self.account.book
        book.read(Kind.LOCATION)
        if id_ in locations():
            book.defaulted(Kind.LOCATION, "built-in-place", REASONS["built-in-place"], place)
            self.add(locations()[id_])
            return
        book.defaulted(Kind.LOCATION, "place-from-reference", REASONS["place-from-reference"], place)
        stub = Record({**reference, "@id": id_}, self.account, place.file)
        name = stub.wording("name")
        self.add(Location(heading=Heading(id=id_, name=name), code=str(name) or id_))


def currency_codes(currencies: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Codes of currencies by id, else their names."""
    codes: dict[str, str] = {}
    for one in currencies:
        id_, code = one.get("@id"), one.get("code") or one.get("name")
        if isinstance(id_, str) and isinstance(code, str):
            codes.setdefault(id_, code)
    return codes
