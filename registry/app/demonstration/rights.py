"""One person of the demonstration gets an account of their own, and a few people have asked about their data."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.consents.rules import Channel, PurposeCode
from registry.people.models import Person
from registry.people.queries import people_for
from registry.people.rules import LegalBasis
from registry.privacy.operations import Asked, answer_request, receive_request
from registry.privacy.rules import IdentityCheck, RightKind, local_day

_ASKED = (
    (RightKind.ACCESS, 0, "Cho tôi xin thêm bản giấy."),
    (RightKind.CORRECTION, 8, "Tên trường ghi sai: phải là Đại học Tây Bắc."),
    (RightKind.ERASURE, 2, "Tôi không còn muốn có hồ sơ."),
)
"""Kind, days ago, words."""


def add_rights(session: Session, own: Account, officer: Account, *, unit_path: str, now: datetime) -> None:
    """Give the account its record, and enter the requests of people of one office."""
    people = _people(session, unit_path, now)
    if not people:  # a demonstration of needs alone
        return
    own_one, *others = people
    own_one.account_id = own.id
    own.display_name = own_one.full_name
    session.flush()
    for person, (kind, days, words) in zip((own_one, *others), _ASKED, strict=False):
        is_own = person is own_one
        asked = Asked(
            kind,
            now - timedelta(days=days),
            words=words,
            channel=Channel.SCREEN if is_own else Channel.PAPER,
            identity_check=IdentityCheck.ACCOUNT if is_own else IdentityCheck.DOCUMENT_SEEN,
        )
        by = own.id if is_own else officer.id
        made = receive_request(
            session, person, asked, by=by, recorded_by=None if is_own else officer.id, at=now
        )
        if kind is RightKind.ERASURE:
            answer_request(session, made, words="Sẽ xóa sau khi kiểm tra.", by=officer.id, at=now)


def _people(session: Session, unit_path: str, now: datetime) -> list[Person]:
    """People who agreed to be named, the first of the office by code."""
    named = (
        people_for(Viewer.installation(), PurposeCode.CONTACT, on=local_day(now))
        .where(Person.unit_path.startswith(unit_path), Person.legal_basis == LegalBasis.CONSENT)
        .order_by(Person.code)
        .limit(len(_ASKED))
    )
    return list(session.scalars(named))
