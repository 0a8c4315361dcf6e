"""Taking all data about oneself, or, for an office, the copy that the person asked for: one button, one zip."""

from typing import Any, cast

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.audit.operations import record_read
from registry.people.models import Person
from registry.privacy.forms import columns, words
from registry.privacy.queries.taking import taken
from registry.privacy.rules import RightKind
from registry.privacy.views.blueprint import bp, must_own, request_in_scope
from registry.privacy.writers import archive
from registry.privacy.writers.reading import ReadingWords
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@bp.post("/toi/tai-du-lieu")
@require(Permission.PROFILE_OWN)
def take_own() -> ResponseReturnValue:
    """The own data."""
    mine = must_own()
    return _file(mine.session, mine.person, mine.by)


@bp.post("/yeu-cau-quyen/<ma>/tai-du-lieu")
@require(Permission.CONSENTS_WRITE)
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
    made = archive(found.code, found.tables, found.log, _reading_words(found.code))
    return Response(
        made,
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="du-lieu-{found.code}.zip"'},
    )


def _reading_words(code: str) -> ReadingWords:
    language = current_language()
    return ReadingWords(
        title=_("Dữ liệu về bạn trong sổ đăng ký"),
        subtitle=_("Hồ sơ %(code)s, lập ngày %(day)s", code=code, day=formats.date(today(), language)),
        log_title=_("Ai đã xem và điều gì đã đổi"),
        language=language,
        table=lambda name: str(columns.TABLE.get(name, name)),
        column=lambda name: str(columns.COLUMN.get(name, name.replace("_", " "))),
        value=_value_words,
    )


def _value_words(value: Any) -> str:
    """A plain value as people read it."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value)
        return "; ".join(f"{name}: {_value_words(one)}" for name, one in named.items())
    if isinstance(value, list):
        return ", ".join(_value_words(one) for one in cast("list[Any]", value))
    return str(words.LOOK.get(value, value)) if isinstance(value, str) else str(value)
