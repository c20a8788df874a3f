"""Places and currencies while a package is written: codes become references to data sets."""

import json
from collections.abc import Iterable, Mapping

from zuji.formats.jsonld.layout import FOLDER_OF, FORMAT
from zuji.formats.jsonld.pen import Json, Pen, derived_id, filled, openlca_id
from zuji.formats.jsonld.reference import location_ids, locations
from zuji.model.lci.package import Package
from zuji.model.lci.publications import Location
from zuji.model.lci.references import Extra, Heading, Kind
from zuji.model.lci.wording import Wording


class WrittenPlaces:
    """Finds places and currencies by code; adds those that the package lacks."""

    def __init__(self, package: Package, pen: Pen) -> None:
        self._pen = pen
        self._ids: dict[str, tuple[str, Wording]] = {}
        self._codes: dict[str, str] = {}
        self.added: list[Location] = []
        self.added_currencies: dict[str, Json] = {}
        for place in package.locations:
            id_ = openlca_id(Kind.LOCATION, place.heading.id)
            self._codes[id_] = place.code
            self._ids.setdefault(place.code, (id_, place.heading.name))
        self._currencies = _currencies(package.extras)

    def refer(self, code: str, extras: Iterable[Extra] = ()) -> Json:
        """A reference to the place with that code; empty for no code.

        Where several places have the code, `extras` may hold which of them is meant.
        """
        if not code:
            return {}
        for extra in extras:
            if extra.format == FORMAT and extra.place == "location":
                stated = json.loads(extra.content)
                if isinstance(stated, dict) and self._codes.get(str(stated.get("@id"))) == code:
                    return stated
        if code not in self._ids:
            self._add(code)
        id_, name = self._ids[code]
        return filled({"@type": "Location", "@id": id_, "name": name.in_language("en")})

    def currency(self, code: str, extras: Iterable[Extra]) -> Json:
        """A reference to a currency; empty where there is none or `extras` hold the reference."""
        if not code or any(one.format == FORMAT and one.place == "currency" for one in extras):
            return {}
        if code in self._currencies:
            return {"@type": "Currency", "@id": self._currencies[code], "name": code}
        id_ = derived_id("currency", code)
        value = {"@type": "Currency", "@id": id_, "name": code}
        self.added_currencies[id_] = value | {"code": code}
        return value

    def _add(self, code: str) -> None:
        known = location_ids().get(code)
        place = (
            locations()[known]
            if known
            else Location(heading=Heading(id=derived_id("location", code), name=Wording.of(code)), code=code)
        )
        self.added.append(place)
        self._ids[code] = (place.heading.id, place.heading.name)
        self._pen.add(Kind.LOCATION, self._pen.place(Kind.LOCATION, place.heading))


def _currencies(extras: Iterable[Extra]) -> Mapping[str, str]:
    """Ids by code of the currencies that a package keeps."""
    ids: dict[str, str] = {}
    for extra in extras:
        if extra.format == FORMAT and f"{FOLDER_OF['Currency']}/" in extra.place:
            value = json.loads(extra.content)
            code = value.get("code") or value.get("name")
            if isinstance(code, str) and isinstance(value.get("@id"), str):
                ids.setdefault(code, value["@id"])
    return ids


def write_location(place: Location, pen: Pen) -> Json:
    where = pen.place(Kind.LOCATION, place.heading)
    value = pen.heading(Kind.LOCATION, place.heading)
    value |= filled(
        {
            "code": place.code,
            "latitude": pen.number(place.latitude, where),
            "longitude": pen.number(place.longitude, where),
        }
    )
    return pen.restore(value, place.extras)
