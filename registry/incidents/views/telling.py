"""The letter to the people affected: looked at first, then sent."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import proved_lately, require
from registry.accounts.rules import Permission
from registry.incidents import operations
from registry.incidents.forms import TellForm
from registry.incidents.operations import NotPossible
from registry.incidents.operations.telling import preview
from registry.incidents.views.blueprint import bp, done, is_open, office, open_incident, too_late
from registry.web.i18n import ngettext


@bp.route("/su-co/<ma>/thu", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
@proved_lately
def tell(ma: str) -> ResponseReturnValue:
    """The letter as it will go out and to how many; then it goes."""
    opened = open_incident(ma)
    if not is_open(opened.incident):
        return too_late(ma)
    form, sender = TellForm(), office(opened.session)
    if request.method != "POST" or not form.validate():
        letters = operations.letters_to_go(opened.session, opened.incident)
        page = render_template(
            "incidents/tell.html",
            form=form,
            found=opened.incident,
            to_write=len(letters.to_write),
            unreachable=letters.unreachable,
            letters=[preview(opened.session, opened.incident, sender, one) for one in ("vi", "en")],
        )
        return page, 200 if request.method != "POST" else 422
    try:
        letters = operations.tell_people(opened.session, opened.incident, sender, by=opened.by, at=opened.at)
    except NotPossible:
        opened.session.rollback()
        return too_late(ma)
    opened.session.commit()
    sent = len(letters.to_write)
    return done(ma, ngettext("Đã xếp %(num)s thư chờ gửi", "Đã xếp %(num)s thư chờ gửi", sent))
