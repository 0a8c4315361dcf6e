"""The blueprint of the room and what its pages share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, may
from registry.accounts.rules import Permission, Viewer
from registry.programmes.forms.words import STATE, STATE_TAG
from registry.programmes.models import Programme, ProgrammeDocument, ProgrammeNode
from registry.programmes.queries.programmes import agencies_to_choose, documents, nodes, programme_of
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

bp = Blueprint("programmes", __name__)
_HELD = "programmes.node_lines"


@dataclass(frozen=True)
class NodeLine:
    """What another room says under a place in the tree: a text with its address, what it stands at, and its faults."""

    text: str
    href: str
    value: str = ""
    faults: Sequence[str] = ()


NodeLines = Callable[[Session, Viewer, Programme], Mapping[int, Sequence[NodeLine]]]
"""{row id of a place in the tree: the lines under it}."""


def install(app: Flask, lines: NodeLines) -> None:
    """Tell the tree of a programme what another room (indicators) hangs on it."""
    app.extensions[_HELD] = lines


def hung_lines(session: Session, programme: Programme) -> Mapping[int, Sequence[NodeLine]]:
    """What hangs on the tree; nothing where no room said so."""
    lines: NodeLines | None = current_app.extensions.get(_HELD)
    return {} if lines is None else lines(session, current_viewer(), programme)


def reader() -> Viewer:
    """The viewer with the scopes on which they may read programmes."""
    return current_viewer().limited_to(Permission.PROGRAMMES_READ)


def opened(ma: str) -> tuple[Session, Programme]:
    """The programme of an address, if the viewer has anything to do with it. Raises NotVisible."""
    session = db_session()
    found = programme_of(session, reader(), ma)
    if found is None:
        raise NotVisible
    return session, found


def opened_whole(ma: str) -> tuple[Session, Programme]:
    """The programme, if the viewer sees the whole of it. Raises NotVisible."""
    session, found = opened(ma)
    if not may(Permission.PROGRAMMES_READ, found):
        raise NotVisible
    return session, found


def opened_to_write(ma: str) -> tuple[Session, Programme]:
    """The programme, if the viewer may write it: its standing agency and whoever is wider. Raises NotVisible."""
    session, found = opened(ma)
    if not may(Permission.PROGRAMMES_WRITE, found):
        raise NotVisible
    return session, found


def head_of(programme: Programme, tab: str) -> dict[str, Any]:
    """What the head of every page of a programme shows."""
    return {
        "programme": programme,
        "tab": tab,
        "state": {"text": STATE[programme.state], "kind": STATE_TAG.get(programme.state, "")},
        "may_write": may(Permission.PROGRAMMES_WRITE, programme),
        "is_whole": may(Permission.PROGRAMMES_READ, programme),
    }


def page_of(programme: Programme, endpoint: str, **values: Any) -> str:
    """The address of one of its pages."""
    return url_for(f"programmes.{endpoint}", ma=programme.public_id, **values)


def form_page(
    programme: Programme, form: Any, heading: str, back: str, *, about: str = "", words: str = ""
) -> str:
    """The page of a form about a programme. `words` is what the form is about, as somebody wrote it."""
    return render_template(
        "programmes/form.html",
        programme=programme,
        form=form,
        heading=heading,
        back=back,
        about=about,
        words=words,
    )


def saved(session: Session, back: str, sentence: str | None = None) -> ResponseReturnValue:
    """Commit what was done and go back. Sentences name nobody."""
    session.commit()
    flash(sentence or _("Đã lưu."), "ok")
    return redirect(back, 303)


def by() -> int:
    """Whose deed it is."""
    return current_account().id


def agency_choices(session: Session, programme: Programme) -> list[tuple[str, str]]:
    """(public id, name) of who may get a task of a programme."""
    return [(one.public_id, one.name) for one in agencies_to_choose(session, programme)]


def agency_ids(session: Session, programme: Programme) -> dict[str, int]:
    """{public id: row id} of the same."""
    return {one.public_id: one.id for one in agencies_to_choose(session, programme)}


def document_name(document: ProgrammeDocument) -> str:
    """A document in one line."""
    return f"{document.number} · {document.title}" if document.number else document.title


def document_choices(session: Session, programme: Programme) -> list[tuple[str, str]]:
    """(public id, name) of the documents of a programme."""
    return [(one.public_id, document_name(one)) for one in documents(session, programme)]


def node_choices(
    session: Session, programme: Programme, without: ProgrammeNode | None = None
) -> list[tuple[str, str]]:
    """(public id, name) of the places in the tree, but for one."""
    return [
        (one.public_id, f"{one.code} · {one.title}")
        for one in nodes(session, programme)
        if without is None or one.id != without.id
    ]
