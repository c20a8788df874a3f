"""Numbers as a report writes them: published digits, parts that sum, shares that sum to 100 %.

Digits come from `zuji.lca.published` and `publishing`, as in the interface and on the command line.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from zuji.lca.published import BAND_DIGITS
from zuji.lca.publishing import publish, publish_parts, publish_shares
from zuji.model.written import written_number
from zuji.report.document import Say

WHOLE = "100.0 %"
_MINUS = "−"
_POWER = re.compile(r"(?<=\d)e([+-]\d+)")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def typeset(text: str) -> str:
    """A published text with a minus sign instead of a hyphen."""
    return text.replace("-", _MINUS)


def number(value: float) -> str:
    """A value with the published digits."""
    return typeset(publish(value))


def signed(value: float) -> str:
    """A difference, with its sign."""
    text = publish(value)
    return typeset(text if text.startswith("-") or not value else f"+{text}")


def parts(values: Sequence[float], total: float) -> tuple[str, ...]:
    """Parts of a total; the printed ones sum to the printed total."""
    return tuple(map(typeset, publish_parts(values, total)))


def summed(texts: Iterable[str]) -> str:
    """The exact sum of printed parts, so that a printed sum is that of what stands above it."""
    total = sum((Decimal(text.replace(_MINUS, "-")) for text in texts), Decimal(0))
    return typeset(f"{total:f}")


def rest_of(total: str, texts: Iterable[str]) -> str:
    """What printed parts leave of a printed total."""
    return summed((total, *(_negative(text) for text in texts)))


def _negative(text: str) -> str:
    return text.removeprefix(_MINUS) if text.startswith(_MINUS) else f"{_MINUS}{text}"


def band(value: float) -> str:
    """A bound or moment of the uncertainty, with the digits that bands are published with."""
    return typeset(publish(value, BAND_DIGITS))


def share(fraction: float) -> str:
    """A fraction as per cent with one decimal."""
    return f"{typeset(f'{fraction * 100 + 0.0:.1f}')} %"


def share_of(value: float, total: float) -> str:
    """A value as a share of a total, or a dash where there is none."""
    return share(value / total) if total else "—"


def signed_share(fraction: float) -> str:
    return f"{typeset(f'{fraction * 100:+.1f}')} %"


def shares(values: Sequence[float]) -> tuple[str, ...]:
    """Shares of a sum; the printed ones add up to 100 %."""
    return tuple(f"{typeset(text)} %" for text in publish_shares(values))


def plain(value: float) -> str:
    """A calculated value that is no result: published digits without zeros that say nothing."""
    text = number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: float) -> str:
    """A number as its source states it."""
    return typeset(written_number(value))


def equation(text: str) -> str:
    """An equation with minus signs and powers of ten as they are printed: −1, 1.25×10⁶."""
    return typeset(_POWER.sub(lambda found: f"×10{str(int(found[1])).translate(_RAISED)}", text))


def rounding_note(say: Say) -> str:
    """How tables are rounded."""
    return say(
        "合计公布五位有效数字；各项按最大余额法修约，表中各项之和等于合计。",
        "Totals have five significant digits; parts are rounded by largest remainder and sum to them.",
    )


def gas_names(say: Say) -> dict[str, str]:
    """Words for what is no gas of its own."""
    return {"CO2e": say("未分气体", "Not split by gas")}
