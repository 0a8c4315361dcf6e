"""The account of somebody who is erased, what was typed while registering and letters. Never commits.

Nobody signs in with such an account again, and it names nobody.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from registry.accounts.models import (
    Account,
    AccountRole,
    AccountSession,
    AccountState,
    Alert,
    HalfSignIn,
    LinkedIdentity,
    Passkey,
    RecoveryCode,
    SecondStepTry,
    SingleUseLink,
)
from registry.accounts.operations.sign_ins import end_all_sign_ins
from registry.accounts.rules import Role
from registry.audit.operations import destroy_person_key, record
from registry.exchange.operations.cvs import forget_cv
from registry.mail.models import MailOutbox
from registry.registrations.models import Registration, RegistrationDraft

_OF_SIGNING_IN: Sequence[Any] = (Alert, HalfSignIn, LinkedIdentity, Passkey, RecoveryCode, SecondStepTry)
"""Tables of an account whose rows go with it."""


def forget_registration(session: Session, account_id: int) -> None:
    """Forget the journey of an account, all that was typed on it and the CV it was filled from."""
    forget_cv(session, account_id)
    begun = select(Registration.id).where(Registration.account_id == account_id)
    session.execute(delete(RegistrationDraft).where(RegistrationDraft.registration_id.in_(begun)))
    session.execute(delete(Registration).where(Registration.account_id == account_id))


def forget_letters(session: Session, person: str, account: Account | None) -> None:
    """Forget the letters and links that went to a person (public id) or their account, those not sent yet included."""
    letters, links = [MailOutbox.person_public_id == person], [SingleUseLink.subject_id == person]
    if account is not None:
        letters.append(MailOutbox.account_public_id == account.public_id)
        links.append(SingleUseLink.account_id == account.id)
    session.execute(delete(MailOutbox).where(or_(*letters)))
    session.execute(delete(SingleUseLink).where(or_(*links)))


def erase_account(session: Session, account_id: int, *, by: int | None, at: datetime) -> None:
    """Empty an account that only served its own record; one with another role goes on, without the record."""
    account = session.get_one(Account, account_id)
    held = session.scalars(select(AccountRole).where(AccountRole.account_id == account_id)).all()
    if any(role.role is not Role.CANDIDATE for role in held):
        return
    end_all_sign_ins(session, account, because="erased", at=at)
    for role in held:
        role.ended_at, role.ended_because = role.ended_at or at, ""
    session.execute(update(AccountSession).where(AccountSession.account_id == account_id).values(device=""))
    for model in _OF_SIGNING_IN:
        session.execute(delete(model).where(model.account_id == account_id))
    account.totp_sealed = account.totp_since = account.totp_step = None
    account.email = account.email_folded = f"{account.public_id}@erased.invalid"
    account.display_name = ""
    account.password_hash, account.password_set_at = None, None
    account.state = AccountState.CLOSED
    session.flush()
    record(session, by, "account.erased", "account", account.public_id, at=at)
    destroy_person_key(session, account.public_id)
