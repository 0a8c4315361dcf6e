"""Taking all data about oneself, or, for an office, the copy that the person asked for: one button, one zip."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, cast

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.audit.operations import record_read
from registry.people.models import Person
from registry.privacy.forms import columns
from registry.privacy.queries.taking import taken
from registry.privacy.rules import RightKind
from registry.privacy.views.blueprint import bp, must_own, request_in_scope
from registry.privacy.writers import archive
from registry.privacy.writers.reading import ReadingWords
from registry.web.attachments import attachment
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.turns import after_others

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@bp.post("/toi/tai-du-lieu")
@require(Permission.PROFILE_OWN)
@after_others
def take_own() -> ResponseReturnValue:
    """The own data."""
    mine = must_own()
    return _file(mine.session, mine.person, mine.by)


@bp.post("/yeu-cau-quyen/<ma>/tai-du-lieu")
@require(Permission.CONSENTS_WRITE)
@after_others
def take_for(ma: str) -> ResponseReturnValue:
    """The copy an office hands to the person who asked for it; only for such a request."""
    found = request_in_scope(ma)
    if found.kind is not RightKind.ACCESS:
        raise NotVisible
    return _file(db_session(), found.person, current_account().id)


def _file(session: Session, person: Person, by: int) -> Response:
    """The zip; that it was taken is in the log before it leaves."""
    record_read(
        session,
        by,
        "person.data_taken",
        people=[person.public_id],
        purpose="registry",
        detail={"page": "tai-du-lieu"},
        at=now(),
    )
    session.commit()
    found = taken(session, person)
    session.rollback()  # nobody who writes shall wait while the file is typeset
    made = archive(found.code, found.tables, found.log, _reading_words(found.code))
    return attachment(made, "application/zip", f"du-lieu-{found.code}.zip")


def _reading_words(code: str) -> ReadingWords:
    language = current_language()
    return ReadingWords(
        title=_("Dữ liệu về bạn trong sổ đăng ký"),
        subtitle=_(
            "Hồ sơ %(code)s, lập ngày %(day)s. Mọi chi tiết kỹ thuật nằm trong tệp JSON và CSV kèm theo.",
            code=code,
            day=formats.date(today(), language),
        ),
        log_title=_("Ai đã xem và điều gì đã đổi"),
        language=language,
        table=lambda name: str(columns.TABLE.get(name, name)),
        column=lambda name: str(columns.COLUMN[name]) if name in columns.COLUMN else None,
        value=_value_of,
    )


def _value_of(table: str, column: str, value: Any) -> str:
    """What is kept there as people read it."""
    known = columns.VALUE.get(f"{table}.{column}", {})
    return str(known[value]) if isinstance(value, str) and value in known else _value_words(value)


def _value_words(value: Any) -> str:
    """A plain value as people read it."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value)
        return "; ".join(f"{name}: {_value_words(one)}" for name, one in named.items())
    if isinstance(value, list):
        return ", ".join(_value_words(one) for one in cast("list[Any]", value))
    return _text_words(str(value))


def _text_words(text: str) -> str:
    """A text; a day or an instant as the language of the page writes it."""
    with suppress(ValueError, OverflowError):  # what people typed may only look like one
        if _DAY.fullmatch(text):
            return formats.date(date.fromisoformat(text), current_language())
        if _INSTANT.match(text):
            return formats.datetime(datetime.fromisoformat(text).astimezone(UTC), current_language())
    return text
