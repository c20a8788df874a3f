"""A report's material under a rule: the rule resolved, the study checked against it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zuji.model.category_rules import ProductCategoryRule
from zuji.model.factors import FactorSource
from zuji.model.gwp import GwpSet
from zuji.model.standards import Governing
from zuji.report.material import Material
from zuji.rules.book import RuleBook
from zuji.rules.classification import Tree
from zuji.rules.conformity import check
from zuji.rules.grounds import CertificateClaims, Grounds, NoClaims
from zuji.rules.resolving import resolve


def under(
    material: Material,
    rule: ProductCategoryRule,
    book: RuleBook,
    *,
    gwp: Mapping[str, GwpSet],
    factors: FactorSource | None = None,
    governing: Governing | None = None,
    tree: Tree | None = None,
    claims: CertificateClaims | None = None,
) -> Material:
    """The material with `rule` and what its check finds on the day of the issue.

    `book` holds what the rule extends, `factors` the library that was chosen from (those of the snapshot
    where None), `governing` the registry's answer where it was asked, `claims` the ledger of certificates.
    Raises `InvalidInput` where a base of the rule is unknown.
    """
    whole = resolve(rule, book)
    grounds = Grounds(
        study=material.study,
        rule=whole,
        footprint=material.footprint,
        factors=factors or material.factors,
        gwp=gwp,
        on=date.fromisoformat(material.issue.date),
        governing=governing,
        claims=claims or NoClaims(),
        tree=tree,
    )
    return replace(material, rule=whole, conformity=check(grounds))
