"""Loading purposes and notices, and which notice is shown on a day."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.consents.models import Notice, Purpose
from registry.consents.operations import NoticeChanged, load_purposes
from registry.consents.queries import current_notices
from registry.consents.rules import ASKED_LATER, PurposeCode

ON = date(2026, 11, 25)


def test_loading_again_changes_nothing(session: Session) -> None:
    before = session.scalars(select(Notice.public_id).order_by(Notice.id)).all()
    load_purposes(session)
    assert session.scalars(select(Notice.public_id).order_by(Notice.id)).all() == before
    assert session.scalar(select(func.count()).select_from(Purpose)) == len(PurposeCode)


def test_a_published_notice_cannot_change_its_words(session: Session) -> None:
    session.scalars(select(Notice).limit(1)).one().sha256 = "0" * 64
    session.flush()
    with pytest.raises(NoticeChanged):
        load_purposes(session)


def test_notices_come_in_the_language_asked_for_and_in_the_order_of_asking(session: Session) -> None:
    english = current_notices(session, "en", ON)
    assert [notice.purpose.code for notice in english] == [
        one for one in PurposeCode if one not in ASKED_LATER
    ]
    assert {notice.language for notice in english} == {"en"}
    assert {notice.language for notice in current_notices(session, "fr", ON)} == {"vi"}


def test_the_newest_valid_version_is_shown_and_expired_ones_are_not(session: Session) -> None:
    old = current_notices(session, "vi", ON)[0]
    new = Notice(
        purpose=old.purpose,
        version=2,
        language="vi",
        title="Bản mới",
        text="Bản mới",
        sha256="1" * 64,
        valid_from=date(2026, 12, 1),
    )
    session.add(new)
    session.flush()
    assert current_notices(session, "vi", ON)[0].id == old.id
    assert current_notices(session, "vi", date(2026, 12, 1))[0].id == new.id
    new.valid_to = date(2026, 12, 31)
    session.flush()
    assert current_notices(session, "vi", date(2027, 1, 1))[0].id == old.id
