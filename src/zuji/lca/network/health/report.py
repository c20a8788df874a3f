"""The health of a network: examined before any number is given."""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from zuji.errors import NonProductiveSystem, Place, Problem, problem
from zuji.lca.network.arrays import Bytes, Floats, Ints, Network
from zuji.lca.network.health.checks import (
    amount_findings,
    barred,
    cut_findings,
    emptiness_findings,
    identity_findings,
    outlier_findings,
)
from zuji.lca.network.health.components import Component, components
from zuji.lca.network.health.consumption import consumption, dependants
from zuji.lca.network.health.findings import Finding, Severity
from zuji.lca.network.health.loop_findings import loop_findings
from zuji.lca.network.health.repairs import Repair, repair_of, setting_aside
from zuji.lca.network.health.slips import Outlier, outliers, slip_of, swallowing, usage
from zuji.text import Text


class Status(IntEnum):
    """Whether a product has a footprint on this very network."""

    SOLVABLE = 0
    TOUCHED = 1
    """It depends on a process that has none."""
    UNSOLVABLE = 2
    """It is in a sick loop, has no usable reference, is not allocated, or was set aside."""


@dataclass(frozen=True, slots=True, eq=False)
class Health:
    """What is wrong with a network. `findings` are ordered by severity.

    `status`[n] is a `Status` for each process. `cause`[n] is the process that an unsolvable or touched one
    owes it to (itself where it is unsolvable), -1 for solvable ones. `repairs` make the network productive.
    """

    findings: tuple[Finding, ...]
    components: tuple[Component, ...]
    outliers: tuple[Outlier, ...]
    status: Bytes
    cause: Ints
    repairs: tuple[Repair, ...]

    @property
    def productive(self) -> bool:
        """Whether no loop consumes as much as it makes."""
        return not any(component.sick for component in self.components)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that leave products without a footprint."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    def count(self, status: Status) -> int:
        """How many products have that status."""
        return int((self.status == status).sum())


def examine(network: Network) -> Health:
    """Examines a network; nothing is solved.

    Time is near linear in the links but for sick loops, whose repairs take a few spectral radii each.
    """
    matrix = consumption(network)
    used, swallowed = usage(network), swallowing(network)
    suspicion = used.ratio
    found = components(network, matrix, suspicion, swallowed)
    unusual = outliers(network, used)
    sick = barred(network)
    for component in found:
        if component.sick:
            sick[list(component.processes)] = True
    cause = dependants(matrix, sick)
    status = np.where(sick, Status.UNSOLVABLE, np.where(cause >= 0, Status.TOUCHED, Status.SOLVABLE))
    emitting = dependants(matrix, np.diff(network.interventions.start) > 0)
    findings = [
        *loop_findings(network, found, suspicion, swallowed),
        *amount_findings(network),
        *cut_findings(network),
        *identity_findings(network),
        *outlier_findings(network, unusual),
        *emptiness_findings(network, emitting),
    ]
    order = tuple(Severity)
    return Health(
        findings=tuple(sorted(findings, key=lambda finding: order.index(finding.severity))),
        components=found,
        outliers=unusual,
        status=status.astype(np.uint8),
        cause=cause,
        repairs=_repairs(network, found, suspicion, swallowed),
    )


def suggest(health: Health) -> tuple[Repair, ...]:
    """The repairs that leave the network without a loop that consumes as much as it makes."""
    return health.repairs


def refusal(network: Network, health: Health, process: int) -> NonProductiveSystem | None:
    """Why a product has no footprint on this network, as the error to raise; None where it has one.

    Raises IndexError for a process that the network does not have.
    """
    if not 0 <= process < len(network):
        raise IndexError(process)
    if health.status[process] == Status.SOLVABLE:
        return None
    cause = int(health.cause[process])
    name, name_en = network.processes.name[process], network.processes.name_en[process]
    reasons = [_why(network, health, cause)]
    if cause != process:
        other, other_en = network.processes.name[cause], network.processes.name_en[cause]
        reasons.insert(
            0,
            problem(
                "health.touched",
                f"“{name}”依赖没有结果的过程“{other}”",
                f"“{name_en or name}” depends on “{other_en or other}”, which has no footprint",
                cure_zh="请先处理该过程，或在修复后的网络上计算并注明修复",
                cure_en="cure that process first, or calculate on the repaired network and name the repair",
            ),
        )
    return NonProductiveSystem(*reasons)


def _why(network: Network, health: Health, process: int) -> Problem:
    """The finding that an unsolvable process belongs to."""
    found = next(finding for finding in health.errors if process in finding.processes)
    named, name, english = found.problem, network.processes.name[process], network.processes.name_en[process]
    what = Text(f"“{name}”：{named.what.zh}", f"“{english or name}”: {named.what.en}")
    return replace(named, what=what, place=Place())


def _repairs(
    network: Network, found: tuple[Component, ...], suspicion: Floats, swallowed: Floats
) -> tuple[Repair, ...]:
    result: list[Repair] = []
    for component in found:
        result.extend(
            setting_aside(network, process, float(swallowed[process])) for process in component.aside
        )
        result.extend(repair_of(network, edge, slip_of(float(suspicion[edge]))) for edge in component.cuts)
    return tuple(result)
