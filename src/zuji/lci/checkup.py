"""The health report as plain data: for JSON, for a page, for keeping beside a database."""

import math
from typing import Any

import numpy as np

from zuji.lca.network.arrays import Network
from zuji.lca.network.health import Component, Finding, Health, Outlier, Repair, Spot, Status
from zuji.text import Text


def health_as_data(network: Network, health: Health) -> dict[str, Any]:
    """Everything a `Health` says, in both languages, with the names of the processes it speaks of.

    Processes are named by their index in the network; `cause` has an entry for every process without a
    footprint of its own: the process that it owes that to. Numbers that are none become null.
    """
    return {
        "productive": health.productive,
        "processes": len(network),
        "solvable": health.count(Status.SOLVABLE),
        "touched": health.count(Status.TOUCHED),
        "unsolvable": health.count(Status.UNSOLVABLE),
        "cause": {
            str(process): int(health.cause[process])
            for process in np.flatnonzero(health.status != Status.SOLVABLE).tolist()
        },
        "findings": [_finding(each) for each in health.findings],
        "loops": [_component(network, each) for each in health.components],
        "outliers": [_outlier(network, each) for each in health.outliers],
        "repairs": [_repair(each) for each in health.repairs],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "what": _text(finding.what),
        "cure": _text(finding.cure),
        "number": finding.number,
        "places": [_spot(each) for each in finding.places],
        "processes": sorted(finding.processes),
    }


def _spot(spot: Spot) -> dict[str, Any]:
    return {
        "process": spot.process,
        "id": spot.id,
        "name": _text(spot.name),
        "exchange": spot.exchange,
        "flow": _text(spot.flow),
        "amount": _number(spot.amount),
        "unit": spot.unit,
    }


def _component(network: Network, component: Component) -> dict[str, Any]:
    return {
        "size": len(component.processes),
        "processes": list(component.processes),
        "sick": component.sick,
        "radius": _number(component.radius.value),
        "radius_low": _number(component.radius.low),
        "radius_high": _number(component.radius.high),
        "certainty": str(component.radius.certainty),
        "radius_absolute": _number(component.absolute.value),
        "radius_absolute_low": _number(component.absolute.low),
        "radius_absolute_high": _number(component.absolute.high),
        "certainty_absolute": str(component.absolute.certainty),
        "gain": _number(component.gain),
        "loop": [{"process": each, "name": _name(network, each)} for each in component.loop],
        "aside": [{"process": each, "name": _name(network, each)} for each in component.aside],
        "cuts": len(component.cuts),
        "links_cut": list(component.cuts),
        "minimal": component.minimal,
    }


def _outlier(network: Network, outlier: Outlier) -> dict[str, Any]:
    return {
        "process": outlier.process,
        "name": _name(network, outlier.process),
        "exchange": outlier.exchange,
        "flow": _text(outlier.name),
        "flow_id": outlier.flow,
        "coefficient": _number(outlier.coefficient),
        "median": _number(outlier.median),
        "ratio": _number(outlier.ratio),
        "unit": f"{outlier.unit}/{outlier.product_unit}",
        "flow_unit": outlier.unit,
        "product_unit": outlier.product_unit,
        "slip": outlier.slip,
        "elementary": outlier.elementary,
        "entry": outlier.entry,
    }


def _repair(repair: Repair) -> dict[str, Any]:
    return {
        "process": repair.process,
        "version": repair.version,
        "product": repair.product,
        "process_name": _text(repair.process_name),
        "product_name": _text(repair.product_name),
        "provider": repair.provider,
        "provider_version": repair.provider_version,
        "provider_product": repair.provider_product,
        "provider_name": _text(repair.provider_name),
        "exchange": repair.exchange,
        "amount": _number(repair.amount),
        "unit": repair.unit,
        "slip": repair.slip,
        "sets_aside": repair.sets_aside,
    }


def _name(network: Network, process: int) -> dict[str, str]:
    return {"zh": network.processes.name[process], "en": network.processes.name_en[process]}


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
