"""Standards made for tests."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from zuji.model.standards import Certainty, Standard, StandardKind, StandardLevel
from zuji.rules.classification import code_of

STRONG = "zuji:baijiu-strong-aroma"
PRODUCTS = ("zuji:food-beverage", "zuji:baijiu", STRONG, "hs:2208", "hs:220890", "cpc:24139")
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def standard(number: str, level: str = "national", scope: str = "zuji:baijiu", **facts: Any) -> Standard:
    """A confirmed product rule in force from 2025; a local one holds in Sichuan unless told otherwise."""
    told = {"in_force": date(2025, 1, 1), "issued": date(2024, 12, 1), "region": "", **facts}
    if level == "local":
        told["region"] = told["region"] or "CN-SC"
    return Standard(
        number=number,
        name=number,
        level=StandardLevel(level),
        kind=told.pop("kind", StandardKind.PRODUCT),
        scope=tuple(code_of(each) for each in scope.split()),
        source="test",
        certainty=told.pop("certainty", Certainty.SEEN),
        **told,
    )


@st.composite
def registries(draw: st.DrawFn) -> list[Standard]:
    """Up to seven rules about the same few products, of every level, dated or not, replacing each other."""
    made = []
    for at in range(draw(st.integers(0, 7))):
        level = draw(st.sampled_from(list(StandardLevel)))
        issued = draw(days)
        begun = draw(st.none() | st.just(issued + timedelta(days=draw(st.integers(0, 400)))))
        ended = begun and draw(st.none() | st.just(begun + timedelta(days=draw(st.integers(1, 900)))))
        made.append(
            standard(
                f"S{at}",
                level.value,
                " ".join(sorted(draw(st.sets(st.sampled_from(PRODUCTS), min_size=1, max_size=2)))),
                issued=issued,
                in_force=begun,
                withdrawn=ended,
                region=draw(st.sampled_from(["CN-SC", "CN-SN"])) if level is StandardLevel.LOCAL else "",
                certainty=draw(st.sampled_from(list(Certainty))),
                demonstration=draw(st.booleans()),
                replaces=(f"S{at - 1}",) if at and draw(st.booleans()) else (),
            )
        )
    return made
