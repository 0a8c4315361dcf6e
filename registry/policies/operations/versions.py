"""The life of a version: begun or drafted from a published one, composed, submitted, approved by a second person, withdrawn.

Flushes, never commits. What is published is never changed; the version before it ends the day before it starts.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.formats import LOCAL_ZONE
from registry.policies.models import (
    FigureVerification,
    LegalDocument,
    Policy,
    PolicyScope,
    PolicyVersion,
    PolicyVersionStep,
)
from registry.policies.operations.errors import CodeTaken, NotPossible, SecondPersonNeeded, VersionsOverlap
from registry.policies.queries.checking import refuse_broken, refuse_unready, refuse_worse
from registry.policies.queries.documents import document_of
from registry.policies.queries.versions import (
    authors_of,
    body_of,
    content_of,
    open_version,
    period_of,
    published,
)
from registry.policies.rules.figures import fingerprint
from registry.policies.rules.periods import day_of, periods_meet
from registry.policies.rules.states import PolicyPurpose, VersionState, may_follow


def published_version(
    policy: Policy, document: LegalDocument, data: Mapping[str, Any], *, at: datetime
) -> PolicyVersion:
    """A version that came with the product: published by nobody, not added to a session yet."""
    made = _version_of(policy, document, data, at=at)
    made.state = VersionState.PUBLISHED
    made.approved_at = at
    made.steps.append(PolicyVersionStep(state=VersionState.PUBLISHED, by_id=None, at=at, why=""))
    return made


def _version_of(
    policy: Policy, document: LegalDocument, data: Mapping[str, Any], *, at: datetime
) -> PolicyVersion:
    made = PolicyVersion(
        policy=policy,
        number=int(data["version"]),
        document=document,
        state=VersionState.DRAFT,
        created_at=at,
        updated_at=at,
    )
    _write(made, data)
    return made


def _write(version: PolicyVersion, data: Mapping[str, Any]) -> None:
    version.title, version.purpose = str(data["title"]), PolicyPurpose(data["purpose"])
    for name in ("effective_from", "effective_to", "apply_from", "apply_to"):
        setattr(version, name, day_of(data.get(name)))
    _write_scope(version, [(one["unit"], day_of(one.get("as_of"))) for one in data["scope"]])
    version.body = body_of(data)
    version.body_sha256 = fingerprint(content_of(version))


def _write_scope(version: PolicyVersion, wanted: list[tuple[str, date | None]]) -> None:
    """Units that stay keep their rows, and new ones follow: so the order is the same when it is read again."""
    kept = [one for one in version.scope if (one.unit_code, one.as_of) in wanted]
    there = {(one.unit_code, one.as_of) for one in kept}
    new = [
        PolicyScope(unit_code=code, as_of=day)
        for code, day in dict.fromkeys(wanted)
        if (code, day) not in there
    ]
    version.scope[:] = [*kept, *new]


def begin_policy(
    session: Session, data: Mapping[str, Any], *, document: LegalDocument, by: int, at: datetime
) -> PolicyVersion:
    """A new policy with a first draft that says what `data` do, in the data form.

    Raises CodeTaken for a code another policy has, PolicyRefused for what contradicts itself.
    """
    if session.scalar(select(Policy.id).where(func.lower(Policy.code) == str(data["code"]).lower())):
        raise CodeTaken(data["code"])
    refuse_broken(dict(data))
    policy = Policy(code=str(data["code"]), created_at=at, updated_at=at)
    session.add(policy)
    made = _version_of(policy, document, data, at=at)
    made.made_by_id = by
    made.steps.append(PolicyVersionStep(state=VersionState.DRAFT, by_id=by, at=at, why=""))
    session.add(made)
    try:
        session.flush()
    except IntegrityError as taken:  # somebody else began one with this code at the same moment
        raise CodeTaken(data["code"]) from taken
    refuse_worse(session, made, None)
    _record(session, made, "begun", by, at)
    return made


def draft_from(session: Session, source: PolicyVersion, *, by: int, at: datetime) -> PolicyVersion:
    """Begin a new version with what a published one says; what was verified stays so until it is changed.

    Raises NotPossible for a version that is not published, and while another draft of the policy is open.
    """
    policy = source.policy
    session.execute(select(Policy.id).where(Policy.id == policy.id).with_for_update())
    session.refresh(policy, ["versions"])
    if source.state is not VersionState.PUBLISHED or open_version(policy) is not None:
        raise NotPossible
    data = content_of(source) | {"version": policy.versions[-1].number + 1}
    made = _version_of(policy, source.document, data, at=at)
    made.made_by_id = by
    made.steps.append(PolicyVersionStep(state=VersionState.DRAFT, by_id=by, at=at, why=""))
    session.add(made)
    session.flush()
    kept = session.scalars(
        select(FigureVerification)
        .where(FigureVerification.version_id == source.id)
        .order_by(FigureVerification.id)
    )
    session.add_all(_copied(one, made) for one in kept)
    session.flush()
    _record(session, made, "drafted", by, at, detail={"from": source.number})
    return made


def _copied(known: FigureVerification, to: PolicyVersion) -> FigureVerification:
    return FigureVerification(
        version_id=to.id,
        figure=known.figure,
        figure_sha256=known.figure_sha256,
        source=known.source,
        checked_on=known.checked_on,
        review_on=known.review_on,
        by_id=known.by_id,
        at=known.at,
    )


def edit_draft(
    session: Session,
    version: PolicyVersion,
    data: Mapping[str, Any],
    *,
    document: LegalDocument,
    by: int,
    at: datetime,
    said: str = "",
) -> None:
    """Replace what a draft says; whoever edits it counts among its authors. `said` is what was done, in words.

    Raises NotPossible for anything but a draft, PolicyRefused for what contradicts itself, for a parameter without a
    value on its days that had one before, and for a list that is not there.
    """
    if version.state is not VersionState.DRAFT:
        raise NotPossible
    refuse_broken(dict(data))
    before = content_of(version)
    version.document, version.updated_at = document, at
    _write(version, data)
    version.before_step = {"said": said, "data": before}
    refuse_worse(session, version, before)
    if by not in authors_of(version):
        version.steps.append(PolicyVersionStep(state=VersionState.DRAFT, by_id=by, at=at, why=""))
    after = content_of(version)
    changes = {
        name: (before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }
    session.flush()
    if changes:
        _record(session, version, "edited", by, at, changes=changes)


def undo_step(session: Session, version: PolicyVersion, *, by: int, at: datetime, said: str = "") -> None:
    """Take the last step of composing back; doing it again takes this back. Raises NotPossible, PolicyRefused."""
    kept = version.before_step
    document = None if kept is None else document_of(session, str(kept["data"]["document"]))
    if kept is None or document is None:
        raise NotPossible
    edit_draft(session, version, kept["data"], document=document, by=by, at=at, said=said)


def submit_version(session: Session, version: PolicyVersion, *, by: int, at: datetime) -> None:
    """Ask for approval. Raises NotPossible, VersionsOverlap, PolicyRefused."""
    if not may_follow(version.state, VersionState.SUBMITTED):
        raise NotPossible
    refuse_unready(session, version, on=at.astimezone(LOCAL_ZONE).date())
    refuse_overlap(version)
    version.submitted_by_id = by
    _step(session, version, VersionState.SUBMITTED, by=by, at=at)


def send_back_version(session: Session, version: PolicyVersion, *, why: str, by: int, at: datetime) -> None:
    """Back to the draft, with the reason. Raises NotPossible."""
    version.submitted_by_id = None
    _step(session, version, VersionState.DRAFT, by=by, at=at, why=why)


def approve_version(session: Session, version: PolicyVersion, *, by: int, at: datetime) -> None:
    """Publish a version; the published one before it ends the day before.

    Raises NotPossible, VersionsOverlap, PolicyRefused, and SecondPersonNeeded for whoever wrote or submitted it.
    """
    if not may_follow(version.state, VersionState.PUBLISHED):
        raise NotPossible
    if by in authors_of(version):
        raise SecondPersonNeeded
    refuse_unready(session, version, on=at.astimezone(LOCAL_ZONE).date())
    ended, start = refuse_overlap(version), period_of(version)[0]
    if ended is not None and start is not None:
        ended.closed_on = start - timedelta(days=1)
    version.approved_by_id, version.approved_at = by, at
    _step(session, version, VersionState.PUBLISHED, by=by, at=at)


def withdraw_version(session: Session, version: PolicyVersion, *, why: str, by: int, at: datetime) -> None:
    """Take a version away, with the reason; what was granted under it stays. Raises NotPossible.

    The version that this one had ended goes on again.
    """
    was_published = version.state is VersionState.PUBLISHED
    if version.state is VersionState.SUBMITTED:
        raise NotPossible
    start, _end = period_of(version)
    _step(session, version, VersionState.WITHDRAWN, by=by, at=at, why=why)
    if was_published and start is not None:
        for one in version.policy.versions:
            if one.closed_on == start - timedelta(days=1):
                one.closed_on = None
    session.flush()


def refuse_overlap(version: PolicyVersion) -> PolicyVersion | None:
    """The published version that this one would end; None when there is none to end. Raises VersionsOverlap.

    Every other published version must end before this one starts, or start after it ends, or be one without an end
    that starts earlier: the last such is the one that is ended.
    """
    start, end = period_of(version)
    ended: PolicyVersion | None = None
    for other in published(version.policy):
        other_start, other_end = period_of(other)
        if other is version or not periods_meet((start, end), (other_start, other_end)):
            continue
        if start is None or ended is not None or (other_start is not None and other_start >= start):
            raise VersionsOverlap(other, start)
        ended = other
    return ended


def _step(
    session: Session, version: PolicyVersion, then: VersionState, *, by: int, at: datetime, why: str = ""
) -> None:
    if not may_follow(version.state, then):
        raise NotPossible
    before = version.state
    version.state, version.updated_at, version.before_step = then, at, None
    version.steps.append(PolicyVersionStep(state=then, by_id=by, at=at, why=why))
    session.flush()
    verb = "sent_back" if then is VersionState.DRAFT else then.value
    _record(session, version, verb, by, at, changes={"state": (before.value, then.value)}, reason=why)


def _record(session: Session, version: PolicyVersion, verb: str, by: int, at: datetime, **told: Any) -> None:
    name = f"{version.policy.code}@{version.number}"
    record(session, by, f"policy_version.{verb}", "policy_version", name, at=at, **told)
