"""The demonstration inbox: letters as they would arrive, so that somebody alone at one machine can finish a registration.

It exists only where the registry holds demonstration data, is served on a loopback address and has no mail server:
everywhere else it would open the mailboxes of others.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import public
from registry.accounts.views.blueprint import bp
from registry.accounts.views.postman import settings
from registry.mail.delivered import DeliveredLetter, delivered_letter, delivered_letters
from registry.mail.transport import mail_folder
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.installation import installation

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def has_inbox() -> bool:
    """Whether this installation shows its letters."""
    own = settings()
    is_alone = own.is_loopback and own.mail_server is None
    return is_alone and installation(db_session()).is_demonstration


@bp.get("/hop-thu-minh-hoa")
@public
def inbox() -> ResponseReturnValue:
    """The letters, the newest first."""
    return render_template("accounts/inbox.html", letters=delivered_letters(_folder()))


@bp.get("/hop-thu-minh-hoa/<ma>")
@public
def inbox_letter(ma: str) -> ResponseReturnValue:
    """One letter; addresses of this installation can be followed."""
    letter = delivered_letter(_folder(), ma)
    if letter is None:
        raise NotVisible
    return render_template("accounts/inbox_letter.html", letter=letter, lines=_lines(letter))


def _folder() -> Path:
    if not has_inbox():
        raise NotVisible
    return mail_folder(settings().data_dir)


def _lines(letter: DeliveredLetter) -> list[list[tuple[str, str]]]:
    """The lines as parts (text, where it leads): only our own addresses lead anywhere, as paths of this server."""
    return [list(_parts(line)) for line in letter.body.splitlines()]


def _parts(line: str) -> Iterator[tuple[str, str]]:
    home, at = settings().public_url.rstrip("/"), 0
    for found in _ADDRESS.finditer(line):
        yield line[at : found.start()], ""
        path = found[0].removeprefix(home) if found[0].startswith(f"{home}/") else ""
        yield found[0], path
        at = found.end()
    yield line[at:], ""
