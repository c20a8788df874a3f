"""A health report as plain values, for JSON."""

import math
from dataclasses import asdict

from zuji.lca.network.health.components import Component
from zuji.lca.network.health.findings import Finding, Spot
from zuji.lca.network.health.radius import Radius
from zuji.lca.network.health.report import Health, Status


def document(health: Health) -> dict[str, object]:
    """The report with numbers, texts in both languages and nothing that JSON does not hold."""
    return {
        "productive": health.productive,
        "products": {status.name.lower(): health.count(status) for status in Status},
        "findings": [_finding(finding) for finding in health.findings],
        "loops": [_component(component) for component in health.components],
        "repairs": [_plain(asdict(repair)) for repair in health.repairs],
        "outliers": [_plain(asdict(outlier)) for outlier in health.outliers],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "what": asdict(finding.what),
        "cure": asdict(finding.cure),
        "number": finding.number,
        "places": [_spot(place) for place in finding.places],
    }


def _spot(place: Spot) -> dict[str, object]:
    shown = _plain(asdict(place))
    if place.exchange < 0:
        return {name: shown[name] for name in ("process", "id", "name")}
    return shown


def _component(component: Component) -> dict[str, object]:
    return {
        "processes": list(component.processes),
        "sick": component.sick,
        "radius": _radius(component.radius),
        "absolute": _radius(component.absolute),
        "loop": list(component.loop),
        "gain": None if math.isnan(component.gain) else component.gain,
        "aside": list(component.aside),
        "cuts": list(component.cuts),
        "minimal": component.minimal,
    }


def _radius(radius: Radius) -> dict[str, object]:
    return {
        "value": radius.value,
        "low": radius.low,
        "high": radius.high,
        "certainty": radius.certainty.value,
    }


def _plain(values: dict[str, object]) -> dict[str, object]:
    """Numbers that are none become null."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in values.items()
    }
