"""What the pages of skill and of language claims do alike: find the open row, end it, go back to its section."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registry.people import queries
from registry.people.models import LanguageClaim, SkillClaim
from registry.people.views.loading import Opened
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

Row = TypeVar("Row", SkillClaim, LanguageClaim)


def open_claim(opened: Opened, model: type[Row], dong: str) -> Row:
    """The claim of an address. Raises NotVisible when the record has none like it, or it has ended."""
    claim = queries.entry_of(opened.session, opened.person, model, dong)
    if claim is None or claim.valid_to is not None:
        raise NotVisible
    return claim


def end_claim(
    opened: Opened, claim: Row, close: Callable[..., None], *, words: str, section: str, edit: str
) -> ResponseReturnValue:
    """End a claim that is still as it was seen; one edited meanwhile is shown again on the page `edit`."""
    if request.form.get("version", "") != str(claim.version):
        flash(_("Mục này vừa được sửa. Xem lại trước khi xóa."), "warn")
        return redirect(url_for(edit, ma=opened.person.public_id, dong=claim.public_id), 303)
    close(
        opened.session,
        opened.person,
        claim,
        expected_version=claim.version,
        on=opened.on,
        by=opened.by,
        at=opened.at,
    )
    return saved(opened, words, section)


def saved(opened: Opened, words: str, section: str) -> ResponseReturnValue:
    """Commit, say so, and go back to the section of the profile."""
    opened.session.commit()
    flash(words, "ok")
    return redirect(url_for(".show", ma=opened.person.public_id, _anchor=section), 303)
