"""Roles, scopes and the viewer that combines them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.accounts.rules import (
    EVERYWHERE,
    ROLE_PERMISSIONS,
    Grant,
    Permission,
    Role,
    Scope,
    Viewer,
    permissions_of,
)

HAI_PHONG = Scope("VN/31/", "")
LAI_CHAU = Scope("VN/12/", "")

codes = st.lists(st.text("0123456789", min_size=1, max_size=5), max_size=4)
paths = codes.map(lambda parts: "".join(f"{part}/" for part in parts))


def test_every_role_has_permissions_and_may_see_home() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert all(Permission.HOME in permissions for permissions in ROLE_PERMISSIONS.values())


def test_whoever_hands_out_roles_does_not_read_people() -> None:
    administrator = ROLE_PERMISSIONS[Role.SYSTEM_ADMIN]
    assert Permission.ACCOUNTS_MANAGE in administrator
    assert administrator.isdisjoint(
        {Permission.PEOPLE_READ, Permission.SENSITIVE_READ, Permission.PEOPLE_WRITE}
    )


def test_only_the_system_administrator_manages_accounts() -> None:
    assert [role for role in Role if Permission.ACCOUNTS_MANAGE in ROLE_PERMISSIONS[role]] == [
        Role.SYSTEM_ADMIN
    ]


def test_needs_are_approved_by_whoever_runs_the_campaign_alone() -> None:
    assert [role for role in Role if Permission.NEEDS_APPROVE in ROLE_PERMISSIONS[role]] == [
        Role.CAMPAIGN_ADMIN
    ]


def test_a_candidate_sees_no_other_person() -> None:
    assert ROLE_PERMISSIONS[Role.CANDIDATE] == {Permission.HOME, Permission.PROFILE_OWN}


def test_roles_together_carry_what_each_carries() -> None:
    both = permissions_of([Role.OFFICER, Role.AUDITOR])
    assert both == ROLE_PERMISSIONS[Role.OFFICER] | ROLE_PERMISSIONS[Role.AUDITOR]
    assert permissions_of([]) == frozenset()


@pytest.mark.parametrize("path", ["VN/12", "/", "VN//", "VN/%/", "VN/1_/", "VN/12/ ", "../", "VN/１２/"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        Scope(path, "")
    with pytest.raises(ValueError, match="path"):
        Scope("", path)


@pytest.mark.parametrize(
    ("scope", "unit", "organisation", "inside"),
    [
        (Scope("VN/12/", ""), "VN/12/", "", True),
        (Scope("VN/12/", ""), "VN/12/03150/", "7/", True),
        (Scope("VN/12/", ""), "VN/1/", "", False),
        (Scope("VN/1/", ""), "VN/12/", "", False),
        (Scope("VN/12/", ""), "VN/", "", False),
        (Scope("VN/12/", ""), "", "", False),
        (Scope("", "7/"), "VN/31/", "7/19/", True),
        (Scope("", "7/"), "VN/31/", "71/", False),
        (Scope("", "7/"), "VN/31/", "", False),
        (Scope("VN/12/", "7/"), "VN/31/", "7/19/", False),
        (EVERYWHERE, "", "", True),
    ],
)
def test_a_scope_covers_what_lies_under_both_paths(
    scope: Scope, unit: str, organisation: str, inside: bool
) -> None:
    assert scope.covers(unit, organisation) is inside


@given(paths, paths, paths)
def test_a_longer_path_stays_inside(start: str, rest: str, organisation: str) -> None:
    assert Scope(start, "").covers(start + rest, organisation)
    assert not rest or not Scope(start + rest, "").covers(start, organisation)


def test_two_roles_do_not_lend_each_other_their_width() -> None:
    viewer = Viewer.of_grants(1, [Grant(Role.OFFICER, LAI_CHAU), Grant(Role.AUDITOR, EVERYWHERE)])
    assert viewer.scopes_for(Permission.PEOPLE_READ) == (LAI_CHAU,)
    assert viewer.scopes_for(Permission.AUDIT_READ) == (EVERYWHERE,)
    assert viewer.can(Permission.PEOPLE_READ, at=("VN/12/03150/", ""))
    assert not viewer.can(Permission.PEOPLE_READ, at=("VN/31/", ""))
    assert viewer.can(Permission.AUDIT_READ, at=("VN/31/", ""))
    assert viewer.limited_to(Permission.PEOPLE_READ).scopes == (LAI_CHAU,)


def test_a_missing_permission_has_no_scope() -> None:
    viewer = Viewer.of_grants(1, [Grant(Role.CANDIDATE, EVERYWHERE)])
    assert not viewer.can(Permission.PEOPLE_READ)
    assert viewer.scopes_for(Permission.PEOPLE_READ) == ()
    assert not viewer.can(Permission.PEOPLE_READ, at=("", ""))


def test_scopes_of_equal_grants_are_listed_once_and_in_order() -> None:
    grants = [
        Grant(Role.OFFICER, HAI_PHONG),
        Grant(Role.CAMPAIGN_ADMIN, HAI_PHONG),
        Grant(Role.OFFICER, LAI_CHAU),
    ]
    assert Viewer.of_grants(1, grants).scopes == (LAI_CHAU, HAI_PHONG)


def test_the_installation_may_do_everything_everywhere() -> None:
    viewer = Viewer.installation()
    assert viewer.account_id is None
    assert all(viewer.can(permission, at=("VN/31/", "7/")) for permission in Permission)


def test_a_viewer_made_by_hand_counts_its_scopes_for_every_permission() -> None:
    viewer = Viewer(5, frozenset({Permission.NEEDS_READ}), (HAI_PHONG,))
    assert viewer.scopes_for(Permission.NEEDS_READ) == (HAI_PHONG,)
    assert viewer.scopes_for(Permission.NEEDS_WRITE) == ()
