"""Policies for those who keep them: every policy with its versions, one version with all its figures and what differs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.queries import known_by
from registry.accounts.rules import Permission
from registry.policies.forms import words
from registry.policies.models import FigureVerification, Policy, PolicyVersion
from registry.policies.queries.consulting import agencies_asked
from registry.policies.queries.law import parameters_alone
from registry.policies.queries.verified import overdue, verdicts
from registry.policies.queries.versions import (
    authors_of,
    content_of,
    open_version,
    period_of,
    policies,
    published,
    shown_on,
    standing_of,
    version_before,
    version_numbered,
)
from registry.policies.rules.figures import Figure, figures_of
from registry.policies.rules.states import OPEN_STATES, VersionState
from registry.policies.views.blueprint import asked_number, bp, may_write, opened_policy
from registry.policies.views.figures import FigureTeller
from registry.policies.views.naming import PageNames, scope_words
from registry.policies.views.seen import checked_lines
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language


@bp.get("/chinh-sach/quan-tri")
@require(Permission.POLICIES_READ)
def administration() -> ResponseReturnValue:
    """Every policy: the version of today, the one being written, how many figures were verified."""
    session, on = db_session(), today()
    found = policies(session)
    newest = [version for one in found if (version := _main(one, on)) is not None]
    seen = verdicts(session, newest)
    names = PageNames(session, newest)
    lines = [_line(names, one, seen[one.id], on) for one in newest]
    return render_template(
        "policies/administration.html", lines=lines, due=len(overdue(session, on)), may_write=may_write()
    )


def _main(policy: Policy, on: date) -> PolicyVersion | None:
    return shown_on(policy, on) or version_numbered(policy, None)


def _line(
    names: PageNames, version: PolicyVersion, seen: Mapping[str, FigureVerification], on: date
) -> dict[str, Any]:
    open_one = open_version(version.policy)
    return version_line(version, on) | {
        "places": scope_words(names, version),
        "figures": len(figures_of(content_of(version))),
        "verified": len(seen),
        "open": None if open_one is None else (open_one.number, words.STATE[open_one.state]),
    }


def version_line(version: PolicyVersion, on: date) -> dict[str, Any]:
    """A version as lists show it."""
    start, end = period_of(version)
    is_public = version.state is VersionState.PUBLISHED
    standing = standing_of(version, on)
    return {
        "version": version,
        "code": version.policy.code,
        "period": formats.date_range(start, end, current_language()),
        "state": words.STANDING[standing] if is_public else words.STATE[version.state],
        "state_tag": words.STANDING_TAG[standing] if is_public else words.STATE_TAG[version.state],
    }


@bp.get("/chinh-sach/quan-tri/<ma>")
@require(Permission.POLICIES_READ)
def manage(ma: str) -> ResponseReturnValue:
    """One version with its figures, what differs from the version before, what happened, what may be done."""
    session, on = db_session(), today()
    policy = opened_policy(session, ma)
    version = version_numbered(policy, asked_number())
    if version is None:
        raise NotVisible
    before = version_before(policy, version)
    known = verdicts(session, [version])[version.id]
    teller = FigureTeller(session, parameters_alone(session), on)
    figures = figures_of(content_of(version))
    return render_template(
        "policies/manage.html",
        line=version_line(version, on),
        places=scope_words(PageNames(session, [version]), version),
        purpose=words.PURPOSE[version.purpose],
        figures=[(one, *teller.tell(one, version)) for one in figures],
        checked=checked_lines(session, known, on),
        before=before,
        differences=[] if before is None else differences(teller, before, version),
        versions=[version_line(one, on) for one in reversed(policy.versions)],
        steps=_steps(session, version),
        may=_may(policy, version) | {"consult": _may_consult(session, version)},
    )


def differences(teller: FigureTeller, before: PolicyVersion, version: PolicyVersion) -> list[dict[str, Any]]:
    """Figure by figure, what the version before says and what this one says, where the two differ."""
    old = {one.key: one for one in figures_of(content_of(before))}
    new = {one.key: one for one in figures_of(content_of(version))}
    found: list[dict[str, Any]] = []
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and was.sha256 == now.sha256:
            continue
        told: tuple[Figure, PolicyVersion] = (now, version) if now is not None else (old[key], before)
        found.append(
            {
                "name": teller.tell(*told)[0],
                "was": "" if was is None else teller.tell(was, before)[1],
                "now": "" if now is None else teller.tell(now, version)[1],
            }
        )
    return found


def _steps(session: Session, version: PolicyVersion) -> list[dict[str, Any]]:
    names = known_by(session, [one.by_id for one in version.steps if one.by_id is not None])
    return [
        {
            "when": formats.datetime(one.at, current_language()),
            "iso": one.at.isoformat(),
            "text": words.STATE[one.state],
            "sub": " · ".join(part for part in (names.get(one.by_id or 0, ("", ""))[1], one.why) if part),
        }
        for one in version.steps
    ]


def _may_consult(session: Session, version: PolicyVersion) -> bool:
    """Whether the consultation is shown: of a draft always, of what followed where somebody was asked."""
    return version.state in OPEN_STATES or bool(agencies_asked(session, version))


def _may(policy: Policy, version: PolicyVersion) -> dict[str, bool]:
    """What who looks may do with a version as it stands."""
    viewer, by, state = current_viewer(), current_account().id, version.state
    writes, approves = viewer.can(Permission.POLICIES_WRITE), viewer.can(Permission.POLICIES_APPROVE)
    is_waiting = state is VersionState.SUBMITTED and approves
    is_own = by in authors_of(version)
    return {
        "verify": writes and state is not VersionState.WITHDRAWN,
        "draft": writes and state is VersionState.PUBLISHED and open_version(policy) is None,
        "edit": writes and state is VersionState.DRAFT,
        "submit": writes and state is VersionState.DRAFT,
        "discard": writes and state is VersionState.DRAFT,
        "approve": is_waiting and not is_own,
        "send_back": is_waiting,
        "needs_another": is_waiting and is_own,
        "withdraw": approves and state is VersionState.PUBLISHED,
        "has_public_page": bool(published(policy)),
    }
