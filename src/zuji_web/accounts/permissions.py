"""What may be done, and by which roles. Rights follow from membership in an organisation."""

from dataclasses import dataclass
from enum import StrEnum

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
    MEMBER_VIEW = "member.view"
    MEMBER_MANAGE = "member.manage"
    CLIENT_MANAGE = "client.manage"
    ORGANISATION_EDIT = "organisation.edit"
    AUDIT_VIEW = "audit.view"


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """A role as data: its names, what it is for, what it grants."""

    name: Text
    description: Text
    permissions: frozenset[Permission]


class Role(StrEnum):
    """Roles inside an organisation (reference: roles, dimension 2)."""

    OWNER = "owner"
    ADMIN = "admin"
    DATA_CLERK = "data_clerk"
    MODELLER = "modeller"
    REVIEWER = "reviewer"
    SIGNATORY = "signatory"
    VIEWER = "viewer"


P = Permission
_VIEW = frozenset({P.STUDY_VIEW, P.FACTOR_VIEW, P.MEMBER_VIEW})
_EDIT = _VIEW | {P.STUDY_EDIT, P.MATCH_CONFIRM}
_MODEL = _EDIT | {P.STUDY_CREATE, P.REPORT_MAKE, P.FACTOR_CREATE, P.STUDY_DELETE}
_MANAGE = frozenset({P.MEMBER_MANAGE, P.CLIENT_MANAGE, P.ORGANISATION_EDIT, P.AUDIT_VIEW})

ROLES: dict[Role, RoleDefinition] = {
    Role.OWNER: RoleDefinition(
        Text("所有者", "Owner"),
        Text("全部权限，可移交", "Everything; can hand over"),
        _MODEL | _MANAGE | {P.STUDY_REVIEW, P.STUDY_FREEZE},
    ),
    Role.ADMIN: RoleDefinition(
        Text("管理员", "Administrator"),
        Text("管理成员、接口与设置，不涉及核算", "Members, interfaces and settings; no accounting"),
        _VIEW | _MANAGE,
    ),
    Role.DATA_CLERK: RoleDefinition(
        Text("填报员", "Data clerk"),
        Text("填写清单数据", "Fills in inventories"),
        _EDIT,
    ),
    Role.MODELLER: RoleDefinition(
        Text("建模员", "Modeller"),
        Text("建立与核算研究，出具报告", "Builds and calculates studies, makes reports"),
        _MODEL,
    ),
    Role.REVIEWER: RoleDefinition(
        Text("复核员", "Internal reviewer"),
        Text("复核他人提交的研究", "Reviews what others submit"),
        _VIEW | {P.STUDY_REVIEW, P.REPORT_MAKE},
    ),
    Role.SIGNATORY: RoleDefinition(
        Text("授权签字人", "Authorised signatory"),
        Text("冻结并签发结果", "Freezes and signs results"),
        _VIEW | {P.STUDY_FREEZE, P.REPORT_MAKE},
    ),
    Role.VIEWER: RoleDefinition(Text("查看者", "Viewer"), Text("只读", "Reads only"), _VIEW),
}


PERMISSION_NAMES: dict[Permission, Text] = {
    P.STUDY_VIEW: Text("查看研究与结果", "See studies and results"),
    P.STUDY_CREATE: Text("新建研究", "Create studies"),
    P.STUDY_EDIT: Text("编辑清单", "Edit inventories"),
    P.STUDY_REVIEW: Text("复核研究", "Review studies"),
    P.STUDY_FREEZE: Text("冻结结果", "Freeze results"),
    P.STUDY_DELETE: Text("删除草稿", "Delete drafts"),
    P.REPORT_MAKE: Text("出具报告", "Make reports"),
    P.FACTOR_VIEW: Text("查看因子库", "See the factor library"),
    P.FACTOR_CREATE: Text("新建企业因子", "Create the organisation's own factors"),
    P.MATCH_CONFIRM: Text("确认因子匹配", "Confirm factor matches"),
    P.MEMBER_VIEW: Text("查看成员", "See members"),
    P.MEMBER_MANAGE: Text("管理成员与邀请", "Manage members and invitations"),
    P.CLIENT_MANAGE: Text("管理接口客户端", "Manage API clients"),
    P.ORGANISATION_EDIT: Text("修改组织资料", "Edit the organisation's particulars"),
    P.AUDIT_VIEW: Text("查看操作记录", "See the audit trail"),
}


class Denied(Exception):
    """The actor lacks the permission. Pages answer 403, the API a problem document."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(f"permission {permission.value} is needed")
