"""Roles, the permissions each carries, scopes as path prefixes, and the viewer that combines them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What an account is for. A role always counts on a scope and for a time."""

    CANDIDATE = "candidate"
    OFFICER = "officer"
    CAMPAIGN_ADMIN = "campaign_admin"
    SYSTEM_ADMIN = "system_admin"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What a page or a command asks for."""

    HOME = "home"
    PROFILE_OWN = "profile_own"
    PEOPLE_READ = "people_read"
    PEOPLE_WRITE = "people_write"
    PEOPLE_MERGE = "people_merge"
    EVIDENCE_VERIFY = "evidence_verify"
    CONSENTS_WRITE = "consents_write"
    SENSITIVE_READ = "sensitive_read"
    NEEDS_READ = "needs_read"
    NEEDS_WRITE = "needs_write"
    NEEDS_APPROVE = "needs_approve"
    MATCHING_READ = "matching_read"
    MATCHING_DECIDE = "matching_decide"
    MATCHING_BATCH = "matching_batch"
    SKILLS_READ = "skills_read"
    SKILLS_CURATE = "skills_curate"
    PLACES_READ = "places_read"
    POLICIES_READ = "policies_read"
    POLICIES_WRITE = "policies_write"
    POLICIES_APPROVE = "policies_approve"
    CAMPAIGNS_READ = "campaigns_read"
    CAMPAIGNS_WRITE = "campaigns_write"
    CAMPAIGNS_APPROVE = "campaigns_approve"
    CANDIDACIES_READ = "candidacies_read"
    CANDIDACIES_DECIDE = "candidacies_decide"
    GRANTS_READ = "grants_read"
    GRANTS_DECIDE = "grants_decide"
    GRANTS_APPROVE = "grants_approve"
    TRAINING_READ = "training_read"
    TRAINING_WRITE = "training_write"
    PROGRAMMES_READ = "programmes_read"
    PROGRAMMES_WRITE = "programmes_write"
    INDICATORS_READ = "indicators_read"
    INDICATORS_WRITE = "indicators_write"
    INDICATORS_PUBLISH = "indicators_publish"
    ORGANISATIONS_READ = "organisations_read"
    ORGANISATIONS_WRITE = "organisations_write"
    IMPORTS_RUN = "imports_run"
    JOBS_READ = "jobs_read"
    ACCOUNTS_MANAGE = "accounts_manage"
    AUDIT_READ = "audit_read"
    PRIVACY_READ = "privacy_read"
    PRIVACY_WRITE = "privacy_write"


_CATALOGUES = frozenset(
    {
        Permission.SKILLS_READ,
        Permission.PLACES_READ,
        Permission.POLICIES_READ,
        Permission.ORGANISATIONS_READ,
    }
)

_PLANNING = frozenset(
    {
        Permission.TRAINING_READ,
        Permission.PROGRAMMES_READ,
        Permission.INDICATORS_READ,
    }
)

_OFFICER = (_CATALOGUES | _PLANNING) | {
    Permission.HOME,
    Permission.PEOPLE_READ,
    Permission.PEOPLE_WRITE,
    Permission.PEOPLE_MERGE,
    Permission.EVIDENCE_VERIFY,
    Permission.CONSENTS_WRITE,
    Permission.SENSITIVE_READ,
    Permission.NEEDS_READ,
    Permission.NEEDS_WRITE,
    Permission.MATCHING_READ,
    Permission.MATCHING_DECIDE,
    Permission.CANDIDACIES_READ,
    Permission.CANDIDACIES_DECIDE,
    Permission.GRANTS_READ,
    Permission.GRANTS_DECIDE,
    Permission.IMPORTS_RUN,
    Permission.JOBS_READ,
    Permission.CAMPAIGNS_READ,
    Permission.CAMPAIGNS_WRITE,
    Permission.TRAINING_WRITE,
    Permission.PROGRAMMES_WRITE,
    Permission.INDICATORS_WRITE,
}

_CAMPAIGN_ADMIN = (_CATALOGUES | _PLANNING) | {
    Permission.HOME,
    Permission.PEOPLE_READ,
    Permission.NEEDS_READ,
    Permission.NEEDS_WRITE,
    Permission.NEEDS_APPROVE,
    Permission.MATCHING_READ,
    Permission.MATCHING_DECIDE,
    Permission.MATCHING_BATCH,
    Permission.SKILLS_CURATE,
    Permission.POLICIES_WRITE,
    Permission.POLICIES_APPROVE,
    Permission.CAMPAIGNS_READ,
    Permission.CAMPAIGNS_WRITE,
    Permission.CAMPAIGNS_APPROVE,
    Permission.CANDIDACIES_READ,
    Permission.CANDIDACIES_DECIDE,
    Permission.GRANTS_READ,
    Permission.GRANTS_DECIDE,
    Permission.GRANTS_APPROVE,
    Permission.ORGANISATIONS_WRITE,
    Permission.IMPORTS_RUN,
    Permission.JOBS_READ,
    Permission.TRAINING_WRITE,
    Permission.PROGRAMMES_WRITE,
    Permission.INDICATORS_WRITE,
    Permission.INDICATORS_PUBLISH,
}

# The system administrator keeps accounts and catalogues and sees no person's record: whoever hands out
# roles should not need to read what they open.
_SYSTEM_ADMIN = _CATALOGUES | {
    Permission.HOME,
    Permission.ACCOUNTS_MANAGE,
    Permission.AUDIT_READ,
    Permission.PRIVACY_READ,
    Permission.PRIVACY_WRITE,
    Permission.SKILLS_CURATE,
    Permission.ORGANISATIONS_WRITE,
    Permission.MATCHING_BATCH,
    Permission.JOBS_READ,
}

_AUDITOR = (_CATALOGUES | _PLANNING) | {
    Permission.HOME,
    Permission.AUDIT_READ,
    Permission.PRIVACY_READ,
    Permission.NEEDS_READ,
    Permission.CANDIDACIES_READ,
    Permission.GRANTS_READ,
    Permission.JOBS_READ,
    Permission.CAMPAIGNS_READ,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CANDIDATE: frozenset({Permission.HOME, Permission.PROFILE_OWN}),
    Role.OFFICER: frozenset(_OFFICER),
    Role.CAMPAIGN_ADMIN: frozenset(_CAMPAIGN_ADMIN),
    Role.SYSTEM_ADMIN: frozenset(_SYSTEM_ADMIN),
    Role.AUDITOR: frozenset(_AUDITOR),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """All that these roles carry together."""
    return frozenset(permission for role in roles for permission in ROLE_PERMISSIONS[role])


# A path is made of codes that end with a stroke, so that a prefix can never stop inside a code.
_PATH = re.compile(r"(?:[0-9A-Za-z]+/)*", re.ASCII)


@dataclass(frozen=True)
class Scope:
    """Where a role counts: under this administrative unit and under this organisation; "" = everywhere.

    Paths are materialised («VN/12/», «7/19/»), so access is a comparison of prefixes. Raises ValueError for
    anything that is not such a path.
    """

    unit_path: str = ""
    organisation_path: str = ""

    def __post_init__(self) -> None:
        for path in (self.unit_path, self.organisation_path):
            if _PATH.fullmatch(path) is None:
                raise ValueError("a path is codes that each end with a stroke")

    def covers(self, unit_path: str, organisation_path: str) -> bool:
        """True when a record at these paths lies inside the scope."""
        return unit_path.startswith(self.unit_path) and organisation_path.startswith(self.organisation_path)


EVERYWHERE = Scope()


@dataclass(frozen=True)
class Grant:
    """One role of one account on one scope, in force now."""

    role: Role
    scope: Scope

    @property
    def permissions(self) -> frozenset[Permission]:
        return ROLE_PERMISSIONS[self.role]


@dataclass(frozen=True)
class Viewer:
    """Who looks: permissions and the scopes they count on.

    `grants` keeps which role brought which scope. Two roles on two scopes must not lend each other their
    width: an officer of one commune who is also an auditor of the country reads the people of one commune.
    `introduced` are the public ids of anonymous people who let this viewer know their name, for the need in hand.
    """

    account_id: int | None
    permissions: frozenset[Permission]
    scopes: tuple[Scope, ...]
    grants: tuple[Grant, ...] = ()
    introduced: frozenset[str] = frozenset()

    @classmethod
    def installation(cls) -> "Viewer":
        """Commands run with the rights of the installation: everything, everywhere."""
        return cls(None, frozenset(Permission), (EVERYWHERE,))

    @classmethod
    def of_grants(cls, account_id: int, grants: Iterable[Grant]) -> "Viewer":
        """The viewer that an account with these roles is."""
        return _viewer_of(account_id, tuple(grants))

    def can(self, permission: Permission, at: tuple[str, str] | None = None) -> bool:
        """True when some role carries the permission; with `at` (unit path, organisation path), there."""
        if permission not in self.permissions:
            return False
        return at is None or any(scope.covers(*at) for scope in self.scopes_for(permission))

    def scopes_for(self, permission: Permission) -> tuple[Scope, ...]:
        """The scopes on which the permission counts; empty when there is none."""
        if permission not in self.permissions:
            return ()
        if not self.grants:
            return self.scopes
        return _scopes(grant for grant in self.grants if permission in grant.permissions)

    def limited_to(self, permission: Permission) -> "Viewer":
        """The same viewer whose `scopes` are only those on which this permission counts."""
        return _limited(self, permission)


# One viewer for the same roles, request after request: statements are kept by viewer, and to find them by one that is
# the same object costs a tenth.
_MOST_KEPT = 1_024


@lru_cache(maxsize=_MOST_KEPT)
def _viewer_of(account_id: int, grants: tuple[Grant, ...]) -> Viewer:
    return Viewer(account_id, permissions_of(grant.role for grant in grants), _scopes(grants), grants)


@lru_cache(maxsize=_MOST_KEPT)
def _limited(viewer: Viewer, permission: Permission) -> Viewer:
    return replace(viewer, scopes=viewer.scopes_for(permission))


def _scopes(grants: Iterable[Grant]) -> tuple[Scope, ...]:
    """The scopes of these grants without repeats, in a fixed order."""
    return tuple(sorted({grant.scope for grant in grants}, key=lambda s: (s.unit_path, s.organisation_path)))
