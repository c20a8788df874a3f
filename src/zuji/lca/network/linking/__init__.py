"""From a package of data sets to a network: who supplies whom, how much, and why. docs/linking.md."""

from zuji.lca.network.linking.account import LinkAccount, Linked
from zuji.lca.network.linking.explaining import Candidate, Explanation, explain
from zuji.lca.network.linking.linking import link
from zuji.lca.network.linking.options import Allocation, LinkOptions, Named, Preference, Unknown
from zuji.lca.network.rules import CutReason, LinkRule

__all__ = [
    "Allocation",
    "Candidate",
    "CutReason",
    "Explanation",
    "LinkAccount",
    "LinkOptions",
    "LinkRule",
    "Linked",
    "Named",
    "Preference",
    "Unknown",
    "explain",
    "link",
]
