"""The blueprint, and how its views come by a policy, a version, a document."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer
from registry.accounts.rules import Permission
from registry.policies.models import LegalDocument, Policy, PolicyVersion
from registry.policies.queries.documents import document_of
from registry.policies.queries.versions import policy_of, version_numbered
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

bp = Blueprint("policies", __name__)

_LONGEST_NUMBER = 6


@dataclass(frozen=True)
class Opened:
    """A version somebody works with."""

    session: Session
    policy: Policy
    version: PolicyVersion
    by: int
    at: datetime

    @property
    def ma(self) -> str:
        """The code in the address."""
        return self.policy.code


def opened_policy(session: Session, code: str) -> Policy:
    """The policy of an address. Raises NotVisible."""
    found = policy_of(session, code)
    if found is None:
        raise NotVisible
    return found


def opened_version(ma: str, ban: str) -> Opened:
    """A version of an address, by its number. Raises NotVisible."""
    session, number = db_session(), _number(ban)
    policy = opened_policy(session, ma)
    version = None if number is None else version_numbered(policy, number)
    if version is None:
        raise NotVisible
    return Opened(session, policy, version, current_account().id, now())


def opened_document(session: Session, code: str) -> LegalDocument:
    """The document of an address. Raises NotVisible."""
    found = document_of(session, code)
    if found is None:
        raise NotVisible
    return found


def asked_number() -> int | None:
    """The number of a version in the address; nonsense is none."""
    return _number(request.args.get("ban", ""))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else None


def may_write() -> bool:
    """Whether who is signed in may write policies."""
    return current_viewer().can(Permission.POLICIES_WRITE)


def done(opened: Opened, sentence: str, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the version once something was kept."""
    flash(sentence, "ok")
    return to_version(opened, anchor)


def to_version(opened: Opened, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the version."""
    where = url_for(".manage", ma=opened.ma, ban=opened.version.number, _anchor=anchor)
    return redirect(where, 303)


def not_possible(opened: Opened) -> ResponseReturnValue:
    """Back to the version, whose state does not allow what was asked."""
    opened.session.rollback()
    flash(_("Việc này không làm được với phiên bản ở trạng thái hiện nay."), "warn")
    return redirect(url_for(".manage", ma=opened.ma), 303)
