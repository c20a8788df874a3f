"""What is wrong with a network, told before any number: loops, references, gaps, amounts; and repairs."""

from zuji.lca.network.health.components import Component
from zuji.lca.network.health.document import document
from zuji.lca.network.health.findings import Finding, Severity, Spot
from zuji.lca.network.health.radius import Certainty, Radius
from zuji.lca.network.health.repairs import Repair, repair
from zuji.lca.network.health.report import Health, Status, examine, refusal, suggest
from zuji.lca.network.health.slips import Outlier

__all__ = [
    "Certainty",
    "Component",
    "Finding",
    "Health",
    "Outlier",
    "Radius",
    "Repair",
    "Severity",
    "Spot",
    "Status",
    "document",
    "examine",
    "refusal",
    "repair",
    "suggest",
]
