"""Uncertainty of EcoSpold 2: variances of ln x or of x, with and without the pedigree (engines.md 11.6)."""

import math
from collections.abc import Sequence

from lxml import etree

from zuji.formats.ecospold2.nodes import Node, append, digits, number_of
from zuji.formats.ecospold2.notes import Notes
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.references import Extra

_SCORES = (
    "reliability",
    "completeness",
    "temporalCorrelation",
    "geographicalCorrelation",
    "furtherTechnologyCorrelation",
)
_OTHERS = ("beta", "gamma", "binomial")
_MU_TOLERANCE = 0.01
"""ecoinvent rounds mu to two or three digits; a larger difference is a contradiction."""


def read_spread(parent: Node, amount: float | None, notes: Notes) -> Spread | None:
    """The uncertainty of `amount`; what has no shape here stays in the rest of the node."""
    node = parent.child("uncertainty")
    if node is None:
        return None
    pedigree = _pedigree(node)
    spread = _distribution(node, notes)
    if spread is None:
        return Spread(pedigree=pedigree) if pedigree else None
    return Spread(
        shape=spread.shape,
        centre=None if spread.centre == amount else spread.centre,
        scale=spread.scale,
        low=spread.low,
        high=spread.high,
        base=spread.base,
        pedigree=pedigree,
    )


def _distribution(node: Node, notes: Notes) -> Spread | None:
    for name, reader in (
        ("lognormal", _lognormal),
        ("normal", _normal),
        ("triangular", _triangular),
        ("uniform", _uniform),
        ("undefined", _undefined),
    ):
        found = node.child(name)
        if found is not None:
            spread = reader(found, notes)
            if spread is None and name != "undefined":
                node.leave(found)
                notes.detail(
                    "uncertainty-incomplete",
                    "不确定性的参数不全或不可能，按原样保留但不使用",
                    "the parameters of an uncertainty are missing or impossible; kept, but not used",
                    found,
                )
            return spread
    for name in _OTHERS:
        if node.seen_child(name):
            notes.detail(
                "uncertainty-of-other-shape",
                "β、γ 和二项分布按原样保留，但计算中不使用",
                "beta, gamma and binomial distributions are kept, but not used in calculations",
                node,
                name,
            )
    return None


def _lognormal(node: Node, notes: Notes) -> Spread | None:
    total = number_of(node.seen("varianceWithPedigreeUncertainty"))
    base = number_of(node.seen("variance"))
    mean = number_of(node.seen("meanValue"))
    mu = number_of(node.seen("mu"))
    variance = base if total is None or (total == 0 and base is not None) else total
    if variance is None or variance < 0 or (base is not None and base < 0):
        return None
    for name in ("varianceWithPedigreeUncertainty", "variance", "meanValue"):
        node.number(name)
    if mean is None and mu is not None and abs(mu) < 700:
        mean = math.exp(mu)
    known = 0.0 if not mean else math.log(abs(mean))
    if mu is not None and abs(mu - known) <= _MU_TOLERANCE:
        node.take("mu")
    elif mu is not None:
        notes.detail(
            "mu-contradicts-mean",
            "对数正态分布的 mu 与 meanValue 不符，以 meanValue 为准",
            "mu of a lognormal distribution contradicts meanValue, which counts",
            node,
        )
    return Spread(
        shape=Shape.LOGNORMAL,
        centre=mean,
        scale=math.sqrt(variance),
        base=None if base is None else math.sqrt(base),
    )


def _normal(node: Node, notes: Notes) -> Spread | None:  # noqa: ARG001 - one signature for all shapes
    total = number_of(node.seen("varianceWithPedigreeUncertainty"))
    base = number_of(node.seen("variance"))
    # as for lognormal: a zero beside a variance is one that nobody computed
    variance = base if total is None or (total == 0 and base is not None) else total
    if variance is None or variance < 0:
        return None
    if total == variance:
        node.take("varianceWithPedigreeUncertainty")
    if base == variance:
        node.take("variance")
    return Spread(shape=Shape.NORMAL, centre=node.number("meanValue"), scale=math.sqrt(variance))


def _triangular(node: Node, notes: Notes) -> Spread | None:  # noqa: ARG001
    parts = [number_of(node.seen(name)) for name in ("minValue", "mostLikelyValue", "maxValue")]
    if None in parts or parts != sorted(each for each in parts if each is not None):
        return None
    low, mode, high = (node.number(name) for name in ("minValue", "mostLikelyValue", "maxValue"))
    return Spread(shape=Shape.TRIANGULAR, low=low, centre=mode, high=high)


def _uniform(node: Node, notes: Notes) -> Spread | None:  # noqa: ARG001
    low, high = number_of(node.seen("minValue")), number_of(node.seen("maxValue"))
    if low is None or high is None or low > high:
        return None
    return Spread(shape=Shape.UNIFORM, low=node.number("minValue"), high=node.number("maxValue"))


def _undefined(node: Node, notes: Notes) -> Spread | None:  # noqa: ARG001
    """Bounds without a shape. Zeros all over are how the format writes that nothing is known."""
    low, high = node.number("minValue"), node.number("maxValue")
    if number_of(node.seen("standardDeviation95")) == 0:
        node.take("standardDeviation95")
    if not low and not high:
        return None
    return Spread(low=low, high=high)


def _pedigree(node: Node) -> tuple[int, ...]:
    matrix = node.child("pedigreeMatrix")
    if matrix is None:
        return ()
    scores = [matrix.seen(name).strip() for name in _SCORES]
    if not all(score.isdecimal() and 1 <= int(score[:3]) <= 5 for score in scores):
        node.leave(matrix)
        return ()
    for name in _SCORES:
        matrix.take(name)
    return tuple(int(score) for score in scores)


def write_spread(
    parent: etree._Element, spread: Spread | None, amount: float | None, extras: Sequence[Extra]
) -> bool:
    """Writes the uncertainty of `amount`; False where its pedigree cannot be written."""
    if spread is None:
        return True
    node = append(parent, "uncertainty")
    centre = amount if spread.centre is None else spread.centre
    mean = digits(centre) or "0"
    kept = any(extra.place.startswith(tuple(f"uncertainty/{name}" for name in _OTHERS)) for extra in extras)
    if spread.shape is Shape.LOGNORMAL:
        scale = spread.scale or 0.0
        append(
            node,
            "lognormal",
            meanValue=mean,
            mu=digits(math.log(abs(centre))) if centre else "0",
            variance=digits(None if spread.base is None else spread.base * spread.base),
            varianceWithPedigreeUncertainty=digits(scale * scale) or "0",
        )
    elif spread.shape is Shape.NORMAL:
        scale = spread.scale or 0.0
        variance = digits(scale * scale)
        append(node, "normal", meanValue=mean, variance=variance, varianceWithPedigreeUncertainty=variance)
    elif spread.shape is Shape.TRIANGULAR:
        append(
            node,
            "triangular",
            minValue=digits(spread.low),
            mostLikelyValue=mean,
            maxValue=digits(spread.high),
        )
    elif spread.shape is Shape.UNIFORM:
        append(node, "uniform", minValue=digits(spread.low), maxValue=digits(spread.high))
    elif not kept:
        append(
            node,
            "undefined",
            minValue=digits(spread.low) or "0",
            maxValue=digits(spread.high) or "0",
            standardDeviation95="0",
        )
    if not spread.pedigree:
        return True
    fits = len(spread.pedigree) == len(_SCORES) and all(1 <= score <= 5 for score in spread.pedigree)
    if fits:
        scores = {name: str(score) for name, score in zip(_SCORES, spread.pedigree, strict=True)}
        append(node, "pedigreeMatrix", **scores)
    return fits
