"""Simple types of the schema: whether a text is one, and the nearest text that is."""

import math
import re
import uuid
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from zuji.formats.ilcd.structure import values

_UUID = re.compile(r"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")
_VERSION = re.compile(r"\d{2}\.\d{2}(\.\d{3})?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_DATE_TIME = re.compile(
    r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))?",
    re.ASCII,
)
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_CAS = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]")
_GIS = re.compile(
    r"\s*[-+]?([0-8]?\d(\.\d*)?|90(\.0{0,2})?)\s*;\s*[-+]?(1[0-7]\d(\.\d*)?|\d{1,2}(\.\d*)?|180(\.0*)?)\s*",
    re.ASCII,
)
_NO_URI = re.compile(
    r"[\s<>\"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})|#(?=.*#)|^(?![A-Za-z][A-Za-z0-9+.\-]*:)[^/?#:]*:", re.ASCII
)
"""What no URI holds: such characters, a % that begins no code, a second #, a colon that ends no scheme."""
_LENGTHS = {"string": 500, "short": 1000, "variable": 50}
_DIGITS = {"int5": 5, "int6": 6, "integer": 18, "level": 1, "year": 4}
_SHORT_MONTHS = {"02": 29, "04": 30, "06": 30, "09": 30, "11": 30}
_NAMESPACE = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
"""The name space of object identifiers, RFC 9562; ids that are no UUID are turned into one under it."""

INTEGERS = frozenset(("int5", "int6", "integer"))


def number(text: str | None) -> float | None:
    """The finite number that a text states, with a point as the decimal sign; None for anything else."""
    if text is None:
        return None
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def share(text: str) -> float | None:
    """A percentage as a fraction, exactly: "33.3" is the float nearest to 0.333."""
    if number(text) is None:
        return None
    return float(Decimal(text.strip()).scaleb(-2))


def percent(fraction: float) -> str:
    """The reverse of `share`."""
    return _plain(Decimal(repr(fraction)).scaleb(2))


def valid(text: str, kind: str) -> bool:  # noqa: C901 - one line a type
    """Whether `text` is a value of the schema's type `kind`."""
    if kind.startswith("="):
        return text in values(kind[1:])
    if kind in _LENGTHS:
        return len(text) <= _LENGTHS[kind]
    if kind in _DIGITS:
        digits = text.lstrip("+-").lstrip("0")
        return (
            bool(_INTEGER.fullmatch(text))
            and len(digits) <= _DIGITS[kind]
            and (kind != "level" or text[0] != "-")
        )
    match kind:
        case "uuid":
            return bool(_UUID.fullmatch(text))
        case "version":
            return bool(_VERSION.fullmatch(text))
        case "real":
            return bool(_NUMBER.fullmatch(text)) or text in ("INF", "-INF", "NaN")
        case "percent":
            return _percentage(text) == text
        case "datetime":
            return bool(_DATE_TIME.fullmatch(text)) and _day_exists(text)
        case "flag":
            return text in ("true", "false", "1", "0")
        case "gis":
            return bool(_GIS.fullmatch(text))
        case "cas":
            return bool(_CAS.fullmatch(text))
        case "uri":
            return not _NO_URI.search(text)
    return True


def nearest(text: str, kind: str) -> str | None:
    """The valid value that says most of what `text` says; None where none says any of it."""
    match kind:
        case "uuid":
            return str(uuid.uuid5(_NAMESPACE, text))
        case "version":
            return _version(text)
        case "percent":
            return _percentage(text)
        case "datetime":
            return f"{text[:10]}T00:00:00" if _DATE.fullmatch(text[:10]) and _day_exists(text) else None
        case "year":
            return text[:4] if re.match(r"\d{4}(?!\d)", text, re.ASCII) else None
        case "cas":
            # some write 64896-70-4 as 064896-70-4; what is left after the zeros is a CAS number or nothing
            shorter = text.strip().lstrip("0")
            return shorter if _CAS.fullmatch(shorter) else None
        case "uri":
            return _NO_URI.sub(lambda found: quote(found[0]), text)
    if kind in _LENGTHS and kind != "variable":
        return text[: _LENGTHS[kind] - 1] + "…"
    if kind == "variable":
        return f"{text[:30]}_{uuid.uuid5(_NAMESPACE, text).hex[:12]}"
    return None


def fallback(kind: str) -> str:
    """What stands where the schema demands a value and there is none: zero, nothing, the neutral word."""
    if kind.startswith("="):
        return _NEUTRAL.get(kind[1:]) or sorted(values(kind[1:]))[0]
    if kind in _DIGITS or kind in ("real", "percent"):
        return "0"
    return {"version": "00.00.000", "uuid": str(uuid.UUID(int=0)), "flag": "false", "gis": "0;0"}.get(
        kind, ""
    )


_NEUTRAL = {
    "ExchangeDirection": "Output",
    "FlowType": "Other flow",
    "GlobalReferenceType": "other external file",
    "ScopeOfReview": "Documentation",
    "MethodOfReview": "Documentation",
    "DataQualityIndicator": "Overall quality",
    "Quality": "Not evaluated / unknown",
    "TypeOfReview": "Not reviewed",
}


def _percentage(text: str) -> str | None:
    """A decimal of at most 5 digits, at most 3 of them after the point; larger ones end at 99999."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or not _NUMBER.fullmatch(text.strip()):
        return None
    for places in (3, 2, 1, 0):
        rounded = value.quantize(Decimal(1).scaleb(-places)) if abs(value) < Decimal(10) ** 20 else value
        if abs(rounded) < Decimal(10) ** (5 - places):
            written = _plain(rounded)
            return text if text == written or _same_decimal(text, rounded) else written
    return "-99999" if value < 0 else "99999"


def _same_decimal(text: str, value: Decimal) -> bool:
    """Whether `text` is the same number in the plain notation that xs:decimal wants."""
    return "e" not in text.lower() and text == text.strip() and Decimal(text) == value


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _version(text: str) -> str:
    """`1.2.3` as 01.02.003 where that fits, else 00.00.000."""
    parts = [int(part) for part in re.findall(r"\d+", text, re.ASCII)[:3]]
    parts += [0] * (3 - len(parts))
    if parts[0] > 99 or parts[1] > 99 or parts[2] > 999:
        return "00.00.000"
    return f"{parts[0]:02}.{parts[1]:02}.{parts[2]:03}"


def _day_exists(text: str) -> bool:
    date = re.match(r"-?(\d{4,})-(\d\d)-(\d\d)", text, re.ASCII)
    if date is None:
        return False
    year, month, day = int(date[1]), date[2], int(date[3])
    if month == "02" and (year % 4 or (year % 100 == 0 and year % 400)):
        return day <= 28
    return year > 0 and day <= _SHORT_MONTHS.get(month, 31)
