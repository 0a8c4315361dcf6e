"""A merge that was made: where the old code leads now, until when it can be taken back, and taking it back."""

from collections import Counter
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import proved_lately, require
from registry.accounts.rules import Permission
from registry.accounts.views.postman import letter_paper
from registry.duplicates import operations
from registry.duplicates.forms import UndoForm, words
from registry.duplicates.operations import NotUndoable, Undone
from registry.duplicates.views.blueprint import acting, bp, keep_read, merge_in_scope
from registry.privacy.forms.columns import TABLE
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.get("/da-gop/<ma>")
@require(Permission.PEOPLE_MERGE)
def merged(ma: str) -> ResponseReturnValue:
    """The merge, and the way back while there is one."""
    found = merge_in_scope(ma)
    why = operations.hindrance_now(db_session(), found.merge, acting())
    page = render_template(
        "duplicates/merged.html",
        found=found,
        form=UndoForm(formdata=None),
        hindrance=words.HINDRANCE[why] if why else "",
    )
    keep_read("person.opened", [found.survivor], "trung")
    return page


@bp.post("/da-gop/<ma>/tach")
@require(Permission.PEOPLE_MERGE)
@proved_lately
def undo(ma: str) -> ResponseReturnValue:
    """Take the merge back."""
    session, found, form = db_session(), merge_in_scope(ma, to_write=True), UndoForm()
    if not form.validate():
        page = render_template("duplicates/merged.html", found=found, form=form, hindrance="")
        session.rollback()
        return page, 422
    try:
        undone = operations.undo_merge(
            session,
            found.merge,
            acting=acting(),
            paper=letter_paper(session),
            reason=form.reason.data or "",
        )
    except NotUndoable as refused:
        session.rollback()
        flash(words.HINDRANCE[refused.why], "warn")
        return redirect(url_for(".merged", ma=ma), 303)
    session.commit()
    flash(_("Đã tách lại %(code)s và %(other)s.", code=found.survivor.code, other=found.code), "ok")
    for sentence in _told(undone):
        flash(sentence, "warn")
    return redirect(url_for(".queue"), 303)


def _told(undone: Undone) -> list[str]:
    """What did not simply return, in sentences."""
    kinds: list[tuple[Counter[str], Any]] = [
        (undone.changed, _("Giữ bản mới hơn của những dòng đã sửa sau khi gộp: %(what)s.", what="%s")),
        (undone.gone, _("Những dòng đã xóa sau khi gộp không trở lại: %(what)s.", what="%s")),
        (undone.added, _("Những dòng thêm sau khi gộp ở lại hồ sơ giữ: %(what)s.", what="%s")),
    ]
    return [
        sentence % ", ".join(f"{TABLE.get(name, name)} ({number})" for name, number in counted.items())
        for counted, sentence in kinds
        if counted
    ]
