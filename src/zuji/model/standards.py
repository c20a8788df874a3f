"""Standards as documents: what they are called, what they cover, when they held, who wrote them.

The machine-readable rule that follows one is a `ProductCategoryRule`; a standard may have none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuji.text import Text


class StandardLevel(StrEnum):
    """Who issues it, in the order in which one displaces the next inside China."""

    NATIONAL = "national"
    INDUSTRY = "industry"
    LOCAL = "local"
    GROUP = "group"
    ENTERPRISE = "enterprise"
    INTERNATIONAL = "international"
    FOREIGN = "foreign"


LEVEL_NAMES: Mapping[StandardLevel, Text] = {
    StandardLevel.NATIONAL: Text("国家标准", "National"),
    StandardLevel.INDUSTRY: Text("行业标准", "Industry"),
    StandardLevel.LOCAL: Text("地方标准", "Local"),
    StandardLevel.GROUP: Text("团体标准", "Group"),
    StandardLevel.ENTERPRISE: Text("企业标准", "Enterprise"),
    StandardLevel.INTERNATIONAL: Text("国际标准", "International"),
    StandardLevel.FOREIGN: Text("国外标准", "Foreign"),
}


class StandardKind(StrEnum):
    """The four kinds of the standards framework (陕环发[2025]4号 二（二）3)."""

    GENERAL = "general"
    PRODUCT = "product"
    DATA_QUALITY = "data_quality"
    CERTIFICATION_GUIDE = "certification_guide"


KIND_NAMES: Mapping[StandardKind, Text] = {
    StandardKind.GENERAL: Text("通用技术", "General technical"),
    StandardKind.PRODUCT: Text("产品核算", "Product accounting"),
    StandardKind.DATA_QUALITY: Text("数据质量评价", "Data quality evaluation"),
    StandardKind.CERTIFICATION_GUIDE: Text("认证指南", "Certification guide"),
}


class Certainty(StrEnum):
    """How well an entry of the registry is known."""

    SEEN = "seen"  # the document or its official notice was seen
    PART = "part"  # seen in part or named in a seen document
    SECOND_HAND = "second_hand"  # told by others; to be confirmed before use
    UNCONFIRMED = "unconfirmed"  # remembered or from demonstration data; no fact yet


class Scheme(StrEnum):
    """Classifications whose codes say what a standard covers."""

    ZUJI = "zuji"  # nodes of the shipped product tree
    CPC = "cpc"  # UN Central Product Classification, version 2.1
    HS = "hs"  # Harmonised System


@dataclass(frozen=True, slots=True, order=True)
class ProductCode:
    """A code of a classification, written `scheme:code`, for example hs:7601."""

    scheme: Scheme
    code: str

    def __str__(self) -> str:
        return f"{self.scheme.value}:{self.code}"


class DraftingRole(StrEnum):
    """What a body did: lead 牵头 or take part 参与."""

    LEAD = "lead"
    JOIN = "join"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftingBody:
    """A body that wrote a standard; `region` is its province code, `evidence` where this is said."""

    name: str
    role: DraftingRole
    region: str = ""
    credit_code: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One standard. Dates are None where unknown; `withdrawn` is the first day it no longer holds.

    `region` is where a local standard holds: a province (`zuji.model.regions`), or a city as CN-ZJ-3306.
    `rule` is the id of the machine-readable rule that follows it. `converted_from` links a group standard
    that became a local, industry or national one.
    """

    number: str
    name: str
    name_en: str = ""
    level: StandardLevel
    kind: StandardKind
    scope: tuple[ProductCode, ...] = ()
    region: str = ""
    issued: date | None = None
    in_force: date | None = None
    withdrawn: date | None = None
    replaces: tuple[str, ...] = ()
    converted_from: str = ""
    bodies: tuple[DraftingBody, ...] = ()
    rule: str = ""
    source: str
    certainty: Certainty
    demonstration: bool = False
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day. Without a known date of entry into force it is not."""
        begun = self.in_force is not None and self.in_force <= on
        return begun and (self.withdrawn is None or on < self.withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Governing:
    """Which standard governs a product on a day: exactly one, or none, and why.

    `candidates` are those that cover the product and hold on the day, the strongest first; `general` is the
    general standard that applies where no product rule does.
    """

    standard: Standard | None
    reason: Text
    candidates: tuple[Standard, ...] = ()
    general: Standard | None = None
