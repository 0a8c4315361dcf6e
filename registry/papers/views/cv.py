"""«CV» of somebody in the registry, as PDF or Word, with a purpose; hidden is all there is where the name may not show."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.rules import Permission
from registry.papers.forms import CvForm, cv_form
from registry.papers.operations import Taken, note_cv
from registry.papers.rules.kinds import PaperFormat
from registry.papers.views.blueprint import Busy, as_file, bp, in_turn
from registry.papers.views.cv_paper import Maker, cv_of, file_name
from registry.people.queries import absences_of
from registry.people.views.absent import absence_words
from registry.people.views.introduced import need_in_address
from registry.people.views.loading import Opened, open_person
from registry.web.i18n import gettext as _


@bp.route("/ung-vien/<ma>/cv", methods=["GET"])
@require(Permission.PEOPLE_READ)
def ask(ma: str) -> ResponseReturnValue:
    """What the CV is for, which sections, which kind of file."""
    opened = open_person(ma, need_in_address())
    return _page(opened, _form(opened, is_sent=False))


@bp.route("/ung-vien/<ma>/cv", methods=["POST"])
@require(Permission.PEOPLE_READ)
@proved_lately
def take(ma: str) -> ResponseReturnValue:
    """The file. What may be seen is settled now, not when the form was opened."""
    opened = open_person(ma, need_in_address())
    form = _form(opened, is_sent=True)
    is_valid = form.validate()
    if not form.hidden.data and not opened.is_named:
        form.hidden.data = True
        said = _(
            "Bạn không còn được biết tên người này: chỉ lấy được bản ẩn tên và liên hệ. Xem lại rồi lấy."
        )
        return _page(opened, form, said), 422
    if not is_valid:
        return _page(opened, form), 422
    try:
        with in_turn():
            return _file(opened, form)
    except Busy:
        return _page(opened, form, _("Nhiều người đang lấy tệp cùng lúc. Đợi vài giây rồi bấm lại.")), 503


def _form(opened: Opened, *, is_sent: bool) -> CvForm:
    absent = absences_of(opened.session, opened.viewer, {opened.person.id}, on=opened.on)[opened.person.id]
    return cv_form(may_choose=opened.is_named, is_out_of_lists=bool(absent), is_sent=is_sent)


def _page(opened: Opened, form: CvForm, said: str = "") -> str:
    absent = absences_of(opened.session, opened.viewer, {opened.person.id}, on=opened.on)[opened.person.id]
    return render_template(
        "papers/cv.html",
        opened=opened,
        form=form,
        said=said,
        absent=absence_words(opened.person, absent),
        back=url_for("people.show", ma=opened.person.public_id, nhu_cau=opened.need),
    )


def _file(opened: Opened, form: CvForm) -> ResponseReturnValue:
    account = current_account()
    taken = Taken(
        form.chosen,
        bool(form.hidden.data),
        PaperFormat(str(form.format.data)),
        str(form.language.data),
        str(form.purpose.data),
        str(form.purpose_text.data),
        opened.need or "",
    )
    note_cv(opened.session, account.id, opened.person.public_id, taken, at=opened.at)
    opened.session.commit()
    paper = cv_of(opened.session, opened.person, taken, Maker(account.display_name, opened.on, opened.at))
    opened.session.rollback()  # nobody who writes shall wait while the file is typeset
    return as_file(paper, taken.format, file_name(opened.person, taken))
