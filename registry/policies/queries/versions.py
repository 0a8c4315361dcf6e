"""Policies, their versions, and a version in the data form. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.policies.models import DocumentLink, LegalDocument, Policy, PolicyScope, PolicyVersion
from registry.policies.queries.documents import CODE, is_replaced, start_of
from registry.policies.rules.states import OPEN_STATES, InForce, VersionState, standing

_CHAIN = (
    selectinload(LegalDocument.links).joinedload(DocumentLink.other),
    selectinload(LegalDocument.linked_from).joinedload(DocumentLink.document),
)
_SHOWN = (
    joinedload(PolicyVersion.document).options(*_CHAIN),
    selectinload(PolicyVersion.scope),
)


def policies(session: Session) -> Sequence[Policy]:
    """All policies with their versions, documents and scopes, by code."""
    return session.scalars(
        select(Policy).options(selectinload(Policy.versions).options(*_SHOWN)).order_by(Policy.code)
    ).all()


def policy_of(session: Session, code: str) -> Policy | None:
    """The policy of an address, with all versions and what happened to them."""
    if CODE.fullmatch(code) is None:
        return None
    versions = selectinload(Policy.versions).options(*_SHOWN, selectinload(PolicyVersion.steps))
    return session.scalar(select(Policy).where(Policy.code == code).options(versions))


def version_numbered(policy: Policy, number: int | None) -> PolicyVersion | None:
    """The version with this number; without one the newest."""
    if number is None:
        return policy.versions[-1] if policy.versions else None
    return next((one for one in policy.versions if one.number == number), None)


def published(policy: Policy) -> list[PolicyVersion]:
    """The versions anybody may read, oldest first."""
    return [one for one in policy.versions if one.state is VersionState.PUBLISHED]


def shown_on(policy: Policy, day: date) -> PolicyVersion | None:
    """The version to show to the public: the one in force on a day, else the next, else the last."""
    known = published(policy)
    current = [one for one in known if standing_of(one, day) in (InForce.IN_FORCE, InForce.UNDATED)]
    if current:
        return current[-1]
    coming = [one for one in known if standing_of(one, day) in (InForce.UPCOMING, InForce.DRAFT)]
    return coming[0] if coming else (known[-1] if known else None)


def period_of(version: PolicyVersion) -> tuple[date | None, date | None]:
    """First and last day in force: of the version, else of its document; a version that followed ends it earlier."""
    start = version.effective_from or start_of(version.document)
    ends = [one for one in (version.effective_to or version.document.effective_to, version.closed_on) if one]
    return start, min(ends, default=None)


def standing_of(version: PolicyVersion, day: date) -> InForce:
    """What a reader is told of a version on a day."""
    if version.state is VersionState.WITHDRAWN:
        return InForce.WITHDRAWN
    start, end = period_of(version)
    document = version.document
    return standing(document.status, start, end, day, is_replaced=is_replaced(document, day))


def version_data(version: PolicyVersion) -> dict[str, Any]:
    """A version in the data form: columns and scope put beside the body."""
    start, end = version.effective_from, version.effective_to
    if version.closed_on is not None:
        end = min(end or version.closed_on, version.closed_on)
    return content_of(version) | {"effective_from": _iso(start), "effective_to": _iso(end)}


def content_of(version: PolicyVersion) -> dict[str, Any]:
    """A version as it was published, whatever followed it: what the fingerprint covers."""
    return {
        **version.body,
        "code": version.policy.code,
        "version": version.number,
        "document": version.document.code,
        "title": version.title,
        "purpose": version.purpose.value,
        "scope": [scope_data(one) for one in version.scope],
        "effective_from": _iso(version.effective_from),
        "effective_to": _iso(version.effective_to),
        "apply_from": _iso(version.apply_from),
        "apply_to": _iso(version.apply_to),
    }


IN_COLUMNS = frozenset(
    {
        *("code", "version", "document", "title", "purpose", "scope", "verified"),
        *("effective_from", "effective_to", "apply_from", "apply_to"),
    }
)
"""What of the data form is not kept in the body."""


def body_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What of a version's data is kept in its body."""
    return {key: value for key, value in data.items() if key not in IN_COLUMNS}


def scope_data(scope: PolicyScope) -> dict[str, str]:
    """One unit of a scope in the data form."""
    return {"unit": scope.unit_code} | ({} if scope.as_of is None else {"as_of": scope.as_of.isoformat()})


def open_version(policy: Policy) -> PolicyVersion | None:
    """The draft or the version that waits for approval, if there is one."""
    open_ones: Iterable[PolicyVersion] = (
        one for one in policy.versions if one.state in (VersionState.DRAFT, VersionState.SUBMITTED)
    )
    return next(iter(open_ones), None)


def authors_of(version: PolicyVersion) -> set[int]:
    """The accounts that drafted, edited or submitted a version; who sent it back with a reason is none of them."""
    own = {version.made_by_id, version.submitted_by_id}
    own |= {one.by_id for one in version.steps if one.state in OPEN_STATES and not one.why}
    return {one for one in own if one is not None}


def version_before(policy: Policy, version: PolicyVersion) -> PolicyVersion | None:
    """The published version that one is compared with: the last with a smaller number."""
    return next((one for one in reversed(published(policy)) if one.number < version.number), None)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
