"""Roles as data, and what they never include."""

import pytest

from zuji_web.accounts.actors import VISITOR, Actor
from zuji_web.accounts.permissions import PERMISSION_NAMES, ROLES, WORK_AREAS, Permission, Role

WRITING = {
    Permission.STUDY_CREATE,
    Permission.STUDY_EDIT,
    Permission.STUDY_DELETE,
    Permission.STUDY_FREEZE,
    Permission.STUDY_REVIEW,
    Permission.MATCH_CONFIRM,
    Permission.REPORT_MAKE,
    Permission.FACTOR_CREATE,
}
MANAGING = {
    Permission.MEMBER_MANAGE,
    Permission.CLIENT_MANAGE,
    Permission.ORGANISATION_EDIT,
    Permission.AUDIT_VIEW,
}


def test_every_role_and_right_has_names_in_both_languages() -> None:
    assert set(ROLES) == set(Role)
    assert set(PERMISSION_NAMES) == set(Permission)
    texts = [*PERMISSION_NAMES.values(), *(area.name for area in WORK_AREAS.values())]
    texts += [text for role in ROLES.values() for text in (role.name, role.description)]
    assert all(text.zh and text.en for text in texts)


def test_every_right_is_granted_by_some_role_or_work_area() -> None:
    granted = [holder.permissions for holder in (*ROLES.values(), *WORK_AREAS.values())]
    assert set().union(*granted) == set(Permission)


def test_no_work_area_both_prepares_and_decides() -> None:
    for prepares, decides in (
        ("standard.register", "standard.decide"),
        ("rule.edit", "rule.adopt"),
        ("threshold.derive", "threshold.approve"),
        ("selection.prepare", "selection.decide"),
    ):
        for area in WORK_AREAS.values():
            assert not {Permission(prepares), Permission(decides)} <= area.permissions


def test_administrators_of_the_system_see_no_business_data() -> None:
    for key in ("system_administrator", "security_administrator", "audit_administrator"):
        assert WORK_AREAS[key].permissions <= {Permission.APPOINTMENT_MANAGE}


def test_administrators_manage_people_and_touch_no_study() -> None:
    admin = ROLES[Role.ADMIN].permissions
    assert admin >= MANAGING
    assert not admin & WRITING


def test_only_owners_and_administrators_manage() -> None:
    managing = {role for role, definition in ROLES.items() if definition.permissions & MANAGING}
    assert managing == {Role.OWNER, Role.ADMIN}


@pytest.mark.parametrize("role", [Role.DATA_CLERK, Role.MODELLER])
def test_who_works_on_studies_neither_reviews_nor_freezes(role: Role) -> None:
    assert not ROLES[role].permissions & {Permission.STUDY_REVIEW, Permission.STUDY_FREEZE}


def test_the_viewer_only_views() -> None:
    assert all(permission.endswith(".view") for permission in ROLES[Role.VIEWER].permissions)


def test_work_areas_are_nineteen_and_are_no_roles() -> None:
    assert len(WORK_AREAS) == 19
    assert not set(WORK_AREAS) & set(Role)


@pytest.mark.parametrize("permission", Permission)
def test_a_visitor_and_a_person_without_organisation_may_nothing(permission: Permission) -> None:
    assert not VISITOR.may(permission)
    assert not Actor(role=Role.OWNER).may(permission)
