"""What may be done, and by which roles. Rights follow from membership in an organisation.

The table itself is data: roles.toml beside this file.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zuji.text import Text


class Permission(StrEnum):
    """Everything that is ever asked for. Nothing is allowed that no role grants."""

    STUDY_VIEW = "study.view"
    STUDY_CREATE = "study.create"
    STUDY_EDIT = "study.edit"
    STUDY_REVIEW = "study.review"
    STUDY_FREEZE = "study.freeze"
    STUDY_DELETE = "study.delete"
    REPORT_MAKE = "report.make"
    FACTOR_VIEW = "factor.view"
    FACTOR_CREATE = "factor.create"
    MATCH_CONFIRM = "match.confirm"
    DATABASE_IMPORT = "database.import"
    DATABASE_SHARE = "database.share"
    DATABASE_FETCH = "database.fetch"
    MEMBER_VIEW = "member.view"
    MEMBER_MANAGE = "member.manage"
    CLIENT_MANAGE = "client.manage"
    ORGANISATION_EDIT = "organisation.edit"
    AUDIT_VIEW = "audit.view"
    STANDARD_PROPOSE = "standard.propose"
    STANDARD_COMMENT = "standard.comment"
    STANDARD_REGISTER = "standard.register"
    STANDARD_REVIEW = "standard.review"
    STANDARD_DECIDE = "standard.decide"
    RULE_EDIT = "rule.edit"
    RULE_ADOPT = "rule.adopt"
    THRESHOLD_DERIVE = "threshold.derive"
    THRESHOLD_APPROVE = "threshold.approve"
    SELECTION_PREPARE = "selection.prepare"
    SELECTION_DECIDE = "selection.decide"
    APPOINTMENT_MANAGE = "appointment.manage"


class Role(StrEnum):
    """Roles inside an organisation (dimension 2)."""

    OWNER = "owner"
    ADMIN = "admin"
    DATA_CLERK = "data_clerk"
    MODELLER = "modeller"
    REVIEWER = "reviewer"
    SIGNATORY = "signatory"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """A role as data: its names, what it is for, what it grants."""

    name: Text
    description: Text
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class WorkAreaDefinition:
    """A work area as data: its name and what an appointment to it grants beside the role."""

    name: Text
    permissions: frozenset[Permission]


_TABLE = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))

PERMISSION_NAMES: dict[Permission, Text] = {
    Permission(key): Text(*names) for key, names in _TABLE["permission"].items()
}
ROLES: dict[Role, RoleDefinition] = {
    Role(key): RoleDefinition(
        Text(*row["name"]), Text(*row["description"]), frozenset(map(Permission, row["permissions"]))
    )
    for key, row in _TABLE["role"].items()
}
# Dimension 3: appointments by the province.
WORK_AREAS: dict[str, WorkAreaDefinition] = {
    key: WorkAreaDefinition(Text(*row["name"]), frozenset(map(Permission, row["permissions"])))
    for key, row in _TABLE["work_area"].items()
}


class Denied(Exception):
    """The actor lacks the permission. Pages answer 403, the API a problem document."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(f"permission {permission.value} is needed")
