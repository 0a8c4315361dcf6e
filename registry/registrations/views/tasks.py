"""The tasks: one thing on a page, kept at every «Lưu» whether right or wrong, and by itself while somebody types."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.db import new_public_id
from registry.db.base import PUBLIC_ID_LENGTH
from registry.people.forms.fields import refuse
from registry.people.operations import AlreadyClaimed, EditedMeanwhile
from registry.people.queries import is_public_id
from registry.registrations.forms import HEADING, LEAD, TASK
from registry.registrations.rules import IN_ROWS, Task, TaskState
from registry.registrations.views.answers import Answers, Drafts, Entry, answers_of, entry_of
from registry.registrations.views.blueprint import bp
from registry.registrations.views.conflicts import show_both
from registry.registrations.views.own import Own, address_of, open_own
from registry.registrations.views.specs import make, read
from registry.registrations.views.telling import entry_lines, steps_of, timeline_of
from registry.web.edits import field_text, fields_of, marks, take_theirs
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_ONE = "<any('ban-than', 'lien-he', 'giay-to', 'cong-tac', 'nguyen-vong'):muc>"
_ROWS = "<any('hoc-van', 'ngoai-ngu', 'kinh-nghiem', 'thanh-tich'):muc>"
_MOST_ROWS = 30
AUTOSAVE, LATER = "autosave", "later"
_ON_THE_WAY = timedelta(seconds=15)
CHECK = "kiem-tra"


@bp.route(f"/dang-ky/{_ONE}", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def task(muc: str) -> ResponseReturnValue:
    """A task that is answered once."""
    found = Task(muc)
    own = open_own(found)
    if own.is_sent and found is Task.PAPERS:
        raise NotVisible  # whether a number is held already is nothing to be tried out here
    return _answer(own, found, "")


@bp.get(f"/dang-ky/{_ROWS}")
@require(Permission.PROFILE_OWN)
def entries(muc: str) -> ResponseReturnValue:
    """The entries of a task, with the way to add another; straight to the form while there is none."""
    found = Task(muc)
    own = open_own(found)
    answers = answers_of(own)
    kept = answers.entries(found)
    if not kept:
        return redirect(url_for(".add_entry", muc=muc, ve=request.args.get("ve")), 303)
    lines = [(one, entry_lines(own, found, one)) for one in kept]
    return render_template(
        "registrations/entries.html",
        own=own,
        task=found,
        heading=HEADING[found],
        lines=lines,
        timeline=timeline_of(own, kept) if found is Task.EXPERIENCE else [],
        steps=steps_of(own, found),
        next=next_address(own, found),
        may_add=len(kept) < _MOST_ROWS,
    )


@bp.route(f"/dang-ky/{_ROWS}/tao", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def add_entry(muc: str) -> ResponseReturnValue:
    """One more entry; the form carries its name, so that sending it twice adds one."""
    own = open_own(Task(muc))
    row = request.form.get("row", "") if request.method == "POST" else new_public_id()
    if not is_public_id(row):
        row = new_public_id()
    rows = {one.row for one in answers_of(own).entries(Task(muc))}
    if row not in rows and len(rows) >= _MOST_ROWS:
        return redirect(address_of(Task(muc)), 303)
    return _answer(own, Task(muc), row)


@bp.route(f"/dang-ky/{_ROWS}/<dong>", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def entry(muc: str, dong: str) -> ResponseReturnValue:
    """One entry to mend."""
    own = open_own(Task(muc))
    if len(dong) != PUBLIC_ID_LENGTH or entry_of(answers_of(own), Task(muc), dong) is None:
        raise NotVisible
    return _answer(own, Task(muc), dong)


@bp.post(f"/dang-ky/{_ROWS}/<dong>/bo")
@require(Permission.PROFILE_OWN)
def remove_entry(muc: str, dong: str) -> ResponseReturnValue:
    """Take an entry away; one that was saved elsewhere meanwhile is shown instead."""
    own, found = open_own(Task(muc)), Task(muc)
    answers = answers_of(own)
    stored = entry_of(answers, found, dong)
    if stored is not None and request.form.get("version") != stored.version:
        flash(_("Mục này vừa được sửa. Xem lại trước khi bỏ."), "warn")
        return redirect(url_for(".entry", muc=muc, dong=dong), 303)
    answers.remove(found, dong)
    own.session.commit()
    flash(_("Đã bỏ"), "ok")
    return redirect(address_of(found), 303)


def _answer(own: Own, found: Task, row: str) -> ResponseReturnValue:
    answers = answers_of(own)
    stored = entry_of(answers, found, row)
    if request.method != "POST":
        return _page(own, found, row, _opened(own, found, stored), stored)
    form = make(own, found, sent=request.form.to_dict(flat=False))
    if stored is not None:
        if str(form.version.data or "") != stored.version and not is_own_save(own, stored):
            return _conflict(own, found, row, form, stored)
        take_theirs(form, stored.form)
    parsed = read(own, found, form)
    if parsed is None and own.person is not None:
        return _page(own, found, row, form, stored), 422
    try:
        version = answers.save(found, row, form, parsed, state=_state(parsed, stored))
    except EditedMeanwhile:
        own.session.rollback()
        flash(_("Nơi khác vừa lưu mục này. Xem lại, rồi lưu."), "warn")
        return redirect(request.path, 303)
    except AlreadyClaimed:
        own.session.rollback()
        refuse(form.language, _("Hồ sơ đã có ngoại ngữ này. Sửa bậc ở dòng đang có."))
        return _page(own, found, row, form, stored), 422
    own.session.commit()
    return _after(own, answers, found, row, form, parsed is None, version)


def is_own_save(own: Own, stored: Entry) -> bool:
    """Whether this very sign-in just kept the form by itself: its answer was still on the way when a button was pressed."""
    return (
        stored.state is TaskState.IN_PROGRESS
        and stored.sign_in == own.where.sign_in
        and stored.saved_at is not None
        and own.at - stored.saved_at < _ON_THE_WAY
    )


def _begun(own: Own, found: Task) -> Any:
    """An empty form; the name the account was made with need not be typed again."""
    form = make(own, found)
    if found is Task.ABOUT and "@" not in own.account.display_name:
        form.full_name.data = own.account.display_name
    return form


def _opened(own: Own, found: Task, stored: Entry | None) -> Any:
    """The form as it was left; what is to be mended is said beside its fields again."""
    if stored is None:
        return _begun(own, found)
    if stored.state is TaskState.NEEDS_FIX:
        read(own, found, stored.form)
    return stored.form


def _state(parsed: Any, stored: Entry | None) -> TaskState:
    if request.form.get("then") == AUTOSAVE:
        was_done = stored is not None and stored.state is TaskState.DONE
        return TaskState.DONE if was_done and parsed is not None else TaskState.IN_PROGRESS
    return TaskState.NEEDS_FIX if parsed is None else TaskState.DONE


def _after(
    own: Own, answers: Answers, found: Task, row: str, form: Any, is_wrong: bool, version: str
) -> ResponseReturnValue:
    then = request.form.get("then")
    if then == AUTOSAVE:
        return saved_fragment(own, version, form)
    if then == LATER and not own.is_sent:
        return redirect(url_for(".journey"), 303)
    if is_wrong:
        form.version.data = version
        stored = entry_of(answers, found, row)
        return _page(own, found, row, form, stored), 422
    return redirect(_next_of(own, found), 303)


def _next_of(own: Own, found: Task) -> str:
    if request.form.get("ve") == CHECK and not own.is_sent:
        return url_for(".check")
    if found in IN_ROWS:
        return address_of(found)
    if own.is_sent:
        flash(_("Đã lưu mục «%(task)s»", task=TASK[found]), "ok")
        return url_for(".mine")
    return next_address(own, found)


def next_address(own: Own, found: Task) -> str:
    """The task after this one; after the last the answers are checked. A sent profile goes back to one's page."""
    if own.is_sent:
        return url_for(".mine")
    following = own.tasks[own.tasks.index(found) + 1 :]
    return address_of(following[0]) if following else url_for(".check")


def saved_fragment(own: Own, version: str, form: Any) -> ResponseReturnValue:
    """What a form is told when it was kept by itself: when, and the version it is at now."""
    opened_with = "" if form is None else marks({one.name: field_text(one) for one in fields_of(form)})
    return _fragment(saved_at=own.at, version=version, marks=opened_with, conflict=False)


def refused_fragment(sent: Mapping[str, str]) -> ResponseReturnValue:
    """The same when another version was saved elsewhere: the form stays at the version it was opened at."""
    version, opened_with = sent.get("version", ""), sent.get("opened_with", "")
    return _fragment(saved_at=None, version=version, marks=opened_with, conflict=True), 409


def _fragment(**told: Any) -> str:
    return render_template("registrations/_saved.html", **told)


def _conflict(own: Own, found: Task, row: str, form: Any, stored: Entry) -> ResponseReturnValue:
    if request.form.get("then") == AUTOSAVE:
        return refused_fragment(request.form)
    back = request.path if row == "" else address_of(found)
    return show_both(own, form, stored, heading=str(TASK[found]), back=back)


def _page(own: Own, found: Task, row: str, form: Any, stored: Entry | None) -> str:
    return render_template(
        "registrations/task.html",
        own=own,
        form=form,
        task=found,
        row=row,
        stored=stored,
        heading=HEADING[found],
        lead=LEAD.get(found),
        steps=steps_of(own, found),
        back=_back(own),
        keeps_itself=isinstance(answers_of(own), Drafts),
    )


def _back(own: Own) -> str:
    if request.values.get("ve") == CHECK and not own.is_sent:
        return url_for(".check")
    return url_for(".mine") if own.is_sent else url_for(".journey")
